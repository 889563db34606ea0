// What a take was: real seconds beside the meter's, the sound, the question, the notes; and the takes that were kept.
import { el } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { nameOf } from "./desk.js"
import { MOST_TAKES, allTakes, keepTake, removeTake } from "./takes.js"

const [SLOWEST, FASTEST] = [120, 170]
// A take that is this far off was broken off, or was of other words.
const plausible = (pace) => pace >= 80 && pace <= 240
const ANSWERS = ["yes", "maybe", "no"]

/** Shows a take that has just ended. */
export function showResult(rehearsal, { seconds, sound }) {
  const { say, lab, text, limit, expected, result } = rehearsal
  const pace = Math.round((lab.settings.pace * expected) / seconds)
  const inside = Math.min(Math.max(pace, SLOWEST), FASTEST)
  const over = limit && seconds > limit
  const take = { id: String(Date.now()), at: Date.now(), name: nameOf({ text }), text, seconds, expected, answer: "", notes: "", sound: sound ?? null }
  const used = el("p", { class: "lab-facts", role: "status" })
  const use = el("button", { type: "button", class: "button", onclick: () => {
    lab.desk.setPace(inside)
    used.textContent = inside === pace ? say("lab_pace_set", { n: inside }) : say("lab_pace_clamped", { n: inside, low: SLOWEST, high: FASTEST })
  } }, say("lab_use_pace", { n: pace }))
  const keep = el("button", { type: "button", class: "button button-main", onclick: async () => {
    try {
      await keepTake(take)
      keep.disabled = true
      used.textContent = say("lab_take_kept", { n: MOST_TAKES })
      showTakes(rehearsal)
    } catch {
      used.textContent = say("lab_take_not_kept")
    }
  } }, say("lab_keep_take"))
  result.hidden = false
  result.replaceChildren(
    el("h3", {}, say("lab_stopped", { n: seconds.toFixed(1) })),
    el("p", { class: over ? "rehearse-over" : "" }, say("lab_meter_said", { n: expected.toFixed(0) }), limit ? ` ${say(over ? "lab_take_over" : "lab_take_within", { limit })}` : ""),
    sound ? el("audio", { controls: true, src: rehearsal.addressOf(sound), "aria-label": say("lab_take") }) : "",
    question(say, take, "take"),
    el("p", { class: "button-row" }, keep, plausible(pace) && use), used)
  result.focus({ preventScroll: true })
  result.scrollIntoView({ block: "nearest" })
}

/** "Would I return this call?", and why. */
function question(say, take, name) {
  const choice = (answer) => el("label", {}, el("input", { type: "radio", name, value: answer, checked: take.answer === answer, onchange: () => { take.answer = answer } }), el("span", {}, say(`lab_return_${answer}`)))
  const notes = el("textarea", { rows: 2, maxlength: 2000, oninput: () => { take.notes = notes.value } })
  return el("div", { class: "rehearse-question" },
    el("fieldset", {}, el("legend", {}, say("lab_would_return")), ANSWERS.map(choice)), el("label", { class: "field" }, say("lab_notes"), notes))
}

/** Shows the takes that were kept. */
export async function showTakes(rehearsal) {
  const { say, kept } = rehearsal
  const takes = await allTakes()
  kept.hidden = takes.length === 0
  const item = (take) => el("li", {}, el("h4", {}, take.name),
    el("p", { class: "lab-facts" }, [new Date(take.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" }), say("lab_seconds_exact", { n: take.seconds.toFixed(1) }), take.answer && say(`lab_returned_${take.answer}`)].filter(Boolean).join(" · ")),
    take.notes && el("p", {}, take.notes),
    take.sound && el("audio", { controls: true, preload: "none", src: rehearsal.addressOf(take.sound), "aria-label": say("lab_take_of", { name: take.name }) }),
    el("p", { class: "lab-buttons" }, el("button", { type: "button", class: "button button-danger", onclick: () => remove(take) }, say("lab_delete"))))
  const remove = async (take) => {
    await removeTake(take.id)
    await showTakes(rehearsal)
    const undo = async () => {
      await keepTake(take)
      await showTakes(rehearsal)
    }
    notice("lab-take", say("lab_deleted", { name: take.name }), { close: say("close"), again: true, action: { label: say("lab_undo"), run: undo } })
  }
  kept.replaceChildren(el("h3", {}, say("lab_takes", { n: MOST_TAKES })), el("ul", {}, takes.map(item)))
}
