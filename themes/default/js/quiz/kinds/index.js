// The kinds of questions, each fetched when a quiz has one. A module's `build(question, tools)` gives
// { element, read, set, reveal, note, problem }: `read()` is the answer or undefined, perhaps later; `set(answer)` puts one in;
// `reveal(answer)` shows right and wrong and takes no more input.
const choice = () => import("./choice.js")
const entry = () => import("./entry.js")

const KINDS = {
  choice, "true-false": choice, number: entry, text: entry,
  spot: () => import("./spot.js"),
  order: () => import("./order.js"),
  match: () => import("./match.js"),
  rewrite: () => import("./rewrite.js"),
  dialogue: () => import("./dialogue.js"),
}

/** Kinds by name for some questions; one that this version does not know is left out. */
export async function loadKinds(questions) {
  const names = [...new Set(questions.map(({ kind }) => kind))].filter((kind) => Object.hasOwn(KINDS, kind))
  return new Map(await Promise.all(names.map(async (kind) => [kind, await KINDS[kind]()])))
}
