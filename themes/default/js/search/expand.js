// A typed word to words of the index: itself, its other forms, what it begins, and, if there is nothing else, what
// it was probably meant to be.
import { allowance, countBits, distance, letters, stem } from "./words.js"

const MOST = 24
const MOST_NEW_SHARDS = 4

/**
 * The words of the index that stand for `word`: `[{ word, term, common, weight }, …]`, best first, and with
 * `corrected` the word that was taken instead. `isOpen` says that the word may go on.
 */
export async function expand(store, word, isOpen) {
  const { language } = store.manifest
  const root = stem(word, language)
  const base = word.slice(0, Math.max(Math.min(word.length, 2), commonLength(word, root) - 2))
  const found = []
  for await (const one of wordsFrom(store, base)) {
    const weight = likeness(one.word, word, root, isOpen, language)
    if (weight) found.push({ ...one, weight })
  }
  if (found.length) return { words: choose(store, found), rival: await rival(store, word, found) }
  const meant = await nearest(store, word, isOpen)
  return { words: choose(store, meant), corrected: meant[0]?.word }
}

/** The word itself, if the index has it. */
export async function exact(store, word) {
  for await (const one of wordsFrom(store, word)) if (one.word === word) return { ...one, weight: 1 }
  return undefined
}

async function* wordsFrom(store, beginning) {
  for (const number of store.termShards(beginning)) {
    const shard = await store.terms(number)
    if (!shard) continue
    let at = lowerBound(shard.words, beginning)
    for (; at < shard.words.length && shard.words[at].startsWith(beginning); at += 1) {
      yield { word: shard.words[at], term: shard.start + at, common: shard.common[at] }
    }
  }
}

function likeness(candidate, word, root, isOpen, language) {
  if (candidate === word) return 1
  if (stem(candidate, language) === root) return 0.92
  if (!isOpen || !candidate.startsWith(word)) return 0
  return 0.45 + 0.4 * (word.length / candidate.length)
}

/** Words that a few typing errors lead to: first among those with the same beginning, then among all. */
async function nearest(store, word, isOpen) {
  const limit = allowance(word.length)
  if (!limit || /^\p{N}+$/u.test(word)) return []
  const near = new Set([...store.termShards(word[0]), ...store.termShards(word[1])])
  const all = store.manifest.terms.first.map((_, number) => number)
  for (const shards of [[...near], all.filter((number) => !near.has(number))]) {
    const found = await compare(store, shards, word, limit, isOpen)
    const least = Math.min(...found.map((one) => one.errors))
    if (found.length) return meant(found.filter((one) => one.errors === least), word)
  }
  return []
}

async function compare(store, shards, word, limit, isOpen) {
  const bits = letters(word)
  const found = []
  for (const shard of await Promise.all(shards.map((number) => store.terms(number)))) {
    for (let at = 0; at < (shard?.words.length ?? 0); at += 1) {
      const candidate = shard.words[at]
      if (candidate.length < 3 || (!isOpen && Math.abs(candidate.length - word.length) > limit)) continue
      // Letters that the candidate lacks cost an error each, whatever follows its beginning.
      if (countBits(bits & ~letters(candidate)) > limit) continue
      let errors = distance(word, candidate, limit)
      if (errors > limit && isOpen) errors = distance(word, candidate, limit, true) + 0.5
      if (errors > limit + 0.5) continue
      found.push({ word: candidate, term: shard.start + at, common: shard.common[at], errors })
    }
  }
  return found
}

/** The likeliest of words at the same distance: same first letter, then how common it is. */
function meant(found, word) {
  const score = (one) => one.common + (one.word[0] === word[0] ? 6 : 0)
  const sorted = found.sort((a, b) => score(b) - score(a) || (a.word < b.word ? -1 : 1))
  const best = score(sorted[0])
  return sorted.filter((one) => score(one) >= best - 4).slice(0, 4).map((one, at) => ({ ...one, weight: at ? 0.5 : 0.7 }))
}

/** A much more common word one error away from a rare one: perhaps what was meant. */
async function rival(store, word, found) {
  const most = Math.max(...found.map((one) => one.common))
  if (word.length < 4 || most > 2) return undefined
  const near = await compare(store, store.termShards(word[0]), word, 1, false)
  const better = near.filter((one) => one.errors === 1 && one.common >= most + 3)
  return better.sort((a, b) => b.common - a.common)[0]?.word
}

/** Not too many words, and not too many files for them: the word itself, its forms, then the most common. */
function choose(store, found) {
  const rank = (one) => (one.weight > 0.9 ? 100 : 0) + one.common + one.weight
  const sorted = found.sort((a, b) => rank(b) - rank(a) || (a.word < b.word ? -1 : 1))
  const shards = new Set()
  return sorted.filter((one, at) => {
    if (at >= MOST) return false
    const shard = store.shardOf("postings", one.term)
    if (!shards.has(shard) && shards.size >= MOST_NEW_SHARDS && one.weight <= 0.9) return false
    shards.add(shard)
    return true
  })
}

function lowerBound(words, wanted) {
  let low = 0, high = words.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (words[middle] < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function commonLength(a, b) {
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  return at
}
