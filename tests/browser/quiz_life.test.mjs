// A quiz over time: reloads, edits, two tabs, retries, pools, attempts; storage that is refused, full or tampered with.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { openPage, visit } from "./support/page.mjs"
import { collectEvents, kept, playing, quizOf, quizSite, start, ways } from "./support/quiz.mjs"

const site = await quizSite()
const browser = await startBrowser()
const { mouse } = ways

/** Answers the question that is shown and goes on. */
async function answer(page, kind, what) {
  await mouse[kind](page, what)
  await mouse.check(page)
  await page.waitForSelector(".feedback:not([hidden])")
}

const label = (page) => page.locator(".play-label").textContent()
const back = ".play-foot button:has-text('Back')"

test("a reload in the middle goes on where one was, with every answer", async () => {
  const { page, context, problems } = await playing(browser, site, quizOf(["selling", "twice", "credible"]))
  await answer(page, "choice", ["the-return-call"])
  await mouse.next(page)
  await answer(page, "choice", ["number"])
  await visit(page, site.lesson)
  await page.waitForFunction(() => document.querySelector("[data-start]").textContent === "Go on")
  assert.equal(await page.locator("[data-fact=count]").textContent(), "2 of 3 answered")
  await start(page)
  assert.equal(await label(page), "Question 3 of 3")
  await page.click(back)
  assert.equal(await page.locator(".verdict-line").textContent(), "Partly right: 50 %")
  assert.equal(await page.locator("[value=number]").isChecked(), true)
  assert.deepEqual(problems, [])
  await context.close()
})

test("an edited quiz keeps the answers that still fit: other data behind the card", async () => {
  const quiz = quizOf(["selling", "twice", "credible"])
  const { page, context, problems } = await playing(browser, site, quiz)
  await answer(page, "choice", ["the-return-call"])
  await mouse.next(page)
  await answer(page, "choice", ["number", "name"])
  const edited = quizOf(["parts", "twice", "selling"])
  edited.questions[1].options = edited.questions[1].options.filter(({ id }) => id !== "name")
  edited.questions[2].options[0].id = "renamed"
  site.put(edited)
  await visit(page, site.lesson)
  await start(page)
  const { attempts } = (await kept(page, "quizzes"))["all-kinds"]
  assert.equal(Object.values(attempts).length, 1)
  assert.equal(await label(page), "Question 1 of 3")
  assert.equal(await page.locator(".stem").textContent(), "What is a message on voicemail selling?", "what lost its option is asked again")
  await answer(page, "choice", ["renamed"])
  await mouse.next(page)
  assert.deepEqual(await page.locator(".option input:checked").evaluateAll((all) => all.map(({ value }) => value)), ["number"])
  assert.equal(await page.locator(".verdict-line").textContent(), "Right", "of what is left, all was picked")
  await mouse.next(page)
  assert.equal(await page.locator(".stem").textContent(), "Put a message in order", "what is new comes last")
  assert.deepEqual(problems, [])
  await context.close()
})

test("an edited quiz keeps its answers: the author's edit and a new build", async () => {
  const block = (stem, more = "") => `id: all-kinds
title: Edited
shuffle: none
questions:
  - choice: ${stem}
    id: selling
    options:
      - { text: The return call, right: true, why: One small decision. }
      - { text: The appointment, why: That is for the call itself. }
${more}`
  const second = "  - true-false: A title helps.\n    id: title\n    answer: false\n    why: It does not.\n"
  site.rebuild(block("What is sold?", second))
  const { page, context, problems } = await openPage(browser)
  await visit(page, site.lesson)
  await start(page)
  await answer(page, "choice", ["the-return-call"])
  site.rebuild(block("What is it that a message sells?", `${second}  - number: How many decisions?\n    id: how-many\n    answer: 1\n`))
  await visit(page, site.lesson)
  await start(page)
  assert.equal(await label(page), "Question 2 of 3")
  await page.click(back)
  assert.equal(await page.locator(".stem").textContent(), "What is it that a message sells?")
  assert.equal(await page.locator(".verdict-line").textContent(), "Right")
  assert.deepEqual(problems, [])
  await context.close()
})

test("two tabs in one attempt add up; a third that starts over destroys nothing", async () => {
  const { page, context } = await playing(browser, site, quizOf(["selling", "twice", "credible"]))
  await answer(page, "choice", ["the-return-call"])
  const other = await context.newPage()
  await visit(other, site.lesson)
  await start(other)
  assert.equal(await label(other), "Question 2 of 3")
  await answer(other, "choice", ["number", "name"])
  await page.waitForFunction(() => document.querySelectorAll(".play-wave .bar-right").length === 2)
  await mouse.next(page)
  assert.equal(await page.locator(".verdict-line").textContent(), "Right", "the other tab's answer is here")
  await mouse.next(page)
  await answer(page, "choice", ["true"])
  await mouse.next(page)
  assert.equal(await page.locator(".finish-number").textContent(), "66")
  const { attempts, taken } = (await kept(other, "quizzes"))["all-kinds"]
  assert.deepEqual(Object.values(attempts).map(({ answers }) => Object.keys(answers)), [["selling", "twice", "credible"]])
  assert.equal(taken, 1)
  await page.click(".finish >> text=Start over")
  await answer(page, "choice", ["the-appointment"])
  const after = (await kept(other, "quizzes"))["all-kinds"]
  assert.equal(Object.keys(after.attempts).length, 2)
  assert.equal(after.best, 66)
  await context.close()
})

