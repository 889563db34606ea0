// Sorting a list by dragging: mouse, pen or finger. Items change places as the pointer passes them; Escape puts everything back.
// The grip has `touch-action: none`, so that the browser leaves the finger's way to us.

/** `moved` is called at each change of places, `done` with the item when it is let go somewhere new. */
export function sortByDrag(list, { moved, done }) {
  let drag
  list.addEventListener("pointerdown", (event) => {
    const row = event.target.closest("li")
    // A finger scrolls the page everywhere but on the grip.
    const canStart = event.button === 0 && (event.target.closest(".sort-grip") || (event.pointerType === "mouse" && !event.target.closest("button, a")))
    // A second finger changes nothing: the first one has the item.
    if (!row || !canStart || drag || list.classList.contains("is-revealed")) return
    event.preventDefault()
    drag = { row, pointer: event.pointerId, before: [...list.children] }
    row.classList.add("is-dragged")
    list.setPointerCapture(event.pointerId)
    addEventListener("keydown", onKey)
  })
  // Left to itself, the browser takes a stroke on the grip for the start of a fling and swallows the tap that comes next.
  list.addEventListener("touchstart", (event) => {
    if (event.cancelable && event.target.closest(".sort-grip")) event.preventDefault()
  }, { passive: false })
  list.addEventListener("pointermove", (event) => {
    if (event.pointerId === drag?.pointer && follow(event.clientY)) moved()
  })
  list.addEventListener("pointerup", (event) => {
    if (event.pointerId !== drag?.pointer) return
    follow(event.clientY)
    end(event, true)
  })
  list.addEventListener("pointercancel", (event) => end(event, false))

  /** Moves the item past all that the pointer has passed: a quick finger is seen in few places. */
  function follow(y) {
    const { row } = drag
    const place = [...list.children].indexOf(row)
    while (row.previousElementSibling && y < middle(row.previousElementSibling)) row.previousElementSibling.before(row)
    while (row.nextElementSibling && y > middle(row.nextElementSibling)) row.nextElementSibling.after(row)
    return list.children[place] !== row
  }

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
