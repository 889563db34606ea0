// A quiz for everyone: axe in every state, both schemes, phone and desk; large text, forced colours, no motion; and what it weighs.
import assert from "node:assert/strict"
import { gzipSync } from "node:zlib"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { allKinds, playing, quizOf, quizSite, start, ways } from "./support/quiz.mjs"

const site = await quizSite()
const browser = await startBrowser()
const { mouse } = ways
const ANSWERS = {
  selling: ["choice", ["the-appointment"]], twice: ["choice", ["number"]], credible: ["choice", ["false"]], brag: ["spot", ["the", "best", "Hello"]], parts: ["order", ["number", "who", "reason", "ask"]],
  whose: ["match", ["One small decision", "Everything about the product"]], seconds: ["entry", "60"], "say-twice": ["entry", "your name"],
  better: ["rewrite", "Hello Dana. We are the biggest dealer in town. Call 555 0142."], dana: ["dialogue", ["Hi Dana, we make the best pumps."]],
}

/** Walks through a whole quiz and calls `look(state)` in each state. */
async function walk(page, questions, look) {
  await look("answering")
  for (const { id } of questions) {
    const [kind, answer] = ANSWERS[id]
    const hint = page.locator(".question >> text=Show a hint")
    if (await hint.isVisible()) await hint.click()
    await mouse[kind](page, answer)
    if (await page.locator(".sure").count()) await page.check(".sure input[value='75']")
    await look(`${id}, answered`)
    await mouse.check(page)
    await page.waitForSelector(".feedback:not([hidden])")
    await look(`${id}, feedback`)
    await mouse.next(page)
  }
  await page.waitForSelector(".finish")
  await look("end")
  for (const summary of await page.locator(".review-item > summary").all()) await summary.click()
  await page.waitForFunction(() => document.querySelectorAll(".review .feedback").length > 0)
  await look("review")
}

for (const scheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`axe, targets and width in every state: ${scheme}, ${width} px`, async () => {
      const quiz = { ...allKinds(), shuffle: "none", confidence: true }
      site.put(quiz)
      // So tall that the sticky header covers nothing.
      const { page, context, problems } = await openPage(browser, { scheme, width, height: 4000 })
      await visit(page, site.lesson)
      const look = async (state) => {
        const found = [await checks.axeFindings(page), await checks.smallTargets(page), await checks.sidewaysScroll(page), await checks.brokenReferences(page)].flat()
        problems.push(...found.map((problem) => `${state}: ${problem}`))
      }
      await look("start")
      await start(page)
      await walk(page, quiz.questions, look)
      assert.deepEqual(problems, [])
      await context.close()
    })
  }
}

test("with letters twice as large nothing is cut off or sticks out", async () => {
  const large = await startBrowser({ fontSize: 32 })
  const quiz = { ...allKinds(), shuffle: "none", confidence: true }
  const { page, context, problems } = await playing(large, site, quiz, { width: 360 * 2, height: 900 })
  await walk(page, quiz.questions, async (state) => problems.push(...(await checks.sidewaysScroll(page)).map((one) => `${state}: ${one}`)))
  assert.deepEqual(problems, [])
  await context.close()
})

test("forced colours: what was chosen, what was right and what was wrong can be told apart without colour", async () => {
  const quiz = quizOf(["selling", "brag"])
  const { page, context, problems } = await playing(browser, site, quiz, { forcedColors: "active" })
  await walk(page, quiz.questions, async () => {})
  assert.match(await page.locator(".review-item").first().textContent(), /This one is right.*Your answer|Your answer.*This one is right/s)
  assert.deepEqual(problems, [])
  await context.close()
})

test("no motion where none is wanted; where it is, only the feedback and the wave move", async () => {
  for (const [reducedMotion, expected] of [["reduce", "none"], ["no-preference", "feedback"]]) {
    const { page, context } = await playing(browser, site, quizOf(["credible"]), { reducedMotion })
    await mouse.choice(page, ["true"])
    await mouse.check(page)
    await page.waitForSelector(".feedback:not([hidden])")
    assert.equal(await page.locator(".feedback").evaluate((element) => getComputedStyle(element).animationName), expected)
    await context.close()
  }
})

test("a result is announced once: by the focus, not by the live region as well", async () => {
  const { page, context } = await playing(browser, site, quizOf(["credible"]))
  await page.evaluate(() => {
    globalThis.said = []
    const region = document.querySelector(".play [role=status]")
    new MutationObserver(() => region.textContent && globalThis.said.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true })
  })
  await mouse.choice(page, ["true"])
  await mouse.check(page)
  await page.waitForSelector(".feedback:not([hidden])")
  await page.waitForTimeout(200)
  assert.deepEqual(await page.evaluate(() => globalThis.said), [])
  assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), "Not right")
  assert.equal(await page.locator("quiz-card [role=status], quiz-card [aria-live]").count(), 1, "one live region")
  await context.close()
})

test("the card does not move when its script comes, and weighs what it may", async (t) => {
  site.put({ ...allKinds(), shuffle: "none" })
  const { page, context, problems } = await openPage(browser, { width: 360, height: 740 })
  const scripts = new Map()
  page.on("response", async (response) => {
    if (response.request().resourceType() === "script" && response.ok()) scripts.set(response.url(), gzipSync(await response.body()).length)
  })
  await page.addInitScript(() => {
    globalThis.shift = 0
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.shift += entry.value }).observe({ type: "layout-shift", buffered: true })
  })
  await visit(page, site.lesson)
  await page.waitForLoadState("networkidle")
  const weight = () => [...scripts.values()].reduce((sum, size) => sum + size, 0)
  const before = weight()
  t.diagnostic(`JavaScript of a lesson with a quiz, gzip: ${before} bytes before start, in ${scripts.size} files`)
  assert.ok(before <= 30 * 1024, `${before} bytes`)
  assert.equal(await page.evaluate(() => globalThis.shift), 0, "layout shift")
  await start(page)
  await walk(page, allKinds().questions, async () => {})
  t.diagnostic(`with a quiz of every kind played to its end, grader included: ${weight()} bytes in ${scripts.size} files`)
  assert.deepEqual(problems, [])
  await context.close()
})
