// A site that is kept in the browser: without a network, with a newer site out there, and beside others of one origin.
import assert from "node:assert/strict"
import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { buildWith, openSettled, quiet, startHost, until } from "./support/host.mjs"
import { visit } from "./support/page.mjs"

const root = new URL("../golden/methods/book", import.meta.url).pathname
const base = "/team/book/"
const lesson = "content/index.md"
const kept = (text) => text.replace("minify = false", "minify = true")
const first = buildWith(root, base)
const second = buildWith(root, base, {
  [lesson]: (text) => `${text}\n\nWords of the second version.\n`,
  "book.toml": kept,
})
const browser = await startBrowser()

const lessons = readdirSync(first, { recursive: true }).filter((path) => /^(rules|examples|methods)\/.+\/index\.html$/.test(path)).map((path) => path.replace(/index\.html$/, ""))

/** A page of the host with a worker in charge, which has all that it wants. */
const settled = (host, path = "") => openSettled(browser, host, host.origin + base + path)

/** Fetched names in the page that the site in a folder does not have. */
async function strangers(page, folder) {
  const names = await page.evaluate(() => [...document.querySelectorAll("head [href], head [src]")].map((one) => one.href || one.src))
  const there = new Set(readdirSync(join(folder, "assets")))
  return names.filter((name) => name.includes("/assets/")).map((name) => name.split("/assets/")[1]).filter((name) => !there.has(name))
}

test("after the first visit, what was read and the core open without a network, and the search works", async () => {
  const host = await startHost({ [base]: first })
  const { page, context } = await settled(host, lessons[0])
  await visit(page, host.origin + base + lessons[1])
  await quiet(host)
  host.down = true
  for (const path of [lessons[0], lessons[1], "", "search/", "lab/"]) {
    const response = await visit(page, host.origin + base + path)
    assert.equal(response.status(), 200, path)
    assert.ok(await page.evaluate(() => document.styleSheets[0]?.cssRules.length > 20), `${path} has its styles`)
  }
  await page.keyboard.press("/")
  await page.fill("dialog[open] input", "call")
  await page.waitForSelector(".search-list [role=option]")
  await page.keyboard.press("Escape")
  const response = await visit(page, host.origin + base + lessons[2])
  assert.equal(response.status(), 503)
  assert.match(await page.locator("h1").textContent(), /offline/)
  await context.close()
})

test("a part of the index that was lost is said, and the search goes on with the rest", async () => {
  const host = await startHost({ [base]: first })
  const { page, context } = await settled(host)
  host.down = true
  const damage = (pattern, body) => page.evaluate(async ([pattern, body]) => {
    for (const name of await caches.keys()) {
      const cache = await caches.open(name)
      for (const request of await cache.keys()) {
        if (!new RegExp(pattern).test(request.url)) continue
        if (body === null) await cache.delete(request)
        else await cache.put(request, new Response(body))
      }
    }
  }, [pattern, body])
  await damage("search/pages-.*/[0-3].json", null)
  await page.keyboard.press("/")
  await page.fill("dialog[open] input", "call")
  await page.waitForSelector(".search-warning")
  assert.match(await page.locator(".search-warning").textContent(), /could not be loaded/)
  assert.ok(await page.locator(".search-list [role=option]").count() > 0)
  await visit(page, host.origin + base)
  await damage("search/(terms|postings)-", "!")
  await page.keyboard.press("/")
  await page.fill("dialog[open] input", "call")
  await page.waitForSelector(".search-warning")
  await visit(page, host.origin + base)
  await damage("search/index.json", null)
  await page.keyboard.press("/")
  await page.waitForSelector(".search-warning")
  assert.match(await page.locator(".search-warning").textContent(), /offline/)
  await context.close()
})

test("a newer site is offered, and page and assets are always of one version", async () => {
  const host = await startHost({ [base]: first })
  host.caching = "max-age=600"
  const { page, context } = await settled(host)
  host.sites[base] = second
  // Another tab stays open, so the new worker has to wait until it is asked.
  const other = await context.newPage()
  await visit(other, host.origin + base + "search/")
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await page.waitForSelector(".notice .button")
  assert.ok(!(await page.content()).includes("second version"))
  assert.deepEqual(await strangers(page, first), [])
  await visit(page, host.origin + base)
  assert.ok(!(await page.content()).includes("second version"), "what is kept is the first version until the reader takes the second")
  assert.deepEqual(await strangers(page, first), [])
  await page.waitForSelector(".notice .button")
  await Promise.all([page.waitForEvent("load"), page.click(".notice .button")])
  await page.waitForFunction(() => document.body.textContent.includes("second version"))
  assert.deepEqual(await strangers(page, second), [])
  host.down = true
  await visit(page, host.origin + base)
  assert.ok((await page.content()).includes("second version"))
  assert.deepEqual(await strangers(page, second), [])
  await context.close()
})

test("a page that was not kept comes whole from the newer site, and is not put among the old ones", async () => {
  const host = await startHost({ [base]: first })
  host.caching = "max-age=600"
  const { page, context } = await settled(host)
  const other = await context.newPage()
  await visit(other, host.origin + base + "search/")
  host.sites[base] = second
  await visit(page, host.origin + base + lessons[2])
  assert.deepEqual(await strangers(page, second), [])
  await quiet(host)
  const version = JSON.parse(readFileSync(join(first, "version.json"), "utf8")).version
  const found = await page.evaluate(async ([version, path]) => {
    const name = (await caches.keys()).find((one) => one.endsWith(version))
    return (await (await caches.open(name)).keys()).some(({ url }) => url.endsWith(path))
  }, [version, lessons[2]])
  assert.equal(found, false)
  await context.close()
})

test("alone, the next page that is opened is of the newer site", async () => {
  const host = await startHost({ [base]: first })
  host.caching = "max-age=600"
  const { page, context } = await settled(host)
  host.sites[base] = second
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update())
  await page.waitForSelector(".notice .button")
  await page.goto(`${host.origin}${base}`, { waitUntil: "commit" })
  await page.waitForFunction(() => document.body?.textContent.includes("second version"))
  assert.deepEqual(await strangers(page, second), [])
  await context.close()
})

test("switched off, an earlier worker leaves with all it kept, and a neighbour's stays", async () => {
  const off = buildWith(root, base, { "book.toml": (text) => text.replace("[output]", "[output]\noffline = false") })
  const host = await startHost({ "/": buildWith(root, "/"), [base]: first })
  const { page, context } = await settled(host)
  const neighbour = await context.newPage()
  await visit(neighbour, `${host.origin}/`)
  await neighbour.waitForFunction(() => navigator.serviceWorker.controller?.scriptURL === `${location.origin}/sw.js`)
  const names = () => page.evaluate(async () => (await caches.keys()).map((name) => name.replace(/:[^:]*$/, "")).sort())
  assert.deepEqual(await names(), ["ringback:/", `ringback:${base.slice(0, -1)}/`])
  host.sites[base] = off
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update())
  await until(page, async (scope) => (await navigator.serviceWorker.getRegistrations()).every((one) => one.scope !== scope), host.origin + base)
  assert.deepEqual(await names(), ["ringback:/"])
  const response = await visit(page, host.origin + base)
  assert.equal(response.status(), 200)
  assert.equal(await page.evaluate(() => document.documentElement.dataset.worker), undefined)
  await context.close()
})
