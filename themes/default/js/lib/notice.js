// Says something once at the foot of the window, to the eye and to a screen reader; each `key` once a page.
import { el } from "./dom.js"

const said = new Set()
let place

/** Shows a sentence until it is closed, or for a while where `brief`; `action` is `{ label, run }`, such as an undo. */
export function notice(key, text, { close = "×", brief = false, action, again = false } = {}) {
  if (said.has(key) && !again) return
  said.add(key)
  place ??= document.body.appendChild(el("div", { class: "notices", role: "status" }))
  const box = el("div", { class: "notice", "data-key": key }, el("p", {}, text))
  const remove = () => box.remove()
  if (action) {
    box.append(el("button", { type: "button", class: "button", onclick: () => { remove(); action.run() } }, action.label))
  }
  box.append(el("button", { type: "button", class: "tool", "aria-label": close, onclick: remove }, "×"))
  place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.remove()
  place.append(box)
  if (brief) setTimeout(remove, 10_000)
}
