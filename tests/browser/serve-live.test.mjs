// An edit reaches an open page in place: what the reader has scrolled, opened and typed stays, and tabs share one connection.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { playbook, serve } from "./support/live.mjs"
import { openPage, visit } from "./support/page.mjs"

const browser = await startBrowser()
const lines = (n, word) => Array.from({ length: n }, (_, at) => `${word} ${at} says who you are and why you call.\n`).join("\n")
const lesson = (title, words) => `---\ntitle: ${title}\n---\n\n# ${title}\n\n${words}\n\n<details><summary>More</summary>\n\nHidden words.\n\n</details>\n\n<p><textarea aria-label="Notes"></textarea></p>\n\n\`\`\`sh\necho hello\n\`\`\`\n\n${lines(40, "Line")}\n`
const FILES = {
  "book.toml": "[book]\ntitle = \"Calls returned\"\n",
  "content/index.md": "# Calls returned\n\nStart here.\n",
  "content/01-calls/01-first.md": lesson("First", "The first words."),
  "content/01-calls/02-second.md": lesson("Second", "Other words."),
}
const FIRST = "content/01-calls/01-first.md"

/** Opens a page and marks the document, so that a load would be noticed. */
async function open(server, path, circumstances = {}) {
  const opened = await openPage(browser, circumstances)
  await visit(opened.page, `${server.url}${path}`)
  await opened.page.waitForFunction(() => document.querySelector("ringback-live")?.state)
  await opened.page.evaluate(() => { globalThis.stayed = true })
  return opened
}
const stayed = (page) => page.evaluate(() => globalThis.stayed === true)

test("an edit is put into the page, and what the reader did to it stays", async () => {
  const book = playbook(FILES)
  const server = await serve(book.root)
  const { page, context, problems } = await open(server, "calls/first/")
  await page.locator("main details").evaluate((details) => { details.open = true })
  await page.getByLabel("Notes").fill("half a thought")
  await page.getByLabel("Notes").evaluate((field) => field.setSelectionRange(4, 4))
  await page.evaluate(() => { document.documentElement.dataset.theme = "dark"; scrollTo(0, 600) })
  const button = await page.locator(".code copy-button button").elementHandle()
  const before = await page.evaluate(() => scrollY)

  book.write(FIRST, lesson("First", "Better words, with *weight*.").replace("Line 3 says", "Line 3 now says"))
  await page.getByText("Better words, with weight.").first().waitFor()
  assert.equal(await page.getByText("Line 3 now says").count(), 1)
  assert.ok(await stayed(page), "the page was loaded anew")
  assert.equal(await page.locator("main details").evaluate((details) => details.open), true)
  assert.equal(await page.getByLabel("Notes").inputValue(), "half a thought")
  assert.deepEqual(await page.evaluate(() => [document.activeElement.tagName, document.activeElement.selectionStart]), ["TEXTAREA", 4])
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark")
  assert.ok(Math.abs(await page.evaluate(() => scrollY) - before) < 60, "the page jumped")
  assert.ok(await button.evaluate((node) => node.isConnected), "what a script looks after is kept")

  book.write(FIRST, lesson("First of all", "Better words, with *weight*."))
  await page.waitForFunction(() => document.title.startsWith("First of all"))
  assert.equal(await page.locator(".sidebar a[aria-current=page]").textContent(), "First of all")
  assert.ok(await stayed(page))
  assert.deepEqual(problems, [])
  await context.close()
})

test("a title reaches the pages that name it, and a page that nothing changed is left alone", async () => {
  const book = playbook(FILES)
  const server = await serve(book.root)
  const second = await open(server, "calls/second/")
  book.write(FIRST, lesson("A new name", "The first words."))
  await second.page.locator(".pager", { hasText: "A new name" }).waitFor()
  assert.ok(await stayed(second.page))
  await second.context.close()
})

test("styles are exchanged without a load, scripts with one that keeps what was typed", async () => {
  const book = playbook({ ...FILES, "book.toml": `${FILES["book.toml"]}\n[output]\ntheme = "ours"\n`, "themes/ours/css/tokens.css": ":root { --paper: red; }\n" })
  const server = await serve(book.root)
  const { page, context, problems } = await open(server, "calls/first/")
  await page.getByLabel("Notes").fill("half a thought")
  const colour = (wanted) => page.waitForFunction((wanted) => getComputedStyle(document.documentElement).getPropertyValue("--paper").trim() === wanted, wanted)
  await colour("red")
  book.write("themes/ours/css/tokens.css", ":root { --paper: blue; }\n")
  await colour("blue")
  await page.waitForFunction(() => document.querySelectorAll("link[rel=stylesheet]").length === 1)
  assert.ok(await stayed(page))

  await page.locator("main details").evaluate((details) => { details.open = true })
  book.write("themes/ours/js/elements/paper.js", "// Ours.\nexport function unfoldOnPaper() { document.documentElement.dataset.ours = \"yes\" }\n")
  await page.waitForFunction(() => document.documentElement.dataset.ours === "yes")
  assert.equal(await stayed(page), false, "new scripts need a load")
  assert.equal(await page.getByLabel("Notes").inputValue(), "half a thought")
  assert.equal(await page.locator("main details").evaluate((details) => details.open), true)
  assert.deepEqual(problems, [])
  await context.close()
})

test("a tab follows edits when it is asked to", async () => {
  const book = playbook(FILES)
  const server = await serve(book.root)
  const { page, context } = await open(server, "calls/first/")
  await page.getByRole("button", { name: /Live preview/ }).click()
  await page.getByLabel("Go to the page that I edit").check()
  book.write("content/01-calls/02-second.md", lesson("Second", "Written just now."))
  await page.waitForURL(`${server.url}calls/second/`)
  await page.getByText("Written just now.").first().waitFor()
  await context.close()
})

test("many tabs share one connection, and one takes over when the first closes", async () => {
  const book = playbook(FILES)
  const server = await serve(book.root)
  const context = await browser.newContext()
  const pages = []
  for (let at = 0; at < 12; at += 1) {
    const page = await context.newPage()
    await visit(page, `${server.url}calls/first/`)
    pages.push(page)
  }
  book.write(FIRST, lesson("First", "Seen by all."))
  await Promise.all(pages.map((page) => page.getByText("Seen by all.").first().waitFor()))
  await pages.shift().close()
  await pages[0].waitForTimeout(300)
  book.write(FIRST, lesson("First", "Seen by the rest."))
  await Promise.all(pages.map((page) => page.getByText("Seen by the rest.").first().waitFor()))
  await context.close()
})

test("a page finds a server that was started again, and what changed meanwhile", async () => {
  const book = playbook(FILES)
  const server = await serve(book.root)
  const { page, context } = await open(server, "calls/first/")
  const port = new URL(server.url).port
  await server.stop()
  await page.getByRole("button", { name: /The server is not there/ }).waitFor()
  book.write(FIRST, lesson("First", "Written while nobody served."))
  await serve(book.root, "--port", port)
  await page.getByText("Written while nobody served.").first().waitFor()
  assert.ok(await stayed(page))
  await page.getByRole("button", { name: /No mistakes/ }).waitFor()
  await context.close()
})
