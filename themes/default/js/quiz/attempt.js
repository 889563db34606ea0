// One attempt at a quiz: which questions, in which order, what was answered. Pure: seeds and times come from outside.
//
// An attempt is `{ seed, at, questions: ["id", …], answers: { id: { a, sure, hint, seconds, kept } }, done }`. Everything that chance decides
// follows from the seed, so a reload shows the same order. Scores are never saved: they follow from the answers.
import { fit } from "./fit.js"
import { disordered, shuffled } from "./random.js"
import { percent, scoreOf } from "./score.js"

const mixes = (quiz, what) => quiz.shuffle === "all" || quiz.shuffle === what

/** A new attempt: draws from the pool and mixes. */
export function begin(quiz, seed, at) {
  const all = quiz.questions.map(({ id }) => id)
  const n_drawn = quiz.pick ? Math.min(quiz.pick, all.length) : all.length
  const mixed = shuffled(all, `${seed}:questions`)
  const drawn = new Set(mixed.slice(0, n_drawn))
  const order = mixes(quiz, "questions") ? mixed : all
  return { seed, at, questions: order.filter((id) => drawn.has(id)), answers: {} }
}

/** A new attempt at what was not fully right; the rest is kept and counts. */
export function retry(quiz, attempt, seed, at) {
  const { scores } = result(quiz, attempt)
  const right = attempt.questions.filter((id) => scores[id] === 1)
  const answers = Object.fromEntries(right.map((id) => [id, { ...attempt.answers[id], kept: true }]))
  return { seed, at, questions: [...attempt.questions], answers }
}

/** A saved attempt as far as the quiz of today allows: lost questions are left out, new ones come last, answers that fit stay. */
export function revive(quiz, attempt) {
  const known = new Map(quiz.questions.map((question) => [question.id, question]))
  let questions = [...new Set(attempt.questions)].filter((id) => known.has(id))
  if (!quiz.pick && !attempt.done) questions = [...new Set([...questions, ...known.keys()])]
  const answers = {}
  for (const id of questions) {
    const saved = Object.hasOwn(attempt.answers, id) ? attempt.answers[id] : undefined
    const a = fit(known.get(id), saved?.a)
    if (a !== undefined) answers[id] = { ...saved, a }
  }
  return { ...attempt, questions, answers }
}

/** What an attempt has come to: the questions asked, each score, points, and which are open. */
export function result(quiz, attempt) {
  const known = new Map(quiz.questions.map((question) => [question.id, question]))
  const questions = attempt.questions.flatMap((id) => known.get(id) ?? [])
  const scores = Object.fromEntries(questions.filter(({ id }) => attempt.answers[id]).map((one) => [one.id, scoreOf(one, attempt.answers[one.id].a)]))
  const score = percent(questions, scores)
  const wrong = questions.filter(({ id }) => scores[id] !== 1)
  return {
    questions, scores, score, wrong,
    open: questions.filter(({ id }) => !attempt.answers[id]),
    n_right: questions.length - wrong.length,
    passed: questions.length > 0 && score >= quiz.pass,
  }
}

/** The things of a question in the order that this attempt shows them: options, items, right-hand sides, or replies of a turn. */
export function shown(quiz, attempt, question, things, { always = false, never = false } = {}) {
  const seed = `${attempt.seed}:${question.id}`
  if (never) return disordered(things, seed)
  return always || mixes(quiz, "options") ? shuffled(things, seed) : things
}

/** How sure against how right: for each stated chance how often it was said and how much of it was right. */
export function calibration({ questions, scores }, attempt, levels) {
  return levels.flatMap((sure) => {
    const said = questions.filter(({ id }) => attempt.answers[id]?.sure === sure && scores[id] !== undefined)
    const right = said.reduce((sum, { id }) => sum + scores[id], 0)
    return said.length ? [{ sure, n: said.length, right: right / said.length }] : []
  })
}
