// Match: a native select beside each left-hand side; the right-hand sides stand in a lettered list, so that long ones can be read.
import { el } from "../../lib/dom.js"
import { icon, plain, rich } from "../rich.js"
import { rightSides } from "../score.js"

export function build(question, { name, say, shown }) {
  // Two pairs with one right-hand side are one entry of the list.
  const unique = new Map(rightSides(question.pairs, question.others).map((side) => [plain(side.text), side]))
  const sides = shown([...unique.values()], { always: true }).map((side, at) => ({ ...side, letter: String.fromCharCode(65 + at) }))
  const idOf = (id) => unique.get(plain(rightSides(question.pairs, question.others).find((side) => side.id === id)?.text))?.id
  const rows = question.pairs.map((pair, at) => {
    const select = el("select", { id: `${name}-${at}` }, el("option", { value: "" }, say("play_choose")),
      sides.map((side) => el("option", { value: side.id }, `${side.letter} · ${plain(side.text)}`)))
    const row = el("li", { class: "match-row" }, el("label", { class: "match-left", for: `${name}-${at}` }, rich(pair.left)), select)
    return { pair, select, row }
  })
  const letters = el("ol", { class: "match-sides", "aria-label": say("play_match_sides") },
    sides.map((side) => el("li", {}, el("span", { class: "match-letter" }, side.letter), el("span", {}, rich(side.text)))))
  return {
    element: el("div", { class: "match" }, letters, el("ol", { class: "match-rows" }, rows.map(({ row }) => row))),
    problem: "play_match_open",
    read() {
      if (rows.some(({ select }) => !select.value)) return undefined
      return Object.fromEntries(rows.map(({ pair, select }) => [pair.id, select.value]))
    },
    set: (answer) => rows.forEach(({ pair, select }) => { select.value = idOf(answer[pair.id]) ?? "" }),
    reveal() {
      for (const { pair, select, row } of rows) {
        const isRight = select.value === idOf(pair.id)
        select.disabled = true
        row.classList.add(isRight ? "match-right" : "match-wrong")
        row.append(el("p", { class: "option-mark" }, icon(isRight ? "right" : "wrong"),
          el("span", {}, isRight ? say("play_pair_right") : say("play_pair_is", { name: `${sides.find((side) => side.id === idOf(pair.id)).letter} · ${plain(pair.right)}` }))))
        if (pair.why?.length) row.append(el("p", { class: "option-why" }, rich(pair.why)))
      }
    },
  }
}
