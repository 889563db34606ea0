// Slots to documents in order: how well each slot is met, how much of the query is, and how close its words stand.

/** By field: text, keyword, heading, title. */
const FIELDS = [1, 2.2, 2, 4]
/** By density in the text, or by how much of the title a word is. */
const DENSITY = [0, 0.35, 0.6, 0.8]
const TITLE = [0, 0.8, 1.6, 2.6]
const KINDS = { lesson: 1, rule: 0.95, method: 1, example: 0.85, glossary: 0.75, question: 0.7 }
/** Documents that are looked at for closeness. */
const CLOSE = 60
/** Words in more documents than this are not asked for their places, unless a phrase needs them. */
const TOO_COMMON = 3000
/** A document is kept if it meets nearly as much of the query as the best one does. */
const SLACK = 0.2

/** Documents that meet the slots, best first: `[{ document, kind, score, coverage }, …]`. */
export async function rank(store, slots, filter = {}) {
  const { documents } = store.manifest
  const allowed = await allowance(store, filter)
  const met = await Promise.all(slots.map((slot) => meet(store, slot)))
  const idf = met.map((found) => Math.log(1 + documents / Math.max(1, found.size)))
  const total = idf.reduce((sum, one) => sum + one, 0)
  const scores = new Map()
  met.forEach((found, slot) => {
    for (const [document, { score }] of found) {
      if (!allowed(document)) continue
      const hit = scores.get(document) ?? { document, score: 0, coverage: 0 }
      hit.score += idf[slot] * score
      hit.coverage += idf[slot] / total
      scores.set(document, hit)
    }
  })
  const isNeeded = slots.map((slot, at) => slot.isQuoted && at)
  let hits = [...scores.values()].filter((hit) => isNeeded.every((at) => at === false || met[at].has(hit.document)))
  const best = hits.reduce((most, hit) => Math.max(most, hit.coverage), 0)
  hits = hits.filter((hit) => hit.coverage >= best - SLACK)
  for (const hit of hits) {
    hit.kind = kindOf(store.manifest, hit.document)
    hit.score *= (KINDS[hit.kind] ?? 1) * hit.coverage ** 2
  }
  hits.sort(order)
  await bringClose(store, slots, met, idf, hits.slice(0, CLOSE))
  hits.sort(order)
  return { hits, coverage: best }
}

const order = (a, b) => b.score - a.score || a.document - b.document

/** The documents of a slot, each with its score and the word that met it. */
async function meet(store, slot) {
  const found = new Map()
  const add = (document, score, word, index) => {
    const now = found.get(document)
    if (!now || now.score < score) found.set(document, { score, word, index })
  }
  await Promise.all(slot.options.map(async ({ words, weight, isLoose }) => {
    if (words.length === 1) {
      await Promise.all(words[0].map(async (one) => {
        const postings = await store.postings(one.term)
        postings?.forEach(([document, field, density], index) => {
          const level = field === 3 ? TITLE[density] : DENSITY[density]
          add(document, weight * one.weight * (FIELDS[field] + level), one, index)
        })
      }))
    } else if (words.every((list) => list.length)) {
      for (const [document, score] of await together(store, words.map((list) => list[0]), isLoose)) {
        add(document, weight * score, words[0][0], 0)
      }
    }
  }))
  return found
}

/** Documents that have all of the words; one after the other, unless `isLoose`. */
async function together(store, words, isLoose) {
  const lists = await Promise.all(words.map((word) => store.postings(word.term)))
  if (lists.some((list) => !list)) return []
  const places = isLoose ? [] : await Promise.all(words.map((word) => store.places(word.term)))
  const index = lists.map((list) => new Map(list.map((posting, at) => [posting[0], at])))
  const out = []
  for (const [document] of lists[0]) {
    if (!index.every((map) => map.has(document))) continue
    if (!isLoose && !isPhrase(places.map((all, at) => all?.[index[at].get(document)] ?? []))) continue
    const postings = lists.map((list, at) => list[index[at].get(document)])
    const field = Math.min(...postings.map((posting) => posting[1]))
    const density = Math.min(...postings.map((posting) => posting[2]))
    out.push([document, FIELDS[field] + (field === 3 ? TITLE[density] : DENSITY[density])])
  }
  return out
}

function isPhrase(places) {
  const later = places.slice(1).map((list) => new Set(list))
  return places[0].some((place) => later.every((set, at) => set.has(place + at + 1)))
}

/** Raises documents in which neighbours of the query stand near each other, in the same order above all. */
async function bringClose(store, slots, met, idf, hits) {
  const wanted = new Map()
  const places = async (found, document) => {
    const entry = found.get(document)
    if (!entry || found.size > TOO_COMMON) return undefined
    if (!wanted.has(entry.word.term)) wanted.set(entry.word.term, store.places(entry.word.term))
    return (await wanted.get(entry.word.term))?.[entry.index]
  }
  for (let at = 0; at + 1 < slots.length; at += 1) {
    if (slots[at].isQuoted || slots[at + 1].isQuoted || slots[at].options[0].isLoose) continue
    await Promise.all(hits.map(async (hit) => {
      const [first, second] = await Promise.all([places(met[at], hit.document), places(met[at + 1], hit.document)])
      if (!first || !second) return
      hit.score += (Math.min(idf[at], idf[at + 1]) * 2.5) / leastStep(first, second)
    }))
  }
}

/** Words from one place to another; going back counts as one more. */
function leastStep(first, second) {
  let least = 50
  let at = 0
  for (const place of first) {
    while (at < second.length && second[at] <= place) at += 1
    if (at < second.length) least = Math.min(least, second[at] - place)
    if (at > 0) least = Math.min(least, place - second[at - 1] + 1)
  }
  return Math.max(1, least)
}

/** Which documents the facets leave. */
async function allowance(store, { kind, method, channel }) {
  const sets = []
  for (const [letter, list, id] of [["m", store.manifest.methods, method], ["c", store.manifest.channels, channel]]) {
    if (!id) continue
    const word = `!${letter}${list.findIndex((one) => one[0] === id)}`
    sets.push(await documentsOf(store, word))
  }
  return (document) => (!kind || kindOf(store.manifest, document) === kind) && sets.every((set) => set.has(document))
}

async function documentsOf(store, word) {
  for (const number of store.termShards(word)) {
    const shard = await store.terms(number)
    const at = shard?.words.indexOf(word) ?? -1
    if (at >= 0) return new Set((await store.postings(shard.start + at))?.map((posting) => posting[0]))
  }
  return new Set()
}

function kindOf({ kinds }, document) {
  let end = 0
  return kinds.find(([, , count]) => document < (end += count))?.[0]
}