test("a retry asks the wrong ones only, keeps what was right, and is mastered in the end", async () => {
  const { page, context, problems } = await playing(browser, site, quizOf(["selling", "twice", "credible"]))
  for (const ids of [["the-return-call"], ["price"], ["true"]]) {
    await answer(page, "choice", ids)
    await mouse.next(page)
  }
  assert.equal(await page.locator(".finish-words").textContent(), "80 % count as mastered")
  await page.click(".finish >> text=Try the 2 wrong ones again")
  assert.equal(await label(page), "Question 2 of 3")
  await answer(page, "choice", ["number", "name"])
  await mouse.next(page)
  await answer(page, "choice", ["false"])
  await mouse.next(page)
  assert.equal(await page.locator(".finish-number").textContent(), "100")
  assert.equal(await page.locator(".finish-words").textContent(), "Mastered")
  assert.equal(await page.locator(".finish >> text=ones again").count(), 0)
  await page.click("[aria-label='Put the quiz away']")
  assert.equal(await page.locator("[data-fact=pass]").textContent(), "mastered, 100 %")
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "See your answers")
  const heard = await page.evaluate(() => globalThis.heard.map(({ name, question, score }) => [name, question ?? score]))
  assert.deepEqual(heard.slice(4), [["quiz:answered", "twice"], ["quiz:answered", "credible"], ["quiz:finished", 100]])
  assert.deepEqual(problems, [])
  await context.close()
})

test("every answer can be looked at again, with its lesson", async () => {
  const { page, context } = await playing(browser, site, quizOf(["selling", "credible"]))
  await answer(page, "choice", ["the-appointment"])
  await mouse.next(page)
  await answer(page, "choice", ["false"])
  await mouse.next(page)
  await page.click(".review-item summary >> nth=0")
  const item = page.locator(".review-item").first()
  await item.locator(".feedback").waitFor()
  assert.match(await item.locator(".feedback-lesson").innerHTML(), /href="[^"]*sell-the-call\/one-small-decision\/"/)
  assert.match(await item.textContent(), /That is for the call itself/)
  assert.equal(await item.locator("input:enabled").count(), 0)
  await context.close()
})

test("feedback at the end: answers may be changed until they are handed in", async () => {
  const { page, context, problems } = await playing(browser, site, quizOf(["selling", "credible"], { feedback: "end" }))
  await mouse.choice(page, ["the-appointment"])
  await mouse.check(page)
  assert.equal(await label(page), "Question 2 of 2")
  assert.equal(await page.locator(".feedback:not([hidden])").count(), 0)
  assert.deepEqual(await page.evaluate(() => globalThis.heard), [])
  await page.click(back)
  await mouse.choice(page, ["the-return-call"])
  await mouse.check(page)
  await mouse.choice(page, ["false"])
  assert.equal(await page.locator(".question [type=submit]").textContent(), "Hand in")
  await mouse.check(page)
  await page.waitForSelector(".finish")
  assert.equal(await page.locator(".finish-number").textContent(), "100")
  assert.deepEqual((await page.evaluate(() => globalThis.heard)).map(({ name, score }) => [name, score]), [["quiz:answered", 1], ["quiz:answered", 1], ["quiz:finished", 100]])
  assert.deepEqual(problems, [])
  await context.close()
})

test("attempts are counted, pools are drawn, a hint is a hint", async () => {
  const { page, context } = await playing(browser, site, quizOf(["selling"], { attempts: 1 }))
  await page.click(".question >> text=Show a hint")
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Only one thing can happen next.")
  await answer(page, "choice", ["the-appointment"])
  await mouse.next(page)
  assert.equal(await page.locator(".finish >> text=Start over").count(), 0)
  assert.match(await page.locator(".finish").textContent(), /0 attempts left/)
  assert.equal(Object.values((await kept(page, "quizzes"))["all-kinds"].attempts)[0].answers.selling.hint, true)
  await context.close()
  const pool = await playing(browser, site, quizOf(["selling", "twice", "credible", "parts"], { pick: 2 }))
  assert.equal(await label(pool.page), "Question 1 of 2")
  await pool.context.close()
})

test("how sure: asked before the reveal, drawn at the end", async () => {
  const { page, context } = await playing(browser, site, quizOf(["selling", "credible"], { confidence: true }))
  await mouse.choice(page, ["the-appointment"])
  await mouse.check(page)
  assert.match(await page.locator(".play-problem").textContent(), /how sure/)
  await page.check("input[value='95']")
  await mouse.check(page)
  await mouse.next(page)
  await page.check("input[value='95']")
  await answer(page, "choice", ["false"])
  await mouse.next(page)
  assert.match(await page.locator(".calibration svg").getAttribute("aria-label"), /95 % sure and were 50 % right/)
  assert.deepEqual(await page.locator(".calibration tbody td").allTextContents(), ["2", "50 %"])
  await context.close()
})
