// Rich text of a quiz: runs of "words", { em }, { strong }, { code } and { a, url }. Never markup: each run becomes an element with text.
import { el } from "../lib/dom.js"

/** The address of a path inside the site; whole addresses stay. */
export function siteUrl(path = "") {
  return new URL(path, new URL(document.documentElement.dataset.base ?? "/", location.href)).href
}

/** Nodes for a text. */
export function rich(runs) {
  return [runs ?? []].flat().map((run) => {
    if (typeof run === "string") return document.createTextNode(run)
    if (run.a !== undefined) return el("a", { href: siteUrl(run.url) }, plain(run.a))
    const [name] = ["em", "strong", "code"].filter((one) => run[one] !== undefined)
    return name ? el(name, {}, plain(run[name])) : document.createTextNode("")
  })
}

/** The words alone. */
export function plain(runs) {
  return [runs ?? []].flat().map((run) => (typeof run === "string" ? run : plain(run.em ?? run.strong ?? run.code ?? run.a ?? ""))).join("")
}

/** A line icon of the theme's set, for what words beside it say. */
export function icon(name) {
  const space = "http://www.w3.org/2000/svg"
  const svg = document.createElementNS(space, "svg")
  for (const [key, value] of Object.entries({ class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value)
  const path = document.createElementNS(space, "path")
  path.setAttribute("d", PATHS[name])
  svg.append(path)
  return svg
}

const PATHS = {
  right: "m5 12.5 4.5 4.5L19 7.5",
  wrong: "m6.5 6.5 11 11M17.5 6.5l-11 11",
  partly: "M5 9.5c2.3-2.5 4.7-2.5 7 0s4.7 2.5 7 0M5 15.5c2.3-2.5 4.7-2.5 7 0s4.7 2.5 7 0",
  next: "M5 12h14M13 6l6 6-6 6",
  back: "M19 12H5M11 6l-6 6 6 6",
  up: "m6 14 6-6 6 6",
  down: "m6 10 6 6 6-6",
  grip: "M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1",
  hint: "M9.5 17h5M10.5 20h3M12 4a6 6 0 0 0-3.5 10.9V17h7v-2.1A6 6 0 0 0 12 4Z",
  again: "M5 12a7 7 0 1 0 2.2-5.1M5 4.5v3.5h3.5",
}
