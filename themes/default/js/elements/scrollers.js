// Makes a table or a code block that scrolls sideways reachable with the keyboard, and only then; brings what gets the focus in a
// comparison out from under the names that stay.
export function focusScrollers(root) {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) mark(target)
  })
  for (const scroller of root.querySelectorAll(".table:not([tabindex]), .code > pre")) observer.observe(scroller)
  for (const comparison of root.querySelectorAll(".comparison")) comparison.addEventListener("focusin", uncover)
}

/** Browsers bring into sight what is out of it, and count what lies under a cell that stays as seen. */
function uncover(event) {
  if (event.target !== event.currentTarget) event.target.scrollIntoView({ block: "nearest", inline: "nearest" })
}

function mark(scroller) {
  const scrolls = scroller.scrollWidth > scroller.clientWidth + 1
  if (!scrolls) {
    scroller.removeAttribute("tabindex")
    scroller.removeAttribute("role")
    scroller.removeAttribute("aria-label")
    return
  }
  const heading = headingBefore(scroller)
  scroller.tabIndex = 0
  if (!heading) return
  scroller.setAttribute("role", "group")
  scroller.setAttribute("aria-label", heading)
}

/** What the nearest heading above says: the best name that it can have. */
function headingBefore(element) {
  let found = ""
  for (const heading of document.querySelectorAll("main :is(h1, h2, h3, h4)")) {
    if (heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) found = heading.firstChild?.textContent ?? ""
  }
  return found.trim()
}
