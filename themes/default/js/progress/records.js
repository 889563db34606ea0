// All that is kept about a learner, as one: to write to a file, to read from one, to empty, and to put back.
import { openCards } from "../drill/cards.js"
import { openQuizzes } from "../quiz/saved.js"
import { openLessons } from "./lessons.js"
import { merge } from "./merge.js"

const FORMAT = "ringback-progress"
const VERSION = 1
const LARGEST = 20_000_000

/** Opens the three records. */
export function openRecords(onTrouble) {
  return { lessons: openLessons(onTrouble), quizzes: openQuizzes(onTrouble), drill: openCards(onTrouble) }
}

const each = (records, change) => Object.fromEntries(Object.entries(records).map(([name, store]) => [name, change(store, name)]))

/** The values of all records. */
export const valuesOf = (records) => each(records, (store) => store.read())

/** Puts values in the place of what is there. */
export function putBack(records, values) {
  for (const [name, store] of Object.entries(records)) store.update(() => values[name])
}

/** Empties all records; the answer puts everything back. */
export function empty(records) {
  const before = valuesOf(records)
  putBack(records, { lessons: { read: {}, last: null }, quizzes: {}, drill: {} })
  return () => putBack(records, each(records, (store, name) => merge[name](before[name], store.read())))
}

/** The text of a file that holds everything. */
export function toFile(records, now = new Date()) {
  const content = each(records, (store) => ({ version: store.version, value: store.read() }))
  return JSON.stringify({ format: FORMAT, version: VERSION, saved: now.toISOString(), records: content }, null, 1)
}

/** Adds a file's content to what is there, all of it or nothing; throws "foreign", "newer" or "damaged". The answer takes it back. */
export function fromFile(records, text) {
  const file = parse(text)
  if (file?.format !== FORMAT || typeof file.records !== "object" || file.records === null) throw new Error("foreign")
  if (!(file.version <= VERSION)) throw new Error("newer")
  let values
  try {
    values = each(records, (store, name) => {
      const record = Object.hasOwn(file.records, name) ? file.records[name] : undefined
      return record ? store.accept(record.value, record.version) : undefined
    })
  } catch {
    throw new Error("damaged")
  }
  const before = valuesOf(records)
  for (const [name, store] of Object.entries(records)) if (values[name]) store.update((mine) => merge[name](mine, values[name]))
  return () => putBack(records, before)
}

function parse(text) {
  if (text.length > LARGEST) throw new Error("foreign")
  try {
    return JSON.parse(text)
  } catch {
    throw new Error("foreign")
  }
}
