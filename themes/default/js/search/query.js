// What was typed to slots: each a word or a phrase in quotes that a page should have, with what may stand for it.
import { exact, expand } from "./expand.js"
import { queryTokens, tokens } from "./tokens.js"
import { stem } from "./words.js"

const MOST_LETTERS = 300
const MOST_WORDS = 12
/** How much a word counts that stands for another. */
const SYNONYM = 0.55

/** Words and phrases of a query. The last word may go on, unless something follows it. */
export function parse(text) {
  const parts = []
  const pieces = text.slice(0, MOST_LETTERS).split(/["“”„«»]/)
  pieces.forEach((piece, at) => {
    const runs = queryTokens(piece)
    if (at % 2 && at < pieces.length - 1) {
      if (runs.length) parts.push({ words: runs.flat(), isQuoted: true, isOpen: false })
      return
    }
    const goesOn = at === pieces.length - 1 && /[\p{L}\p{N}\p{M}]$/u.test(piece)
    runs.forEach((words, run) => parts.push({ words, isQuoted: false, isOpen: goesOn && run === runs.length - 1 }))
  })
  return parts.slice(0, MOST_WORDS)
}

/**
 * The slots of a query: `{ options: [{ words: [[{ term, word, weight }, …], …], weight }], isQuoted, typed }`. An option with
 * several words is met where they stand one after the other.
 */
export async function slots(store, parts) {
  const synonyms = synonymsOf(store.manifest)
  const out = []
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]
    const options = []
    const slot = { options, isQuoted: part.isQuoted, typed: part.words.join(" ") }
    const several = !part.isQuoted && longest(parts, at, synonyms)
    if (several > 1) {
      const run = parts.slice(at, at + several).map((one) => one.words[0])
      slot.typed = run.join(" ")
      options.push({ words: await each(store, run), weight: 1, isLoose: true })
      options.push(...(await others(store, run, synonyms)))
      at += several - 1
    } else if (part.words.length > 1 || part.isQuoted) {
      options.push({ words: await each(store, part.words), weight: 1 })
    } else {
      const [word] = part.words
      const { words, corrected, rival } = await expand(store, word, part.isOpen)
      options.push({ words: [words], weight: 1 })
      if (!corrected) options.push(...(await others(store, [word], synonyms)))
      slot.corrected = corrected
      slot.rival = rival
    }
    out.push(slot)
  }
  return out
}

/** For each word of a phrase the word of the index, alone or with nothing. */
async function each(store, words) {
  const found = await Promise.all(words.map((word) => exact(store, word)))
  return found.map((one) => (one ? [one] : []))
}

async function others(store, words, synonyms) {
  const lists = synonyms.get(key(words, store.manifest.language)) ?? []
  const options = await Promise.all(lists.map(async (list) => {
    if (list.length > 1) return { words: await each(store, list), weight: SYNONYM }
    return { words: [(await expand(store, list[0], false)).words], weight: SYNONYM }
  }))
  return options
}

/** How many words from `at` on are a phrase that has synonyms. */
function longest(parts, at, synonyms) {
  let most = 1
  const run = []
  for (const part of parts.slice(at, at + 4)) {
    if (part.isQuoted || part.words.length > 1) break
    run.push(part.words[0])
    if (run.length > 1 && synonyms.has(key(run, synonyms.language))) most = run.length
  }
  return most
}

function synonymsOf(manifest) {
  if (manifest.synonymMap) return manifest.synonymMap
  const map = new Map()
  map.language = manifest.language
  const add = (from, to) => {
    const name = key(from, manifest.language)
    if (from.length && to.length) map.set(name, [...(map.get(name) ?? []), to])
  }
  for (const [word, list] of Object.entries(manifest.synonyms)) {
    for (const other of list) {
      add(tokens(word), tokens(other))
      add(tokens(other), tokens(word))
    }
  }
  return (manifest.synonymMap = map)
}

const key = (words, language) => words.map((word) => stem(word, language)).join(" ")
