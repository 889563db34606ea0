// Where a script can begin: templates to fill in, and the messages of the examples. Their words are fetched when asked for.
import { el } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { openStore } from "../lib/store.js"
import { openDialog } from "./dialog.js"

const PLACEHOLDER = /\[([^[\]\n]{1,60})\]/gu
let loading

function load({ root }) {
  loading ??= fetch(root.dataset.scripts).then((response) => {
    if (!response.ok) throw new Error(String(response.status))
    return response.json()
  }).catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

/** A side of an example as a script; nothing if there is no such example. */
export async function exampleOf(lab, id, side) {
  try {
    const example = (await load(lab)).examples.find((one) => one.id === id)
    return example && { ...example[side === "after" ? "after" : "before"], method: example.method }
  } catch {
    notice("lab-start", lab.say("lab_start_failed"), { close: lab.say("close") })
    return undefined
  }
}

/** Opens the choice of beginnings. */
export async function openStart(lab, opener) {
  const { say, root } = lab
  let scripts
  try {
    scripts = await load(lab)
  } catch {
    return notice("lab-start", say("lab_start_failed"), { close: say("close"), again: true })
  }
  const titles = new Map([...root.querySelectorAll(".lab-method")].map((label) => [label.control.value, label.querySelector(".lab-method-title").textContent]))
  const place = el("div", { class: "lab-choices" })
  const which = el("select", { onchange: () => list() }, el("option", { value: "" }, say("lab_every_method")),
    [...titles].map(([id, title]) => el("option", { value: id, selected: id === lab.script.method }, title)))
  const take = (script) => {
    dialog.close()
    lab.desk.take(script)
  }
  const button = (label, act, kind = "") => el("button", { type: "button", class: `button ${kind}`, onclick: act }, label)
  const facts = (one) => el("span", { class: "lab-facts" }, `${titles.get(one.method) ?? one.method} · ${say(one.channel ?? one.before.channel)}`)
  const template = (one) => el("li", {}, el("h4", {}, one.title), facts(one), el("p", { class: "lab-quote" }, one.text.trim()),
    el("p", { class: "lab-buttons" }, button(say("lab_fill_in"), () => fill(one))))
  const example = (one) => el("li", {}, el("h4", {}, one.title), facts(one),
    el("p", { class: "lab-buttons" }, ["before", "after"].map((side) => button(say(side), () => take({ ...one[side], method: one.method })))))
  const group = (title, items) => items.length > 0 && el("section", {}, el("h3", {}, title), el("ul", {}, items))
  function list() {
    const shown = (one) => !which.value || one.method === which.value
    place.replaceChildren(...[
      el("section", {}, el("p", { class: "lab-buttons" }, button(say("lab_start_empty"), () => take({ ...lab.script, answers: {}, text: "" })))),
      group(say("lab_templates"), scripts.templates.filter(shown).map(template)), group(say("lab_examples"), scripts.examples.filter(shown).map(example)),
    ].filter(Boolean))
  }
  function fill(one) {
    place.replaceChildren(fillIn(lab, one, take, list))
    place.querySelector("input")?.focus()
  }
  list()
  const dialog = openDialog({ title: say("lab_start"), close: say("close"), kind: "lab-wide", opener }, el("label", { class: "field" }, say("lab_methods"), which), place)
  return dialog
}

/** A template's gaps as fields, and the words as they fill. What was filled in before stands there again. */
function fillIn({ say }, template, take, back) {
  const store = openStore("lab-fields", { empty: () => ({}) })
  const known = store.read()
  const names = [...new Set([...template.text.matchAll(PLACEHOLDER)].map(([, name]) => name))]
  const fields = new Map(names.map((name) => [name, el("input", { type: "text", maxlength: 200, value: typeof known[name] === "string" ? known[name] : "", oninput: () => show() })]))
  const filled = () => template.text.trimEnd().replace(PLACEHOLDER, (whole, name) => fields.get(name).value.trim() || whole)
  const preview = el("p", { class: "lab-quote" })
  const show = () => {
    preview.replaceChildren(...template.text.trimEnd().split(PLACEHOLDER).map((part, at) => {
      if (at % 2 === 0) return part
      const value = fields.get(part).value.trim()
      return value ? el("mark", { class: "lab-filled" }, value) : el("mark", { class: "lab-gap" }, `[${part}]`)
    }))
  }
  show()
  const submit = (event) => {
    event.preventDefault()
    store.update((record) => {
      for (const [name, field] of fields) if (field.value.trim()) record[name] = field.value.trim()
    })
    take({ text: filled(), method: template.method, channel: template.channel, answers: {} })
  }
  const label = (name) => name[0].toUpperCase() + name.slice(1)
  return el("form", { onsubmit: submit }, el("h3", {}, template.title), preview,
    el("div", { class: "fields" }, [...fields].map(([name, field]) => el("label", { class: "field" }, label(name), field))),
    el("p", { class: "button-row" }, el("button", { type: "submit", class: "button button-main" }, say("lab_fill_take")),
      el("button", { type: "button", class: "button", onclick: back }, say("lab_back"))))
}
