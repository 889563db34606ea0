// Scores of every kind of question, right, wrong and half right, as a table; and what an edited quiz keeps of an answer.
import assert from "node:assert/strict"
import { test } from "node:test"
import { decimal } from "../../themes/default/js/quiz/decimal.js"
import { fit } from "../../themes/default/js/quiz/fit.js"
import { normalise } from "../../themes/default/js/quiz/normalise.js"
import { percent, scoreOf, turnAfter } from "../../themes/default/js/quiz/score.js"
import { wordsIn } from "../../themes/default/js/quiz/spans.js"

const options = [{ id: "a", right: true }, { id: "b", right: true }, { id: "c" }, { id: "d" }]
const one = { kind: "choice", several: false, options: [{ id: "a", right: true }, { id: "b" }, { id: "c" }] }
const several = { kind: "choice", several: true, options }
const isTrue = { kind: "true-false", answer: true }
const script = "We are the best. Call 555 0142, or mail me."
const words = wordsIn(script)
const pick = (...texts) => words.filter(({ word }) => texts.includes(word))
const spot = { kind: "spot", text: script, marks: [{ start: 7, end: 15 }, { start: 35, end: 42 }] } // "the best", "mail me"
const order = { kind: "order", items: ["1", "2", "3", "4"].map((id) => ({ id })) }
const match = {
  kind: "match",
  pairs: [{ id: "p1", right: ["Twice"] }, { id: "p2", right: ["Once"] }, { id: "p3", right: ["Twice"] }, { id: "p4", right: ["Never"] }],
  others: [{ id: "o1", text: ["Always"] }],
}
const number = { kind: "number", answer: "45", tolerance: "5" }
const exact = { kind: "number", answer: "0.3", tolerance: "0" }
const text = { kind: "text", answers: ["your number", "the telephone number"] }
const rewrite = { kind: "rewrite", keeps: ["single-ask", "number-twice", "no-brag", "no-title"] }
const call = {
  kind: "dialogue", start: "hello", best: 5,
  turns: {
    hello: { says: ["Dana here."], answers: [{ id: "ask", score: 2, next: "busy" }, { id: "pitch", score: -2, next: "end" }, { id: "so", score: 1, next: "busy" }] },
    busy: { says: ["I am busy."], answers: [{ id: "later", score: 3, next: "end" }, { id: "push", score: -3 }] },
  },
}

for (const [name, question, answer, expected] of [
  ["choice, right", one, ["a"], 1],
  ["choice, wrong", one, ["b"], 0],
  ["choice, nothing", one, [], 0],
  ["choice, two where one is asked", one, ["a", "b"], 0],
  ["several, all", several, ["b", "a"], 1],
  ["several, half", several, ["a"], 0.5],
  ["several, both right and one wrong", several, ["a", "b", "c"], 0.5],
  ["several, one right and one wrong", several, ["a", "c"], 0],
  ["several, everything", several, ["a", "b", "c", "d"], 0],
  ["several, wrong ones only: not below zero", several, ["c", "d"], 0],
  ["true, said true", isTrue, true, 1],
  ["true, said false", isTrue, false, 0],
  ["false, said false", { kind: "true-false", answer: false }, false, 1],
  ["spot, all", spot, pick("the", "best.", "mail", "me."), 1],
  ["spot, half", spot, pick("the", "best."), 0.5],
  ["spot, three and a wrong one", spot, pick("the", "best.", "mail", "We"), 0.5],
  ["spot, wrong ones", spot, pick("We", "are"), 0],
  ["spot, everything: 4 − 5, not below zero", spot, words, 0],
  ["spot, nothing", spot, [], 0],
  ["order, right", order, ["1", "2", "3", "4"], 1],
  ["order, two neighbours: 5 − 1 of 6", order, ["2", "1", "3", "4"], 4 / 6],
  ["order, the last first: 3 − 3", order, ["4", "1", "2", "3"], 0],
  ["order, one far off: 4 − 2 of 6", order, ["3", "1", "2", "4"], 2 / 6],
  ["order, turned around", order, ["4", "3", "2", "1"], 0],
  ["match, all", match, { p1: "p1", p2: "p2", p3: "p3", p4: "p4" }, 1],
  ["match, the same words from another pair", match, { p1: "p3", p2: "p2", p3: "p1", p4: "p4" }, 1],
  ["match, half", match, { p1: "p1", p2: "p2", p3: "p2", p4: "o1" }, 0.5],
  ["match, none", match, { p1: "p2", p2: "o1", p3: "p4", p4: "p1" }, 0],
  ["match, some open", match, { p1: "p1" }, 0.25],
  ["number, exact", number, "45", 1],
  ["number, at the edge", number, "50", 1],
  ["number, over it by a hair", number, "50.0000001", 0],
  ["number, with its unit", number, " 41 s ", 1],
  ["number, no number", number, "forty", 0],
  ["number, decimal fractions are exact", exact, "0.30", 1],
  ["number, a comma for the point", exact, "0,3", 1],
  ["number, close is not exact", exact, "0.3000000000000001", 0],
  ["number, thousands", { kind: "number", answer: "144000" }, "$144,000", 1],
  ["number, below zero", { kind: "number", answer: "-2", tolerance: "0.5" }, "−2.5", 1],
  ["text, the words", text, "your number", 1],
  ["text, case, article, punctuation", text, " Telephone  number! ", 1],
  ["text, accents", { kind: "text", answers: ["résumé"] }, "Resume", 1],
  ["text, something else", text, "your name", 0],
  ["rewrite, all kept", rewrite, { text: "…", kept: ["no-title", "single-ask", "number-twice", "no-brag"] }, 1],
  ["rewrite, half kept", rewrite, { text: "…", kept: ["single-ask", "no-brag"] }, 0.5],
  ["rewrite, none kept, others do not count", rewrite, { text: "…", kept: ["few-words"] }, 0],
  ["dialogue, the best way", call, ["ask", "later"], 1],
  ["dialogue, a good way", call, ["so", "later"], 0.8],
  ["dialogue, half way", call, ["ask"], 0.4],
  ["dialogue, a bad end: not below zero", call, ["ask", "push"], 0],
  ["dialogue, hung up", call, ["pitch"], 0],
  ["no answer", one, undefined, 0],
]) {
  test(`${name}: ${expected}`, () => assert.equal(scoreOf(question, answer), expected))
}

