// Which questions a drill asks today: what is due, as much as five minutes hold. Pure.
import { due } from "./cards.js"

/** Seconds that a question of a kind takes, for planning. */
const SECONDS = { choice: 20, "true-false": 12, number: 15, text: 20, spot: 40, order: 35, match: 45, rewrite: 90, dialogue: 60 }
export const FIVE_MINUTES = 300

const secondsFor = (kind) => SECONDS[kind] ?? 30

/** Questions of the bank by key. */
function byKey(bank) {
  return new Map(bank.quizzes.flatMap((quiz) => quiz.questions.map((question) => [`${quiz.id}/${question.id}`, { key: `${quiz.id}/${question.id}`, quiz, ...question }])))
}

/** What is due on a day and still exists: { today: as many as fit, more: the others, seconds }. */
export function plan(bank, cards, day) {
  const known = byKey(bank)
  return cut(due(cards, day).flatMap((key) => known.get(key) ?? []))
}

/** Questions that were never answered, in the book's order. */
export function unseen(bank, cards) {
  return cut([...byKey(bank).values()].filter(({ key }) => !Object.hasOwn(cards, key)))
}

/** The first day after this one on which something comes back, and how much: { day, n }, or undefined. */
export function nextDay(bank, cards, day) {
  const known = byKey(bank)
  const days = Object.entries(cards).filter(([key, card]) => known.has(key) && card.due > day).map(([, card]) => card.due)
  if (!days.length) return undefined
  const first = Math.min(...days)
  return { day: first, n: days.filter((one) => one === first).length }
}

function cut(questions) {
  let seconds = 0
  const today = []
  for (const question of questions) {
    if (today.length && seconds + secondsFor(question.kind) > FIVE_MINUTES) break
    today.push(question)
    seconds += secondsFor(question.kind)
  }
  return { today, more: questions.slice(today.length), seconds }
}
