// <message-log> finds who is calling: one field for a number or a name, the entries that fit, a form to write a new one.
// Without this module the page says what a log holds, for paper.
import { download, fileName } from "../lib/download.js"
import { el } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { wordsOf } from "../lib/words.js"
import { ask, openForm } from "../log/dialogs.js"
import { localTime, orderOf } from "../log/entry.js"
import { item, nameOf, timeText } from "../log/list.js"
import { asksForNumber, find, keysOf } from "../log/search.js"
import { openLog } from "../log/store.js"

const PAGE = 30
const QUIET = 350

export default class MessageLog extends HTMLElement {
  async connectedCallback() {
    this.say = wordsOf(this)
    this.search = this.querySelector(".log-search")
    this.field = this.search.elements.q
    this.list = this.querySelector(".log-list")
    this.status = this.querySelector(".log-count")
    this.more = this.querySelector("[data-do=more]")
    this.form = this.querySelector("dialog")
    this.keys = new Map()
    this.limit = PAGE
    this.log = await openLog((kind) => notice(`log-${kind}`, this.say(`log_store_${kind}`), { close: this.say("close") }))
    if (!this.isConnected) return
    this.search.addEventListener("input", this)
    this.search.addEventListener("submit", this)
    this.addEventListener("click", this)
    this.querySelector("[type=file]").addEventListener("change", this)
    addEventListener("hashchange", this)
    this.log.subscribe(() => this.show())
    this.show()
    this.prefill()
    this.dataset.ready = ""
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this)
    clearTimeout(this.timer)
    this.log?.close()
  }

  handleEvent(event) {
    if (event.type === "hashchange") return this.prefill()
    if (event.type === "submit") {
      event.preventDefault()
      return this.list.querySelector(".log-entry")?.focus()
    }
    if (event.type === "input") {
      this.limit = PAGE
      return this.show()
    }
    if (event.type === "change") return this.takeIn(event.target)
    const button = event.target.closest("[data-do]")
    return button && this.act(button.dataset.do, button.dataset.id)
  }

  /** `#new?name=…&number=…`, as the planner links to. */
  prefill() {
    if (!location.hash.startsWith("#new")) return
    const wanted = new URLSearchParams(location.hash.slice(5))
    const values = Object.fromEntries(["name", "number", "script", "channel", "company"].map((name) => [name, (wanted.get(name) ?? "").slice(0, 500)]))
    history.replaceState(null, "", location.pathname + location.search)
    this.write({ values })
  }

  show() {
    const { say } = this
    const question = this.field.value
    const entries = this.log.all()
    const today = localTime().slice(0, 10)
    const wanted = this.search.elements.due.checked ? entries.filter((entry) => entry.due && entry.due <= today) : entries
    const found = find(question, wanted.map((entry) => this.keysOf(entry)), wanted.map(orderOf))
    const shown = found.slice(0, this.limit)
    this.list.replaceChildren(...shown.map((at) => item(wanted[at], say, today)))
    this.more.hidden = found.length <= this.limit
    this.querySelector(".log-empty").hidden = entries.length > 0
    for (const button of this.querySelectorAll("[data-do=export], [data-do=clear]")) button.disabled = entries.length === 0
    this.showNobody(question, found.length)
    // Said once, when the typing rests.
    clearTimeout(this.timer)
    const isAll = !question.trim() && !this.search.elements.due.checked
    this.timer = setTimeout(() => {
      this.status.textContent = entries.length === 0 ? "" : say(isAll ? "log_all" : "log_found", { n: found.length })
    }, QUIET)
  }

  /** Nobody has the number: the way to a first entry. */
  showNobody(question, n) {
    const place = this.querySelector(".log-nobody")
    const { say } = this
    place.hidden = n > 0 || !question.trim()
    if (place.hidden) return
    const isNumber = asksForNumber(question)
    const values = { [isNumber ? "number" : "name"]: (isNumber ? question.match(/\+?\(?\d[\d\s().\-–/·]*\d/)?.[0] : question)?.trim() ?? "" }
    place.replaceChildren(
      el("p", {}, say(isNumber ? "log_nobody_number" : "log_nobody", { query: question.trim() })),
      el("button", { type: "button", class: "button", onclick: () => this.write({ values }) }, say("log_first")),
    )
  }

  /** What an entry is compared by, made once as long as the entry is the same. */
  keysOf(entry) {
    const known = this.keys.get(entry.id)
    if (known?.entry === entry) return known.keys
    const keys = keysOf(entry)
    this.keys.set(entry.id, { entry, keys })
    return keys
  }

  act(what, id) {
    const entry = id && this.log.get(id)
    if (what === "new") return this.write({})
    if (what === "edit") return this.write({ entry })
    if (what === "again") return this.write({ values: { name: entry.name, number: entry.number, company: entry.company, stop: entry.stop } })
    if (what === "delete") return this.remove([entry])
    if (what === "clear") return this.remove(this.log.all())
    if (what === "more") return this.showMore()
    if (what === "export") return this.takeOut()
    if (what === "import") return this.querySelector("[type=file]").click()
    return undefined
  }

  showMore() {
    const { length } = this.list.children
    this.limit += PAGE
    this.show()
    this.list.children[length]?.focus()
  }

  write({ entry, values }) {
    openForm(this.form, this.say, {
      entry,
      values,
      save: async (next) => {
        await this.log.put([next])
        notice("log-saved", this.say("log_saved", { name: nameOf(next) }), { close: this.say("close"), brief: true, again: true })
        this.list.querySelector(`[data-id="${CSS.escape(next.id)}"]`)?.focus()
      },
    })
  }

  async remove(entries) {
    const { say } = this
    const [first] = entries
    if (!first) return
    const n = entries.length
    const isOne = n === 1
    const name = nameOf(first)
    const stops = entries.filter((entry) => entry.stop).length
    const text = [
      isOne ? say("log_delete_text", { name, date: timeText(first.at) }) : say("log_clear_text", { n }),
      stops > 0 && say("log_delete_stop", { n: stops }),
    ].filter(Boolean).join(" ")
    const more = isOne ? undefined : { label: say("log_export"), run: () => this.takeOut() }
    const goesOn = await ask(say, { title: isOne ? say("log_delete_title") : say("log_clear"), text, yes: isOne ? say("log_delete") : say("log_clear_yes", { n }), danger: true, more })
    if (!goesOn) return
    const at = [...this.list.children].findIndex((child) => child.dataset.id === first.id)
    const gone = await this.log.remove(entries.map((entry) => entry.id))
    ;(this.list.children[Math.min(at, this.list.children.length - 1)] ?? this.field).focus()
    notice("log-deleted", say("log_deleted", { n: gone.length }), { close: say("close"), again: true, action: { label: say("log_undo"), run: () => this.log.put(gone) } })
  }

  async takeOut() {
    const { exportText } = await import("../log/transfer.js")
    download(fileName(`${this.say("log_file")} ${localTime().slice(0, 10)}`, "csv"), "text/csv", exportText(this.log.all()))
  }

  async takeIn(input) {
    const { say } = this
    const [file] = input.files
    if (!file) return
    const { MOST_BYTES, readImport, textOf } = await import("../log/transfer.js")
    const read = file.size <= MOST_BYTES ? readImport(await textOf(file), this.log.all()) : null
    input.value = ""
    if (!read) {
      notice("log-import", say("log_import_none"), { close: say("close"), again: true })
      return
    }
    const { fresh, known, empty } = read
    const text = [say("log_import_fresh", { n: fresh.length }), known > 0 && say("log_import_known", { n: known }), empty > 0 && say("log_import_empty", { n: empty })].filter(Boolean).join(" ")
    if (fresh.length === 0) {
      notice("log-import", text, { close: say("close"), again: true })
      return
    }
    if (!(await ask(say, { title: say("log_import"), text, yes: say("log_import_yes", { n: fresh.length }) }))) return
    await this.log.put(fresh)
    notice("log-import", say("log_imported", { n: fresh.length }), { close: say("close"), again: true, action: { label: say("log_undo"), run: () => this.log.remove(fresh.map((entry) => entry.id)) } })
  }
}
