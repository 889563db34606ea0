// A static host for a built site as it is published: it sends the headers of `_headers` and the compressed copies beside the files.
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import { extname, join, resolve } from "node:path"

const TYPES = {
  ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".png": "image/png",
  ".svg": "image/svg+xml", ".txt": "text/plain; charset=utf-8", ".webmanifest": "application/manifest+json", ".xml": "application/xml",
}

/** Listens on a free port of the loopback; `serve(folder)` says what to answer with, `sizes(path)` what a path weighs on the way. */
export async function startHost() {
  let folder
  let rules = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost")
    const found = find(folder, pathname)
    for (const [name, value] of headersFor(rules, pathname)) response.setHeader(name, value)
    response.setHeader("content-type", TYPES[extname(found.file)] ?? "application/octet-stream")
    response.setHeader("vary", "accept-encoding")
    const packed = /\bgzip\b/.test(request.headers["accept-encoding"] ?? "") ? read(`${found.file}.gz`) : undefined
    if (packed) response.setHeader("content-encoding", "gzip")
    response.writeHead(found.status).end(packed ?? found.bytes)
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    serve(built) {
      folder = built
      rules = parseHeaders(readFileSync(join(built, "_headers"), "utf8"))
    },
    headers: (pathname) => new Map(headersFor(rules, pathname)),
    /** Bytes on the way: the compressed copy where the build made one. */
    size(pathname) {
      const { file, bytes } = find(folder, pathname)
      return (read(`${file}.gz`) ?? bytes).length
    },
    text: (pathname) => find(folder, pathname).bytes.toString(),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

function find(folder, pathname) {
  const inside = resolve(folder, decodeURIComponent(pathname).slice(1))
  for (const file of inside.startsWith(folder) ? [inside, join(inside, "index.html")] : []) {
    const bytes = read(file)
    if (bytes) return { status: 200, file, bytes }
  }
  const file = join(folder, "404.html")
  return { status: 404, file, bytes: readFileSync(file) }
}

function read(file) {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** A path at the start of a line, then its headers, indented. */
function parseHeaders(text) {
  const rules = []
  for (const line of text.split("\n").filter((line) => line.trim())) {
    if (/^\S/.test(line)) rules.push({ path: line.trim(), headers: [] })
    else {
      const at = line.indexOf(":")
      rules.at(-1).headers.push([line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()])
    }
  }
  return rules
}

function headersFor(rules, pathname) {
  const fits = ({ path }) => (path.endsWith("*") ? pathname.startsWith(path.slice(0, -1)) : pathname === path)
  return rules.filter(fits).flatMap(({ headers }) => headers)
}
