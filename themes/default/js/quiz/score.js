// What an answer is worth, from 0 to 1, for every kind of question. Pure: no DOM, no clock, no locale.
//
// An answer is what is saved: ids of options, never places in a list, so that an edited quiz keeps what it can.
//   choice       ["id", …]                      true-false   true | false
//   spot         [{ start, end, word }, …]      order        ["id", …]
//   match        { pairId: rightId, … }         number       "45"
//   text         "words"                        rewrite      { text, kept: ["rule", …] }
//   dialogue     ["answer id", …] along the way
import { compare } from "./decimal.js"
import { normalise } from "./normalise.js"
import { sameWord, wordsIn, wordIsKey } from "./spans.js"

const KINDS = {
  choice({ several, options }, picked) {
    const right = options.filter((option) => option.right)
    const isRight = (id) => right.some((option) => option.id === id)
    if (!several) return picked.length === 1 && isRight(picked[0]) ? 1 : 0
    const n_right = picked.filter(isRight).length
    return share(n_right - (picked.length - n_right), right.length)
  },
  "true-false": ({ answer }, said) => (said === answer ? 1 : 0),
  spot({ text, marks }, picked) {
    const keys = wordsIn(text).filter((word) => wordIsKey(word, marks))
    const n_right = keys.filter((key) => picked.some((word) => sameWord(word, key))).length
    return share(n_right - (picked.length - n_right), keys.length)
  },
  order({ items }, ids) {
    const place = new Map(ids.map((id, at) => [id, at]))
    let [kept, turned] = [0, 0]
    for (let first = 0; first < items.length; first += 1) {
      for (let second = first + 1; second < items.length; second += 1) {
        const [a, b] = [place.get(items[first].id), place.get(items[second].id)]
        if (a < b) kept += 1
        else turned += 1
      }
    }
    return share(kept - turned, kept + turned)
  },
  match({ pairs, others = [] }, chosen) {
    const sides = rightSides(pairs, others)
    const said = (id) => JSON.stringify(sides.find((side) => side.id === id)?.text ?? null)
    // Two pairs may share a right-hand side: what counts is what it says.
    const n_right = pairs.filter((pair) => chosen[pair.id] !== undefined && said(chosen[pair.id]) === JSON.stringify(pair.right)).length
    return share(n_right, pairs.length)
  },
  number: ({ answer, tolerance = "0" }, typed) => (compare.isWithin(typed, answer, tolerance) ? 1 : 0),
  text: ({ answers }, typed) => (answers.some((answer) => normalise(answer) === normalise(typed)) ? 1 : 0),
  rewrite: ({ keeps }, { kept }) => share(keeps.filter((rule) => kept.includes(rule)).length, keeps.length),
  dialogue({ best, ...question }, path) {
    const sum = steps(question, path).reduce((total, { answer }) => total + answer.score, 0)
    return best > 0 ? share(sum, best) : sum >= best ? 1 : 0
  },
}

/** From 0 to 1; an answer that is not there is worth nothing. */
export function scoreOf(question, answer) {
  if (answer === undefined || answer === null) return 0
  return KINDS[question.kind]?.(question, answer) ?? 0
}

/** Points of an attempt in whole percent, rounded down, so that what is shown decides what is passed. */
export function percent(questions, scores) {
  let [got, all] = [0, 0]
  for (const { id, weight = 1 } of questions) {
    got += weight * (scores[id] ?? 0)
    all += weight
  }
  return all > 0 ? Math.floor((100 * got) / all + 1e-9) : 0
}

/** Everything that can stand on the right of a match. */
export const rightSides = (pairs, others = []) => [...pairs.map(({ id, right }) => ({ id, text: right })), ...others]

/** The turns of a dialogue along a way of answers: as far as the way leads. */
export function steps({ start, turns }, path) {
  const out = []
  let at = start
  for (const id of path) {
    const answer = turns[at]?.answers.find((one) => one.id === id)
    if (!answer) break
    out.push({ turn: at, says: turns[at].says, answer })
    at = answer.next
  }
  return out
}

/** The turn that a way leads to; undefined where the call is over. */
export function turnAfter({ start, turns }, path) {
  const last = steps({ start, turns }, path).at(-1)
  const name = last ? last.answer.next : start
  return name !== null && name !== undefined && Object.hasOwn(turns, name) ? { name, ...turns[name] } : undefined
}

/** Partial credit with a floor at zero. */
function share(points, of) {
  return of > 0 ? Math.min(Math.max(points / of, 0), 1) : 0
}
