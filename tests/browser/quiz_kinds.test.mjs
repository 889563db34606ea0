// Each kind of question answered right, wrong and half right: by mouse, by keyboard and by touch.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { playing, quizOf, quizSite, ways } from "./support/quiz.mjs"

const CIRCUMSTANCES = { mouse: {}, keyboard: {}, touch: { hasTouch: true, isMobile: true, width: 360, height: 740 } }
const KEEPS = "Hello Dana, it's Priya, 555 0142. Lee Ortiz asked me to call you. Two minutes: 555 0142."

const CASES = [
  ["selling", "choice", [["right", ["the-return-call"], 1], ["wrong", ["the-appointment"], 0]]],
  ["twice", "choice", [["right", ["number", "name"], 1], ["half right", ["number"], 0.5], ["wrong", ["price"], 0]]],
  ["credible", "choice", [["right", ["false"], 1], ["wrong", ["true"], 0]]],
  ["brag", "spot", [["right", ["the", "best", "set", "up", "a", "visit."], 1], ["half right", ["the", "best", "set"], 0.5], ["wrong", ["Hello"], 0]]],
  ["parts", "order", [["right", ["who", "number", "reason", "ask"], 1], ["half right", ["number", "who", "reason", "ask"], 4 / 6], ["wrong", ["ask", "reason", "number", "who"], 0]]],
  ["whose", "match", [["right", ["One small decision", "First name and number"], 1], ["half right", ["One small decision", "Everything about the product"], 0.5],
    ["wrong", ["First name and number", "One small decision"], 0]]],
  ["seconds", "entry", [["right", "50", 1], ["wrong", "51", 0]]],
  ["say-twice", "entry", [["right", "The Phone Number", 1], ["wrong", "your name", 0]]],
  ["better", "rewrite", [["right", KEEPS, 1], ["half right", `${KEEPS} We are the biggest dealer in town.`, 0.5], ["wrong", "Hello Dana. We are the biggest dealer in town. Call 555 0142.", 0]]],
  ["dana", "dialogue", [["right", ["Hi Dana, Lee Ortiz asked me to call you.", "Then when may I call: before nine, or after five?"], 1],
    ["half right", ["Hi Dana, Lee Ortiz asked me to call you.", "It will only take a minute."], 0.5], ["wrong", ["Hi Dana, we make the best pumps."], 0]]],
]

const site = await quizSite({ base: "/team/playbook/" })
const browser = await startBrowser()

for (const [name, way] of Object.entries(ways)) {
  for (const [id, kind, answers] of CASES) {
    test(`${id} by ${name}: ${answers.map(([called]) => called).join(", ")}`, async () => {
      for (const [called, answer, score] of answers) {
        const { page, context, problems } = await playing(browser, site, quizOf([id]), CIRCUMSTANCES[name])
        await way[kind](page, answer)
        await way.check(page)
        await page.waitForSelector(".feedback:not([hidden])")
        const verdict = score === 1 ? "Right" : score > 0 ? `Partly right: ${Math.floor(score * 100)} %` : "Not right"
        assert.equal(await page.locator(".verdict-line").textContent(), verdict, called)
        const focused = await page.evaluate(() => ({ is: document.activeElement.className, name: document.activeElement.getAttribute("aria-label") }))
        assert.deepEqual(focused, { is: "feedback", name: verdict }, "the feedback has the focus and says how it went")
        const [heard] = await page.evaluate(() => globalThis.heard)
        assert.deepEqual([heard.name, heard.quiz, heard.question, heard.score, heard.weight], ["quiz:answered", "all-kinds", id, score, id === "brag" ? 2 : 1], called)
        assert.ok(heard.answer && heard.right, `in words: ${heard.answer} / ${heard.right}`)
        await way.next(page)
        await page.waitForSelector(".finish")
        assert.equal(await page.locator(".finish-number").textContent(), String(Math.floor(score * 100 + 1e-9)))
        const [, finished] = await page.evaluate(() => globalThis.heard)
        assert.deepEqual(finished, { name: "quiz:finished", quiz: "all-kinds", score: Math.floor(score * 100 + 1e-9), passed: score >= 0.8 })
        assert.deepEqual(problems, [])
        await context.close()
      }
    })
  }
}

test("nothing is checked before something is answered, and that is said", async () => {
  for (const [id, words] of [["selling", /Choose/], ["brag", /Mark at least/], ["whose", /each line/], ["seconds", /number/], ["say-twice", /Type/], ["better", /Change the script/], ["dana", /Finish the call/]]) {
    const { page, context, problems } = await playing(browser, site, quizOf([id]))
    await ways.mouse.check(page)
    await page.waitForSelector(".play-problem:not([hidden])")
    assert.match(await page.locator(".play-problem").textContent(), words, id)
    await page.waitForFunction(() => document.querySelector(".play [role=status]").textContent !== "")
    assert.match(await page.locator(".play [role=status]").textContent(), words)
    assert.deepEqual(await page.evaluate(() => globalThis.heard), [], id)
    assert.deepEqual(problems, [])
    await context.close()
  }
})
