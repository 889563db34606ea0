// What stands around the editor: score, methods, sound, the next fix, questions, ledger. Texts are changed in place where they
// can be, so that a reader's focus and selection stay.
import { el } from "../lib/dom.js"
import { LONGEST } from "./lab.js"
import { scoreText } from "./judge.js"
import { showLedger } from "./ledger.js"
import { drawWave } from "./wave.js"

/** What changes with every keystroke. */
export function showAtOnce(lab) {
  const { parts, say, report, verdict } = lab
  const score = scoreText(say, verdict)
  const [heard, seen] = parts.score.children
  put(heard, score ? say("score", { n: score }) : "")
  put(seen, score || "–")
  const tone = toneOf(lab)
  if (parts.score.dataset.tone !== tone) parts.score.dataset.tone = tone
  put(parts.facts, `${say(lab.script.channel)} · ${say("words", { n: report.words })}`)
  for (const grade of report.grades) {
    const place = parts[`score-${grade.method}`]
    if (place) put(place, scoreText(say, grade) || "–")
  }
}

/** What may wait until the typing pauses. */
export function showAtLeisure(lab) {
  showWave(lab)
  showGauges(lab)
  showFix(lab)
  showAsks(lab)
  showLedger(lab)
  if (document.activeElement === lab.editor.field) showNote(lab)
}

const put = (place, text) => {
  if (place.textContent !== text) place.textContent = text
}

function toneOf({ verdict }) {
  if (verdict.score === null) return "none"
  return verdict.score >= 80 ? "kept" : verdict.capped || verdict.high < 60 ? "broken" : "asking"
}

function showWave({ parts, say, script, report, limit, marks, editor, tooLong }) {
  const { wave } = parts
  wave.hidden = script.channel !== "voicemail" || report.words === 0 || tooLong
  if (wave.hidden) return
  const { milliseconds, seconds } = report
  const width = Math.max(Math.floor(milliseconds / 100), (limit ?? 0) * 10) + 10
  const drawn = drawWave(editor.text, marks.filter((mark) => mark.tone === "broken"), milliseconds)
  const svg = wave.querySelector("svg")
  const [base, plain, broken, line] = svg.children
  svg.setAttribute("viewBox", `0 0 ${width} 24`)
  base.setAttribute("d", `M0 12h${width}`)
  plain.setAttribute("d", drawn.plain)
  broken.setAttribute("d", drawn.broken)
  line.setAttribute("d", limit ? `M${limit * 10} 0v24` : "")
  const about = say("seconds", { n: seconds })
  svg.setAttribute("aria-label", limit ? say("wave_limit", { seconds: about, limit }) : say("wave", { seconds: about }))
  const over = limit ? seconds - limit : 0
  put(parts.seconds, over > 0 ? `${about} · ${say("lab_over", { n: over })}` : about)
  put(parts.limit, limit ? say("limit", { n: limit }) : "")
  wave.toggleAttribute("data-over", over > 2)
}

function showGauges({ root, report }) {
  for (const grade of report.grades) {
    const choice = root.querySelector(`.lab-method input[value="${CSS.escape(grade.method)}"]`)
    const [, high, low] = choice?.parentElement.querySelectorAll(".lab-gauge path") ?? []
    high?.setAttribute("d", grade.high ? `M0 2h${grade.high}` : "")
    low?.setAttribute("d", grade.score ? `M0 2h${grade.score}` : "")
    choice?.parentElement.toggleAttribute("data-capped", grade.capped && grade.score !== null)
  }
}

/** The next fix as `{ title, url, text, suggestion, tone, row }`. */
function fixOf({ say, verdict, rows, grader, script, report, root, tooLong }) {
  if (tooLong) return { title: say("lab_fix"), text: say("lab_too_long", { n: LONGEST }), tone: "broken" }
  if (report.words === 0) return { title: "", text: say("lab_fix_empty"), tone: "off" }
  const row = verdict.fix === null ? undefined : rows.find(({ line }) => line === verdict.lines[verdict.fix])
  if (row) {
    const { rule, finding, tone } = row
    return { title: rule.title, url: `${root.dataset.rules}${rule.id}/`, text: finding.message, suggestion: finding.suggestion, tone, row }
  }
  if (verdict.score === null) return { title: "", text: say("lab_fix_too_few"), tone: "off" }
  const method = grader.program.methods.find((one) => one.id === script.method).title
  return { title: say("lab_fix_none"), text: say("lab_fix_none_text", { method }), tone: "kept" }
}

