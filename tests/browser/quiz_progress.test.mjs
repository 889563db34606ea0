// What a learner has done: lessons read, the way back, mastery, a file to take along; and the drill over days.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { collectEvents, kept, playing, quizOf, quizSite, start, ways } from "./support/quiz.mjs"

const site = await quizSite({ base: "/team/playbook/" })
const browser = await startBrowser()
const { mouse } = ways
const LESSON = "sell-the-call/one-small-decision/"
const DAY = 86_400_000

const notices = (page) => page.locator(".notice p").allTextContents()
const look = async (page) => [await checks.axeFindings(page), await checks.smallTargets(page), await checks.sidewaysScroll(page), await checks.brokenReferences(page)].flat()

/** Answers the quiz of the test lesson, all of it right or all of it wrong. */
async function answerQuiz(page, isRight) {
  site.put(quizOf(["selling"]))
  await visit(page, site.lesson)
  await start(page)
  await mouse.choice(page, [isRight ? "the-return-call" : "the-appointment"])
  await mouse.check(page)
  await mouse.next(page)
  await page.waitForSelector(".finish")
}

test("a lesson is read when its end has been seen, and home leads back", async () => {
  const { page, context, problems } = await openPage(browser)
  await collectEvents(page, ["lesson:read"])
  await visit(page, site.url)
  assert.equal(await page.locator("continue-reading a").count(), 0)
  await visit(page, site.url + LESSON)
  await page.waitForFunction(() => document.readyState === "complete")
  assert.deepEqual(await page.evaluate(() => globalThis.heard), [])
  await visit(page, site.url)
  await page.locator("continue-reading a").waitFor()
  assert.equal(new URL(await page.locator("continue-reading a").getAttribute("href")).pathname, `${site.base}${LESSON}`)
  await page.click("continue-reading a")
  await page.locator(".pager").scrollIntoViewIfNeeded()
  await page.waitForFunction(() => globalThis.heard.length === 1)
  assert.deepEqual(await page.evaluate(() => globalThis.heard), [{ name: "lesson:read", url: LESSON, title: await page.locator("h1").textContent() }])
  const next = await page.locator(".pager-next").getAttribute("href")
  await visit(page, site.url)
  await page.locator("continue-reading a").waitFor()
  assert.equal(new URL(await page.locator("continue-reading a").getAttribute("href")).pathname, next, "the lesson after it")
  await visit(page, `${site.url}progress/`)
  await page.waitForSelector(`[data-lesson="${LESSON}"][data-read]`, { state: "attached" })
  assert.match(await page.locator(".progress-section").first().locator(".progress-count").first().textContent(), /^1 of \d+ read$/)
  assert.deepEqual(problems, [])
  await context.close()
})

for (const [scheme, width] of [["light", 1280], ["dark", 360]]) {
  test(`progress shows quizzes, methods and rules, for everyone: ${scheme}, ${width} px`, async () => {
    const { page, context, problems } = await openPage(browser, { scheme, width, height: 6000 })
    await visit(page, `${site.url}progress/`)
    await page.waitForSelector(".mastery")
    assert.match(await page.locator(".progress-summary").textContent(), /Lessons read0 of \d+Quizzes mastered0 of \d+Questions right0 of \d+/)
    problems.push(...await look(page))
    await answerQuiz(page, true)
    await visit(page, `${site.url}progress/`)
    await page.locator("[aria-labelledby=progress-quizzes] tr", { hasText: "100 %" }).waitFor()
    assert.match(await page.locator(".progress-summary").textContent(), /Quizzes mastered1 of \d+Questions right1 of \d+/)
    const row = page.locator("[aria-labelledby=progress-quizzes] tr", { hasText: "100 %" })
    assert.match(await row.textContent(), /One small decision.*Mastered/s)
    for (const summary of await page.locator(".progress-section > summary").all()) await summary.click()
    problems.push(...await look(page))
    assert.deepEqual(problems, [])
    await context.close()
  })
}

test("a file carries everything to another browser, is added to what is there, and can be undone", async () => {
  const { page, context, problems } = await openPage(browser)
  await answerQuiz(page, true)
  await visit(page, `${site.url}progress/`)
  const waiting = page.waitForEvent("download")
  await page.click("text=Save to a file")
  const path = await (await waiting).path()
  const saved = readFileSync(path)
  const file = JSON.parse(saved)
  assert.deepEqual([file.format, file.version, Object.keys(file.records)], ["ringback-progress", 1, ["lessons", "quizzes", "drill"]])
  await context.close()

  const other = await openPage(browser)
  await visit(other.page, site.url + LESSON)
  // The place is noted by a module that may come after the page has loaded.
  await other.page.waitForFunction((key) => JSON.parse(localStorage.getItem(`ringback:${document.documentElement.dataset.base}:${key}`))?.value.last, "lessons")
  await visit(other.page, `${site.url}progress/`)
  const bring = async (content) => {
    const [chooser] = await Promise.all([other.page.waitForEvent("filechooser"), other.page.click("text=Bring in a file")])
    await chooser.setFiles({ name: "progress.json", mimeType: "application/json", buffer: Buffer.from(content) })
    await other.page.waitForSelector(".notice")
  }
  await bring(saved)
  assert.match((await notices(other.page)).join(), /has been added/)
  assert.equal((await kept(other.page, "quizzes"))["all-kinds"].best, 100)
  // The later of the two places stays: this browser's.
  assert.equal((await kept(other.page, "lessons")).last.url, LESSON)
  await other.page.click(".notice >> text=Undo")
  assert.deepEqual(await kept(other.page, "quizzes"), {})
  for (const [content, words] of [
    ["{", /not a file/], ['{"format":"other"}', /not a file/], ['{"format":"ringback-progress","version":2,"records":{}}', /later version/],
    ['{"format":"ringback-progress","version":1,"records":{"quizzes":{"version":1,"value":{"x":1}}}}', /damaged/],
    ['{"format":"ringback-progress","version":1,"records":{"quizzes":{"version":7,"value":{}}}}', /damaged/],
  ]) {
    await bring(content)
    await other.page.waitForFunction((wanted) => new RegExp(wanted).test(document.querySelector(".notice p")?.textContent), words.source)
    assert.deepEqual(await kept(other.page, "quizzes"), {}, "nothing was changed")
  }
  assert.deepEqual([problems, other.problems], [[], []])
  await other.context.close()
})

