// The lab at work: words in, marks and a grade out. Marks and score are there before the next frame; all that is read at leisure
// (sound, ledger, questions) follows when the typing pauses, and what is spoken or kept follows after that.
import { loadGrader, rest } from "../lib/grader.js"
import { wordsOf } from "../lib/words.js"
import { openDesk } from "./desk.js"
import { Editor } from "./editor.js"
import { limitOf, marksOf, rowsOf } from "./judge.js"
import { showAtLeisure, showAtOnce, showFailure, showNote, spoken } from "./panels.js"

// Up to so many characters a keystroke is graded at once; a longer text when the typing pauses; a still longer one not at all.
const QUICK = 4000
export const LONGEST = 100_000
/** The longest script that a link carries, in UTF-16 units. */
export const LONGEST_LINK = 20_000
const [PAUSE, LONG_PAUSE, CALM] = [70, 350, 1400]
// A browser compiles what has run often: short runs, none of which is felt, and the first keystroke is as quick as the later ones.
const [FIRST_RUNS, WARM_RUNS, WARM_LENGTH] = [[10, 20, 40, 80], 40, 100]

export class Lab {
  constructor(root) {
    this.root = root
    this.say = wordsOf(root)
    this.parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]))
    const { method, channel } = root.dataset
    this.script = { method, channel, answers: {} }
    this.settings = { pace: 147, kept: true }
    this.timers = {}
    this.editor = new Editor(this.parts.input, this.parts.marks, () => this.edited())
    root.addEventListener("change", this)
    root.addEventListener("click", this)
    document.addEventListener("selectionchange", this)
  }

  stop() {
    document.removeEventListener("selectionchange", this)
    Object.values(this.timers).forEach(clearTimeout)
  }

  /** Brings back what was written here and begins to grade. */
  async start() {
    if ("whole" in this.root.dataset) this.desk = await openDesk(this)
    await this.loadGrader()
  }

  async loadGrader() {
    try {
      const grader = await loadGrader(this.root.dataset.program)
      for (const length of FIRST_RUNS) {
        grader.grade(this.script.channel, this.editor.text.slice(0, length), this.settings)
        await rest()
      }
      this.grader = grader
      this.grade()
    } catch {
      return showFailure(this)
    }
    return this.warmUp(WARM_RUNS)
  }

  /** Grades the beginning of the page's first script for nobody, once at each idle moment, for as long as the reader has typed nothing. */
  warmUp(runs) {
    const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, PAUSE))
    idle(() => {
      if (this.touched || !this.root.isConnected) return
      this.grader.grade(this.script.channel, this.editor.field.defaultValue.slice(0, WARM_LENGTH), this.settings)
      if (runs > 1) this.warmUp(runs - 1)
    })
  }

  /** Takes another script onto the desk. */
  open({ text, method, channel, answers = {} }, { focus = false } = {}) {
    const known = (name, value) => this.root.querySelector(`input[name="${this.root.id}-${name}"][value="${CSS.escape(value ?? "")}"]`)
    for (const [name, value] of Object.entries({ method, channel })) {
      const choice = known(name, value)
      if (choice) [choice.checked, this.script[name]] = [true, value]
    }
    this.script.answers = answers
    this.editor.replace(text, { focus })
    this.grade()
  }

  edited() {
    this.desk?.edited()
    if (this.editor.text.length <= QUICK) this.grade()
    else this.later("grade", LONG_PAUSE, () => this.grade())
  }

  /** Grades what is there now. */
  grade() {
    clearTimeout(this.timers.grade)
    const { method, channel } = this.script
    // An attribute that is set again has the browser look at the styles below it again.
    if (this.root.dataset.channel !== channel) this.root.dataset.channel = channel
    if (!this.grader) return
    const { text } = this.editor
    const { program } = this.grader
    this.tooLong = text.length > LONGEST
    const settings = { pace: this.settings.pace, answers: this.answers() }
    this.report = this.grader.grade(channel, this.tooLong ? "" : text, settings)
    this.verdict = this.report.grades.find((one) => one.method === method) ?? this.report.grades[0]
    this.limit = limitOf(program, method)
    this.rows = rowsOf(this.report, this.verdict, program)
    this.marks = marksOf(this.rows, { kept: this.settings.kept, pointed: this.pointed() })
    this.editor.show(this.marks)
    showAtOnce(this)
    this.later("leisure", PAUSE, () => showAtLeisure(this))
    this.later("calm", CALM, () => this.settle())
  }

  /** What the learner answered where a rule asked; words that are gone answer nothing. */
  answers() {
    const { text } = this.editor
    const entries = Object.entries(this.script.answers)
    return Object.fromEntries(entries.filter(([, quote]) => !quote || text.includes(quote)).map(([rule, quote]) => [rule, Boolean(quote)]))
  }

  pointed() {
    const { text } = this.editor
    return Object.entries(this.script.answers).flatMap(([rule, quote]) => {
      const start = quote ? text.indexOf(quote) : -1
      return start < 0 ? [] : [{ start, end: start + quote.length, rule }]
    })
  }

  answer(rule, quote) {
    if (quote === undefined) delete this.script.answers[rule]
    else this.script.answers[rule] = quote
    this.desk?.edited()
    this.grade()
    showAtLeisure(this)
  }

  /** Says the outcome, once, when the typing has come to rest. */
  settle() {
    const { method, channel } = this.script
    const { score, high } = this.verdict
    const said = spoken(this)
    if (said === this.said) return
    if (this.said !== undefined || this.touched) this.parts.status.textContent = said
    this.said = said
    this.root.dispatchEvent(new CustomEvent("lab:graded", { bubbles: true, composed: true, detail: { method, score, high, channel } }))
  }

  later(name, wait, run) {
    clearTimeout(this.timers[name])
    this.timers[name] = setTimeout(run, wait)
  }

  handleEvent(event) {
    if (event.type === "selectionchange") {
      if (document.activeElement === this.editor.field) showNote(this)
      return
    }
    this.touched = true
    if (event.type === "change") this.changed(event.target)
    else this.pressed(event)
  }

  changed(target) {
    const name = target.name?.slice(this.root.id.length + 1)
    if (name === "method" || name === "channel") this.script[name] = target.value
    else if (target === this.parts["show-kept"]) this.settings.kept = target.checked
    else return
    this.desk?.edited()
    this.grade()
    showAtLeisure(this)
  }

  pressed(event) {
    const button = event.target.closest("[data-do]")
    if (!button) return
    const { do: act, rule, at = 0 } = button.dataset
    if (act === "words") this.showWords(button, rule, Number(at))
    else if (act === "point") this.point(button, rule)
    else if (act === "missing") this.answer(rule, "")
    else if (act === "again") this.answer(rule)
    else if (act === "retry") this.loadGrader()
    else if (act === "open") this.openInLab(button, event)
    else this.desk?.press(act, button)
  }

  /** Selects the words that a rule marks, one place after another, or goes where they are missing. */
  showWords(button, rule, at) {
    const finding = this.rows.find((row) => row.finding.rule === rule)?.finding
    const mark = finding?.marks[at % finding.marks.length]
    const place = finding?.place ?? this.editor.text.length
    this.editor.select(mark?.start ?? place, mark?.end ?? place)
    button.dataset.at = at + 1
  }

  /** Leads to the lab's page with what was written; to an empty one where that is too long for a link. */
  openInLab(link, event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || this.editor.text.length > LONGEST_LINK) return
    event.preventDefault()
    import("./share.js").then(({ openInLab }) => openInLab(this, link))
  }

  /** The words that the learner has selected answer the question. */
  point(button, rule) {
    const { field, text } = this.editor
    const quote = text.slice(field.selectionStart, field.selectionEnd).trim()
    if (quote) return this.answer(rule, quote)
    this.parts.status.textContent = this.say("lab_ask_select")
    button.closest("li").querySelector(".lab-ask-help").hidden = false
    field.focus()
  }
}
