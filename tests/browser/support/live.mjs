// A playbook in a temporary folder under `ringback serve`, to be edited while a page of it is open.
import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after } from "node:test"
import { RINGBACK } from "./site.mjs"

/** A folder with the given files; it disappears with the test file. `write` changes one, `remove` takes one away. */
export function playbook(files) {
  const root = mkdtempSync(join(tmpdir(), "ringback-live-"))
  after(() => rmSync(root, { recursive: true, force: true }))
  const book = {
    root,
    write(path, text) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    },
    remove: (path) => rmSync(join(root, path), { recursive: true }),
  }
  for (const [path, text] of Object.entries(files)) book.write(path, text)
  return book
}

/** Starts the server over a folder; the answer has its address, what it has printed, and a way to stop it. */
export async function serve(root, ...more) {
  const child = spawn(RINGBACK, ["--root", root, "serve", ...(more.includes("--port") ? [] : ["--port", "0"]), ...more], { stdio: ["ignore", "pipe", "pipe"] })
  after(() => child.kill("SIGKILL"))
  const server = { printed: "", url: "", stop: () => new Promise((done) => { child.on("exit", done); child.kill() }) }
  await new Promise((resolve, reject) => {
    const read = (data) => {
      server.printed += data
      server.url = server.printed.match(/http:\/\/[^\s:]+:\d+\/\S*/)?.[0] ?? ""
      if (server.url) resolve()
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    child.on("exit", (code) => reject(new Error(`the server ended with ${code}: ${server.printed}`)))
  })
  return server
}
