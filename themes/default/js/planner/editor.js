// The steps of a sequence as rows of fields: added, taken away, moved by buttons. What changes is said once, focus stays where it was.
import { el } from "../lib/dom.js"
import { clockText, minutesOf } from "./dates.js"
import { loadScripts } from "./scripts.js"
import { added, changed, MOST_DAYS, moved, removed } from "./steps.js"

const CHANNELS = ["voicemail", "email"]

/** Fills `place`. `context` is `{ say, sequence(), change(steps), rename(title), remove(), create(), announce(text), scriptsUrl }`. */
export class StepEditor {
  constructor(place, context) {
    this.place = place
    this.context = context
    place.addEventListener("change", this)
    place.addEventListener("click", this)
  }

  async open() {
    this.show()
    this.scripts ??= await loadScripts(this.context.scriptsUrl, this.context.say)
    this.show()
  }

  show() {
    const { say, sequence } = this.context
    const { title, steps, isOwn } = sequence()
    const focused = this.place.contains(document.activeElement) ? document.activeElement.dataset.key : null
    this.place.replaceChildren(
      ...(isOwn
        ? [el("label", { class: "field" }, say("planner_name"), el("input", { "data-key": "title", type: "text", maxlength: "120", value: title }))]
        : [el("p", { class: "plan-note" }, say("planner_own_hint"))]),
      el("ol", { class: "plan-steps" }, steps.map((step, index) => this.row(step, index, steps.length))),
      el(
        "div",
        { class: "button-row" },
        el("button", { class: "button", type: "button", "data-key": "add" }, say("planner_add")),
        el("button", { class: "button", type: "button", "data-key": "create" }, say("planner_new")),
        isOwn && el("button", { class: "button button-danger", type: "button", "data-key": "delete" }, say("planner_delete")),
      ),
    )
    if (focused) this.focus(focused)
  }

  row(step, index, length) {
    const { say } = this.context
    const n = index + 1
    const field = (name, input) => el("label", { class: `field plan-step-${name}` }, say(`planner_${name}`), input)
    const key = (name) => `${name}:${index}`
    const option = (value, text, isChosen) => el("option", { value, selected: isChosen }, text)
    const button = (name, text, disabled) => el("button", { class: "tool", type: "button", "data-key": key(name), "aria-label": say(`planner_${name}`, { n }), disabled }, text)
    return el(
      "li",
      { class: "plan-step", "aria-label": say("planner_step", { n }) },
      field("day", el("input", { "data-key": key("day"), type: "number", min: "0", max: String(MOST_DAYS), inputmode: "numeric", value: String(step.day) })),
      field("channel", el("select", { "data-key": key("channel") }, CHANNELS.map((channel) => option(channel, say(channel), step.channel === channel)))),
      field("at", el("input", { "data-key": key("at"), type: "time", value: step.at === null ? "" : clockText(step.at) })),
      field("carries", el("input", { "data-key": key("note"), type: "text", maxlength: "500", value: step.note })),
      field("script", this.scriptSelect(step, key("script"))),
      el("div", { class: "plan-step-buttons" }, button("move_up", "↑", index === 0), button("move_down", "↓", index === length - 1), button("remove", "×", false)),
    )
  }

  scriptSelect(step, key) {
    const { say } = this.context
    const groups = (this.scripts ?? []).map(({ title, scripts }, group) => {
      const options = scripts.map((script, at) => [script, at]).filter(([script]) => !script.channel || script.channel === step.channel)
      const isChosen = (script) => step.script?.title === script.title && step.script?.text === script.text
      return options.length > 0 && el("optgroup", { label: title }, options.map(([script, at]) => el("option", { value: `${group}:${at}`, selected: isChosen(script) }, script.title)))
    })
    const isListed = groups.some((group) => group && group.querySelector("[selected]"))
    return el(
      "select",
      { "data-key": key },
      el("option", { value: "" }, say("planner_script_none")),
      step.script && !isListed && el("option", { value: "now", selected: true }, `${say("planner_scripts_now")}: ${step.script.title}`),
      groups,
    )
  }

  handleEvent(event) {
    const { key } = event.target.closest("[data-key]")?.dataset ?? {}
    if (!key) return
    const [name, at] = key.split(":")
    if (event.type === "change") this.edit(name, Number(at), event.target)
    else if (event.target.closest("button")) this.press(name, Number(at))
  }

  edit(name, index, field) {
    const { context } = this
    const { steps } = context.sequence()
    if (name === "title") return context.rename(field.value.trim())
    const values = this.read(name, field, steps[index])
    if (!values) {
      this.show()
      return undefined
    }
    const next = changed(steps, index, values)
    context.change(next.steps)
    this.show()
    if (next.index !== index) {
      this.focus(`${name}:${next.index}`)
      context.announce(context.say("planner_moved", { n: next.index + 1, day: next.steps[next.index].day }))
    }
    return undefined
  }

  read(name, field, step) {
    if (name === "day") {
      const day = Math.round(Number(field.value))
      return field.value !== "" && day >= 0 && day <= MOST_DAYS ? { day } : null
    }
    if (name === "at") return { at: minutesOf(field.value) }
    if (name === "script") {
      if (field.value === "now") return { script: step.script }
      const [group, at] = field.value.split(":")
      const script = this.scripts?.[group]?.scripts[at]
      return { script: script ? { title: script.title, url: script.url ?? "", text: script.text } : null }
    }
    return { [name]: field.value }
  }

  press(name, index) {
    const { context } = this
    const { steps } = context.sequence()
    const { say, announce } = context
    if (name === "create") return context.create()
    if (name === "delete") return context.remove()
    if (name === "add") {
      const next = added(steps)
      context.change(next)
      this.show()
      this.focus(`day:${next.length - 1}`)
      return announce(say("planner_added", { n: next.length, day: next.at(-1).day }))
    }
    if (name === "remove") {
      context.change(removed(steps, index))
      this.show()
      this.focus(steps.length > 1 ? `remove:${Math.min(index, steps.length - 2)}` : "add")
      return announce(say("planner_removed"))
    }
    const by = name === "move_up" ? -1 : 1
    const next = moved(steps, index, by)
    context.change(next)
    this.show()
    const to = index + by
    // At the end of the list the same button rests; the other one takes the focus.
    const isEnd = to === 0 || to === next.length - 1
    this.focus(`${isEnd ? (by < 0 ? "move_down" : "move_up") : name}:${to}`)
    return announce(say("planner_moved", { n: to + 1, day: next[to].day }))
  }

  focus(key) {
    this.place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus()
  }
}
