// What the player keeps of a course, as text: what goes in comes out, also in another edition, and never longer than asked.
import assert from "node:assert/strict"
import { test } from "node:test"
import { State } from "../../src/package/player/state.js"

const key = (n) => n.toString(36).padStart(3, "0")
const course = (lessons, quizzes, questions) => ({
  lessons: Array.from({ length: lessons }, (_, at) => ({ key: key(at), url: `l${at}/`, title: `L${at}` })),
  quizzes: Array.from({ length: quizzes }, (_, at) => ({
    key: key(10_000 + at), id: `q${at}`, title: `Q${at}`, pass: 80,
    questions: Array.from({ length: questions }, (_, n) => ({ key: key(20_000 + at * 100 + n), id: `n${n}` })),
  })),
})

function filled(given) {
  const state = new State(given)
  given.lessons.forEach(({ url }, at) => at % 2 === 0 && state.lesson(`${url}index.html`))
  given.quizzes.forEach(({ id, questions }, at) => {
    questions.forEach((question, n) => state.answered(id, question.id, n % 3 === 0 ? 1 : n % 3 === 1 ? 0 : 0.5))
    if (at % 2 === 0) state.finished(id, at % 4 === 0 ? 100 : 35)
  })
  return state
}

test("what goes in comes out", () => {
  const given = course(9, 4, 5)
  const [state, other] = [filled(given), new State(given)]
  assert.equal(other.take(state.text()), true)
  assert.deepEqual([...other.read].sort(), [...state.read].sort())
  assert.equal(other.text(), state.text())
  assert.deepEqual(other.sum(), state.sum())
  const { known } = other.quizzes.get("q0")
  assert.equal(known.n0, 1)
  assert.equal(known.n1, 0)
  assert.ok(Math.abs(known.n2 - 0.5) < 0.02)
})

test("the text of a large course keeps to the limit of SCORM 1.2, and results are the last to go", () => {
  const given = course(300, 60, 20)
  const state = filled(given)
  assert.ok(state.text().length > 4096)
  const text = state.text(4096)
  assert.ok(text.length <= 4096, String(text.length))
  const other = new State(given)
  other.take(text)
  assert.equal(other.quizzes.get("q0").best, 100)
  assert.equal(other.quizzes.get("q58").best, 35)
})

test("another edition and texts that are not ours do no harm", () => {
  const state = filled(course(9, 4, 5))
  const smaller = new State(course(3, 1, 2))
  smaller.take(state.text())
  assert.deepEqual([...smaller.read].sort(), ["l0/", "l2/"])
  for (const text of ["", "2abc", undefined, "1|", "1|||", "1\u0000|zzz99", `1${"x".repeat(5000)}`]) new State(course(3, 1, 2)).take(text)
})

for (const [name, read, results, expected] of [
  ["nothing done", 0, [], { isComplete: false, score: undefined, isPassed: undefined }],
  ["all read, no quiz taken", 2, [], { isComplete: false, score: undefined, isPassed: undefined }],
  ["half the quizzes", 2, [90], { isComplete: false, score: 45, isPassed: undefined }],
  ["all, one under its mark", 2, [90, 70], { isComplete: true, score: 80, isPassed: false }],
  ["all, both mastered", 2, [90, 80], { isComplete: true, score: 85, isPassed: true }],
]) {
  test(`comes to: ${name}`, () => {
    const given = course(2, 2, 1)
    const state = new State(given)
    given.lessons.slice(0, read).forEach(({ url }) => state.lesson(url))
    results.forEach((score, at) => state.finished(`q${at}`, score))
    const { part, ...sum } = state.sum()
    assert.deepEqual(sum, expected)
    assert.equal(part, (read + results.length) / 4)
  })
}

test("a course without quizzes is completed, not passed", () => {
  const state = new State(course(1, 0, 0))
  state.lesson("l0/")
  assert.deepEqual(state.sum(), { isComplete: true, part: 1, score: undefined, isPassed: undefined })
  assert.equal(state.lesson("elsewhere/"), false)
})
