// Every page of this repository's own playbook, under a sub-path: nothing goes wrong, nothing is inaccessible, nothing sticks out.
// Each page is opened on a phone in the dark and on a desk in the light; each kind of page in all four, with axe.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { kindOf, openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const PHONE = { width: 360, height: 780 }
const DESK = { width: 1280, height: 900 }

const site = await buildAndServe({ base: "/team/playbook/" })
const browser = await startBrowser()

/** Opens every path in one browser page; answers with all complaints, and one path for each kind of page. */
async function tour(paths, circumstances, ...functions) {
  const { page, context, problems } = await openPage(browser, circumstances)
  const complaints = []
  const kinds = new Map()
  for (const path of paths) {
    await visit(page, site.origin + path)
    const kind = await kindOf(page, site.base)
    if (!kinds.has(kind)) kinds.set(kind, path)
    for (const check of functions) problems.push(...await check(page))
    complaints.push(...problems.splice(0).map(problem => `${path}: ${problem}`))
  }
  await context.close()
  return { complaints, kinds }
}

const none = complaints => complaints.length && assert.fail(`${complaints.length} complaints\n${complaints.join("\n")}`)

test("the sitemap lists pages under the base path", () => {
  assert.ok(site.pages.length > 30, `only ${site.pages.length} pages`)
  none(site.pages.filter(path => !path.startsWith(site.base)))
})

let kinds = new Map()
// The whole book on one page has 43,000 elements, all of them on other pages too: axe, which takes 20 seconds for it, reads it once.
const briefly = () => [...kinds].filter(([kind]) => !kind.startsWith("print")).map(([, path]) => path)

test("every page on a desk in the light", async () => {
  const toured = await tour(site.pages, { ...DESK, scheme: "light" },
    checks.sidewaysScroll, checks.looseness, checks.unguarded, checks.brokenReferences, checks.smallTargets, checks.axeFindings)
  kinds = toured.kinds
  none(toured.complaints)
})

test("every page on a phone in the dark", async () => {
  none((await tour(site.pages, { ...PHONE, scheme: "dark" }, checks.sidewaysScroll, checks.smallTargets)).complaints)
})

for (const [name, circumstances] of [["a phone in the light", { ...PHONE }], ["a phone in the dark", { ...PHONE, scheme: "dark" }], ["a desk in the dark", { ...DESK, scheme: "dark" }]]) {
  test(`each kind of page on ${name}`, async t => {
    t.diagnostic([...kinds].map(([kind, path]) => `${kind}: ${path}`).join(", "))
    none((await tour(briefly(), circumstances, checks.axeFindings, checks.sidewaysScroll, checks.smallTargets)).complaints)
  })
}

test("each kind of page with every disclosure open", async () => {
  const openAll = page => page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true
    return []
  })
  none((await tour(briefly(), { ...PHONE }, openAll, checks.axeFindings, checks.sidewaysScroll)).complaints)
})

test("every link inside the site leads to a page and to a place on it", async () => {
  const { page, context } = await openPage(browser, { javaScriptEnabled: false })
  const wanted = new Map()
  const ids = new Map()
  for (const path of site.pages) {
    await visit(page, site.origin + path)
    const found = await page.evaluate(() => ({
      links: [...document.querySelectorAll("a[href]")].map(link => link.href).filter(href => href.startsWith(location.origin)),
      ids: [...document.querySelectorAll("[id]")].map(element => element.id),
    }))
    ids.set(path, new Set(found.ids))
    for (const href of found.links) wanted.set(href, wanted.get(href) ?? path)
  }
  const complaints = []
  for (const [href, from] of wanted) {
    const { pathname, hash } = new URL(href)
    if (!ids.has(pathname)) {
      const response = await page.request.get(site.origin + pathname)
      if (!response.ok()) complaints.push(`${from}: ${pathname} answers ${response.status()}`)
    } else if (hash && !ids.get(pathname).has(decodeURIComponent(hash.slice(1)))) {
      complaints.push(`${from}: ${pathname} has no ${hash}`)
    }
  }
  await context.close()
  none(complaints)
})
