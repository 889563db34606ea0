// An entry of the log: which fields it has, how long they may be, and how it looks as a row of a table.
import { dayNumber, minutesOf } from "../planner/dates.js"
import { folded } from "./search.js"
import { digitsOf } from "./phone.js"

/** Fields with the most characters that each may have, in the order of the table. */
export const FIELDS = { number: 60, name: 120, company: 120, at: 16, channel: 10, script: 500, promised: 500, next: 500, due: 10, stop: 3, notes: 4000, id: 60 }

/** Other names under which tables have the fields. */
const NAMES = {
  number: ["phone", "phone number", "telephone", "tel", "mobile", "caller"],
  name: ["contact", "full name", "who", "person", "prospect"],
  company: ["firm", "organisation", "organization", "account", "business"],
  at: ["when", "date", "time", "date time", "called", "called at"],
  channel: ["kind", "type"],
  script: ["reason", "message", "said", "subject", "what you said"],
  promised: ["promise", "what you promised"],
  next: ["next step", "next reason", "follow up", "todo"],
  due: ["due date", "by"],
  stop: ["do not call", "dont call", "no calls"],
  notes: ["note", "comment", "comments", "remarks"],
  id: [],
}

const CHANNELS = ["voicemail", "email"]

/** A moment as text without a zone, `2026-11-02T17:20`, as the reader's own clock shows it. */
export function localTime(date = new Date()) {
  const two = (number) => String(number).padStart(2, "0")
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`
}

const isDay = (text) => dayNumber(text) !== null
const isTime = (text) => text.length === 16 && text[10] === "T" && isDay(text.slice(0, 10)) && minutesOf(text.slice(11)) !== null

/** A new id. */
export function newId() {
  return crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")
}

/** Values from anywhere as an entry: text, bounded; null for what has neither a name nor a number nor a firm. */
export function cleanEntry(values) {
  if (typeof values !== "object" || values === null) return null
  const entry = {}
  for (const [name, most] of Object.entries(FIELDS)) {
    const value = values[name]
    entry[name] = typeof value === "string" ? value.replace(/\u0000/g, "").trim().slice(0, most) : ""
  }
  entry.stop = values.stop === true || /^(yes|true|1|x|stop)$/i.test(String(values.stop ?? "").trim())
  if (!isTime(entry.at)) entry.at = ""
  if (!isDay(entry.due)) entry.due = ""
  if (!CHANNELS.includes(entry.channel)) entry.channel = "voicemail"
  entry.id ||= newId()
  // When it was first written, to order what has one minute.
  entry.made = Number.isSafeInteger(values.made) ? values.made : 0
  return entry.name || entry.number || entry.company ? entry : null
}

/** Whether a record of the store is one that we wrote: every field there, as cleaning would leave it. */
export function isEntry(value) {
  const clean = cleanEntry(value)
  return clean !== null && value.id === clean.id && Object.keys(clean).every((name) => value[name] === clean[name])
}

/** Text by which entries are sorted: their minute, then the moment of writing. */
export const orderOf = (entry) => `${entry.at} ${String(entry.made).padStart(16, "0")}`

/** The table: a head and a row an entry. */
export function toRows(entries) {
  const names = Object.keys(FIELDS)
  const row = (entry) => names.map((name) => (name === "stop" ? (entry.stop ? "yes" : "") : entry[name]))
  return [names.map((name) => (name === "at" ? "when" : name)), ...entries.map(row)]
}

/**
 * Entries from a table, with how many rows held none. Columns are found by their names in any order; null if there is neither a
 * column of numbers nor one of names.
 */
export function fromRows(rows) {
  const [head = [], ...body] = rows
  const columns = head.map(fieldOf)
  if (!columns.includes("number") && !columns.includes("name")) return null
  const entries = []
  let empty = 0
  for (const row of body) {
    const values = {}
    columns.forEach((field, at) => {
      if (field && !values[field]) values[field] = row[at] ?? ""
    })
    const written = (values.at ?? "").trim()
    values.at = readTime(written)
    if (written && !values.at) values.notes = [values.notes, written].filter(Boolean).join("\n")
    values.due = readTime((values.due ?? "").trim()).slice(0, 10)
    values.channel = /mail/i.test(values.channel ?? "") && !/voice/i.test(values.channel) ? "email" : "voicemail"
    // Newest first in the table: what stands higher counts as later.
    const entry = cleanEntry({ ...values, made: Date.now() - entries.length })
    if (entry) entries.push(entry)
    else empty += 1
  }
  return { entries, empty }
}

function fieldOf(title) {
  const name = folded(title)
  return Object.keys(FIELDS).find((field) => field === name || NAMES[field].includes(name))
}

/** `2026-11-02 17:20:00`, `2026-11-02`, `2.11.2026 17:20`; days with slashes are read by nobody alike, so they are not. */
function readTime(text) {
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2}))?/.exec(text)
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?:,? (\d{1,2}:\d{2}))?/.exec(text)
  const day = iso ? iso[1] : dotted ? `${dotted[3]}-${dotted[2].padStart(2, "0")}-${dotted[1].padStart(2, "0")}` : ""
  const time = ((iso ? iso[2] : dotted?.[4]) ?? "00:00").padStart(5, "0")
  return isTime(`${day}T${time}`) ? `${day}T${time}` : ""
}

/** What makes two entries the same message, whatever their ids. */
export function sameness(entry) {
  return [entry.at, folded(entry.name), digitsOf(entry.number), folded(entry.script)].join("\u0000")
}

/** The entries of `incoming` that are not among `present`, by id and by what they say. */
export function newAmong(incoming, present) {
  const ids = new Set(present.map((entry) => entry.id))
  const seen = new Set(present.map(sameness))
  return incoming.filter((entry) => {
    const isNew = !ids.has(entry.id) && !seen.has(sameness(entry))
    ids.add(entry.id)
    seen.add(sameness(entry))
    return isNew
  })
}