test("an attempt's points are weighted, and rounded down, so that what is shown decides", () => {
  const questions = [{ id: "a", weight: 3 }, { id: "b" }, { id: "c" }]
  for (const [scores, expected] of [
    [{ a: 1, b: 1, c: 1 }, 100], [{ a: 1, b: 0, c: 0 }, 60], [{ a: 1, b: 1, c: 0.99 }, 99], [{ b: 1 }, 20], [{}, 0], [{ a: 1, b: 0.5, c: 0.5 }, 80],
  ]) assert.equal(percent(questions, scores), expected, JSON.stringify(scores))
  assert.equal(percent([], {}), 0)
  assert.equal(percent([1, 2, 3].map((id) => ({ id })), { 1: 1, 2: 1, 3: 0.4 }), 80, "2.4 of 3 is 80, not 79.99")
})

test("numbers as people type them", () => {
  const value = (typed) => {
    const number = decimal(typed)
    return number && Number(number.digits) / 10 ** number.scale
  }
  for (const [typed, expected] of [
    ["1,000", 1000], ["1 000,5", 1000.5], ["1'000", 1000], ["3,5", 3.5], [".5", 0.5], ["5.", 5], ["+7", 7], ["99.6 %", 99.6], ["€45", 45], ["45 sec.", 45],
    ["４５", 45], ["", undefined], ["1.2.3", undefined], ["1e5", undefined], ["--4", undefined], ["$", undefined], ["12 or 13", undefined],
  ]) assert.equal(value(typed), expected, typed)
})

test("what words say is what counts", () => {
  assert.equal(normalise("The Phone-Number!"), "phone number")
  assert.equal(normalise("Don’t"), normalise("dont"))
  assert.equal(normalise("the"), "the")
  assert.equal(normalise("…"), "")
})

test("an edited quiz keeps the answers that still fit", () => {
  for (const [name, question, answer, kept] of [
    ["an option is gone", one, ["z"], undefined],
    ["one of several is gone", several, ["a", "z"], ["a"]],
    ["nothing was picked on purpose", several, [], []],
    ["tampered: not a list", one, { a: 1 }, undefined],
    ["tampered: a word for a truth", isTrue, "true", undefined],
    ["the script reads differently now", spot, [{ start: 0, end: 2, word: "Us" }], undefined],
    ["tampered: no word at all", spot, [null], undefined],
    ["an item came in", order, ["1", "2", "3"], undefined],
    ["an item went out", { kind: "order", items: [{ id: "1" }, { id: "2" }] }, ["2", "3", "1"], ["2", "1"]],
    ["a pair is gone", match, { p1: "p1", gone: "p2" }, { p1: "p1" }],
    ["a right-hand side is gone", match, { p1: "gone" }, undefined],
    ["tampered: prototype", match, JSON.parse('{"__proto__": {"p1": "p1"}}'), undefined],
    ["a rule is no longer asked for", rewrite, { text: "Hi", kept: ["gone", "no-brag"] }, { text: "Hi", kept: ["no-brag"] }],
    ["a turn is gone", call, ["ask", "gone"], ["ask"]],
    ["an unknown kind", { kind: "riddle" }, "x", undefined],
  ]) assert.deepEqual(fit(question, answer), kept, name)
})

test("a dialogue leads on until nobody speaks", () => {
  assert.equal(turnAfter(call, []).name, "hello")
  assert.equal(turnAfter(call, ["ask"]).name, "busy")
  assert.equal(turnAfter(call, ["ask", "later"]), undefined)
  assert.equal(turnAfter(call, ["ask", "push"]), undefined)
})
