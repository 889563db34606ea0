// The scripts that are kept in this browser, and the versions of the one on the desk with what each changed in the grade.
import { el } from "../lib/dom.js"
import { download, fileName } from "../lib/download.js"
import { notice } from "../lib/notice.js"
import { nameOf } from "./desk.js"
import { openDialog } from "./dialog.js"
import { rowsOf, scoreText } from "./judge.js"
import { MOST_VERSIONS, transferButtons } from "./transfer.js"

let deletions = 0

/** Keeps a text as a version of the draft on the desk. */
export function keepVersion({ desk, say }, text) {
  desk.isDirty = true
  desk.save()
  if (!text.trim()) return
  let isNew = false
  desk.store.update((record) => {
    const { versions } = record.drafts.find((one) => one.id === desk.id)
    isNew = versions.at(-1)?.text !== text
    if (isNew) versions.push({ id: String(Date.now()), name: "", text, at: Date.now() })
    versions.splice(0, versions.length - MOST_VERSIONS)
  })
  notice("lab-kept", say(isNew ? "lab_kept_now" : "lab_kept_already"), { close: say("close"), brief: true, again: true })
}

/** Opens the list of scripts. */
export function openDrafts(lab, opener) {
  const { desk, say } = lab
  desk.save()
  const place = el("div", { class: "lab-choices" })
  const dialog = openDialog({ title: say("lab_drafts"), close: say("close"), kind: "lab-wide", opener, onClose: () => end() }, place)
  const show = () => {
    const open = [...place.querySelectorAll("details[open]")].map((details) => details.dataset.id)
    const at = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined
    place.replaceChildren(...listOf(lab, dialog))
    for (const id of open) place.querySelector(`details[data-id="${CSS.escape(id)}"]`)?.setAttribute("open", "")
    if (at) place.querySelector(`[data-key="${CSS.escape(at)}"]`)?.focus()
  }
  const end = desk.store.subscribe(show)
  show()
}

function listOf(lab, dialog) {
  const { desk, say } = lab
  const { drafts } = desk.store.read()
  const fresh = el("button", { type: "button", class: "button", onclick: () => {
    dialog.close()
    desk.take({ ...lab.script, answers: {}, text: "" })
  } }, say("lab_new"))
  const list = drafts.length ? el("ul", {}, drafts.map((draft) => draftOf(lab, dialog, draft))) : el("p", {}, say("lab_drafts_none"))
  return [el("p", { class: "button-row" }, fresh, transferButtons(lab, drafts)), list]
}

function draftOf(lab, dialog, draft) {
  const { desk, say } = lab
  const grade = gradeOf(lab, draft, draft.text)
  const take = (script) => {
    dialog.close()
    desk.take(script, draft.id)
  }
  const name = el("input", { type: "text", value: draft.name, placeholder: nameOf(draft), maxlength: 80, "data-key": `name-${draft.id}`, onchange: () => change(desk, draft.id, (one) => { one.name = name.value.trim() }) })
  const remove = () => removed(lab, say("lab_deleted", { name: nameOf(draft) }), () => {
    if (desk.id === draft.id) desk.id = undefined
  }, (record) => { record.drafts = record.drafts.filter((one) => one.id !== draft.id) })
  const versions = draft.versions.length > 0 && el("details", { "data-id": draft.id }, el("summary", {}, say("lab_versions", { n: draft.versions.length })),
    el("ol", { class: "lab-versions", reversed: true }, draft.versions.map((version, at) => versionOf(lab, draft, version, draft.versions[at - 1], take)).reverse()))
  return el("li", draft.id === desk.id ? { "aria-current": "true" } : {}, el("h3", {}, nameOf(draft)),
    el("p", { class: "lab-facts" }, [day(draft.edited), say(draft.channel), scoreText(say, grade?.verdict) && say("score", { n: scoreText(say, grade.verdict) })].filter(Boolean).join(" · ")),
    el("p", { class: "lab-buttons" }, button(say("lab_open"), () => take(draft), `open-${draft.id}`), button(say("lab_save_text"), () => download(fileName(nameOf(draft), "txt"), "text/plain", draft.text)), button(say("lab_delete"), remove, `delete-${draft.id}`, "button-danger")),
    el("label", { class: "field" }, say("lab_name"), name), versions)
}

