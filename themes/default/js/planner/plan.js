// The plan that is kept in this browser: settings, and sequences of one's own. The first change of a published one makes a copy.
import { notice } from "../lib/notice.js"
import { openStore } from "../lib/store.js"
import { dayNumber } from "./dates.js"
import { cleanSteps } from "./steps.js"
import { isZone, ownZone, wallOf } from "./zone.js"

const VERSION = 1

/** Opens it over the published sequences. */
export function openPlan(published, say) {
  const store = openStore("planner", {
    version: VERSION,
    empty: () => ({ settings: {}, own: [], revision: 0 }),
    check: (value) => typeof value?.settings === "object" && value.settings !== null && Array.isArray(value.own),
    onTrouble: (kind) => notice(`planner-${kind}`, say(`planner_store_${kind}`), { close: say("close") }),
  })
  return new Plan(store, published, say)
}

class Plan {
  constructor(store, published, say) {
    this.store = store
    this.published = published
    this.say = say
  }

  subscribe(listener) {
    return this.store.subscribe(listener)
  }

  /** What is kept, made whole: whatever is missing or none of ours is as on the first visit. */
  settings() {
    const { settings } = this.store.read()
    const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "")
    const zone = isZone(settings.zone || "?") ? settings.zone : ownZone()
    const isDays = Array.isArray(settings.workdays) && settings.workdays.every((day) => Number.isInteger(day) && day >= 1 && day <= 7)
    return {
      sequence: text(settings.sequence, 200),
      who: text(settings.who, 120),
      number: text(settings.number, 60),
      start: settings.start === "" || dayNumber(settings.start ?? "?") !== null ? settings.start : wallOf(Date.now(), zone).date,
      zone,
      off: text(settings.off, 4000),
      workdays: isDays ? settings.workdays : [1, 2, 3, 4, 5],
      outside: settings.outside !== false,
    }
  }

  set(values) {
    this.store.update((record) => Object.assign(record.settings, values) && undefined)
  }

  /** Sequences of one's own. */
  own() {
    return this.store.read().own
      .filter((one) => typeof one?.id === "string" && typeof one.title === "string")
      .map((one) => ({ id: one.id, title: one.title.slice(0, 120), steps: cleanSteps(one.steps), isOwn: true }))
  }

  /** The sequence that is planned. */
  sequence() {
    const all = [...this.own(), ...this.published]
    const wanted = this.settings().sequence
    return all.find((one) => one.id === wanted) ?? this.published[0] ?? all[0] ?? { id: "", title: "", steps: [] }
  }

  /** New steps for the sequence; a published one gets a copy. */
  change(steps) {
    const { id, title, isOwn } = this.sequence()
    if (!isOwn) return this.add(title ? this.say("planner_copy", { name: title }) : this.say("planner_new"), steps)
    return this.store.update((record) => {
      record.own.find((one) => one.id === id).steps = steps
    })
  }

  rename(title) {
    const { id, isOwn } = this.sequence()
    if (isOwn && title) this.store.update((record) => { record.own.find((one) => one.id === id).title = title })
  }

  /** A new sequence of one step. */
  create() {
    this.add(this.say("planner_new"), cleanSteps([{ day: 0, channel: "voicemail", at: null, note: "" }]))
  }

  add(title, steps) {
    this.store.update((record) => {
      const id = `own-${Date.now().toString(36)}`
      record.own.push({ id, title, steps })
      record.settings.sequence = id
    })
  }

  /** Deletes one's own sequence; the answer brings it back. */
  removeOwn() {
    const { id, isOwn, title } = this.sequence()
    if (!isOwn) return null
    const at = this.store.read().own.findIndex((one) => one.id === id)
    const gone = this.store.read().own[at]
    this.store.update((record) => { record.own = record.own.filter((one) => one.id !== id) })
    const run = () => this.store.update((record) => {
      record.own.splice(at, 0, gone)
      record.settings.sequence = id
    })
    return { title, run }
  }

  /** Grows by one with each calendar that is taken away, so that calendars know the newer one. */
  nextRevision() {
    return this.store.update((record) => { record.revision = (Number(record.revision) || 0) + 1 }).revision
  }
}
