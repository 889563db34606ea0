// <script-grader>: the grader for any page (an intranet, a CRM) from one script tag. Lives in a shadow tree with a constructed style
// sheet, so it needs nothing of the page's own styles and works under a policy that names this origin in script-src and connect-src.
import { el } from "../lib/dom.js"
import { loadGrader } from "../lib/grader.js"
import { Editor } from "../lab/editor.js"
import { limitOf, marksOf, rowsOf, scoreText } from "../lab/judge.js"
import { sheet } from "./style.js"

const CALM = 1200
const LONGEST = 100_000

/** Defines the element; `site` has the words, the address of the program and that of the rules' pages. */
export function define(site) {
  if (!customElements.get("script-grader")) customElements.define("script-grader", class extends ScriptGrader { site = site })
}

class ScriptGrader extends HTMLElement {
  static formAssociated = true
  static observedAttributes = ["method", "channel"]
  inside = this.attachInternals()

  connectedCallback() {
    if (this.shadowRoot) return
    const other = this.getAttribute("for") && this.ownerDocument.getElementById(this.getAttribute("for"))
    this.build(other)
    this.load()
  }

  attributeChangedCallback() {
    this.grade()
  }

  /** The script as it stands. */
  get value() {
    return this.field?.value ?? this.textContent.trim()
  }

  set value(text) {
    if (this.editor) this.editor.replace(String(text), { focus: false })
    else if (this.field) this.field.value = String(text)
    this.grade()
  }

  /** The last report of the engine, with every rule and method. */
  get report() {
    return this.last
  }

  say(name, values = {}) {
    const form = this.site.words[name] ?? name
    const text = typeof form === "string" ? form : values.n === 1 ? form.one : form.other
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
  }

  build(other) {
    const root = this.attachShadow({ mode: "open", delegatesFocus: true })
    root.adoptedStyleSheets = [sheet()]
    const parts = {
      score: el("p", { class: "score" }, "–"), about: el("p", { class: "about" }), fix: el("p", { class: "fix" }), list: el("ul", {}),
      status: el("p", { class: "unseen", role: "status" }), methods: el("select", { "aria-label": this.say("lab_methods"), onchange: () => this.setAttribute("method", parts.methods.value) }),
    }
    this.parts = parts
    const head = el("header", {}, parts.methods, parts.score)
    if (other) {
      // A field of the page itself: it is graded where it stands, and nothing is done to it.
      this.field = other
      other.addEventListener("input", () => this.grade())
      root.append(head)
    } else {
      this.field = el("textarea", { "aria-label": this.getAttribute("label") ?? this.say("lab_script"), spellcheck: "true" })
      this.field.value = this.textContent.trim()
      const layer = el("div", { class: "marks", "aria-hidden": "true" })
      root.append(head, el("div", { class: "editor" }, layer, this.field))
      this.editor = new Editor(this.field, layer, () => this.grade())
    }
    root.append(parts.about, parts.fix, parts.list, parts.status)
  }

  async load() {
    try {
      this.grader = await loadGrader(this.getAttribute("program") ?? this.site.program)
    } catch {
      this.parts.fix.textContent = this.say("lab_failed")
      return
    }
    const { methods } = this.grader.program
    this.parts.methods.replaceChildren(...methods.map(({ id, title }) => el("option", { value: id }, title)))
    this.grade()
  }

  get method() {
    const { methods } = this.grader.program
    return methods.find(({ id }) => id === this.getAttribute("method")) ?? methods[0]
  }

  grade() {
    if (!this.grader) return
    const channel = this.getAttribute("channel") === "email" ? "email" : "voicemail"
    const { program } = this.grader
    const { method } = this
    this.inside.setFormValue(this.editor ? this.value : null)
    const report = this.grader.grade(channel, this.value.length > LONGEST ? "" : this.value, {})
    const verdict = report.grades.find((one) => one.method === method.id)
    const rows = rowsOf(report, verdict, program)
    this.last = report
    this.editor?.show(marksOf(rows, { kept: false }))
    this.show(channel, method, report, verdict, rows, limitOf(program, method.id))
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.settle(channel, method, verdict), CALM)
  }

  show(channel, method, report, verdict, rows, limit) {
    const { parts } = this
    parts.methods.value = method.id
    parts.score.textContent = scoreText(this.say.bind(this), verdict) || "–"
    parts.score.dataset.low = verdict.score !== null && verdict.score < 60
    const length = channel === "email" ? this.say("words", { n: report.words }) : this.say("seconds", { n: report.seconds })
    parts.about.textContent = limit && channel !== "email" ? `${length} · ${this.say("limit", { n: limit })}` : length
    const next = verdict.fix === null ? undefined : report.findings[verdict.lines[verdict.fix].finding]
    parts.fix.replaceChildren(...(next && report.words ? [el("strong", {}, `${this.say("lab_fix")}: `), `${next.message} ${next.suggestion}`] : []))
    parts.list.replaceChildren(...rows.filter(({ tone }) => tone === "broken" && report.words).map(({ rule, finding }) =>
      el("li", {}, el("a", { href: `${this.site.rules}${rule.id}/`, target: "_blank", rel: "noopener" }, rule.title), ` ${finding.message}`)))
  }

  settle(channel, method, { score, high }) {
    const key = `${method.id} ${channel} ${score} ${high}`
    if (key === this.said) return
    if (this.said) this.parts.status.textContent = this.say("score", { n: this.parts.score.textContent })
    this.said = key
    this.dispatchEvent(new CustomEvent("lab:graded", { bubbles: true, composed: true, detail: { method: method.id, score, high, channel } }))
  }
}
