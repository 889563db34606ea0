// The words of a script as a learner marks them: runs without a space, at UTF-16 places.

/** Every word with its place: `{ start, end, word }`. */
export function wordsIn(text) {
  return [...text.matchAll(/\S+/gu)].map((match) => ({ start: match.index, end: match.index + match[0].length, word: match[0] }))
}

/** Whether the grader marks any of a word's letters. */
export function wordIsKey({ start, end }, marks) {
  return marks.some((mark) => mark.start < end && start < mark.end)
}

/** Whether a saved word is this one: same place, same letters. */
export function sameWord(a, b) {
  return a.start === b.start && a.end === b.end && a.word === b.word
}
