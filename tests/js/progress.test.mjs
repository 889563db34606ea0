// Progress without a browser: two records become one, a drill fits five minutes, mastery is counted, files are all or nothing.
import assert from "node:assert/strict"
import { test } from "node:test"
import { due, ratingOf, reviewed } from "../../themes/default/js/drill/cards.js"
import { FIVE_MINUTES, nextDay, plan, unseen } from "../../themes/default/js/drill/session.js"
import { merge } from "../../themes/default/js/progress/merge.js"
import { groups, questionsOf } from "../../themes/default/js/progress/mastery.js"

const quiz = (id, ids, kind = "choice", more = {}) => ({ id, method: "m", pass: 80, questions: ids.map((one) => ({ id: one, kind, rules: ["r"], weight: 1 })), ...more })
const card = (last, due_, s = 2) => ({ s, d: 5, last, due: due_, n: 1, missed: 0 })

test("merging loses nothing of either side, whichever comes first", () => {
  const attempt = (seed, answers) => ({ seed, at: 1, questions: ["a", "b"], answers })
  const a = { q: { attempts: { s: attempt("s", { a: { a: ["x"] } }) }, best: 50, taken: 1, log: [{ at: 1, score: 50 }], known: { a: { score: 0, at: 1 } } } }
  const b = { q: { attempts: { s: attempt("s", { b: { a: ["y"] } }), t: attempt("t", {}) }, best: 90, taken: 2, log: [{ at: 2, score: 90 }, { at: 3, score: 10 }], known: { a: { score: 1, at: 5 } } }, other: { attempts: {}, best: null, taken: 0, log: [], known: {} } }
  for (const [one, two] of [[a, b], [b, a]]) {
    const { q, other } = merge.quizzes(structuredClone(one), structuredClone(two))
    assert.deepEqual([Object.keys(q.attempts).sort(), Object.keys(q.attempts.s.answers).sort(), q.best, q.taken, q.log.length, q.known.a.score, other.taken], [["s", "t"], ["a", "b"], 90, 3, 3, 1, 0])
  }
  assert.deepEqual(merge.lessons({ read: { x: { at: 1 } }, last: { at: 1 } }, { read: { y: { at: 2 } }, last: { at: 2 } }), { read: { x: { at: 1 }, y: { at: 2 } }, last: { at: 2 } })
  assert.deepEqual(merge.drill({ x: card(5, 9) }, { x: card(7, 8), y: card(1, 2) }), { x: card(7, 8), y: card(1, 2) })
})

test("a drill holds what five minutes hold, the most forgotten first, and only what still exists", () => {
  const bank = { quizzes: [quiz("q", ["a", "b", "c"]), quiz("long", ["d", "e", "f", "g", "h"], "rewrite")] }
  const cards = { "q/a": card(90, 92, 4), "q/b": card(90, 92, 1), "q/gone": card(1, 2), "q/c": card(99, 120), ...Object.fromEntries(["d", "e", "f", "g", "h"].map((id) => [`long/${id}`, card(95, 97, 9)])) }
  const planned = plan(bank, cards, 100)
  assert.deepEqual(planned.today.slice(0, 2).map(({ key }) => key), ["q/b", "q/a"])
  assert.equal(planned.today.length, 4, "two short ones and two long ones")
  assert.ok(planned.seconds <= FIVE_MINUTES)
  assert.equal(planned.more.length, 3)
  assert.deepEqual(nextDay(bank, cards, 100), { day: 120, n: 1 })
  assert.equal(nextDay(bank, {}, 100), undefined)
  assert.deepEqual(unseen(bank, { "q/a": card(1, 2) }).today.slice(0, 2).map(({ key }) => key), ["q/b", "q/c"])
  assert.deepEqual(plan(bank, {}, 100).today, [])
})

test("a card: wrong comes back tomorrow, half right is hard, the first review of a day counts", () => {
  for (const [score, hint, rating] of [[0, false, 1], [0.49, false, 1], [0.5, false, 2], [0.99, false, 2], [1, true, 2], [1, false, 3]]) assert.equal(ratingOf(score, hint), rating, `${score} ${hint}`)
  const first = reviewed(undefined, 1, 100)
  assert.deepEqual([first.due, first.n, first.missed], [101, 1, 1])
  assert.equal(reviewed(first, 3, 100), first)
  assert.equal(reviewed(first, 3, 99), first, "a clock that was set back")
  const second = reviewed(first, 3, 103)
  assert.deepEqual([second.last, second.n, second.missed], [103, 2, 1])
  assert.ok(second.due > 104 && second.s > first.s)
  assert.deepEqual(due({ a: first, b: second }, 101), ["a"])
})

test("mastery counts what is known of what was asked, the weakest first", () => {
  const bank = { quizzes: [quiz("q", ["a", "b"], "choice", { method: "weak" }), quiz("p", ["c", "d"], "choice", { method: "strong" }), quiz("n", ["e"], "choice", { method: "new" })] }
  const known = (scores) => ({ attempts: {}, best: null, taken: 0, log: [], known: Object.fromEntries(Object.entries(scores).map(([id, score]) => [id, { score, at: 1 }])) })
  const questions = questionsOf(bank, { q: known({ a: 0, b: 0.5, gone: 1 }), p: known({ c: 1 }) })
  assert.deepEqual(groups(questions, ({ method }) => [method]).map(({ id, states, n_right, n_asked, share }) => [id, states, n_right, n_asked, share]), [
    ["weak", ["wrong", "partly"], 0, 2, 0.25], ["strong", ["right", "open"], 1, 1, 1], ["new", ["open"], 0, 0, undefined],
  ])
})
