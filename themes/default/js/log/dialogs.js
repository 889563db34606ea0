// The log's dialogs: an entry's fields, and a question before something is deleted or taken in.
import { el } from "../lib/dom.js"
import { cleanEntry, localTime } from "./entry.js"

/** Opens the form of the page for an entry, or for a new one with some fields filled in; `save(entry)` gets what was written. */
export function openForm(dialog, say, { entry, values = {}, save }) {
  const form = dialog.querySelector("form")
  form.reset()
  const start = { at: localTime(), channel: "voicemail", ...values, ...entry }
  for (const field of form.elements) {
    if (field.type === "checkbox") field.checked = Boolean(start[field.name])
    else if (field.name) field.value = start[field.name] ?? field.value
  }
  dialog.querySelector("h2").textContent = say(entry ? "log_edit_title" : "log_new_title")
  const error = dialog.querySelector(".field-error")
  error.textContent = ""
  const controller = new AbortController()
  const { signal } = controller
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    const fields = Object.fromEntries(new FormData(form))
    const next = cleanEntry({ ...fields, stop: form.elements.stop.checked, id: entry?.id ?? "", made: entry?.made ?? Date.now() })
    if (!next) {
      error.textContent = say("log_needs_who")
      form.elements.name.focus()
      return
    }
    dialog.close()
    save(next)
  }, { signal })
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close(), { signal })
  dialog.addEventListener("close", () => controller.abort(), { once: true })
  dialog.showModal()
  form.elements[values.number || entry ? "promised" : "number"].focus()
}

/** Asks; the answer is whether to go on. `danger` marks what takes something away. */
export function ask(say, { title, text, yes, danger = false, more }) {
  return new Promise((resolve) => {
    let answer = false
    const id = "log-question"
    const dialog = el(
      "dialog",
      { class: "dialog", "aria-labelledby": id },
      el(
        "form",
        { method: "dialog" },
        el("h2", { id }, title),
        el("p", {}, text),
        el(
          "div",
          { class: "button-row" },
          el("button", { class: danger ? "button button-danger" : "button button-main", type: "submit", "data-yes": true, onclick: () => { answer = true } }, yes),
          el("button", { class: "button", type: "submit", autofocus: true }, say("log_keep")),
          more && el("button", { class: "button", type: "button", onclick: more.run }, more.label),
        ),
      ),
    )
    dialog.addEventListener("close", () => {
      dialog.remove()
      resolve(answer)
    })
    document.body.append(dialog)
    dialog.showModal()
  })
}
