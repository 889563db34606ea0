// What axe cannot see: the keyboard, no JavaScript, large text, forced colours, less motion, print, and a chosen colour scheme.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { kindOf, openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const PHONE = { width: 360, height: 780 }

const site = await buildAndServe()
const browser = await startBrowser()
const kinds = await onePageOfEachKind()

async function onePageOfEachKind() {
  const { page, context } = await openPage(browser)
  const found = new Map()
  for (const path of site.pages) {
    await visit(page, site.origin + path)
    const kind = await kindOf(page, site.base)
    if (!found.has(kind)) found.set(kind, path)
  }
  await context.close()
  return found
}

/** The first page of a kind, such as `lesson`. */
function pathOf(word) {
  const entry = [...kinds].find(([kind]) => kind.startsWith(word))
  assert.ok(entry, `no page is a ${word}: ${[...kinds.keys()].join(", ")}`)
  return site.origin + entry[1]
}

const focused = page => page.evaluate(() => {
  const element = document.activeElement
  const style = getComputedStyle(element)
  const [box] = element.getClientRects() // A link in running text may have several, a line each.
  const middle = document.elementFromPoint(Math.min(box.x + box.width / 2, innerWidth - 1), box.y + Math.min(box.height / 2, 10))
  return {
    name: `${element.tagName.toLowerCase()} "${element.textContent.trim().slice(0, 30) || element.getAttribute("aria-label")}"`,
    isBody: element === document.body,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none",
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    covered: !(element.contains(middle) || middle?.contains(element)),
  }
})

test("the first Tab reaches the skip link, and it skips", async () => {
  for (const path of kinds.values()) {
    const { page, context, problems } = await openPage(browser)
    await visit(page, site.origin + path)
    await page.keyboard.press("Tab")
    const skip = await page.evaluate(() => ({ href: document.activeElement.getAttribute("href"), top: document.activeElement.getBoundingClientRect().top }))
    assert.equal(skip.href, "#main", path)
    assert.ok(skip.top >= 0, `${path}: the skip link stays out of sight`)
    await page.keyboard.press("Enter")
    assert.equal(await page.evaluate(() => document.activeElement.id), "main", path)
    assert.deepEqual(problems, [])
    await context.close()
  }
})

test("every stop of the Tab key on a lesson is visible, ringed and not covered", async () => {
  for (const word of ["lesson", "home"]) {
    const { page, context } = await openPage(browser, { height: 700 })
    await visit(page, pathOf(word))
    const stops = []
    for (let presses = 0; presses < 200; presses += 1) {
      await page.keyboard.press("Tab")
      const stop = await focused(page)
      if (stop.isBody) break
      stops.push(stop)
    }
    assert.ok(stops.length > 10, `${word}: only ${stops.length} stops`)
    const bad = stops.filter(stop => !stop.ring || !stop.seen || stop.covered)
    assert.deepEqual(bad, [], word)
    await context.close()
  }
})

for (const reducedMotion of ["reduce", "no-preference"]) test(`the drawer opens from the keyboard, keeps the focus and gives it back (motion: ${reducedMotion})`, async () => {
  const { page, context, problems } = await openPage(browser, { ...PHONE, reducedMotion })
  await visit(page, pathOf("lesson"))
  const opener = page.locator("[aria-controls='site-nav']")
  await opener.focus()
  await page.keyboard.press("Enter")
  assert.equal(await opener.getAttribute("aria-expanded"), "true")
  const inside = () => page.evaluate(() => document.querySelector("#site-nav").contains(document.activeElement))
  assert.ok(await inside(), "focus goes into the drawer")
  for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Shift+Tab")
  assert.ok(await inside(), "focus stays in the drawer")
  assert.deepEqual(await checks.axeFindings(page), [])
  assert.deepEqual(await checks.sidewaysScroll(page), [])
  await page.keyboard.press("Escape")
  assert.equal(await opener.getAttribute("aria-expanded"), "false")
  assert.ok(await opener.evaluate(element => element === document.activeElement), "focus returns to the opener")
  assert.deepEqual(problems, [])
  await context.close()
})

test("the chosen colour scheme changes the page, outlives a reload and holds on the next page", async () => {
  const { page, context, problems } = await openPage(browser, { scheme: "light" })
  await visit(page, pathOf("lesson"))
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)
  const light = await ground()
  const button = page.locator("theme-toggle button")
  const names = new Set([await button.getAttribute("aria-label")])
  for (let presses = 0; presses < 3 && await ground() === light; presses += 1) {
    await button.focus()
    await page.keyboard.press("Enter")
    names.add(await button.getAttribute("aria-label"))
  }
  const dark = await ground()
  assert.notEqual(dark, light)
  assert.ok(names.size > 1, "the button says what is chosen")
  await page.reload()
  assert.equal(await ground(), dark)
  await visit(page, pathOf("home"))
  assert.equal(await ground(), dark)
  assert.deepEqual(problems, [])
  await context.close()
})

