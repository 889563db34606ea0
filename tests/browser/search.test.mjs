// The search as a reader meets it: by keyboard, on a phone, without scripts, without the network, and under a path.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const PHONE = { width: 360, height: 780, scheme: "dark" }
// A golden book, so that these tests stand on words that do not change.
const root = new URL("../golden/methods/book", import.meta.url).pathname
const site = await buildAndServe({ base: "/team/book/", root })
const browser = await startBrowser()

const option = ".search-list [role=option]"
const field = "dialog[open] input"

async function opened(circumstances) {
  const opened = await openPage(browser, circumstances)
  await visit(opened.page, site.url)
  return opened
}

const complaints = async (page) => [...(await checks.axeFindings(page)), ...(await checks.smallTargets(page)), ...(await checks.sidewaysScroll(page))]

test("nothing of the search is fetched before it is used", async () => {
  const { page, context, problems } = await openPage(browser)
  const asked = []
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.slice(site.base.length)))
  await visit(page, site.url)
  assert.deepEqual(asked.filter((path) => path.startsWith("search/") || /search-(dialog|client|page)/.test(path)), [])
  await page.keyboard.press("/")
  await page.fill(field, "call")
  await page.waitForSelector(option)
  const kinds = asked.filter((path) => path.startsWith("search/")).map((path) => path.replace(/^search\/(\w+).*/, "$1"))
  assert.equal(kinds.filter((kind) => kind === "index").length, 1)
  assert.deepEqual(problems, [])
  await context.close()
})

test("slash or Ctrl K, words, arrows, Enter: the keyboard alone leads to a marked page", async () => {
  const { page, context, problems } = await opened()
  for (const keys of ["/", "Control+k"]) {
    await page.keyboard.press(keys)
    await page.waitForSelector("dialog[open]")
    await page.keyboard.press("Escape")
    await page.waitForSelector("dialog[open]", { state: "detached" })
  }
  await page.keyboard.press("/")
  await page.waitForSelector("dialog[open]")
  await page.keyboard.type("mesage ")
  await page.waitForSelector(option)
  const combobox = page.getByRole("combobox")
  assert.equal(await combobox.getAttribute("aria-expanded"), "true")
  assert.equal(await combobox.getAttribute("aria-activedescendant"), null)
  await page.keyboard.press("ArrowDown")
  assert.equal(await page.locator(option).first().getAttribute("aria-selected"), "true")
  assert.equal(await combobox.getAttribute("aria-activedescendant"), await page.locator(option).first().getAttribute("id"))
  await page.keyboard.press("ArrowUp")
  assert.equal(await combobox.getAttribute("aria-activedescendant"), null)
  await page.keyboard.press("ArrowDown")
  const wanted = await page.locator(option).first().getAttribute("href")
  await page.keyboard.press("Enter")
  await page.waitForURL(wanted)
  await page.waitForSelector("#main mark.found")
  assert.match(await page.textContent(".found-bar [role=status]"), /\d+ place/)
  await page.keyboard.press("Escape")
  await page.waitForSelector("#main mark.found", { state: "detached" })
  await page.reload()
  assert.equal(await page.locator("mark.found").count(), 0)
  await page.keyboard.press("/")
  await page.waitForSelector(`${option}[data-again]`)
  assert.equal((await page.locator(`${option}[data-again]`).first().textContent()).trim(), "mesage")
  assert.deepEqual(problems, [])
  await context.close()
})

test("the number of results is announced once, when the typing has stopped", async () => {
  const { page, context } = await opened()
  await page.keyboard.press("/")
  await page.waitForSelector("dialog[open]")
  await page.evaluate(() => {
    globalThis.said = []
    const status = document.querySelector("dialog [role=status]")
    new MutationObserver(() => globalThis.said.push(status.textContent)).observe(status, { childList: true, characterData: true, subtree: true })
  })
  await page.keyboard.type("message", { delay: 40 })
  await page.waitForFunction(() => globalThis.said.length > 0)
  await page.waitForTimeout(700)
  assert.equal((await page.evaluate(() => globalThis.said)).length, 1)
  await context.close()
})

