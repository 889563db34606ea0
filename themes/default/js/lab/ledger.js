// The ledger: a row a rule of the method, what it found, what it costs. Rows are kept and moved, not made again, so that a page of
// them costs little at each pause of the typing.
import { el } from "../lib/dom.js"
import { scoreText } from "./judge.js"
import { wordsButton } from "./panels.js"

const CAP = 59

/** Brings the ledger up to date. */
export function showLedger(lab) {
  const { parts, say, rows, verdict, grader, script } = lab
  const method = grader.program.methods.find((one) => one.id === script.method).title
  parts["ledger-title"].textContent = say("lab_ledger", { n: scoreText(say, verdict) || "–", method })
  lab.ledger ??= makeLedger(lab)
  const { body, total, cap, known } = lab.ledger
  const wanted = rows.map((row) => {
    const key = JSON.stringify([row.tone, row.line.points, row.finding.message, row.finding.marks.length, row.finding.place])
    const old = known.get(row.rule.id)
    if (old?.key === key) return old.element
    const element = rowOf(lab, row)
    if (old?.element.contains(document.activeElement)) queueMicrotask(() => element.querySelector("button, a")?.focus())
    known.set(row.rule.id, { key, element })
    return element
  })
  const now = [...body.children]
  if (now.length !== wanted.length || now.some((element, at) => element !== wanted[at])) body.replaceChildren(...wanted)
  const kept = rows.reduce((sum, { tone, line }) => sum + (tone === "kept" ? line.points : 0), 0)
  total.textContent = verdict.score === null ? "–" : kept
  cap.textContent = verdict.capped && kept > CAP ? say("ledger_cap_must", { n: CAP }) : ""
  cap.hidden = cap.textContent === ""
}

function makeLedger({ parts, say }) {
  const column = (name, kind) => el("th", { scope: "col", class: kind }, say(name))
  const body = el("tbody")
  const total = el("td", { class: "points" })
  const cap = el("p", { class: "ledger-cap", hidden: true })
  parts.ledger.replaceChildren(el("table", {},
    el("thead", {}, el("tr", {}, column("ledger_rule"), column("ledger_verdict"), column("ledger_points", "points"))), body,
    el("tfoot", {}, el("tr", {}, el("th", { scope: "row", colspan: 2 }, say("ledger_total")), total))), cap)
  return { body, total, cap, known: new Map() }
}

function rowOf({ say, root }, row) {
  const { rule, finding, tone, line } = row
  const points = { kept: line.points, broken: `0 / ${line.points}`, asking: `0–${line.points}`, off: "–" }[tone]
  const verdict = { kept: "kept", broken: "broken", asking: "not_found", off: "not_applicable" }[tone]
  const message = tone === "broken" && el("p", { class: "lab-message" }, finding.message, " ", el("span", { class: "lab-suggestion" }, finding.suggestion))
  return el("tr", { class: `lab-row-${tone}` },
    el("th", { scope: "row" }, el("a", { href: `${root.dataset.rules}${rule.id}/` }, rule.title), message, tone === "broken" && wordsButton(say, row)),
    el("td", {}, el("span", { class: `verdict verdict-${tone}` }, say(verdict))),
    el("td", { class: "points" }, String(points)))
}
