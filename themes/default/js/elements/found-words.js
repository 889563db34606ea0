// Marks the words that a search found on the page that its result led to, with a way to the next one and a way out.
import { places } from "../search/excerpt.js"
import { make, takeFound } from "./search-client.js"

const MOST = 400
const SKIPPED = "script, style, svg, nav, form, button, select, textarea, input, .visually-hidden, .permalink, .found-bar"

/** Marks what the last search left for this page, once. */
export function markFound() {
  const left = takeFound()
  const main = document.getElementById("main")
  if (!left || left.pathname !== location.pathname || !main) return
  clear()
  const found = new Set(left.words)
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, (node) => (
    node.parentElement.closest(SKIPPED) || !node.data.trim() ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT
  ))
  const nodes = []
  while (walker.nextNode()) nodes.push(walker.currentNode)
  const marks = []
  for (const node of nodes) {
    for (const [from, to] of places(node.data, found).reverse()) {
      if (marks.length >= MOST) break
      const middle = node.splitText(from)
      middle.splitText(to - from)
      const mark = make("mark", "found")
      middle.replaceWith(mark)
      mark.append(middle)
      marks.push(mark)
    }
  }
  if (marks.length) showBar(marks)
}

function showBar(marks) {
  const sorted = marks.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1))
  const { one, other, next, clear: away } = document.querySelector(".search-open").dataset
  const status = make("p", "")
  status.setAttribute("role", "status")
  let at = -1
  const button = (text, act) => {
    const element = make("button", "search-meant", text)
    element.type = "button"
    element.addEventListener("click", act)
    return element
  }
  const forward = button(next, () => {
    sorted[at]?.classList.remove("found-now")
    at = (at + 1) % sorted.length
    sorted[at].classList.add("found-now")
    sorted[at].closest("details:not([open])")?.setAttribute("open", "")
    sorted[at].scrollIntoView({ block: "center" })
  })
  const bar = make("div", "found-bar", status, forward, button(away, clear))
  document.body.append(bar)
  status.textContent = (sorted.length === 1 ? one : other).replace("{n}", sorted.length)
  document.addEventListener("keydown", onEscape)
}

function onEscape(event) {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) clear()
}

function clear() {
  document.removeEventListener("keydown", onEscape)
  document.querySelector(".found-bar")?.remove()
  for (const mark of document.querySelectorAll("#main mark.found")) {
    const { parentNode } = mark
    mark.replaceWith(...mark.childNodes)
    parentNode.normalize()
  }
}
