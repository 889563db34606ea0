// The scripts of the lab as a file, out and in. A file brings words and nothing else: each field is checked by type and length,
// a file with anything wrong is refused as a whole, and what it brings is added, never put in the place of what was there.
import { el } from "../lib/dom.js"
import { download } from "../lib/download.js"
import { notice } from "../lib/notice.js"
import { LONGEST } from "./lab.js"

const FORMAT = "ringback-scripts"
const VERSION = 1
const MOST_BYTES = 10_000_000
const MOST_SCRIPTS = 1000
/** So many versions of a script are kept. */
export const MOST_VERSIONS = 60
const [LONGEST_NAME, MOST_ANSWERS] = [80, 200]

/** The text of a file that holds all scripts. */
export function toFile(drafts, now = new Date()) {
  const scripts = drafts.map(({ name, text, method, channel, answers = {}, edited, versions }) => ({
    name, method, channel, text, answers, edited: new Date(edited).toISOString(),
    versions: versions.map((one) => ({ name: one.name, text: one.text, kept: new Date(one.at).toISOString() })),
  }))
  return JSON.stringify({ format: FORMAT, version: VERSION, saved: now.toISOString(), scripts }, null, 1)
}

/** The drafts in a file's text, without ids; throws "foreign", "newer" or "damaged". */
export function fromFile(text) {
  let file
  try {
    file = JSON.parse(text)
  } catch {
    throw new Error("foreign")
  }
  if (file?.format !== FORMAT || !Number.isInteger(file.version) || file.version < 1) throw new Error("foreign")
  if (file.version > VERSION) throw new Error("newer")
  return listOf(file.scripts, MOST_SCRIPTS).map((one) => ({
    name: textOf(one?.name, LONGEST_NAME), text: textOf(one.text, LONGEST), method: textOf(one.method, LONGEST_NAME),
    channel: channelOf(one.channel), answers: answersOf(one.answers), edited: timeOf(one.edited),
    versions: listOf(one.versions, MOST_VERSIONS).map((version) => (
      { name: textOf(version?.name, LONGEST_NAME), text: textOf(version.text, LONGEST), at: timeOf(version.kept) })),
  }))
}

function damaged() {
  throw new Error("damaged")
}

const listOf = (value, most) => (Array.isArray(value) && value.length <= most ? value : damaged())
const textOf = (value, most) => (typeof value === "string" && value.length <= most ? value : damaged())
const channelOf = (value) => (["voicemail", "email"].includes(value) ? value : damaged())

function timeOf(value) {
  const time = Date.parse(textOf(value, 40))
  return Number.isNaN(time) ? damaged() : time
}

function answersOf(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) damaged()
  const entries = listOf(Object.entries(value), MOST_ANSWERS)
  return Object.fromEntries(entries.map(([rule, quote]) => [textOf(rule, LONGEST_NAME), textOf(quote, LONGEST)]))
}

/** What of a file is not here already, word for word, with ids of its own. */
export function newAmong(brought, present) {
  const known = new Set(present.map(nameFor))
  const fresh = brought.filter((draft) => {
    const name = nameFor(draft)
    return !known.has(name) && known.add(name)
  })
  return fresh.map((draft) => ({ ...draft, id: newId(), versions: draft.versions.map((version) => ({ ...version, id: newId() })) }))
}

/** All that a reader would call the same script. */
const nameFor = ({ name, text, method, channel, versions }) => JSON.stringify([name, text, method, channel, versions.map((one) => [one.name, one.text])])

const newId = () => crypto.randomUUID?.() ?? String(Date.now() + Math.random())

/** The buttons that take the scripts out and bring others in. */
export function transferButtons(lab, drafts) {
  const { say } = lab
  const button = (label, key, act) => el("button", { type: "button", class: "button", "data-key": key, onclick: act }, label)
  const input = el("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": say("lab_import"), onchange: () => bring(lab, input) })
  return [
    drafts.length > 0 && button(say("lab_export"), "export", () => download("scripts.json", "application/json", toFile(lab.desk.store.read().drafts))),
    button(say("lab_import"), "import", () => input.click()), input,
  ]
}

async function bring({ desk, say }, input) {
  const [file] = input.files
  if (!file) return
  const tell = (text, action) => notice("lab-import", text, { close: say("close"), again: true, action })
  let brought
  try {
    if (file.size > MOST_BYTES) throw new Error("big")
    brought = fromFile(await file.text())
  } catch (error) {
    const kind = ["big", "newer", "damaged"].includes(error.message) ? error.message : "foreign"
    tell(say(`lab_import_${kind}`))
    return
  }
  const fresh = newAmong(brought, desk.store.read().drafts)
  const known = brought.length - fresh.length
  const ids = new Set(fresh.map(({ id }) => id))
  if (fresh.length > 0) desk.store.update((record) => { record.drafts.push(...fresh) })
  const undo = () => desk.store.update((record) => { record.drafts = record.drafts.filter(({ id }) => !ids.has(id)) })
  const text = [say("lab_imported", { n: fresh.length }), known > 0 && say("lab_import_known", { n: known })].filter(Boolean).join(" ")
  tell(text, fresh.length > 0 ? { label: say("lab_undo"), run: undo } : undefined)
}
