// Number and text: one native field, with its unit beside it.
import { el } from "../../lib/dom.js"
import { decimal } from "../decimal.js"
import { normalise } from "../normalise.js"
import { plain, rich } from "../rich.js"
import { rightText } from "../say.js"
import { scoreOf } from "../score.js"

export function build(question, { name, say, labelledBy, label }) {
  const isNumber = question.kind === "number"
  const unit = isNumber && question.unit ? el("span", { class: "entry-unit", id: `${name}-unit` }, rich(question.unit)) : null
  const input = el("input", {
    type: "text", class: `entry-field${isNumber ? " number" : ""}`, name, maxlength: isNumber ? 40 : 300, inputmode: isNumber ? "decimal" : "text", autocomplete: "off",
    autocapitalize: "off", spellcheck: "false", enterkeyhint: "done", ...(label ? { "aria-label": label } : { "aria-labelledby": unit ? `${labelledBy} ${name}-unit` : labelledBy }),
  })
  const element = el("p", { class: "entry" }, input, unit)
  return {
    element,
    problem: isNumber ? "play_number_none" : "play_text_none",
    read() {
      const typed = input.value.trim()
      const isAnswer = isNumber ? decimal(typed) !== undefined : normalise(typed) !== ""
      input.setAttribute("aria-invalid", String(!isAnswer))
      return isAnswer ? typed : undefined
    },
    set(answer) {
      input.value = answer
    },
    reveal(answer) {
      const isRight = scoreOf(question, answer) === 1
      input.disabled = true
      element.classList.add(isRight ? "entry-right" : "entry-wrong")
      const near = (question.wrong ?? []).find((one) => normalise(plain(one.text)) === normalise(answer))
      const notes = el("div", { class: "entry-notes" })
      if (!isRight && near?.why?.length) notes.append(el("p", { class: "option-why" }, rich(near.why)))
      const within = isNumber && decimal(question.tolerance ?? "0")?.digits ? ` ${say("play_within", { n: question.tolerance })}` : ""
      if (!isRight || within) notes.append(el("p", { class: "entry-answer" }, `${say(isNumber ? "play_answer_is" : "play_answers_are")} `, el("strong", {}, rightText(question, say)), within))
      element.after(notes)
    },
  }
}
