// The checks themselves: each must complain about a page made wrong on purpose, and keep quiet about a good one.
import assert from "node:assert/strict"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { serveFolder } from "./support/site.mjs"

const POLICY = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; script-src 'self'; style-src 'self'">`
const frame = (head, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page</title>
  <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}</head><body><main><h1>Page</h1>${body}</main></body></html>`

const PAGES = {
  "good.html": frame(POLICY, `<p id="a">Text</p><a href="#a">Up</a>`),
  "style.html": frame(POLICY, `<p style="color: red">Text</p>`),
  "script.html": frame(POLICY, `<script>document.title = "run"</script>`),
  "missing.html": frame(POLICY, `<script src="missing.js"></script>`),
  "loose.html": frame(`<meta http-equiv="Content-Security-Policy" content="script-src 'self' 'unsafe-inline'">`, ""),
  "wide.html": frame(`<link rel="stylesheet" href="wide.css">`, `<p class="wide">Text</p>`),
  "wide.css": ".wide { width: 2000px }",
  "pale.html": frame(`<link rel="stylesheet" href="pale.css">`, `<p class="pale">Text</p><button></button>`),
  "pale.css": ".pale { color: #ccc; background: #fff } button { width: 10px; height: 10px; padding: 0 }",
  "ids.html": frame("", `<p id="a"></p><p id="a"></p><a href="#b">x</a>`),
  "throws.html": frame(`<script src="throws.js"></script>`, ""),
  "throws.js": "nobody.home()",
}

const folder = mkdtempSync(join(tmpdir(), "ringback-checks-"))
after(() => rmSync(folder, { recursive: true, force: true }))
for (const [name, text] of Object.entries({ "404.html": PAGES["good.html"], ...PAGES })) writeFileSync(join(folder, name), text)
const origin = await serveFolder(folder, "/")
const browser = await startBrowser()

async function complaints(name) {
  const { page, context, problems } = await openPage(browser)
  await visit(page, `${origin}/${name}`)
  const all = await Promise.all([checks.axeFindings, checks.sidewaysScroll, checks.looseness, checks.unguarded, checks.brokenReferences, checks.smallTargets]
    .map(check => check(page)))
  await context.close()
  return [...problems, ...all.flat()].join("\n")
}

test("a good page gets no complaint", async () => assert.equal(await complaints("good.html"), ""))

for (const [name, expected] of [
  ["style.html", /violation: style-src/], ["script.html", /violation: script-src/], ["missing.html", /404: .*missing\.js/],
  ["missing.html", /no integrity/], ["loose.html", /policy is loose/], ["wide.html", /scrolls sideways/], ["pale.html", /axe color-contrast/],
  ["pale.html", /axe button-name/], ["pale.html", /target of 10 × 10/], ["ids.html", /id twice: a/], ["ids.html", /nowhere on this page: #b/],
  ["throws.html", /exception: nobody/], ["throws.html", /no Content-Security-Policy/],
]) {
  test(`${name} is told ${expected}`, async () => assert.match(await complaints(name), expected))
}
