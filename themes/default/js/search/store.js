// The index as files: fetches what is needed, once, and decodes it. docs/content/06-publishing/search-format.md describes the bytes.
// What cannot be fetched is noted in `missing` and asked for again by the next query; the search goes on without it.

import { cutBlobs, decodePlaces, decodePostings, decodeTerms } from "./decode.js"

const HASH = 8

export class Store {
  /** `load(path, type)` answers with "json", "text" or "bytes" of a file in the index's folder, or throws. */
  constructor(load) {
    this.load = load
    this.files = new Map()
    this.missing = new Set()
  }

  async open() {
    this.manifest ??= await this.load("index.json", "json")
    if (this.manifest.version !== 1) throw new Error("an index of another version")
    for (const shards of [this.manifest.terms, this.manifest.postings, this.manifest.places]) {
      shards.starts ??= starts(shards.counts)
    }
    return this.manifest
  }

  /** Shards of words that may hold words from `from` up to and with those that begin with `to`. */
  termShards(from, to = from) {
    const { first } = this.manifest.terms
    const numbers = []
    for (let at = 0; at < first.length; at += 1) {
      const startsTooLate = first[at] > to && !first[at].startsWith(to)
      const endsTooEarly = at + 1 < first.length && first[at + 1] < from
      if (!startsTooLate && !endsTooEarly) numbers.push(at)
    }
    return numbers
  }

  /** Words of a shard: `{ words, common, start }`, where `common` is how many bits the number of documents has. */
  terms(number) {
    const { terms } = this.manifest
    const path = `terms-${number}-${hashOf(terms, number)}.txt`
    return this.once(path, "text", (text) => ({ ...decodeTerms(text, terms.counts[number]), start: terms.starts[number] }))
  }

  /** Documents of a word: `[[document, field, density], …]`, by the word's number. */
  async postings(term) {
    const bytes = await this.blob("postings", term)
    return bytes && decodePostings(bytes)
  }

  /** Places of a word, a list for each of its documents. */
  async places(term) {
    const bytes = await this.blob("places", term)
    return bytes && decodePlaces(bytes)
  }

  fragment(document) {
    const { size, hashes } = this.manifest.fragments
    const folder = Math.floor(document / size)
    return this.once(`pages-${hashes.slice(folder * HASH, folder * HASH + HASH)}/${document}.json`, "json", (value) => value)
  }

  /** The number of the shard that a word's bytes are in. */
  shardOf(kind, term) {
    const { starts } = this.manifest[kind]
    let low = 0, high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (starts[middle] <= term) low = middle
      else high = middle - 1
    }
    return low
  }

  async blob(kind, term) {
    const number = this.shardOf(kind, term)
    const shards = this.manifest[kind]
    const path = `${kind}-${number}-${hashOf(shards, number)}.bin`
    const cut = await this.once(path, "bytes", (bytes) => cutBlobs(bytes, shards.counts[number]))
    return cut?.(term - shards.starts[number])
  }

  /** A file, fetched and decoded once; `undefined` if it is not to be had. */
  async once(path, type, decode) {
    if (!this.files.has(path)) this.files.set(path, this.load(path, type).then(decode))
    try {
      const value = await this.files.get(path)
      this.missing.delete(path)
      return value
    } catch {
      this.files.delete(path)
      this.missing.add(path)
      return undefined
    }
  }
}

const hashOf = ({ hashes }, number) => hashes.slice(number * HASH, number * HASH + HASH)

function starts(counts) {
  let sum = 0
  return counts.map((count) => (sum += count) - count)
}
