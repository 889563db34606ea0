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

for (const [name, size] of [["a phone", PHONE], ["a desk", { height: 700 }]]) {
  test(`whatever takes the focus is ringed and in sight, on each kind of page on ${name}`, async () => {
    const { page, context } = await openPage(browser, size)
    const complaints = []
    for (const [kind, path] of kinds) {
      await visit(page, site.origin + path)
      complaints.push(...(await checks.unseenFocus(page)).map(text => `${kind}: ${text}`))
    }
    await context.close()
    assert.deepEqual(complaints, [])
  })
}

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

/** The lines of a page with everything unfolded, each with whether a reader sees it. */
const readable = page => page.evaluate(() => {
  for (const details of document.querySelectorAll("main details")) details.open = true
  return [...document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, dt, dd, th, td, caption, blockquote, pre, figcaption, mark)")]
    .filter(element => element.textContent.trim())
    .map(element => ({
      text: element.textContent.replace(/\s+/g, " ").trim(),
      seen: element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.innerText.trim() !== "",
      // Forms, buttons and tools need scripts; a narrow page has no list of its headings, and a quiz has its key for paper.
      exempt: element.closest("form, button, dialog, [hidden], [role='status'], .lab-desk, .log-main, .plan, aside, .quiz-key") !== null || element.querySelector(":scope > button") !== null,
      html: element.outerHTML.slice(0, 120),
    }))
})

test("without JavaScript every page shows its words, its navigation and no dead control", async () => {
  const complaints = []
  for (const [kind, path] of kinds) {
    const scripted = await openPage(browser, PHONE)
    await visit(scripted.page, site.origin + path)
    const withScripts = await readable(scripted.page)
    await scripted.context.close()

    const { page, context } = await openPage(browser, { ...PHONE, javaScriptEnabled: false })
    await visit(page, site.origin + path)
    const without = await readable(page)
    complaints.push(...without.filter(line => !line.seen && !line.exempt).map(line => `${kind}: hidden without scripts: ${line.html}`))
    // Whatever scripts show of the words that the page came with is there for everyone.
    const came = new Set(without.map(line => line.text))
    const seen = new Set(without.filter(line => line.seen).map(line => line.text))
    const missing = withScripts.filter(line => line.seen && !line.exempt && came.has(line.text) && !seen.has(line.text))
    complaints.push(...missing.map(line => `${kind}: only with scripts: ${line.html}`))
    const dead = await page.evaluate(() => [...document.querySelectorAll("button:not([type='submit']), input:not(form[action] *, [disabled]), select, textarea")]
      .filter(element => element.checkVisibility({ visibilityProperty: true }))
      .map(element => element.outerHTML.slice(0, 100)))
    complaints.push(...dead.map(html => `${kind}: does nothing without scripts: ${html}`))
    for (const lab of await page.locator("script-lab:not([data-whole])").all()) {
      const [script, fix] = [await lab.locator("textarea").inputValue(), await lab.locator(".lab-suggestion").textContent()]
      const text = (await lab.locator("noscript").innerText()).replace(/\s+/g, " ")
      for (const words of [script, fix]) {
        if (!text.includes(words.replace(/\s+/g, " ").trim())) complaints.push(`${kind}: a lab does not say without scripts: ${words}`)
      }
    }
    const opener = page.locator("[aria-controls='site-nav']")
    if (await opener.isVisible()) {
      await opener.click()
      assert.ok(await page.locator("#site-nav a").first().isVisible(), `${kind}: the menu leads nowhere`)
    }
    await context.close()
  }
  assert.deepEqual(complaints, [])
})

test("text at twice the size neither scrolls sideways nor is cut off", async () => {
  const large = await startBrowser({ fontSize: 32 })
  for (const width of [1280, 720, 360]) {
    const { page, context, problems } = await openPage(large, { width })
    for (const path of kinds.values()) {
      await visit(page, site.origin + path)
      const size = await page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("main")).fontSize))
      assert.ok(size >= 30, `${path}: text of ${size} px ignores the reader's setting`)
      const found = [...await checks.sidewaysScroll(page), ...await checks.cutOff(page)]
      problems.push(...found.map(text => `${path} at ${width} px: ${text}`))
    }
    await context.close()
    assert.deepEqual(problems, [])
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
  const complaints = []
  for (const [kind, path] of kinds) {
    await page.emulateMedia({ media: "screen" })
    await visit(page, site.origin + path)
    // What can be read on the screen once everything is unfolded; paper has to have it while it is still folded.
    await page.evaluate(() => {
      const folded = [...document.querySelectorAll("main details:not([open])")]
      for (const details of folded) details.open = true
      globalThis.onScreen = [...document.querySelectorAll("main :is(p, li, h1, h2, h3, h4, td, th, blockquote, pre, dt, dd, mark, figcaption)")]
        .filter(element => element.textContent.trim() && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      for (const details of folded) details.open = false
    })
    await page.emulateMedia({ media: "print" })
    const paper = await page.evaluate(() => {
      const hidden = element => !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
      const words = element => element.textContent.replace(/\s+/g, " ").trim()
      const all = (selector, within = document) => [...within.querySelectorAll(selector)]
      const letters = element => element.textContent.replace(/\s+/g, "")
      const isLink = element => letters(element) === all("a, button", element).map(letters).join("")
      // A quiz on paper asks first: what is folded below a question stands in the key at the end. Forms, and what is said about
      // them, are for the screen; a plan is printed with its dates, without the sequences that it could have been made from.
      const screenOnly = "nav, button, form, dialog, .quiz-answer, .quiz-hint, .quiz-actions, .lab-note, .log-privacy, .progress-files, .plan-sequences, .page-end"
      const key = all(".quiz-key").filter(element => !hidden(element)).map(words).join(" ")
      const reasons = all(".quiz-answer .quiz-kept .quiz-why, .quiz-answer > div > p:not(.quiz-from):not(:has(+ blockquote))")
      const [red, green, blue] = getComputedStyle(document.body).color.match(/\d+/g).map(Number)
      return {
        lost: globalThis.onScreen.filter(element => element.isConnected && hidden(element) && !element.closest(screenOnly) && !isLink(element)).map(element => element.outerHTML.slice(0, 120)),
        unsaid: reasons.map(words).filter(text => !key.includes(text)).slice(0, 3),
        furniture: all("nav, .skip, theme-toggle, button, input:not([disabled]), select, textarea").filter(element => !hidden(element)).map(element => element.outerHTML.slice(0, 80)),
        keyless: all("quiz-card").length > 0 && key === "",
        pale: Math.max(red, green, blue) >= 100,
      }
    })
    complaints.push(...paper.lost.map(html => `${kind}: hidden on paper: ${html}`), ...paper.unsaid.map(text => `${kind}: not in the key: ${text}`))
    complaints.push(...paper.furniture.map(html => `${kind}: printed in vain: ${html}`))
    if (paper.keyless) complaints.push(`${kind}: a quiz without its key on paper`)
    if (paper.pale) complaints.push(`${kind}: pale ink on white paper`)
  }
  await context.close()
  assert.deepEqual(complaints, [])
})
