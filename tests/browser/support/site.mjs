// Builds a playbook into a temporary folder and serves it the way a plain static host would, at any base path.
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { extname, join, resolve } from "node:path"
import { after } from "node:test"
import { fileURLToPath } from "node:url"

export const REPOSITORY = fileURLToPath(new URL("../../..", import.meta.url))
export const RINGBACK = process.env.RINGBACK ?? join(REPOSITORY, "target/debug/ringback")

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".ico": "image/x-icon", ".jpg": "image/jpeg", ".js": "text/javascript",
  ".json": "application/json", ".png": "image/png", ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8",
  ".webmanifest": "application/manifest+json", ".webp": "image/webp", ".xml": "application/xml",
}

/** Builds the playbook at `root` for `base` and serves it; the answer has its origin, base path, folder and page paths. */
export async function buildAndServe({ base = "/", root = process.env.PLAYBOOK ?? REPOSITORY } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "ringback-browser-"))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const output = join(folder, "site")
  execFileSync(RINGBACK, ["--root", root, "build", "--quiet", "--output", output, "--base-url", `https://host.example${base}`], { stdio: "inherit" })
  const origin = await serveFolder(output, base)
  return { origin, base, folder: output, url: `${origin}${base}`, pages: pagesOf(output, base) }
}

/** The path of every page, from the sitemap, and the page for addresses that do not exist. */
function pagesOf(folder, base) {
  const sitemap = readFileSync(join(folder, "sitemap.xml"), "utf8")
  const paths = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address.replaceAll("&amp;", "&")).pathname)
  return [...new Set([...paths, `${base}print/`, `${base}search/`, `${base}progress/`, `${base}drill/`, `${base}404.html`])]
}

/** Serves a folder under `base` on a free port of the loopback; unknown addresses get its 404.html. */
export async function serveFolder(folder, base) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname)
    const [status, file] = find(folder, base, path)
    response.writeHead(status, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" })
    response.end(status === 404 && !file ? "" : readFileSync(file))
  })
  await new Promise(ready => server.listen(0, "127.0.0.1", ready))
  after(() => new Promise(done => {
    server.close(done)
    server.closeAllConnections()
  }))
  return `http://127.0.0.1:${server.address().port}`
}

function find(folder, base, path) {
  const inside = path.startsWith(base) ? resolve(folder, path.slice(base.length)) : ""
  for (const file of inside.startsWith(folder) ? [inside, join(inside, "index.html")] : []) {
    try {
      readFileSync(file)
      return [200, file]
    } catch {
      // A folder, or nothing: the next candidate, then the page for lost readers.
    }
  }
  return [404, join(folder, "404.html")]
}
