// Choice and true or false: native radio buttons and check boxes, a row each, with the reason under it once it is revealed.
import { el } from "../../lib/dom.js"
import { icon, rich } from "../rich.js"

export function build(question, { name, say, shown }) {
  const isTruth = question.kind === "true-false"
  const options = isTruth
    ? [true, false].map((value) => ({ id: String(value), text: [say(value ? "play_true" : "play_false")], right: value === question.answer }))
    : shown(question.options)
  const type = question.several ? "checkbox" : "radio"
  const rows = options.map((option) => {
    const input = el("input", { type, name, value: option.id })
    const row = el("li", { class: "option" }, el("label", {}, input, el("span", { class: "option-text" }, rich(option.text))))
    return { option, input, row }
  })
  const element = el("ul", { class: `options${isTruth ? " options-pair" : ""}` }, rows.map(({ row }) => row))
  return {
    element,
    note: question.several ? say("play_several") : undefined,
    read() {
      const picked = rows.filter(({ input }) => input.checked).map(({ option }) => option.id)
      if (!picked.length && !question.several) return undefined
      return isTruth ? picked[0] === "true" : picked
    },
    set(answer) {
      for (const { option, input } of rows) input.checked = isTruth ? String(answer) === option.id : answer.includes(option.id)
    },
    reveal() {
      for (const { option, input, row } of rows) {
        input.disabled = true
        const kind = option.right ? (input.checked ? "right" : "missed") : input.checked ? "wrong" : "other"
        row.classList.add(`option-${kind}`)
        const note = { right: "play_yours_right", missed: "play_was_right", wrong: "play_yours_wrong" }[kind]
        const mark = note && el("span", { class: "option-mark" }, icon(option.right ? "right" : "wrong"), el("span", {}, say(note)))
        row.firstChild.append(...[mark].filter(Boolean))
        if (option.why?.length) row.append(el("p", { class: "option-why" }, rich(option.why)))
      }
    },
  }
}
