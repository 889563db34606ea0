// The part of a page that answers a query: its best section, and a few words around what was found.
import { fold, tokens } from "./tokens.js"

const RUN = /[\p{Alphabetic}\p{N}\p{M}]+(?:['‘’ʻʼ][\p{Alphabetic}\p{N}\p{M}]+)*/gu
const LETTERS = 170
const BEFORE = 40

/** A text in pieces `[{ text, isFound }, …]`: those whose words are in the set `found`. */
export function mark(text, found) {
  const pieces = []
  let end = 0
  for (const [from, to] of places(text, found)) {
    if (from > end) pieces.push({ text: text.slice(end, from), isFound: false })
    pieces.push({ text: text.slice(from, to), isFound: true })
    end = to
  }
  if (end < text.length) pieces.push({ text: text.slice(end), isFound: false })
  return pieces
}

/** Where words of `found` stand in a text: `[[from, to, word], …]`. */
export function places(text, found) {
  const out = []
  for (const { 0: run, index } of text.matchAll(RUN)) {
    const words = tokens(run)
    if (words.length === 1) {
      if (found.has(words[0])) out.push([index, index + run.length, words[0]])
      continue
    }
    // Written without spaces: letter by letter, as far as folding keeps their number.
    const letters = [...run]
    if (letters.length !== [...fold(run)].length) {
      if (words.some((word) => found.has(word))) out.push([index, index + run.length, words[0]])
      continue
    }
    let at = index
    letters.forEach((letter, n) => {
      const pair = letter + (letters[n + 1] ?? "")
      const hit = found.has(fold(pair)) ? pair : found.has(fold(letter)) ? letter : ""
      if (hit) {
        const last = out.at(-1)
        if (last && last[1] >= at) last[1] = Math.max(last[1], at + hit.length)
        else out.push([at, at + hit.length, fold(hit)])
      }
      at += letter.length
    })
  }
  return out
}

/**
 * The section of a fragment that answers best, and its excerpt: `{ anchor, heading, pieces }`. Where the title alone
 * says as much, the page is meant as a whole and there is no anchor.
 */
export function excerpt({ title, sections }, found) {
  const inTitle = new Set(places(title, found).map((place) => place[2]))
  let best = { value: -1 }
  sections.forEach(([anchor, heading, text]) => {
    const inText = places(text, found)
    const inHeading = new Set(places(heading, found).map((place) => place[2]))
    const words = new Set([...inHeading, ...inText.map((place) => place[2])])
    const value = inHeading.size + words.size + Math.min(inText.length, 9) / 10
    if (value > best.value) best = { value, anchor, heading, text, inText, words: words.size }
  })
  if (best.value < 0) return { anchor: "", heading: "", pieces: [] }
  const { anchor, heading } = best.words > inTitle.size ? best : { anchor: "", heading: "" }
  const cut = around(best.text, best.inText)
  return { anchor, heading, pieces: mark(cut, found) }
}

/** A stretch of text that holds as many different found words as may be. */
function around(text, inText) {
  let from = 0
  let most = 0
  for (const [start] of inText) {
    const words = new Set(inText.filter((place) => place[0] >= start && place[1] <= start + LETTERS - BEFORE).map((place) => place[2]))
    if (words.size > most) [most, from] = [words.size, start]
  }
  let begin = Math.max(0, from - BEFORE)
  if (begin > 0) begin = text.indexOf(" ", begin) + 1 || begin
  if (begin > from) begin = from
  let end = Math.min(text.length, begin + LETTERS)
  if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), Math.min(end, from + 20))
  const cut = text.slice(begin, end).replace(/\s+/g, " ")
  return `${begin > 0 ? "… " : ""}${cut}${end < text.length ? " …" : ""}`
}
