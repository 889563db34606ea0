// The drill's scheduler against the reference implementation of FSRS-6: thousands of random reviews, number by number.
import assert from "node:assert/strict"
import { test } from "node:test"
import { fsrs, FSRSAlgorithm, generatorParameters } from "ts-fsrs"
import { interval, next, RATING, retrievability } from "../../themes/default/js/drill/fsrs.js"
import { randomFrom } from "../../themes/default/js/quiz/random.js"

const theirs = new FSRSAlgorithm(generatorParameters({ enable_fuzz: false, enable_short_term: true }))

test("memories after 2,000 random histories are the reference's, to the last decimal", () => {
  const random = randomFrom("histories")
  let n_reviews = 0
  for (let history = 0; history < 2000; history += 1) {
    let [mine, reference] = [null, null]
    for (let review = 0; review < 12; review += 1) {
      const rating = 1 + Math.floor(random() * 4)
      // The same day, soon, or long after.
      const days = review === 0 ? 0 : Math.floor(random() ** 3 * 400)
      mine = next(mine, days, rating)
      reference = theirs.next_state(reference, days, rating)
      assert.deepEqual(mine, { stability: reference.stability, difficulty: reference.difficulty }, `history ${history}, review ${review}`)
      assert.equal(retrievability(days, mine.stability), theirs.forgetting_curve(days, reference.stability))
      assert.equal(interval(mine.stability), theirs.next_interval(reference.stability, days))
      n_reviews += 1
    }
  }
  assert.equal(n_reviews, 24_000)
})

test("other retentions give the reference's intervals", () => {
  for (const retention of [0.7, 0.8, 0.85, 0.95, 0.99]) {
    const other = fsrs({ request_retention: retention, enable_fuzz: false })
    for (const stability of [0.001, 0.5, 2.3065, 7.77, 100.4, 3650, 36500]) {
      assert.equal(interval(stability, retention), other.next_interval(stability, 0), `${retention} ${stability}`)
    }
  }
})

test("a forgotten question comes back the next day, a known one later each time", () => {
  assert.equal(interval(next(null, 0, RATING.again).stability), 1)
  let memory = next(null, 0, RATING.good)
  let last = interval(memory.stability)
  for (let review = 0; review < 5; review += 1) {
    memory = next(memory, last, RATING.good)
    assert.ok(interval(memory.stability) > last, `${interval(memory.stability)} after ${last}`)
    last = interval(memory.stability)
  }
})
