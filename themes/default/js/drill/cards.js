// What comes back, and when: a card a question, planned by FSRS. One review a day counts, the day's first.
//
// "quiz/question" → { s: stability, d: difficulty, last: day, due: day, n: reviews, missed: times forgotten }. Days are whole days of the reader's own calendar,
// counted from 1 January 1970.
import { openStore } from "../lib/store.js"
import { interval, next, RATING } from "./fsrs.js"

const isNumber = (value) => typeof value === "number" && Number.isFinite(value)
const isCard = (card) => card !== null && typeof card === "object" && ["s", "d", "last", "due", "n", "missed"].every((key) => isNumber(card[key])) && card.s > 0 && card.d >= 1 && card.d <= 10

/** Opens the record. */
export function openCards(onTrouble) {
  return openStore("drill", { version: 1, check: (value) => value !== null && typeof value === "object" && !Array.isArray(value) && Object.values(value).every(isCard), onTrouble })
}

/** The day that it is here. */
export function today(now = new Date()) {
  return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 86_400_000)
}

/** How well it was known: wrong is forgotten; half right, or right with a hint, was hard. */
export function ratingOf(score, usedHint = false) {
  if (score < 0.5) return RATING.again
  return score < 1 || usedHint ? RATING.hard : RATING.good
}

/** The card after an answer. */
export function reviewed(card, rating, day) {
  if (card && card.last >= day) return card
  const memory = next(card && { stability: card.s, difficulty: card.d }, card ? day - card.last : 0, rating)
  return {
    s: memory.stability, d: memory.difficulty, last: day, due: day + interval(memory.stability), n: (card?.n ?? 0) + 1,
    missed: (card?.missed ?? 0) + (rating === RATING.again ? 1 : 0),
  }
}

let shared

/** Keeps an answer for the drill. Trouble with the store was said where the quiz opened its own. */
export function keepReview(quiz, question, score, usedHint, day = today()) {
  const key = `${quiz}/${question}`
  shared ??= openCards()
  shared.update((cards) => {
    cards[key] = reviewed(Object.hasOwn(cards, key) ? cards[key] : undefined, ratingOf(score, usedHint), day)
  })
}

/** Keys of what is due, longest overdue for its strength first. */
export function due(cards, day = today()) {
  const late = ([, card]) => (day - card.last) / card.s
  return Object.entries(cards).filter(([, card]) => card.due <= day).sort((a, b) => late(b) - late(a)).map(([key]) => key)
}