function showFix(lab) {
  const { parts, say } = lab
  const fix = fixOf(lab)
  const key = JSON.stringify([fix.title, fix.text, fix.row?.finding.marks.length, fix.row?.finding.place])
  if (parts.fix.dataset.key === key) return
  parts.fix.dataset.key = key
  parts.fix.dataset.tone = fix.tone
  const heading = `H${Number(parts.name.parentElement.tagName[1]) + 1}`
  const title = fix.title && el(heading, {}, fix.url ? el("a", { href: fix.url }, fix.title) : fix.title)
  const buttons = el("p", { class: "lab-buttons" }, wordsButton(say, fix.row))
  const pieces = [title, el("p", {}, fix.text), fix.suggestion && el("p", { class: "lab-suggestion" }, fix.suggestion), fix.row && buttons]
  parts.fix.replaceChildren(parts.fix.firstElementChild, ...pieces.filter(Boolean))
}

/** The button that leads to the words that a row is about, if there are any. */
export function wordsButton(say, row) {
  const n = row?.finding.marks.length
  if (!row || (n === 0 && row.finding.place === undefined)) return false
  const label = n > 0 ? say("lab_words_places", { n }) : say("lab_go_there")
  return el("button", { type: "button", class: "button button-quiet", "data-do": "words", "data-rule": row.rule.id }, label)
}

function showAsks({ parts, say, rows, script, editor }) {
  const open = rows.filter(({ tone }) => tone === "asking")
  const answered = rows.filter(({ rule, tone }) => Object.hasOwn(script.answers, rule.id) && tone !== "asking" && tone !== "off")
  const key = JSON.stringify([open.map(({ finding }) => [finding.rule, finding.message]), answered.map(({ rule }) => [rule.id, script.answers[rule.id]])])
  if (parts.asks.dataset.key === key) return
  parts.asks.dataset.key = key
  const hadFocus = parts.asks.contains(document.activeElement)
  parts.asks.hidden = open.length + answered.length === 0
  const button = (act, rule, label, kind = "") => el("button", { type: "button", class: `button ${kind}`, "data-do": act, "data-rule": rule.id }, label)
  const ask = ({ rule, finding }) => el("li", {},
    el("p", { class: "lab-ask" }, finding.message),
    el("p", { class: "lab-buttons" }, button("point", rule, say("lab_ask_point")), button("missing", rule, say("lab_ask_missing"), "button-quiet")),
    el("p", { class: "lab-ask-help", hidden: true }, say("lab_ask_select")))
  const done = ({ rule }) => {
    const quote = script.answers[rule.id]
    const text = quote ? say("lab_ask_pointed", { quote: quote.length > 60 ? `${quote.slice(0, 60)}…` : quote }) : say("lab_ask_accepted")
    return el("li", { class: quote ? "lab-pointed" : "lab-accepted" }, el("p", {}, el("strong", {}, rule.title), " ", text, " ", button("again", rule, say("lab_ask_again"), "button-quiet")))
  }
  parts.asks.replaceChildren(el("p", { class: "eyebrow" }, say("lab_asks")),
    open.length ? el("p", { class: "lab-asks-lead" }, say("lab_asks_lead")) : "", el("ul", {}, open.map(ask), answered.map(done)))
  if (hadFocus) (parts.asks.querySelector("button") ?? editor.field).focus()
}

/** Why the words under the cursor are marked. */
export function showNote({ parts, say, editor, rows = [] }) {
  const mark = editor.markAt(editor.field.selectionStart)
  const found = mark ? rows.filter(({ rule }) => mark.rules.includes(rule.id)) : []
  const key = mark ? `${mark.tone} ${mark.rules.join()} ${found.map(({ finding }) => finding.message).join()}` : ""
  if (parts.note.dataset.key === key) return
  parts.note.dataset.key = key
  parts.note.dataset.tone = mark?.tone ?? ""
  parts.note.replaceChildren(...(found.length ? found.flatMap(({ rule, finding, tone }) => [
    el("strong", {}, rule.title), ` ${say(tone === "kept" ? "kept" : tone === "broken" ? "broken" : "not_found")}. ${finding.message} `,
  ]) : [say("lab_hint")]))
}

/** The outcome as a sentence, for a screen reader. */
export function spoken(lab) {
  const { say, verdict, grader, script, report } = lab
  const fix = fixOf(lab)
  const what = `${fix.title} ${fix.title === say("lab_fix_none") ? "" : fix.text}`.trim()
  const score = scoreText(say, verdict)
  if (!score) return say("lab_status_none", { fix: what })
  const method = grader.program.methods.find((one) => one.id === script.method).title
  const seconds = script.channel === "voicemail" ? say("seconds", { n: report.seconds }) : say("words", { n: report.words })
  return say("lab_status", { score, method, seconds, fix: what })
}

/** The grader is not there: says so, and lets the reader try again. */
export function showFailure({ parts, say }) {
  parts.fix.dataset.key = ""
  parts.fix.dataset.tone = "broken"
  const retry = el("button", { type: "button", class: "button", "data-do": "retry" }, say("lab_retry"))
  parts.fix.replaceChildren(parts.fix.firstElementChild, el("p", { role: "alert" }, say("lab_failed")), el("p", { class: "lab-buttons" }, retry))
}
