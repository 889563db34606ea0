// Answers in words: for the review, for print and for reports.
import { plain } from "./rich.js"
import { rightSides, steps } from "./score.js"
import { wordIsKey, wordsIn } from "./spans.js"

const textOf = (list, id) => plain(list.find((one) => one.id === id)?.text)
const joined = (words, text) => runs(words).map((run) => text.slice(run[0].start, run.at(-1).end)).join(" · ")

const KINDS = {
  choice: {
    given: ({ options }, picked) => picked.map((id) => textOf(options, id)).join("; "),
    right: ({ options }) => options.filter((option) => option.right).map(({ text }) => plain(text)).join("; "),
  },
  "true-false": { given: (question, said, say) => say(said ? "play_true" : "play_false"), right: ({ answer }, say) => say(answer ? "play_true" : "play_false") },
  spot: { given: ({ text }, words) => joined(words, text), right: ({ text, marks }) => joined(wordsIn(text).filter((word) => wordIsKey(word, marks)), text) },
  order: { given: ({ items }, ids) => ids.map((id) => textOf(items, id)).join(" → "), right: ({ items }) => items.map(({ text }) => plain(text)).join(" → ") },
  match: {
    given: ({ pairs, others }, chosen) => pairs.map(({ id, left }) => `${plain(left)} – ${textOf(rightSides(pairs, others), chosen[id]) || "?"}`).join("; "),
    right: ({ pairs }) => pairs.map(({ left, right }) => `${plain(left)} – ${plain(right)}`).join("; "),
  },
  number: { given: ({ unit }, typed) => withUnit(typed, unit), right: ({ answer, unit }) => withUnit(answer, unit) },
  text: { given: (question, typed) => typed, right: ({ answers }) => answers.join("; ") },
  rewrite: { given: (question, { text }) => text, right: ({ model }) => model ?? "" },
  dialogue: {
    given: (question, path) => steps(question, path).map(({ answer }) => plain(answer.say)).join(" → "),
    right: (question) => bestWay(question).map(({ answer }) => plain(answer.say)).join(" → "),
  },
}

/** What was answered. */
export const givenText = (question, answer, say) => (answer === undefined ? "" : KINDS[question.kind].given(question, answer, say))

/** What would be right. */
export const rightText = (question, say) => KINDS[question.kind].right(question, say)

/** Neighbouring words are one phrase. */
function runs(words) {
  const sorted = [...words].sort((a, b) => a.start - b.start)
  const out = []
  for (const word of sorted) {
    const last = out.at(-1)?.at(-1)
    if (last && word.start - last.end <= 1) out.at(-1).push(word)
    else out.push([word])
  }
  return out
}

/** The way through a dialogue that scores best; a turn is not visited twice. */
export function bestWay(question) {
  const from = (name, been) => {
    const turn = Object.hasOwn(question.turns, name ?? "") && !been.includes(name) ? question.turns[name] : undefined
    const ways = (turn?.answers ?? []).map((answer) => {
      const rest = from(answer.next, [...been, name])
      return { sum: answer.score + rest.sum, way: [answer.id, ...rest.way] }
    })
    return ways.sort((a, b) => b.sum - a.sum)[0] ?? { sum: 0, way: [] }
  }
  return steps(question, from(question.start, []).way)
}

const withUnit = (number, unit) => (unit ? `${number} ${plain(unit)}` : number)
