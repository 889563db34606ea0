// One question to the index, one answer: the only module of this folder that the page's elements use. No DOM.
import { excerpt, mark } from "./excerpt.js"
import { parse, slots } from "./query.js"
import { rank } from "./rank.js"
import { Store } from "./store.js"

export class Search {
  /** `load` as in Store. */
  constructor(load) {
    this.load = load
    this.store = new Store(load)
  }

  /** The manifest: kinds, methods, channels and words of the interface. */
  open() {
    return this.store.open()
  }

  /**
   * What to show for a query: the answer of `find`, with what there is to show of its first `count` hits in `shown`. Where files are
   * gone because the site was published again under an open page, the new index is asked.
   */
  async answer(text, filter, count) {
    const { store } = this
    const answer = await this.find(text, filter)
    // All of them are worth waiting for: the list changes once, and nothing moves under a finger.
    answer.shown = await Promise.all(answer.hits.slice(0, count).map(async (hit) => ({ hit, ...await this.present(hit, answer.found) })))
    answer.isIncomplete ||= answer.shown.some(({ url }) => url === undefined)
    const isOld = this.store !== store || (answer.isIncomplete && (await this.renew()))
    return isOld ? this.answer(text, filter, count) : answer
  }

  /** Takes the index that is published now, if it is another one. */
  async renew() {
    const store = new Store(this.load)
    try {
      await store.open()
    } catch {
      return false
    }
    // What is in the index, not what queries lay by in its manifest.
    const hashes = ({ manifest: { terms, postings, places, fragments } }) => JSON.stringify([terms, postings, places, fragments])
    const isAnother = hashes(store) !== hashes(this.store)
    if (isAnother) this.store = store
    return isAnother
  }

  /**
   * Documents for a query, best first. `coverage` is how much of the query the best of them meets, from 0 to 1;
   * `instead` are words that were taken for others, `suggestion` is a query that may have been meant, `found` the
   * words to mark, `isIncomplete` says that part of the index was not to be had.
   */
  async find(text, filter = {}) {
    await this.open()
    const parts = parse(text)
    if (!parts.length) return { hits: [], isEmpty: true, instead: [], found: new Set(), coverage: 0 }
    const wanted = await slots(this.store, parts)
    const { hits, coverage } = await rank(this.store, wanted, filter)
    const found = new Set(wanted.flatMap((slot) => slot.options.flatMap((one) => one.words.flat().map((word) => word.word))))
    const instead = wanted.filter((slot) => slot.corrected).map((slot) => ({ word: slot.typed, other: slot.corrected }))
    const rivals = wanted.filter((slot) => slot.rival)
    const suggestion = rivals.length ? wanted.map((slot) => slot.rival ?? quoted(slot)).join(" ") : ""
    return { hits, coverage, instead, suggestion, found, isIncomplete: this.store.missing.size > 0 }
  }

  /** What to show of a hit: `{ url, title, anchor, heading, pieces, methods, channels }`; nothing if its file is missing. */
  async present({ document }, found) {
    const fragment = await this.store.fragment(document)
    if (!fragment) return undefined
    const { anchor, heading, pieces } = excerpt(fragment, found)
    const names = (kind) => fragment[kind].map((at) => this.store.manifest[kind][at]?.[1])
    const url = anchor && !fragment.url.includes("#") ? `${fragment.url}#${anchor}` : fragment.url
    return {
      url, heading, pieces,
      title: mark(fragment.title, found),
      methods: names("methods"),
      channels: names("channels"),
    }
  }
}

const quoted = (slot) => (slot.isQuoted ? `"${slot.typed}"` : slot.typed)
