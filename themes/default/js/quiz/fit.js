// Whether a saved answer still fits its question: the quiz may have been edited since, or the record tampered with.
import { sameWord, wordsIn } from "./spans.js"
import { rightSides, steps } from "./score.js"

const isText = (value) => typeof value === "string"
const ids = (list) => list.map(({ id }) => id)
const known = (answer, wanted) => (Array.isArray(answer) ? answer.filter((id) => wanted.includes(id)) : [])
const some = (list) => (list.length ? list : undefined)

const KINDS = {
  choice({ options, several }, answer) {
    const picked = [...new Set(known(answer, ids(options)))]
    // "None of them" can be said where several may be picked; one that lost its option was not said.
    if (several && Array.isArray(answer) && answer.length === 0) return []
    return some(several ? picked : picked.slice(0, 1))
  },
  "true-false": (question, answer) => (typeof answer === "boolean" ? answer : undefined),
  spot({ text }, answer) {
    if (!Array.isArray(answer)) return undefined
    const words = wordsIn(text)
    const fits = answer.every((one) => words.some((word) => one && sameWord(word, one)))
    // In an edited script the places mean other words.
    return fits ? answer.map(({ start, end, word }) => ({ start, end, word })) : undefined
  },
  order({ items }, answer) {
    const wanted = ids(items)
    const kept = [...new Set(known(answer, wanted))]
    return kept.length === wanted.length ? kept : undefined
  },
  match({ pairs, others }, answer) {
    if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return undefined
    const sides = ids(rightSides(pairs, others))
    const entries = pairs.filter(({ id }) => Object.hasOwn(answer, id) && sides.includes(answer[id])).map(({ id }) => [id, answer[id]])
    return entries.length ? Object.fromEntries(entries) : undefined
  },
  number: (question, answer) => (isText(answer) && answer.length < 100 ? answer : undefined),
  text: (question, answer) => (isText(answer) && answer.length < 2000 ? answer : undefined),
  rewrite({ keeps }, answer) {
    if (!isText(answer?.text) || !Array.isArray(answer.kept)) return undefined
    return { text: answer.text, kept: known(answer.kept, keeps) }
  },
  dialogue: (question, answer) => (Array.isArray(answer) ? some(steps(question, answer).map((step) => step.answer.id)) : undefined),
}

/** The answer as far as it still fits, or undefined. */
export function fit(question, answer) {
  if (answer === undefined || answer === null) return undefined
  return KINDS[question.kind]?.(question, answer)
}
