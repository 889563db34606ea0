// Learning systems for the tests: a page that holds scorm-again around the package, and a small record store for cmi5.
import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import { extname, join } from "node:path"
import { after } from "node:test"

const SCORM_AGAIN = readFileSync(new URL("../node_modules/scorm-again/dist/scorm-again.min.js", import.meta.url), "utf8")
const TYPES = { ".css": "text/css", ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain" }

/** Serves a package under `/course/`, and a learning system around it at `/system.html`; nothing answers for a folder's name, as in many of them. */
export async function serveCourse(folder, { store } = {}) {
  const missing = []
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost")
    if (store && pathname.startsWith("/store/")) return store(request, response)
    const send = (type, body) => response.writeHead(200, { "content-type": type }).end(body)
    if (pathname === "/scorm-again.js") return send("text/javascript", SCORM_AGAIN)
    if (pathname === "/system.js") return send("text/javascript", SYSTEM)
    if (pathname === "/system.html") return send("text/html", `<!doctype html><title>System</title><link rel="icon" href="data:,"><script src="/scorm-again.js"></script><script src="/system.js"></script><iframe title="course" width="1200" height="800"></iframe>`)
    try {
      return send(TYPES[extname(pathname)] ?? "application/octet-stream", readFileSync(join(folder, decodeURIComponent(pathname).replace(/^\/course\//, ""))))
    } catch {
      missing.push(pathname)
      return response.writeHead(404).end()
    }
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  after(() => {
    server.close()
    server.closeAllConnections()
  })
  return { origin: `http://127.0.0.1:${server.address().port}`, missing }
}

/** In the system's page: offers the interface that the course looks for, and opens the course. */
const SYSTEM = `
globalThis.open_course = (format, saved) => {
  const settings = { autocommit: false, logLevel: 4 }
  const api = format === "scorm12" ? new Scorm12API(settings) : new Scorm2004API(settings)
  if (saved) api.cmi.suspend_data = saved.suspend_data
  globalThis[format === "scorm12" ? "API" : "API_1484_11"] = api
  globalThis.said = []
  document.querySelector("iframe").src = "/course/launch.html"
}
`

/** A record store that keeps what it is sent: statements in order, documents by their query. */
export function recordStore({ launchMode = "Normal", masteryScore } = {}) {
  const [statements, documents, refused] = [[], new Map(), []]
  const handle = async (request, response) => {
    const url = new URL(request.url, "http://localhost")
    let body = ""
    for await (const part of request) body += part
    const json = (value) => response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value))
    if (url.pathname === "/store/fetch" && request.method === "POST") return json({ "auth-token": "dGVzdDp0ZXN0" })
    if (request.headers.authorization !== "Basic dGVzdDp0ZXN0" || !request.headers["x-experience-api-version"]) {
      refused.push(`${request.method} ${request.url}`)
      return response.writeHead(401).end()
    }
    if (url.pathname === "/store/xapi/statements" && request.method === "PUT") {
      const statement = JSON.parse(body)
      if (statement.id !== url.searchParams.get("statementId")) refused.push("a statement under another id")
      statements.push(statement)
      return response.writeHead(204).end()
    }
    if (url.pathname === "/store/xapi/activities/state") {
      const key = url.searchParams.get("stateId")
      if (request.method === "PUT") {
        documents.set(key, JSON.parse(body))
        return response.writeHead(204).end()
      }
      if (key === "LMS.LaunchData") return json({ contextTemplate: { contextActivities: { grouping: [{ id: "https://system.example/course" }] }, extensions: { "https://w3id.org/xapi/cmi5/context/extensions/sessionid": "session-1" } }, launchMode, masteryScore })
      return documents.has(key) ? json(documents.get(key)) : response.writeHead(404).end()
    }
    refused.push(`${request.method} ${request.url}`)
    return response.writeHead(404).end()
  }
  return { handle, statements, documents, refused }
}
