// Attempts without a browser: chance by seed, pools, retries, edits; and two tabs in one record.
import assert from "node:assert/strict"
import { test } from "node:test"
import { begin, calibration, result, retry, revive, shown } from "../../themes/default/js/quiz/attempt.js"
import { disordered, randomFrom, shuffled } from "../../themes/default/js/quiz/random.js"
import { latest, putAnswer, putAttempt, putResult, quizIn } from "../../themes/default/js/quiz/saved.js"

const question = (id) => ({ id, kind: "choice", options: [{ id: "yes", right: true }, { id: "no" }] })
const quizOf = (ids, more = {}) => ({ id: "quiz", pass: 80, shuffle: "none", questions: ids.map(question), ...more })
const ids = (n) => Array.from({ length: n }, (_, at) => `q${at}`)

test("the same seed gives the same numbers, today and everywhere", () => {
  const random = randomFrom("ringback")
  assert.deepEqual(Array.from({ length: 4 }, () => Math.floor(random() * 1e6)), [217457, 146686, 162244, 314975])
  assert.deepEqual(shuffled([1, 2, 3, 4, 5, 6], "x"), shuffled([1, 2, 3, 4, 5, 6], "x"))
})

test("every order is about as likely", () => {
  const seen = new Map()
  for (let seed = 0; seed < 6000; seed += 1) {
    const order = shuffled(["a", "b", "c"], seed).join("")
    seen.set(order, (seen.get(order) ?? 0) + 1)
  }
  assert.equal(seen.size, 6)
  for (const [order, n] of seen) assert.ok(Math.abs(n - 1000) < 130, `${order}: ${n}`)
})

test("what is to be put in order is never given in order", () => {
  for (let seed = 0; seed < 500; seed += 1) {
    assert.notDeepEqual(disordered([1, 2], seed), [1, 2])
    assert.notDeepEqual(disordered([1, 2, 3], seed), [1, 2, 3])
  }
})

test("a pool is drawn anew by each seed, in the author's order unless that is mixed", () => {
  const quiz = quizOf(ids(10), { pick: 4 })
  const drawn = new Set()
  for (let seed = 0; seed < 40; seed += 1) {
    const { questions } = begin(quiz, seed, 0)
    assert.equal(questions.length, 4)
    assert.deepEqual(questions, [...questions].sort(), "author's order")
    questions.forEach((id) => drawn.add(id))
  }
  assert.equal(drawn.size, 10)
  assert.deepEqual(begin(quizOf(ids(3), { pick: 9 }), "s", 0).questions, ids(3))
  const mixed = new Set(ids(20).map((seed) => begin(quizOf(ids(5), { shuffle: "all" }), seed, 0).questions.join()))
  assert.ok(mixed.size > 10)
})

test("options are mixed only where the author lets them", () => {
  const things = ids(8)
  const attempt = { seed: "s" }
  for (const [shuffle, isMixed] of [["none", false], ["questions", false], ["options", true], ["all", true]]) {
    assert.equal(shown({ shuffle }, attempt, { id: "q" }, things).join() !== things.join(), isMixed, shuffle)
  }
})

test("a retry asks what was not right and keeps what was", () => {
  const quiz = quizOf(ids(3))
  const first = { ...begin(quiz, "one", 1), answers: { q0: { a: ["yes"], sure: 95 }, q1: { a: ["no"] }, q2: { a: ["yes"] } }, done: 2 }
  const { score, wrong, passed } = result(quiz, first)
  assert.deepEqual([score, wrong.map(({ id }) => id), passed], [66, ["q1"], false])
  const second = retry(quiz, first, "two", 3)
  assert.deepEqual(result(quiz, second).open.map(({ id }) => id), ["q1"])
  second.answers.q1 = { a: ["yes"] }
  assert.deepEqual([result(quiz, second).score, result(quiz, second).passed, second.answers.q0.kept], [100, true, true])
})

test("after an edit an open attempt goes on with what is left, and gets what is new", () => {
  const saved = { ...begin(quizOf(["a", "gone", "b"]), "s", 1), answers: { a: { a: ["yes"] }, gone: { a: ["yes"] }, b: { a: ["renamed"] } } }
  const revived = revive(quizOf(["b", "a", "new"]), saved)
  assert.deepEqual(revived.questions, ["a", "b", "new"])
  assert.deepEqual(Object.keys(revived.answers), ["a"])
  assert.deepEqual(revive(quizOf(["b", "a", "new"]), { ...saved, done: 5 }).questions, ["a", "b"], "a finished one stays what it was")
})

test("how sure is held against how right", () => {
  const quiz = quizOf(ids(4))
  const answers = { q0: { a: ["yes"], sure: 95 }, q1: { a: ["no"], sure: 95 }, q2: { a: ["yes"], sure: 50 }, q3: { a: ["yes"] } }
  const attempt = { ...begin(quiz, "s", 0), answers }
  assert.deepEqual(calibration(result(quiz, attempt), attempt, [25, 50, 75, 95]), [{ sure: 50, n: 1, right: 1 }, { sure: 95, n: 2, right: 0.5 }])
})

test("two tabs: answers of one attempt add up, two attempts stand side by side, nothing ends twice", () => {
  const quiz = quizOf(ids(2))
  const record = {}
  const one = begin(quiz, "one", 1)
  putAttempt(record, "quiz", one)
  putAnswer(record, "quiz", one, "q0", { a: ["yes"] }, { score: 1, at: 2 })
  putAnswer(record, "quiz", begin(quiz, "one", 1), "q1", { a: ["no"] }, { score: 0, at: 3 })
  putAnswer(record, "quiz", one, "q0", { a: ["no"] }, { score: 0, at: 4 })
  assert.deepEqual(latest(quizIn(record, "quiz")).answers, { q0: { a: ["yes"] }, q1: { a: ["no"] } })
  putAnswer(record, "quiz", begin(quiz, "two", 5), "q0", { a: ["no"] }, { at: 6 })
  assert.equal(latest(quizIn(record, "quiz")).seed, "two")
  putResult(record, "quiz", { ...one, done: 7 }, 50, 7)
  putResult(record, "quiz", { ...one, done: 8 }, 50, 8)
  assert.deepEqual([record.quiz.taken, record.quiz.best, record.quiz.log], [1, 50, [{ at: 7, score: 50 }]])
  for (let seed = 0; seed < 9; seed += 1) putAttempt(record, "quiz", begin(quiz, `s${seed}`, 100 + seed))
  assert.equal(Object.keys(record.quiz.attempts).length, 4)
})
