// <progress-page> shows what has been read and answered, and lets it be taken along, brought back or deleted.
// Without this module the page lists every lesson.
import { el } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { wordsOf } from "../lib/words.js"
import { due, today } from "../drill/cards.js"
import { siteUrl } from "../quiz/rich.js"
import { quizIn } from "../quiz/saved.js"
import { whereNext } from "./lessons.js"
import { groups, questionsOf } from "./mastery.js"
import { masteryTable, quizTable, summary } from "./pictures.js"
import { empty, fromFile, openRecords, toFile } from "./records.js"

export default class ProgressPage extends HTMLElement {
  async connectedCallback() {
    this.say = wordsOf(this)
    this.top = this.querySelector(".progress-top")
    this.rest = this.querySelector(".progress-rest")
    this.records = openRecords((kind) => notice(`store-${kind}`, this.say(`quizcard_store_${kind}`), { close: this.say("close") }))
    this.bank = { quizzes: [], rules: {}, methods: {} }
    this.rest.append(this.pictures = el("div", {}), this.files())
    this.draw()
    for (const store of Object.values(this.records)) store.subscribe(() => this.draw())
    if (!this.dataset.bank) return
    try {
      const response = await fetch(this.dataset.bank)
      if (!response.ok) throw new Error(response.status)
      this.bank = await response.json()
      this.draw()
    } catch {
      notice("progress-offline", this.say("progress_offline"), { close: this.say("close") })
    }
  }

  draw() {
    const { say, bank } = this
    const { read, ...place } = this.records.lessons.read()
    const saved = this.records.quizzes.read()
    const cards = this.records.drill.read()
    const lessons = this.markLessons(read)
    const questions = questionsOf(bank, saved)
    const exists = new Set(questions.map(({ quiz, id }) => `${quiz}/${id}`))
    const mastered = bank.quizzes.filter((quiz) => (quizIn(saved, quiz.id).best ?? -1) >= quiz.pass)
    const next = whereNext({ read, ...place })
    this.top.replaceChildren(
      ...(next?.url ? [el("p", { class: "progress-next" }, el("a", { class: "button button-main", href: siteUrl(next.url) }, `${say("progress_go_on")} ${next.title}`))] : []),
      summary([
        [say("progress_read"), lessons.n_read, lessons.n],
        ...(bank.quizzes.length ? [
          [say("progress_mastered"), mastered.length, bank.quizzes.length],
          [say("progress_known"), questions.filter(({ score }) => score === 1).length, questions.length],
          [say("progress_due"), due(cards, today()).filter((key) => exists.has(key)).length, undefined, siteUrl("drill/")],
        ] : []),
      ], say))
    this.pictures.replaceChildren(...(bank.quizzes.length ? [
      masteryTable(say("progress_methods"), groups(questions, ({ method }) => (method ? [method] : [])), bank.methods ?? {}, say),
      masteryTable(say("progress_rules"), groups(questions, ({ rules }) => rules), bank.rules ?? {}, say),
      quizTable(bank.quizzes, saved, say),
    ] : []))
  }

  /** Marks what was read in the list that is there, and counts by section. */
  markLessons(read) {
    const links = [...this.querySelectorAll("[data-lesson]")]
    for (const link of links) {
      const isRead = Object.hasOwn(read, link.dataset.lesson)
      if (link.hasAttribute("data-read") === isRead) continue
      link.toggleAttribute("data-read", isRead)
      link.nextElementSibling?.remove()
      if (isRead) link.after(el("span", { class: "visually-hidden" }, ` (${this.say("progress_is_read")})`))
    }
    for (const section of this.querySelectorAll(".progress-section")) {
      const inside = [...section.querySelectorAll("[data-lesson]")]
      const n = inside.filter((link) => link.hasAttribute("data-read")).length
      section.querySelector(".progress-count").textContent = this.say("progress_of", { n, total: inside.length })
      section.style.setProperty("--part", `${inside.length ? (100 * n) / inside.length : 0}%`)
      section.toggleAttribute("data-done", inside.length > 0 && n === inside.length)
    }
    return { n: links.length, n_read: links.filter((link) => link.hasAttribute("data-read")).length }
  }

  /** Export, import, delete. */
  files() {
    const { say } = this
    const input = el("input", { type: "file", accept: "application/json,.json", hidden: true, onchange: () => this.bring(input) })
    return el("section", { class: "progress-files", "aria-labelledby": "progress-files" }, el("h2", { id: "progress-files" }, say("progress_files")), el("p", {}, say("progress_files_why")),
      el("div", { class: "play-foot" },
        el("button", { type: "button", class: "button", onclick: () => this.take() }, say("progress_export")),
        input, el("button", { type: "button", class: "button", onclick: () => input.click() }, say("progress_import")),
        el("button", { type: "button", class: "button button-quiet", onclick: () => this.drop() }, say("progress_delete"))))
  }

  take() {
    const url = URL.createObjectURL(new Blob([toFile(this.records)], { type: "application/json" }))
    el("a", { href: url, download: `progress-${new Date().toISOString().slice(0, 10)}.json` }).click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }

  async bring(input) {
    const [file] = input.files
    if (!file) return
    try {
      const undo = fromFile(this.records, await file.text())
      this.tell("progress_imported", undo)
    } catch (error) {
      const known = ["foreign", "newer", "damaged"].includes(error.message) ? error.message : "foreign"
      this.tell(`progress_file_${known}`)
    } finally {
      input.value = ""
    }
  }

  drop() {
    this.tell("progress_deleted", empty(this.records))
  }

  /** Says what happened, with the way back. */
  tell(word, undo) {
    notice("progress", this.say(word), { close: this.say("close"), again: true, action: undo && { label: this.say("progress_undo"), run: undo } })
  }
}
