// How sure against how right, as a picture with its numbers in a table: on the line, feeling and knowledge agree.
import { el } from "../lib/dom.js"

const SPACE = "http://www.w3.org/2000/svg"
const [WIDTH, HEIGHT, EDGE] = [240, 240, 34]

function draw(name, attributes, text) {
  const element = document.createElementNS(SPACE, name)
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
  if (text) element.textContent = text
  return element
}

const x = (percent) => EDGE + (percent / 100) * (WIDTH - EDGE - 10)
const y = (percent) => HEIGHT - EDGE - (percent / 100) * (HEIGHT - EDGE - 10)

/** The figure for levels of `{ sure, n, right }`. */
export function calibrationFigure(levels, say, heading) {
  const n = levels.reduce((sum, level) => sum + level.n, 0)
  const felt = levels.reduce((sum, level) => sum + level.sure * level.n, 0) / n
  const was = (levels.reduce((sum, level) => sum + level.right * level.n, 0) / n) * 100
  const kind = felt - was > 10 ? "over" : was - felt > 10 ? "under" : "even"
  const sentence = say(`play_sure_${kind}`, { low: Math.round(felt), high: Math.round(was) })
  const svg = draw("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "calibration-picture", role: "img", "aria-label": sentence })
  for (const mark of [0, 50, 100]) {
    svg.append(
      draw("path", { class: "grid", d: `M${x(0)} ${y(mark)}H${x(100)}M${x(mark)} ${y(0)}V${y(100)}` }),
      draw("text", { x: x(mark), y: HEIGHT - EDGE + 15, "text-anchor": "middle" }, mark),
      draw("text", { x: EDGE - 6, y: y(mark) + 4, "text-anchor": "end" }, mark))
  }
  svg.append(
    draw("path", { class: "even", d: `M${x(0)} ${y(0)}L${x(100)} ${y(100)}` }),
    draw("path", { class: "line", d: levels.map(({ sure, right }, at) => `${at ? "L" : "M"}${x(sure)} ${y(right * 100)}`).join("") }),
    ...levels.map(({ sure, right, n: count }) => draw("circle", { class: "dot", cx: x(sure), cy: y(right * 100), r: Math.min(5 + count * 1.5, 12) })),
    draw("text", { x: (x(0) + x(100)) / 2, y: HEIGHT - 3, "text-anchor": "middle" }, say("play_sure_axis")),
    draw("text", { x: 9, y: (y(0) + y(100)) / 2, "text-anchor": "middle", transform: `rotate(-90 9 ${(y(0) + y(100)) / 2})` }, say("play_right_axis")))
  const row = ({ sure, n: count, right }) => el("tr", {}, el("th", { scope: "row" }, `${say(`play_sure_${sure}`)} (${sure} %)`), el("td", {}, count), el("td", {}, `${Math.round(right * 100)} %`))
  return el("figure", { class: "calibration" }, svg, el("figcaption", {}, el(heading, {}, say("play_sure_title")), el("p", {}, sentence),
    el("table", {}, el("thead", {}, el("tr", {}, ["play_sure", "play_sure_times", "play_right_axis"].map((word) => el("th", { scope: "col" }, say(word))))), el("tbody", {}, levels.map(row)))))
}
