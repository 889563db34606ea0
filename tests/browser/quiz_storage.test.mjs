// Storage that is refused, full or tampered with: said once, and the quiz still works.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { openPage, visit } from "./support/page.mjs"
import { collectEvents, kept, playing, quizOf, quizSite, start, ways } from "./support/quiz.mjs"

const site = await quizSite()
const browser = await startBrowser()
const { mouse } = ways
const notices = (page) => page.locator(".notice p").allTextContents()

/** Plays two questions to the end. */
async function playThrough(page) {
  await mouse.choice(page, ["the-return-call"])
  await mouse.check(page)
  await mouse.next(page)
  await mouse.choice(page, ["false"])
  await mouse.check(page)
  await mouse.next(page)
  await page.waitForSelector(".finish")
  assert.equal(await page.locator(".finish-number").textContent(), "100")
}

for (const [name, words, breakIt] of [
  ["refused altogether, as in some private windows", /keeps nothing/, () => {
    Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("denied", "SecurityError") } })
  }],
  ["refused for writing", /keeps nothing/, () => {
    Storage.prototype.setItem = () => { throw new DOMException("denied", "SecurityError") }
  }],
  ["full", /no room left/, () => {
    Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError") }
  }],
]) {
  test(`storage ${name}`, async () => {
    site.put(quizOf(["selling", "credible"]))
    const { page, context, problems } = await openPage(browser)
    await page.addInitScript(breakIt)
    await visit(page, site.lesson)
    await start(page)
    await playThrough(page)
    const said = await notices(page)
    assert.equal(said.length, 1, said.join(" | "))
    assert.match(said[0], words)
    assert.deepEqual(problems, [])
    await context.close()
  })
}

for (const [name, text] of [
  ["no JSON", "{oops"],
  ["null", "null"],
  ["a list", "[1,2,3]"],
  ["a number of a version", '{"version":1,"value":7}'],
  ["attempts that are none", '{"version":1,"value":{"all-kinds":{"attempts":{"x":{"seed":1}},"best":null,"taken":0,"log":[],"known":{}}}}'],
  ["an ancient version", '{"version":0,"value":{"all-kinds":true}}'],
  ["a version to come", '{"version":99,"value":{"all-kinds":{}}}'],
]) {
  test(`tampered or ancient progress is put aside and said, never a crash: ${name}`, async () => {
    site.put(quizOf(["selling", "credible"]))
    const { page, context, problems } = await openPage(browser)
    await visit(page, site.lesson)
    await page.waitForFunction(() => customElements.get("quiz-card"))
    await page.evaluate((bad) => localStorage.setItem("ringback:/:quizzes", bad), text)
    await visit(page, site.lesson)
    await page.waitForSelector(".notice")
    assert.match((await notices(page)).join(), /put aside/)
    await start(page)
    await playThrough(page)
    assert.equal((await notices(page)).length, 1)
    assert.equal(await page.evaluate(() => localStorage.getItem("ringback:/:quizzes:aside")), text)
    assert.equal((await kept(page, "quizzes"))["all-kinds"].best, 100)
    assert.deepEqual(problems, [])
    await context.close()
  })
}

test("answers that were tampered with inside a sound record are asked again", async () => {
  const { page, context, problems } = await playing(browser, site, quizOf(["selling", "parts", "better"]))
  await page.evaluate(() => localStorage.setItem("ringback:/:quizzes", JSON.stringify({ version: 1, value: { "all-kinds": {
    best: 1e9, taken: -3, log: [], known: {},
    attempts: { s: { seed: "s", at: 1, questions: ["selling", "__proto__", "parts", "better"], answers: { selling: { a: { x: 1 } }, parts: { a: ["who", "who"] }, better: { a: { text: 5 } } } } },
  } } })))
  await visit(page, site.lesson)
  await start(page)
  assert.equal(await page.locator(".play-label").textContent(), "Question 1 of 3")
  assert.deepEqual(problems, [])
  await context.close()
})

test("a quiz that cannot be fetched leaves the list that needs no script", async () => {
  site.put(quizOf(["selling"]))
  const { page, context } = await openPage(browser)
  await collectEvents(page)
  await page.route("**/quiz-*.json", (route) => route.abort())
  await visit(page, site.lesson)
  await page.click("[data-start]")
  await page.waitForSelector(".notice")
  assert.match((await notices(page)).join(), /could not be loaded/)
  assert.equal(await page.locator(".quiz-question").first().isVisible(), true)
  await context.close()
})
