// What a learner has answered, kept answer by answer: one record of all quizzes, shared by all tabs.
//
// quiz id → { attempts: { seed: attempt }, best, taken, log: [{ at, score }], known: { question id: { score, at } } }. Attempts of two tabs have
// two seeds and stand side by side; two tabs in one attempt add to one list of answers, and the first answer stays.
import { openStore } from "../lib/store.js"

const MOST_ATTEMPTS = 4
const MOST_LOGGED = 50
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value)
const isNumber = (value) => typeof value === "number" && Number.isFinite(value)

/** Opens the record; `onTrouble` as in lib/store.js. */
export function openQuizzes(onTrouble) {
  return openStore("quizzes", { version: 1, check: (value) => isRecord(value) && Object.values(value).every(isQuiz), onTrouble })
}

export const emptyQuiz = () => ({ attempts: {}, best: null, taken: 0, log: [], known: {} })

/** What is known of one quiz. */
export function quizIn(record, id) {
  return Object.hasOwn(record, id) ? record[id] : emptyQuiz()
}

/** The attempt that was touched last: the one to go on with, or to look back at. */
export function latest(saved, wanted = () => true) {
  return Object.values(saved.attempts).filter(wanted).sort((a, b) => touched(b) - touched(a))[0]
}

/** Puts an attempt in, and lets the oldest go. */
export function putAttempt(record, id, attempt) {
  const saved = (record[id] = quizIn(record, id))
  const there = saved.attempts[attempt.seed]
  saved.attempts[attempt.seed] = there ? merged(there, attempt) : attempt
  const kept = Object.values(saved.attempts).sort((a, b) => touched(b) - touched(a)).slice(0, MOST_ATTEMPTS)
  saved.attempts = Object.fromEntries(kept.map((one) => [one.seed, one]))
  return saved
}

/** Saves one answer; where another tab was first, its answer stays unless `again` may change it. */
export function putAnswer(record, id, attempt, question, answer, { again = false, score, at } = {}) {
  const saved = putAttempt(record, id, attempt)
  const { answers } = saved.attempts[attempt.seed]
  if (answers[question] && !again) return
  answers[question] = answer
  saved.attempts[attempt.seed].touched = at
  if (score !== undefined) saved.known[question] = { score, at }
}

/** Ends an attempt, once. */
export function putResult(record, id, attempt, score, at) {
  if (quizIn(record, id).attempts[attempt.seed]?.done) return
  const saved = putAttempt(record, id, attempt)
  const there = saved.attempts[attempt.seed]
  there.done = there.touched = at
  saved.taken += 1
  saved.best = Math.max(saved.best ?? 0, score)
  saved.log = [...saved.log, { at, score }].slice(-MOST_LOGGED)
}

const touched = (attempt) => attempt.touched ?? attempt.at

/** Two states of one attempt: every answer of both, the earlier saved first. */
export function merged(there, other) {
  const done = there.done ?? other.done
  return {
    ...other, ...there,
    questions: [...new Set([...there.questions, ...other.questions])],
    answers: { ...other.answers, ...there.answers },
    touched: Math.max(touched(there), touched(other)),
    ...(done ? { done } : {}),
  }
}

function isQuiz(quiz) {
  return isRecord(quiz) && isRecord(quiz.attempts) && Object.values(quiz.attempts).every(isAttempt)
    && (quiz.best === null || isNumber(quiz.best)) && isNumber(quiz.taken)
    && Array.isArray(quiz.log) && quiz.log.every((one) => isNumber(one?.at) && isNumber(one.score))
    && isRecord(quiz.known) && Object.values(quiz.known).every((one) => isNumber(one?.score) && isNumber(one.at))
}

function isAttempt(attempt) {
  return isRecord(attempt) && typeof attempt.seed === "string" && isNumber(attempt.at)
    && Array.isArray(attempt.questions) && attempt.questions.every((id) => typeof id === "string")
    && isRecord(attempt.answers) && Object.values(attempt.answers).every((one) => isRecord(one) && "a" in one)
}