function versionOf(lab, draft, version, before, take) {
  const { desk, say } = lab
  const [now, then] = [gradeOf(lab, draft, version.text), before && gradeOf(lab, draft, before.text)]
  const name = el("input", { type: "text", value: version.name, maxlength: 80, "aria-label": say("lab_name"), placeholder: day(version.at), "data-key": `version-${version.id}`, onchange: () => change(desk, draft.id, (one) => { one.versions.find(({ id }) => id === version.id).name = name.value.trim() }) })
  const remove = () => removed(lab, say("lab_deleted", { name: version.name || day(version.at) }), () => {}, (record) => {
    const one = record.drafts.find(({ id }) => id === draft.id)
    one.versions = one.versions.filter(({ id }) => id !== version.id)
  })
  return el("li", {}, name, el("p", {}, el("strong", {}, scoreText(say, now?.verdict) || "–"), " ", now && then ? changes(say, then, now) : ""),
    el("p", { class: "lab-quote" }, version.text),
    el("p", { class: "lab-buttons" }, button(say("lab_bring_back"), () => take({ ...draft, text: version.text })), button(say("lab_delete"), remove, `delete-${version.id}`, "button-danger")))
}

/** What a version changed: points, and the rules that turned. */
function changes(say, then, now) {
  const difference = (now.verdict.score ?? 0) - (then.verdict.score ?? 0)
  const turned = (from, to) => now.rows.filter(({ rule, tone }) => tone === to && then.rows.some((row) => row.rule.id === rule.id && from.includes(row.tone))).map(({ rule }) => rule.title)
  const [won, lost] = [turned(["broken", "asking"], "kept"), turned(["kept", "asking"], "broken")]
  return [difference === 0 ? say("lab_same_score") : `${difference > 0 ? "+" : "−"}${Math.abs(difference)}`,
    won.length && say("lab_won", { rules: won.join(", ") }), lost.length && say("lab_lost", { rules: lost.join(", ") })].filter(Boolean).join(" · ")
}

function gradeOf({ grader, settings, script }, draft, text) {
  if (!grader) return undefined
  const answers = Object.fromEntries(Object.entries(draft.answers ?? {}).filter(([, quote]) => !quote || text.includes(quote)).map(([rule, quote]) => [rule, Boolean(quote)]))
  const report = grader.grade(draft.channel, text, { pace: settings.pace, answers, keptMarks: false })
  const verdict = report.grades.find((one) => one.method === script.method) ?? report.grades[0]
  return { verdict, rows: rowsOf(report, verdict, grader.program) }
}

const change = (desk, id, edit) => desk.store.update((record) => edit(record.drafts.find((one) => one.id === id)))

/** Deletes at once and lets it be undone. */
function removed({ desk, say }, text, before, change) {
  const { drafts } = structuredClone(desk.store.read())
  // Each has its own way back.
  deletions += 1
  before()
  desk.store.update(change)
  const undo = () => desk.store.update((record) => {
    const now = new Map(record.drafts.map((one) => [one.id, one]))
    const old = new Set(drafts.map(({ id }) => id))
    // What was written since stays; what was deleted comes back.
    record.drafts = [...record.drafts.filter(({ id }) => !old.has(id)), ...drafts.map((draft) => ({ ...draft, ...now.get(draft.id), versions: draft.versions }))]
  })
  notice(`lab-deleted-${deletions}`, text, { close: say("close"), action: { label: say("lab_undo"), run: undo } })
}

const button = (label, act, key, kind = "") => el("button", { type: "button", class: `button ${kind}`, "data-key": key, onclick: act }, label)
const day = (time) => new Date(time).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
