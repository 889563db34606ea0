// What the lab's own page has on top of a lab in a lesson: drafts that stay, links that bring a script, dialogs that are fetched
// when they are opened, a pace that is kept.
import { notice } from "../lib/notice.js"
import { openStore } from "../lib/store.js"

const SAVE = 400

const isRecord = (value) => Array.isArray(value?.drafts) && value.drafts.every((draft) => typeof draft?.text === "string" && Array.isArray(draft.versions))

/** Opens the desk: what a link brings, else what was written last, else what stands there. */
export async function openDesk(lab) {
  const desk = new Desk(lab)
  const brought = await desk.brought()
  const last = desk.draft()
  if (brought) lab.open(brought)
  else if (last) {
    desk.id = last.id
    lab.open(last)
  }
  desk.show()
  return desk
}

class Desk {
  constructor(lab) {
    this.lab = lab
    const say = lab.say
    this.store = openStore("lab", {
      empty: () => ({ drafts: [], current: "", pace: 147, kept: true }),
      check: isRecord,
      onTrouble: (kind) => notice(`lab-${kind}`, say(`lab_store_${kind}`), { close: say("close") }),
    })
    const { pace, kept } = this.store.read()
    if (pace >= 60 && pace <= 300) lab.settings.pace = pace
    lab.settings.kept = kept !== false
    lab.parts.pace.addEventListener("input", () => this.setPace(Number(lab.parts.pace.value)))
    lab.parts["show-kept"].checked = lab.settings.kept
    addEventListener("pagehide", () => this.save())
    document.addEventListener("visibilitychange", () => document.hidden && this.save())
    this.store.subscribe(() => this.show())
  }

  /** The draft on the desk as it is kept. */
  draft(id = this.store.read().current) {
    return this.store.read().drafts.find((one) => one.id === id)
  }

  /** What the address brings: a shared script, or a side of an example. */
  async brought() {
    if (location.hash.startsWith("#s=")) {
      const { readLink } = await import("./share.js")
      return readLink(this.lab, location.hash)
    }
    const wanted = new URLSearchParams(location.search)
    if (!wanted.has("example")) return undefined
    const { exampleOf } = await import("./start.js")
    return exampleOf(this.lab, wanted.get("example"), wanted.get("side"))
  }

  edited() {
    this.lab.touched = true
    this.isDirty = true
    if (location.search || location.hash.startsWith("#s=")) history.replaceState(null, "", location.pathname)
    this.lab.later("save", SAVE, () => this.save())
  }

  /** Writes the draft down; the first words of a new script make a new draft. */
  save() {
    clearTimeout(this.lab.timers.save)
    if (!this.isDirty) return
    this.isDirty = false
    const { script, editor } = this.lab
    this.id ??= crypto.randomUUID?.() ?? String(Date.now() + Math.random())
    this.store.update((record) => {
      let draft = record.drafts.find((one) => one.id === this.id)
      if (!draft) {
        draft = { id: this.id, name: "", versions: [] }
        record.drafts.unshift(draft)
      }
      Object.assign(draft, { text: editor.text, method: script.method, channel: script.channel, answers: { ...script.answers }, edited: Date.now() })
      Object.assign(record, { current: this.id, kept: this.lab.settings.kept })
    })
    this.show()
  }

  /** Puts another script on the desk; what lay there is kept. */
  take(script, id) {
    this.save()
    this.id = id
    this.lab.open(script, { focus: true })
    if (id) this.store.update((record) => { record.current = id })
    else this.edited()
    this.show()
  }

  show() {
    const { parts, say, settings } = this.lab
    const { drafts } = this.store.read()
    parts.drafts.textContent = drafts.length ? say("lab_drafts_count", { n: drafts.length }) : say("lab_drafts")
    const draft = this.id && this.draft(this.id)
    if (draft || this.lab.touched) parts.name.textContent = (draft && nameOf(draft)) || say("lab_untitled")
    parts.pace.value = settings.pace
    parts["pace-now"].textContent = say("lab_pace_now", { n: settings.pace })
  }

  setPace(pace) {
    this.lab.settings.pace = pace
    this.store.update((record) => { record.pace = pace })
    this.lab.grade()
  }

  async press(act, button) {
    if (act === "start") (await import("./start.js")).openStart(this.lab, button)
    else if (act === "drafts") (await import("./drafts.js")).openDrafts(this.lab, button)
    else if (act === "keep") {
      // What stands there now, whatever is typed until the module has come.
      const { text } = this.lab.editor
      const { keepVersion } = await import("./drafts.js")
      keepVersion(this.lab, text)
    }
    else if (act === "share") (await import("./share.js")).openShare(this.lab, button)
    else if (act === "rehearse") (await import("./rehearse.js")).openRehearsal(this.lab, button)
  }
}

/** What a draft is called: its own name, else its first words. */
export function nameOf({ name, text }) {
  if (name) return name
  const words = text.trim().replace(/\s+/gu, " ")
  return words.length > 40 ? `${words.slice(0, 40).replace(/ \S*$/u, "")} …` : words
}