test("without JavaScript every page has its words, its navigation and no dead control", async () => {
  for (const [kind, path] of kinds) {
    const scripted = await openPage(browser, PHONE)
    await visit(scripted.page, site.origin + path)
    // Controls that only work with scripts may be missing without them; words to read may not.
    const words = page => page.evaluate(() => [...document.querySelectorAll("main :is(h1, h2, h3, p, li, dt, dd, th, td, blockquote, pre)")]
      .filter(element => !element.closest("form, button, [role='group']"))
      .map(element => element.textContent).join(" ").split(/\s+/).length)
    const withScripts = await words(scripted.page)
    await scripted.context.close()

    const { page, context } = await openPage(browser, { ...PHONE, javaScriptEnabled: false })
    await visit(page, site.origin + path)
    const without = await words(page)
    assert.ok(without >= withScripts * 0.95, `${kind}: ${without} words without JavaScript, ${withScripts} with it`)
    assert.equal(await page.locator("theme-toggle button:visible").count(), 0, `${kind}: a toggle that does nothing`)
    const opener = page.locator("[aria-controls='site-nav']")
    if (await opener.isVisible()) {
      await opener.click()
      assert.ok(await page.locator("#site-nav a").first().isVisible(), `${kind}: the menu leads nowhere`)
    }
    await context.close()
  }
})

test("text at twice the size neither scrolls sideways nor is cut off", async () => {
  const large = await startBrowser({ fontSize: 32 })
  for (const width of [1280, 720]) {
    const { page, context, problems } = await openPage(large, { width })
    for (const path of kinds.values()) {
      await visit(page, site.origin + path)
      const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main")).fontSize))
      assert.ok(size >= 30, `${path}: text of ${size} px ignores the reader's setting`)
      problems.push(...(await checks.sidewaysScroll(page)).map(text => `${path} at ${width} px: ${text}`))
    }
    assert.deepEqual(problems, [])
    await context.close()
  }
})

test("with forced colours the current page, buttons and marks can still be told apart", async () => {
  const { page, context, problems } = await openPage(browser, { forcedColors: "active" })
  for (const path of kinds.values()) {
    await visit(page, site.origin + path)
    assert.ok(await page.evaluate(() => matchMedia("(forced-colors: active)").matches))
    problems.push(...await checks.sidewaysScroll(page))
    const flat = await page.evaluate(() => [...document.querySelectorAll("button, mark, [role='button']")]
      .filter(element => element.checkVisibility())
      .filter(element => {
        const style = getComputedStyle(element)
        const edge = ["Top", "Bottom", "Left"].some(side => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) > 0)
        const drawn = style.textDecorationLine !== "none" || style.outlineStyle !== "none" || element.querySelector("svg, img")
        return element.tagName === "MARK" && !edge && !drawn && style.backgroundColor === getComputedStyle(document.documentElement).backgroundColor
      })
      .map(element => element.outerHTML.slice(0, 100)))
    problems.push(...flat.map(html => `${path}: nothing sets this apart: ${html}`))
  }
  assert.deepEqual(problems, [])
  await context.close()
})

test("a reader who wants less motion gets none", async () => {
  const { page, context } = await openPage(browser)
  for (const path of kinds.values()) {
    await visit(page, site.origin + path)
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter(element => {
      const style = getComputedStyle(element)
      const longest = text => Math.max(...text.split(",").map(part => parseFloat(part) * (part.trim().endsWith("ms") ? 1 : 1000)))
      return longest(style.transitionDuration) > 10 || style.animationName !== "none" && longest(style.animationDuration) > 10 || style.scrollBehavior === "smooth"
    }).map(element => element.outerHTML.slice(0, 100)))
    assert.deepEqual(moving, [], path)
  }
  await context.close()
})

test("on paper every word of a page is there, and the furniture is not", async () => {
  const { page, context } = await openPage(browser, { scheme: "dark" })
  for (const [kind, path] of kinds) {
    await page.emulateMedia({ media: "screen" })
    await visit(page, site.origin + path)
    await page.emulateMedia({ media: "print" })
    const paper = await page.evaluate(() => {
      const hidden = element => !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      const isLink = element => element.textContent.trim() === (element.querySelector("a")?.textContent.trim() ?? "")
      const prose = [...document.querySelectorAll("main :is(p, li, h1, h2, h3, td, th, blockquote, pre, dt, dd, mark)")]
      const [red, green, blue] = getComputedStyle(document.body).color.match(/\d+/g).map(Number)
      // On paper a quiz asks first, and its key stands at the end: the answers folded below each question stay out, the key does not.
      // A lab prints the script, its grade and its ledger, not what one can do next.
      const isAnswer = element => element.closest("quiz-card details, .quiz-actions, .quiz-page details, .lab-note, .lab-fix, .lab-asks, .lab-buttons") !== null
        // Tools print what is in them; their own tests look at that.
        || element.closest("[class*='quiz'] details, quiz-card details") !== null
        || element.closest("message-log, cadence-planner, progress-page, drill-page, dialog, .without-scripts") !== null
      const keyless = [...document.querySelectorAll("quiz-card")].filter(card => {
        const key = card.querySelector(".quiz-key") ?? card.parentElement.querySelector(".quiz-key")
        return key === null || hidden(key)
      })
      return {
        lost: prose.filter(hidden).filter(element => !element.closest("nav, button, [hidden], .page-end") && !isLink(element) && !isAnswer(element)).map(element => element.outerHTML.slice(0, 100)),
        furniture: [...document.querySelectorAll("nav, .skip, theme-toggle, button")].filter(element => !hidden(element)).map(element => element.outerHTML.slice(0, 80)),
        keyless: keyless.length,
        ink: Math.max(red, green, blue),
      }
    })
    assert.deepEqual(paper.lost, [], `${kind}: hidden on paper`)
    assert.equal(paper.keyless, 0, `${kind}: a quiz without its key on paper`)
    assert.deepEqual(paper.furniture, [], `${kind}: printed in vain`)
    assert.ok(paper.ink < 100, `${kind}: pale ink on white paper`)
  }
  await context.close()
})
