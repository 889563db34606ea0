// <cadence-planner> puts a sequence on dates: settings, calendar, days, the files to take away, and the steps to change.
// Without this module the page shows the sequences as tables.
import { notice } from "../lib/notice.js"
import { wordsOf } from "../lib/words.js"
import { el } from "../lib/dom.js"
import { download, fileName } from "../lib/download.js"
import { dayNumber, readDays } from "../planner/dates.js"
import { openPlan } from "../planner/plan.js"
import { readSequences } from "../planner/read-page.js"
import { schedule } from "../planner/schedule.js"
import { dayItems, longDate, months, weekdayNames } from "../planner/view.js"
import { instantOf, ownZone, wallOf, zones } from "../planner/zone.js"

export default class CadencePlanner extends HTMLElement {
  connectedCallback() {
    this.say = wordsOf(this)
    this.published = readSequences(this)
    this.plan = openPlan(this.published, this.say)
    this.form = this.querySelector(".plan-form")
    this.result = this.querySelector(".plan-result")
    this.own = ownZone()
    this.fillForm()
    this.choose(location.hash)
    this.form.addEventListener("input", this)
    this.form.addEventListener("submit", this)
    this.result.querySelector(".plan-actions").addEventListener("click", this)
    addEventListener("hashchange", this)
    this.end = this.plan.subscribe(() => this.restore())
    this.restore()
    this.dataset.ready = ""
  }

  disconnectedCallback() {
    removeEventListener("hashchange", this)
    this.end()
  }

  handleEvent(event) {
    if (event.type === "submit") event.preventDefault()
    else if (event.type === "hashchange") this.choose(location.hash) && this.restore()
    else if (event.type === "click") this.act(event.target.closest("[data-do]"))
    else this.save()
  }

  /** Takes the sequence that a lesson's link names. */
  choose(hash) {
    const id = hash.startsWith("#sequence-") ? decodeURIComponent(hash.slice(10)) : ""
    if (!this.published.some((one) => one.id === id)) return false
    this.plan.set({ sequence: id })
    // Without a script the link leads to the table; with one, to the plan.
    history.replaceState(null, "", location.pathname + location.search)
    scrollTo({ top: 0, behavior: "instant" })
    return true
  }

  fillForm() {
    const { zone } = this.form.elements
    zone.append(...zones().map((name) => el("option", { value: name }, name.replaceAll("_", " "))))
    const names = weekdayNames("short")
    this.querySelector(".plan-weekdays").append(...names.map((name, at) => el("label", { class: "field-check" }, el("input", { type: "checkbox", name: "workday", value: String(at + 1) }), name)))
  }

  /** From what is kept to the form; a field that is being typed in stays as it is. */
  restore() {
    const settings = this.plan.settings()
    const { elements } = this.form
    const set = (field, value) => {
      if (field !== document.activeElement && field.value !== value) field.value = value
    }
    this.fillSequences()
    for (const name of ["who", "number", "start", "zone", "off"]) set(elements[name], settings[name])
    for (const box of this.form.querySelectorAll("[name=workday]")) box.checked = settings.workdays.includes(Number(box.value))
    elements.outside.checked = settings.outside
    this.show()
    if (this.editor && !this.editor.place.hidden) this.editor.show()
  }

  fillSequences() {
    const select = this.form.elements.sequence
    const option = ({ id, title }) => el("option", { value: id }, title)
    const own = this.plan.own()
    const group = (title, list) => list.length > 0 && el("optgroup", { label: title }, list.map(option))
    select.replaceChildren(...[group(this.say("planner_own"), own), group(this.say("planner_published_group"), this.published)].filter(Boolean))
    select.value = this.plan.sequence().id
  }

  save() {
    const { elements } = this.form
    const workdays = [...this.form.querySelectorAll("[name=workday]:checked")].map((box) => Number(box.value))
    const values = Object.fromEntries(["sequence", "who", "number", "start", "zone", "off"].map((name) => [name, elements[name].value]))
    this.plan.set({ ...values, workdays, outside: elements.outside.checked })
  }

