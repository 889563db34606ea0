// Questions as a wave: a bar each, like the words of a message. Beside it always stands in words what it shows.
import { el } from "../lib/dom.js"
import { verdictOf } from "./verdict.js"

/** The bar of a score; a question without one is open. */
export const stateOf = (score) => (score === undefined ? "open" : verdictOf(score))

/** Bars for states: right, partly, wrong, given, open. */
export function wave(states, now) {
  return states.map((state, at) => el("span", { class: `bar bar-${state}${at === now ? " bar-now" : ""}` }))
}
