// The lab's dialogs: a title, a way out, and focus back where it came from.
import { el } from "../lib/dom.js"

/** Opens a dialog under a title; the answer closes it. `onClose` runs however it is closed. */
export function openDialog({ title, close, kind = "", opener, onClose = () => {} }, ...content) {
  const id = "lab-dialog-title"
  const dialog = el("dialog", { class: `dialog lab-dialog ${kind}`, "aria-labelledby": id },
    el("header", { class: "lab-dialog-head" }, el("h2", { id, tabindex: "-1" }, title),
      el("button", { type: "button", class: "tool", "aria-label": close, onclick: () => dialog.close() }, "×")), ...content)
  dialog.addEventListener("close", () => {
    onClose()
    dialog.remove()
    opener?.focus?.()
  })
  // A press on the backdrop is one on the dialog itself, outside its box.
  dialog.addEventListener("pointerdown", (event) => {
    const box = dialog.getBoundingClientRect()
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom
    if (event.target === dialog && !inside) dialog.close()
  })
  document.body.append(dialog)
  dialog.showModal()
  return dialog
}