  /** The plan as it stands: days whose messages have their moments. */
  days() {
    const settings = this.plan.settings()
    const { steps } = this.plan.sequence()
    const { days: off } = readDays(settings.off)
    return schedule(steps, { ...settings, off }).map((day) => ({
      ...day,
      messages: day.messages.map((message) => ({ ...message, instant: instantOf(day.date, message.minutes, settings.zone) })),
    }))
  }

  show() {
    const { say } = this
    const settings = this.plan.settings()
    const { wrong } = readDays(settings.off)
    this.querySelector("[data-wrong]").textContent = wrong.length ? say("planner_off_wrong", { list: wrong.slice(0, 5).join(", ") }) : ""
    this.form.elements.off.setAttribute("aria-invalid", String(wrong.length > 0))
    this.querySelector("[data-summary]").textContent = settings.zone.replaceAll("_", " ").split("/").at(-1)
    const days = this.days()
    const today = wallOf(Date.now(), settings.zone).date
    const person = { who: settings.who, number: settings.number }
    const context = { say, zone: settings.zone, own: this.own, today, log: this.dataset.log, person }
    this.querySelector(".plan-facts").textContent = this.facts(days, settings)
    this.querySelector(".plan-months").replaceChildren(...(days.length ? months(days, today) : []))
    this.querySelector(".plan-days").replaceChildren(...dayItems(days, context))
    for (const button of this.result.querySelectorAll("[data-do=ics], [data-do=csv]")) button.disabled = days.length === 0
  }

  facts(days, settings) {
    const { say } = this
    const { title, steps } = this.plan.sequence()
    if (dayNumber(settings.start) === null) return say("planner_no_start")
    if (!steps.length) return say("planner_no_steps")
    if (!days.length) return say("planner_no_days")
    const n = days.reduce((sum, day) => sum + day.messages.length, 0)
    const facts = say("planner_facts", { messages: say("planner_messages", { n }), from: longDate(days[0].date), to: longDate(days.at(-1).date) })
    return `${title}: ${facts}`
  }

  async act(button) {
    if (!button) return
    if (button.dataset.do === "edit") {
      await this.edit(button)
      return
    }
    const { icsOf, csvOf } = await import("../planner/files.js")
    const settings = this.plan.settings()
    const sequence = this.plan.sequence()
    const context = { say: this.say, sequence, person: settings, zone: settings.zone }
    const name = [this.say("planner_file"), settings.who || sequence.title].join(" ")
    if (button.dataset.do === "csv") {
      download(fileName(name, "csv"), "text/csv", csvOf(this.days(), context))
      return
    }
    const revision = this.plan.nextRevision()
    const site = document.documentElement.dataset.base ?? "/"
    download(fileName(name, "ics"), "text/calendar", icsOf(this.days(), { ...context, stamp: Date.now(), revision, site }))
  }

  async edit(button) {
    const place = this.querySelector(".plan-editor")
    if (!this.editor) {
      const { StepEditor } = await import("../planner/editor.js")
      const { plan, say } = this
      this.editor = new StepEditor(place, {
        say,
        scriptsUrl: this.dataset.scripts,
        sequence: () => plan.sequence(),
        change: (steps) => plan.change(steps),
        rename: (title) => plan.rename(title),
        create: () => plan.create(),
        remove: () => this.deleteOwn(),
        announce: (text) => notice("planner-step", text, { close: say("close"), brief: true, again: true }),
      })
    }
    place.hidden = !place.hidden
    button.setAttribute("aria-expanded", String(!place.hidden))
    if (!place.hidden) await this.editor.open()
  }

  deleteOwn() {
    const { say, plan } = this
    const undo = plan.removeOwn()
    if (!undo) return
    notice("planner-deleted", say("planner_deleted", { name: undo.title }), { close: say("close"), again: true, action: { label: say("planner_undo"), run: undo.run } })
    this.form.elements.sequence.focus()
  }
}
