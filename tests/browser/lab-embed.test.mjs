// The grader on somebody else's page: another origin, a policy that allows this site's scripts and nothing more.
import assert from "node:assert/strict"
import { readFileSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { join } from "node:path"
import { after, test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { axeFindings } from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const site = await buildAndServe({ base: "/deep/down/" })
const browser = await startBrowser()
const WORDS = "Hi Dana, it's Sam at Elm Tools, 555 0142. We are the biggest dealer in town. Call me, two minutes: 555 0142."

/** Serves on a free port of the loopback. */
async function serve(answer) {
  const server = createServer(answer)
  await new Promise(ready => server.listen(0, "127.0.0.1", ready))
  after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${server.address().port}`
}

const types = { js: "text/javascript", json: "application/json", html: "text/html" }

/** The published folder as a host that lets other origins read it. */
const playbook = await serve((request, response) => {
  const path = join(site.folder, decodeURIComponent(new URL(request.url, "http://x").pathname).replace("/deep/down/", "/"))
  if (!path.startsWith(site.folder) || !statSync(path, { throwIfNoEntry: false })?.isFile()) return response.writeHead(404).end()
  response.writeHead(200, { "content-type": types[path.split(".").pop()] ?? "text/plain", "access-control-allow-origin": "*" })
  return response.end(readFileSync(path))
})

const body = element => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>CRM</title>
  <script type="module" src="${playbook}/deep/down/embed/grader.js"></script></head><body><main><h1>CRM</h1>${element}</main></body></html>`
const PAGES = {
  "/own": body(`<form><script-grader name="script" method="sell-the-call" program="${playbook}/deep/down/embed/program.json">${WORDS}</script-grader></form>`),
  "/for": body(`<label>Message <textarea id="message">${WORDS}</textarea></label><script-grader for="message" channel="email"></script-grader>`),
  "/gone": body(`<script-grader program="${playbook}/deep/down/embed/nothing.json">${WORDS}</script-grader>`),
}
const crm = await serve((request, response) => {
  const page = PAGES[request.url]
  response.writeHead(page ? 200 : 204, {
    "content-type": "text/html",
    "content-security-policy": `default-src 'none'; script-src ${playbook}; connect-src ${playbook}; base-uri 'none'; form-action 'self'`,
  })
  response.end(page)
})

async function open(path) {
  const opened = await openPage(browser)
  await visit(opened.page, crm + path)
  return { ...opened, grader: opened.page.locator("script-grader") }
}

test("it grades under a policy that names this site's scripts and nothing else", async () => {
  const { page, context, problems, grader } = await open("/own")
  await page.evaluate(() => {
    globalThis.graded = []
    document.addEventListener("lab:graded", event => globalThis.graded.push(event.detail))
  })
  await grader.locator("mark").first().waitFor()
  assert.match(await grader.locator("mark").first().innerText(), /biggest/)
  const score = await grader.locator(".score").innerText()
  assert.match(score, /^\d+/)
  assert.equal(await grader.locator(".marks").evaluate(one => getComputedStyle(one).color), "rgba(0, 0, 0, 0)", "its style sheet works")
  await grader.locator("textarea").press("Control+a")
  await page.keyboard.type("Hi Dana, it's Sam at Elm Tools, 555 0142.")
  assert.ok((await grader.locator("mark").allInnerTexts()).every(words => !words.includes("biggest")))
  assert.equal(await page.evaluate(() => new FormData(document.forms[0]).get("script")), "Hi Dana, it's Sam at Elm Tools, 555 0142.")
  await page.waitForFunction(() => globalThis.graded.length > 0)
  assert.equal((await page.evaluate(() => globalThis.graded)).at(-1).method, "sell-the-call")
  await grader.locator("select").selectOption("professional")
  assert.equal(await grader.getAttribute("method"), "professional")
  assert.deepEqual(await axeFindings(page), [])
  assert.deepEqual(problems.filter(problem => !problem.includes("favicon")), [])
  await context.close()
})

test("it grades a field of the page where it stands", async () => {
  const { page, context, problems, grader } = await open("/for")
  await grader.locator("li").first().waitFor()
  const before = await grader.locator("ul").innerText()
  await page.locator("#message").fill("Dear Dana, an INCREDIBLE deal!!! Act now, this is your last chance. Visit our website.")
  assert.notEqual(await grader.locator("ul").innerText(), before)
  assert.equal(await grader.locator("textarea").count(), 0)
  assert.deepEqual(problems.filter(problem => !problem.includes("favicon")), [])
  await context.close()
})

test("without its program it says so", async () => {
  const { page, context, grader } = await open("/gone")
  await page.waitForFunction(() => document.querySelector("script-grader").shadowRoot?.querySelector(".fix").textContent)
  assert.match(await grader.locator(".fix").innerText(), /could not be loaded/)
  await context.close()
})

test("the addresses to embed hold no hash and the files that they lead to are there", async () => {
  const entry = readFileSync(join(site.folder, "embed/grader.js"), "utf8")
  const paths = [...entry.matchAll(/"(\.\.\/assets\/[^"]+)"/g)].map(([, path]) => path)
  assert.equal(paths.length, 2)
  for (const path of paths) readFileSync(join(site.folder, "embed", path))
  const [, program] = paths
  assert.deepEqual(readFileSync(join(site.folder, "embed", program)), readFileSync(join(site.folder, "embed/program.json")))
})

test("the page that shows it has a working one", async () => {
  const { page, context, problems } = await openPage(browser, { width: 360 })
  await visit(page, `${site.url}embed/`)
  await page.locator("script-grader mark").first().waitFor()
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  assert.deepEqual(problems, [])
  await context.close()
})
