// What is known of the questions on something: pure counting over the bank and the saved quizzes.
import { verdictOf } from "../quiz/verdict.js"

/** Each question of the bank with what is known of it: { quiz, id, rules, method, weight, score } (score undefined where it was never asked). */
export function questionsOf(bank, saved) {
  return bank.quizzes.flatMap((quiz) => quiz.questions.map((question) => {
    const known = Object.hasOwn(saved, quiz.id) ? saved[quiz.id].known : {}
    const score = Object.hasOwn(known, question.id) ? known[question.id].score : undefined
    return { quiz: quiz.id, id: question.id, kind: question.kind, rules: question.rules ?? [], method: quiz.method, weight: question.weight ?? 1, score }
  }))
}

/** Groups by method or by rule: { id, states: ["right", "open", …], n_right, n, share }, weakest first among what was asked, then the rest. */
export function groups(questions, keysOf) {
  const all = new Map()
  for (const question of questions) for (const key of keysOf(question)) all.set(key, [...(all.get(key) ?? []), question])
  const rows = [...all].map(([id, list]) => {
    const asked = list.filter(({ score }) => score !== undefined)
    const weight = asked.reduce((sum, one) => sum + one.weight, 0)
    return {
      id,
      states: list.map(({ score }) => (score === undefined ? "open" : verdictOf(score))),
      n: list.length,
      n_asked: asked.length,
      n_right: list.filter(({ score }) => score === 1).length,
      share: weight ? asked.reduce((sum, one) => sum + one.weight * one.score, 0) / weight : undefined,
    }
  })
  return rows.sort((a, b) => (a.share ?? 2) - (b.share ?? 2) || (a.id < b.id ? -1 : 1))
}