test("everything can be deleted, and brought back while the notice stands", async () => {
  const { page, context } = await openPage(browser)
  await answerQuiz(page, true)
  await visit(page, `${site.url}progress/`)
  await page.click("text=Delete everything")
  await page.waitForSelector(".notice")
  assert.deepEqual([await kept(page, "quizzes"), (await kept(page, "lessons")).read, await kept(page, "drill")], [{}, {}, {}])
  await page.click(".notice >> text=Undo")
  assert.equal((await kept(page, "quizzes"))["all-kinds"].best, 100)
  assert.ok((await kept(page, "drill"))["all-kinds/selling"])
  await context.close()
})

test("the drill: what was wrong comes back the next day, what was right later; one review a day counts", async () => {
  const { page, context, problems } = await openPage(browser, { height: 3000 })
  const noon = new Date("2026-03-02T12:00:00").getTime()
  await page.clock.setFixedTime(noon)
  await visit(page, `${site.url}drill/`)
  await page.waitForSelector(".drill-card")
  assert.match(await page.locator(".drill-card").textContent(), /Nothing has been answered yet/)
  problems.push(...await look(page))
  await answerQuiz(page, false)
  const first = (await kept(page, "drill"))["all-kinds/selling"]
  assert.deepEqual([first.due - first.last, first.n, first.missed], [1, 1, 1])
  await visit(page, `${site.url}drill/`)
  await page.waitForSelector(".drill-next")
  assert.match(await page.locator(".drill-card").textContent(), /Nothing is due today.*tomorrow, 1 question/s)
  await page.clock.setFixedTime(noon + DAY)
  await visit(page, `${site.url}drill/`)
  await page.waitForSelector(".drill-number")
  assert.equal(await page.locator(".drill-number").textContent(), "1")
  problems.push(...await look(page))
  await page.click(".drill-card .button-main")
  await page.waitForSelector(".question")
  problems.push(...await look(page))
  await mouse.choice(page, ["the-return-call"])
  await mouse.check(page)
  await page.waitForSelector(".feedback:not([hidden])")
  problems.push(...await look(page))
  await mouse.next(page)
  await page.waitForSelector(".drill-card[role=group]")
  assert.match(await page.locator(".drill-card").textContent(), /1 of 1 right/)
  assert.equal(await page.evaluate(() => document.activeElement.classList.contains("drill-card")), true)
  const second = (await kept(page, "drill"))["all-kinds/selling"]
  assert.deepEqual([second.last - first.last, second.n], [1, 2])
  assert.ok(second.due > second.last)
  assert.equal((await kept(page, "quizzes"))["all-kinds"].known.selling.score, 1, "mastery knows it, too")
  await answerQuizAgain(page)
  assert.deepEqual((await kept(page, "drill"))["all-kinds/selling"], second, "the day's first review is the one that counts")
  assert.deepEqual(problems, [])
  await context.close()
})

async function answerQuizAgain(page) {
  await visit(page, site.lesson)
  await start(page)
  await page.click(".finish >> text=Start over")
  await mouse.choice(page, ["the-appointment"])
  await mouse.check(page)
  await page.waitForSelector(".feedback:not([hidden])")
}

test("without scripts both pages say what they would do, and lead on", async () => {
  for (const name of ["progress", "drill"]) {
    const { page, context } = await openPage(browser, { javaScriptEnabled: false })
    await visit(page, `${site.url}${name}/`)
    assert.match(await page.locator(".without-scripts").textContent(), /scripts are off/)
    assert.ok(await page.locator("main a").count() > 1 || name === "drill")
    await context.close()
  }
})

test("a damaged record is put aside on the page of progress, too, and the others stay", async () => {
  const { page, context, problems } = await playing(browser, site, quizOf(["selling"]))
  await page.evaluate(() => {
    const base = document.documentElement.dataset.base
    localStorage.setItem(`ringback:${base}:drill`, '{"version":1,"value":{"x/y":{"s":-1}}}')
  })
  await visit(page, `${site.url}progress/`)
  await page.waitForSelector(".notice")
  assert.match((await notices(page)).join(), /put aside/)
  assert.ok((await kept(page, "lessons")).last)
  assert.deepEqual(problems, [])
  await context.close()
})
