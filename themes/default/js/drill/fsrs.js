// FSRS-6, the free spaced repetition scheduler: when something learnt is about to be forgotten. Pure: days in, days out.
//
// Jarrett Ye and others, "The Algorithm", https://github.com/open-spaced-repetition/fsrs4anki/wiki/The-Algorithm (FSRS-6), with the published default
// parameters. A memory has a stability (days until recall falls to 90 %) and a difficulty (1 to 10). Reviews of one day count as
// short-term reviews. Numbers are rounded to eight decimals after each step, as the reference implementation ts-fsrs does, which
// tests/browser/fsrs.test.mjs holds this module against.

const W = [
  0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425,
  0.0912, 0.0658, 0.1542,
]
const DECAY = -W[20]
const FACTOR = round(Math.exp(Math.log(0.9) / DECAY) - 1)
const [LEAST_STABLE, MOST_STABLE] = [0.001, 36500]

/** How well something was known. */
export const RATING = { again: 1, hard: 2, good: 3, easy: 4 }
/** The recall that a review is planned for. */
export const RETENTION = 0.9

/** The chance of recall after some days. */
export const retrievability = (days, stability) => round((1 + (FACTOR * days) / stability) ** DECAY)

/** Days until the next review. */
export function interval(stability, retention = RETENTION) {
  const modifier = round((retention ** (1 / DECAY) - 1) / FACTOR)
  return Math.min(Math.max(1, Math.round(stability * modifier)), MOST_STABLE)
}

/** The memory after a review, `days` after the last one; without a memory, the first. */
export function next(memory, days, rating) {
  if (!memory) return { stability: round(Math.max(W[rating - 1], 0.1)), difficulty: inBounds(firstDifficulty(rating), 1, 10) }
  const { stability, difficulty } = memory
  return { difficulty: nextDifficulty(difficulty, rating), stability: nextStability(stability, difficulty, days, rating) }
}

function nextStability(stability, difficulty, days, rating) {
  if (days === 0) {
    const gain = stability ** -W[19] * Math.exp(W[17] * (rating - 3 + W[18]))
    return round(inBounds(stability * (rating >= RATING.hard ? Math.max(gain, 1) : gain), LEAST_STABLE, MOST_STABLE))
  }
  const recall = retrievability(days, stability)
  if (rating === RATING.again) {
    const forgotten = W[11] * difficulty ** -W[12] * ((stability + 1) ** W[13] - 1) * Math.exp((1 - recall) * W[14])
    const most = stability / Math.exp(W[17] * W[18])
    return round(inBounds(round(most), LEAST_STABLE, round(inBounds(forgotten, LEAST_STABLE, MOST_STABLE))))
  }
  const penalty = rating === RATING.hard ? W[15] : 1
  const bonus = rating === RATING.easy ? W[16] : 1
  const gain = Math.exp(W[8]) * (11 - difficulty) * stability ** -W[9] * (Math.exp((1 - recall) * W[10]) - 1) * penalty * bonus
  return round(inBounds(stability * (1 + gain), LEAST_STABLE, MOST_STABLE))
}

function nextDifficulty(difficulty, rating) {
  const change = -W[6] * (rating - 3)
  const damped = difficulty + round((change * (10 - difficulty)) / 9)
  return inBounds(round(W[7] * firstDifficulty(RATING.easy) + (1 - W[7]) * damped), 1, 10)
}

function firstDifficulty(rating) {
  return round(W[4] - Math.exp((rating - 1) * W[5]) + 1)
}

function inBounds(value, least, most) {
  return Math.min(Math.max(value, least), most)
}

function round(value) {
  return Math.round(value * 1e8) / 1e8
}
