// Says something once at the foot of the window, to the eye and to a screen reader; each `key` once a page.
import { el } from "./dom.js"

const BRIEF = 10_000
const MOST = 4
const said = new Set()
let place, isBorn

/** Shows a sentence until it is closed, or for a while where `brief`; `action` is `{ label, run }`, such as an undo. */
export function notice(key, text, { close = "×", brief = false, action, again = false } = {}) {
  if (said.has(key) && !again) return
  said.add(key)
  place ??= document.body.appendChild(el("div", { class: "notices", role: "status" }))
  join(place)
  const before = document.activeElement
  const box = el("div", { class: "notice", "data-key": key }, el("p", {}, text))
  const remove = () => {
    // Whoever closed it by keyboard goes on where they were.
    const held = box.contains(document.activeElement)
    box.remove()
    if (held && before?.isConnected) before.focus({ preventScroll: true })
  }
  if (action) {
    box.append(el("button", { type: "button", class: "button", onclick: () => { remove(); action.run() } }, action.label))
  }
  box.append(el("button", { type: "button", class: "tool", "aria-label": close, onclick: remove }, "×"))
  // A live region says what comes into it, not what it is born with; what follows in that moment waits its turn.
  isBorn ??= new Promise((done) => { setTimeout(done, 50) })
  isBorn.then(() => {
    place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.remove()
    place.append(box)
    while (place.childElementCount > MOST) place.firstElementChild.remove()
  })
  if (brief) leaveLater(box, remove)
}

/** Goes by itself, but not while someone points at it or has stepped into it. */
function leaveLater(box, remove) {
  setTimeout(() => (box.matches(":hover, :focus-within") ? leaveLater(box, remove) : remove()), BRIEF)
}

/** While a modal dialog is open, all outside it is out of reach: the notices stand in it, and come back when it is closed. */
function join(place) {
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body
  if (place.parentElement === dialog) return
  dialog.append(place)
  if (dialog !== document.body) dialog.addEventListener("close", () => document.body.append(place), { once: true })
}