test("dialog, page of search and marked page satisfy axe, on a phone in the dark and on a desk", async () => {
  for (const circumstances of [{}, PHONE]) {
    const { page, context, problems } = await opened(circumstances)
    await page.click(".search-open button")
    await page.waitForSelector("dialog[open]")
    await page.keyboard.type("message")
    await page.waitForSelector(option)
    await page.keyboard.press("ArrowDown")
    assert.deepEqual(await complaints(page), [])
    await page.fill(field, "qqqqqqqqq")
    await page.waitForSelector(".search-note strong")
    assert.deepEqual(await complaints(page), [])
    await visit(page, `${site.url}search/?q=message`)
    await page.waitForSelector(".search-results li")
    assert.deepEqual(await complaints(page), [])
    await page.click(".search-results a")
    await page.waitForSelector(".found-bar")
    assert.deepEqual(await complaints(page), [])
    assert.deepEqual(problems, [])
    await context.close()
  }
})

test("the page of search has an address that can be shared, with its facets", async () => {
  const { page, context, problems } = await openPage(browser)
  await visit(page, `${site.url}search/?q=call`)
  await page.waitForSelector(".search-results li")
  const all = await page.locator(".search-results li").count()
  await page.selectOption("select[name=kind]", "example")
  await page.waitForFunction((n) => document.querySelectorAll(".search-results li").length < n, all)
  assert.match(page.url(), /q=call&kind=example/)
  const facts = await page.locator(".result-facts").allTextContents()
  assert.ok(facts.length > 0 && facts.every((text) => text.startsWith("Examples")), facts.join())
  await page.reload()
  await page.waitForSelector(".search-results li")
  assert.equal(await page.inputValue("select[name=kind]"), "example")
  assert.deepEqual(problems, [])
  await context.close()
})

test("without JavaScript the button leads to a page that says what there is instead", async () => {
  const { page, context } = await openPage(browser, { javaScriptEnabled: false })
  await visit(page, site.url)
  await page.click(".search-open button")
  await page.waitForURL(/\/team\/book\/search\/\?/)
  await page.fill("search-page input", "message")
  await page.click("search-page button")
  await page.waitForURL(/search\/\?q=message/)
  assert.ok(await page.locator(".search-without").isVisible())
  await page.click(".search-without a")
  await page.waitForURL(/contents\//)
  await context.close()
})

test("a query of ten thousand letters, markup and signs does no harm", async () => {
  const { page, context, problems } = await opened()
  await page.keyboard.press("/")
  for (const query of ["x".repeat(10_000), "<img src=x onerror=alert(1)>", "?!…", "😀", "שלום"]) {
    await page.fill(field, query)
    await page.waitForFunction(() => document.querySelector(".search-notes").textContent !== "" || document.querySelector("[role=option]"))
  }
  assert.equal(await page.locator("dialog img").count(), 0)
  assert.deepEqual(problems, [])
  await context.close()
})

test("a stale answer never takes the place of a later one", async () => {
  const { page, context } = await opened()
  await page.keyboard.press("/")
  await page.waitForSelector("dialog[open]")
  let held = true
  await page.route(/postings-/, async (route) => {
    if (held) await new Promise((done) => setTimeout(done, 800))
    held = false
    await route.continue()
  })
  await page.fill(field, "call")
  await page.fill(field, "zzzzzz")
  await page.waitForSelector(".search-note strong")
  await page.waitForTimeout(1200)
  assert.equal(await page.locator(option).count(), 0)
  await context.close()
})

test("a shard that is missing is said, and the index that is missing too", async () => {
  for (const [pattern, text] of [[/places-|pages-/, /could not be loaded/], [/index\.json/, /may be offline/]]) {
    const { page, context } = await opened()
    await page.route(pattern, (route) => route.abort())
    await page.keyboard.press("/")
    await page.fill(field, "leave message")
    await page.waitForSelector(".search-warning")
    assert.match(await page.textContent(".search-warning"), text)
    await visit(page, `${site.url}search/?q=message`)
    await page.waitForSelector(".search-warning")
    await context.close()
  }
})
