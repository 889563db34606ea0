// Every state of the lab, on a phone and a desk, in both schemes, is open to everyone; without scripts, on paper, in forced colours and
// without a network it is still of use.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { calm, layersDiffer, openLab, ready, text, write } from "./support/lab.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const site = await buildAndServe()
const browser = await startBrowser({ args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"] })
const LAB = `${site.url}lab/`

const closeDialog = async page => {
  await page.keyboard.press("Escape")
  await page.locator("dialog").waitFor({ state: "detached" })
}
const STATES = {
  "as it opens": async () => {},
  "empty": page => write(page, " "),
  "a few words": page => write(page, "Hi Dana."),
  "far too long": page => write(page, "We are the biggest dealer in town and you know it. ".repeat(30)),
  "an e-mail": async page => {
    await write(page, "Dear Dana,\n\nyour saw is in. May I ring you on Friday?\n\nSam")
    await page.getByLabel("E-mail").check()
  },
  "a question answered": async page => {
    await page.getByLabel("Voicemail").check()
    await write(page, "Hi Dana, it's Sam at Elm Tools, 555 0142. I saw your yard. Call me, 555 0142.")
    await calm(page)
    await page.locator("script-lab textarea").evaluate(one => one.setSelectionRange(42, 57))
    await page.getByRole("button", { name: "It is these words" }).first().click()
  },
  "another method": page => page.locator(".lab-method input").first().check(),
  "beginnings": page => page.locator("[data-do=start]").click(),
  "a template": page => page.getByRole("button", { name: "Fill it in" }).first().click(),
  "scripts and versions": async page => {
    await closeDialog(page)
    await page.locator("[data-do=keep]").click()
    await page.keyboard.press("Control+End")
    await write(page, "We are the best of all, call me on 555 0142, it takes two minutes.")
    await page.locator("[data-do=keep]").click()
    await page.locator("[data-do=drafts]").click()
    await page.locator("dialog summary").first().click()
  },
  "a deletion to undo": page => page.locator(".lab-versions").getByRole("button", { name: "Delete" }).first().click(),
  "a link": async page => {
    await closeDialog(page)
    await page.locator("[data-do=share]").click()
  },
  "a rehearsal": async page => {
    await closeDialog(page)
    await page.locator("[data-do=rehearse]").click()
  },
  "a running take": async page => {
    await page.locator(".rehearse-go").click()
    await page.locator(".rehearse[data-running]").waitFor()
    await page.waitForTimeout(1500)
  },
  "a take": async page => {
    await page.locator(".rehearse-go").click()
    await page.locator(".rehearse-result").waitFor()
  },
}

for (const [width, scheme] of [[1280, "light"], [360, "dark"], [360, "light"], [1280, "dark"]]) {
  test(`every state at ${width} px in the ${scheme}`, async () => {
    const { page, context, problems } = await openLab(browser, LAB, { width, scheme })
    const complaints = []
    for (const [name, go] of Object.entries(STATES)) {
      await go(page)
      // What the header happens to cover is no smaller for that.
      await page.evaluate(() => scrollTo(0, 0))
      await page.waitForTimeout(150)
      const found = [...await checks.axeFindings(page), ...await checks.sidewaysScroll(page), ...await checks.smallTargets(page), ...await checks.brokenReferences(page), ...problems.splice(0)]
      complaints.push(...found.map(complaint => `${name}: ${complaint}`))
    }
    await context.close()
    assert.ok(complaints.length === 0, complaints.join("\n"))
  })
}

test("the whole way by keyboard alone", async () => {
  const { page, context } = await openLab(browser, LAB)
  const names = []
  for (let n = 0; n < 90; n += 1) {
    await page.keyboard.press("Tab")
    names.push(await page.evaluate(() => {
      const one = document.activeElement
      // Behind the last thing of the page comes the browser's own.
      if (one === document.body) return "the end"
      const style = getComputedStyle(one.matches("input[type=radio]") && one.nextElementSibling?.tagName === "SPAN" && !one.closest(".lab-method") ? one.nextElementSibling : one)
      if (style.outlineStyle === "none") return `no ring: ${one.outerHTML.slice(0, 80)}`
      return one.dataset.do ?? one.dataset.part ?? one.name ?? one.tagName
    }))
  }
  assert.deepEqual(names.filter(name => name.startsWith("no ring")), [])
  for (const wanted of ["lab-channel", "start", "drafts", "input", "share", "keep", "rehearse", "lab-method", "words", "pace", "show-kept"]) assert.ok(names.includes(wanted), `${wanted} is not reached: ${names}`)
  await page.locator(".lab-method input:checked").focus()
  const before = await page.locator(".lab-method input:checked").inputValue()
  await page.keyboard.press("ArrowUp")
  assert.notEqual(await page.locator(".lab-method input:checked").inputValue(), before)
  await context.close()
})

test("without scripts the page says what it is and leads on", async () => {
  const { page, context } = await openPage(browser, { javaScriptEnabled: false })
  await visit(page, LAB)
  const words = await page.locator("main").innerText()
  assert.match(words, /needs JavaScript/)
  assert.equal(await page.locator("textarea").isVisible(), false)
  for (const path of ["examples/", "rules/"]) assert.ok(await page.locator(`main a[href$="${path}"]`).count() > 0, path)
  await context.close()
})

test("the build's own marks and grade are those that the modules then show, and nothing moves", async () => {
  const { page, context } = await openPage(browser)
  const html = await (await page.request.get(LAB)).text()
  const [, score] = html.match(/class="score"[^>]*><span[^>]*>[^<]*<\/span><span aria-hidden="true">([^<]+)/)
  const marks = [...html.matchAll(/<mark class="span span-broken">([^<]+)/g)].map(([, words]) => words.replaceAll("&#x27;", "'").replaceAll("&#39;", "'"))
  await page.addInitScript(() => {
    globalThis.shift = 0
    new PerformanceObserver(list => list.getEntries().forEach(entry => { globalThis.shift += entry.value })).observe({ type: "layout-shift", buffered: true })
  })
  await visit(page, LAB)
  await ready(page)
  await calm(page)
  assert.equal(await page.locator(".score span[aria-hidden]").innerText(), score)
  // The modules cut where the rules change, the build only where the marks end.
  assert.equal((await page.locator(".lab-marks .span-broken").allInnerTexts()).join("").replace(/\s/g, ""), marks.join("").replace(/\s/g, ""))
  assert.ok(await page.evaluate(() => globalThis.shift) < 0.02, `moved by ${await page.evaluate(() => globalThis.shift)}`)
  await context.close()
})

test("on paper stand the script with its marks, its grade and its ledger", async () => {
  const { page, context } = await openLab(browser, LAB)
  await calm(page)
  await page.emulateMedia({ media: "print" })
  const seen = await page.evaluate(() => Object.fromEntries([".lab-marks", ".score", ".lab-ledger table", ".lab-input", ".lab-bar", ".script-foot", ".lab-settings"].map(name => [name, document.querySelector(name).checkVisibility()])))
  assert.deepEqual(seen, { ".lab-marks": true, ".score": true, ".lab-ledger table": true, ".lab-input": false, ".lab-bar": false, ".script-foot": false, ".lab-settings": false })
  assert.equal(await page.locator(".lab-marks").evaluate(one => getComputedStyle(one).color), "rgb(0, 0, 0)")
  await context.close()
})

test("in forced colours and with large letters the marks stay under their words", async () => {
  const { page, context } = await openLab(browser, LAB, { forcedColors: "active" })
  assert.equal(await layersDiffer(page), "")
  assert.match(await page.locator(".lab-marks .span-broken").first().evaluate(one => getComputedStyle(one).textDecorationLine), /underline/)
  await context.close()
})

test("once loaded it grades without a network, and says so where it cannot load", async () => {
  const loaded = await openLab(browser, LAB)
  await loaded.context.setOffline(true)
  await write(loaded.page, "Hi Dana, we are the biggest dealer in town, call me now.")
  assert.ok(await loaded.page.locator(".lab-marks .span-broken").count() > 0)
  await loaded.context.close()
  const { page, context } = await openPage(browser)
  await page.route("**/program-*.json", route => route.abort())
  await visit(page, LAB)
  await page.getByText("could not be loaded").waitFor()
  await write(page, "Hi Dana, this is not lost.")
  await page.unroute("**/program-*.json")
  await page.getByRole("button", { name: "Try again" }).click()
  await page.waitForFunction(() => document.querySelector("script-lab").lab.report)
  assert.equal(await text(page), "Hi Dana, this is not lost.")
  await context.close()
})
