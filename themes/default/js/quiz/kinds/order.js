// Order: a list to drag, with buttons up and down beside every item as the other way.
import { el } from "../../lib/dom.js"
import { sortByDrag } from "../drag.js"
import { icon, plain, rich } from "../rich.js"

export function build(question, { say, shown, announce }) {
  const rows = shown(question.items, { never: true }).map((item) => {
    const button = (way) => el("button", { type: "button", class: "tool step", "data-way": way, "aria-label": say(`play_${way}`, { name: plain(item.text) }) }, icon(way))
    const row = el("li", { class: "sortable", "data-id": item.id }, el("span", { class: "sort-grip", "aria-hidden": "true" }, icon("grip")),
      el("span", { class: "sort-place" }), el("span", { class: "sort-text" }, rich(item.text)), el("span", { class: "sort-steps" }, button("up"), button("down")))
    return row
  })
  const element = el("ol", { class: "sorter" }, rows)
  let moved = false
  const items = () => [...element.children]
  const number = () => items().forEach((row, at, all) => {
    row.querySelector(".sort-place").textContent = at + 1
    row.querySelector("[data-way=up]").setAttribute("aria-disabled", String(at === 0))
    row.querySelector("[data-way=down]").setAttribute("aria-disabled", String(at === all.length - 1))
  })
  const told = (row) => {
    moved = true
    number()
    announce(say("play_moved", { name: row.querySelector(".sort-text").textContent, n: items().indexOf(row) + 1, total: rows.length }))
    element.dispatchEvent(new Event("change", { bubbles: true }))
  }
  element.addEventListener("click", (event) => {
    const button = event.target.closest(".step")
    const row = button?.closest("li")
    if (!row || element.classList.contains("is-revealed")) return
    const other = button.dataset.way === "up" ? row.previousElementSibling : row.nextElementSibling
    if (!other) return
    if (button.dataset.way === "up") other.before(row)
    else other.after(row)
    // Moving an element takes the focus away.
    button.focus({ preventScroll: true })
    told(row)
  })
  sortByDrag(element, { moved: number, done: told })
  number()
  return {
    element,
    note: say("play_order_how"),
    read: () => items().map((row) => row.dataset.id),
    isTouched: () => moved,
    set(answer) {
      element.append(...answer.map((id) => rows.find((row) => row.dataset.id === id)).filter(Boolean))
      number()
    },
    reveal() {
      element.classList.add("is-revealed")
      const places = new Map(question.items.map(({ id }, at) => [id, at]))
      items().forEach((row, at) => {
        const place = places.get(row.dataset.id)
        row.classList.add(place === at ? "sort-right" : "sort-wrong")
        row.querySelector(".sort-steps").replaceWith(el("span", { class: "option-mark" }, icon(place === at ? "right" : "wrong"),
          el("span", {}, place === at ? say("play_in_place") : say("play_belongs", { n: place + 1 }))))
        row.querySelector(".sort-grip").remove()
      })
    },
  }
}
