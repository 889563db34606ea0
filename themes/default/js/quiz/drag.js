// Sorting a list by dragging: mouse, pen or finger. Items change places as the pointer passes them; Escape puts everything back.

/** `moved` is called at each change of places, `done` with the item when it is let go somewhere new. */
export function sortByDrag(list, { moved, done }) {
  let drag
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("li")
    // A finger scrolls the page everywhere but on the grip.
    const canStart = event.button === 0 && (event.target.closest(".sort-grip") || (event.pointerType === "mouse" && !event.target.closest("button, a")))
    if (!row || !canStart || list.classList.contains("is-revealed")) return
    event.preventDefault()
    drag = { row, pointer: event.pointerId, before: [...list.children] }
    row.classList.add("is-dragged")
    list.setPointerCapture(event.pointerId)
    addEventListener("keydown", onKey)
  })
  list.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drag?.pointer) return
    const { row } = drag
    // A quick finger passes several items between two events.
    for (let above; (above = row.previousElementSibling) && event.clientY < middle(above);) above.before(row)
    for (let below; (below = row.nextElementSibling) && event.clientY > middle(below);) below.after(row)
    moved()
  })
  list.addEventListener("pointerup", (event) => end(event, true))
  list.addEventListener("pointercancel", (event) => end(event, false))

  function end(event, isKept) {
    if (event.pointerId !== drag?.pointer) return
    const { row, before } = drag
    drag = undefined
    removeEventListener("keydown", onKey)
    row.classList.remove("is-dragged")
    if (!isKept) list.append(...before)
    moved()
    if (isKept && [...list.children].some((one, at) => one !== before[at])) done(row)
  }

  function onKey(event) {
    if (event.key === "Escape" && drag) end({ pointerId: drag.pointer }, false)
  }
}

function middle(element) {
  const box = element.getBoundingClientRect()
  return box.y + box.height / 2
}
