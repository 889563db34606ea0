// Rewrite: a script to make better; the embedded grader says which of the named rules it keeps. The same engine as everywhere on the site.
import { el } from "../../lib/dom.js"
import { loadGrader } from "../../lib/grader.js"
import { icon, siteUrl } from "../rich.js"

export function build(question, { name, say, programUrl, labelledBy, label }) {
  const field = el("textarea", { name, class: `rewrite-field rewrite-${question.channel}`, rows: 7, maxlength: 5000, ...(label ? { "aria-label": label } : { "aria-labelledby": labelledBy }), "aria-describedby": `${name}-rules` })
  field.value = question.text
  const list = el("ul", { class: "rewrite-rules", id: `${name}-rules` })
  const element = el("div", { class: "rewrite" }, field, el("p", { class: "rewrite-aim" }, say("play_rewrite_aim")), list)
  let titles = new Map()
  const show = (verdicts) => list.replaceChildren(...question.keeps.map((rule) => {
    const { state, message, suggestion } = verdicts?.get(rule) ?? {}
    return el("li", { class: `rule-line${state ? ` rule-${state}` : ""}` },
      el("span", { class: "option-mark" }, state && icon(state === "kept" ? "right" : "wrong"), state && el("span", {}, say(state === "kept" ? "play_kept" : "play_broken"))),
      el("a", { href: siteUrl(`rules/${rule}/`), class: "rule-name" }, titles.get(rule) ?? rule),
      message && el("p", { class: "option-why" }, message, suggestion && ` ${suggestion}`))
  }))
  show()
  // Titles come with the program, which answering needs anyway.
  const grader = programUrl ? loadGrader(programUrl) : Promise.reject(new Error("no program"))
  grader.then(({ program }) => {
    titles = new Map(program.rules.map((rule) => [rule.id, rule.title]))
    if (!element.classList.contains("is-revealed")) show()
  }).catch(() => {})
  const findings = async (text) => {
    const { grade } = await (programUrl ? loadGrader(programUrl) : grader)
    return new Map(grade(question.channel, text, { keptMarks: false }).findings.map((one) => [one.rule, one]).reverse())
  }
  return {
    element,
    problem: "play_rewrite_same",
    async read() {
      const text = field.value.trim()
      if (!text || text === question.text.trim()) return undefined
      const found = await findings(text)
      return { text, kept: question.keeps.filter((rule) => found.get(rule)?.verdict === "kept") }
    },
    set(answer) {
      field.value = answer.text
    },
    reveal(answer) {
      element.classList.add("is-revealed")
      field.readOnly = true
      const verdicts = new Map(question.keeps.map((rule) => [rule, { state: answer.kept.includes(rule) ? "kept" : "broken" }]))
      show(verdicts)
      findings(answer.text).then((found) => {
        for (const [rule, verdict] of verdicts) if (verdict.state === "broken") Object.assign(verdict, { message: found.get(rule)?.message, suggestion: found.get(rule)?.suggestion })
        show(verdicts)
      }).catch(() => {})
      if (question.model) element.append(el("details", { class: "rewrite-model" }, el("summary", {}, say("play_model")), el("blockquote", { class: "sample" }, question.model)))
    },
  }
}
