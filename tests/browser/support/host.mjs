// A static host that can be given another site, and that can be out of reach: several sites by path on one origin.
import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { extname, join, resolve } from "node:path"
import { after } from "node:test"
import { openPage, visit } from "./page.mjs"
import { RINGBACK } from "./site.mjs"

const TYPES = { ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" }

/** Builds a copy of the playbook at `root` for `base`, with `files` laid over it; answers with the site's folder. */
export function buildWith(root, base, files = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ringback-host-"))
  after(() => rmSync(folder, { recursive: true, force: true }))
  cpSync(root, join(folder, "book"), { recursive: true })
  for (const [path, change] of Object.entries(files)) {
    const at = join(folder, "book", path)
    writeFileSync(at, change(readFileSync(at, "utf8")))
  }
  const output = join(folder, "site")
  execFileSync(RINGBACK, ["--root", join(folder, "book"), "build", "--quiet", "--output", output, "--base-url", `https://host.example${base}`], { stdio: "inherit" })
  return output
}

/** `host.sites` is base path to folder, `host.down` refuses every connection, `host.caching` is its cache-control; `host.asked` are the paths of all requests. */
export async function startHost(sites) {
  const host = { sites, down: false, caching: "no-store", asked: [] }
  const server = createServer((request, response) => {
    if (host.down) return request.socket.destroy()
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname)
    host.asked.push(path)
    const base = Object.keys(host.sites).filter((base) => path.startsWith(base)).sort((a, b) => b.length - a.length)[0]
    const inside = base && resolve(host.sites[base], path.slice(base.length))
    for (const file of base ? [inside, join(inside, "index.html")] : []) {
      try {
        const bytes = readFileSync(file)
        response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "cache-control": host.caching })
        return response.end(bytes)
      } catch {
        // A folder, or nothing: the next candidate.
      }
    }
    response.writeHead(404).end()
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  after(() => new Promise((done) => {
    server.close(done)
    server.closeAllConnections()
  }))
  host.origin = `http://127.0.0.1:${server.address().port}`
  return host
}

/** A page of a host with a worker in charge, which has all that it wants. */
export async function openSettled(browser, host, url, circumstances = {}) {
  const opened = await openPage(browser, { ...circumstances, serviceWorkers: "allow" })
  await visit(opened.page, url)
  await until(opened.page, async () => (await navigator.serviceWorker.ready).active.state === "activated" && navigator.serviceWorker.controller !== null)
  await quiet(host)
  return opened
}

/** Asks in the page until the answer is true. */
export async function until(page, question, value) {
  while (!(await page.evaluate(question, value))) await new Promise((done) => setTimeout(done, 50))
}

/** Until the host has been left alone for a moment. */
export async function quiet(host) {
  for (let before = -1; before !== host.asked.length;) {
    before = host.asked.length
    await new Promise((done) => setTimeout(done, 400))
  }
}
