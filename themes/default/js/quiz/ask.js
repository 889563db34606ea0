// One question: its fields, a hint, how sure one is, the button that checks, and the feedback that takes the focus.
import { el } from "../lib/dom.js"
import { shown } from "./attempt.js"
import { plain, rich, icon, siteUrl } from "./rich.js"
import { scoreOf } from "./score.js"
import { verdictOf } from "./verdict.js"

/** How sure, in percent; each has its words: play_sure_25 and so on. */
export const LEVELS = [25, 50, 75, 95]
const LONGEST = 600

/**
 * Builds a question. `stage` holds quiz, attempt, kinds, say, announce, programUrl; `options` may hold saved (an answer as saved),
 * label ("Question 2 of 6"), isEnd (no feedback now), isReview, onAnswer(saved), actions (what the feedback leads to), back (a button).
 */
export function ask(stage, question, { saved, label, isEnd = false, isReview = false, onAnswer, actions = [], back, submitWord } = {}) {
  const { quiz, attempt, kinds, say, announce } = stage
  const name = `play-${quiz.id}-${question.id}${isReview ? "-review" : ""}`
  const began = Date.now()
  let usedHint = saved?.hint === true
  let isBusy = false
  const view = kinds.get(question.kind).build(question, {
    name, say, announce, programUrl: stage.programUrl, labelledBy: `${name}-stem`, label: isReview && (plain(question.stem) || question.id),
    shown: (things, how) => shown(quiz, attempt, question, things, how),
  })
  if (saved) view.set(saved.a)

  const problem = el("p", { class: "play-problem", hidden: true })
  const feedback = el("div", { class: "feedback", tabindex: -1, role: "group", hidden: true })
  const check = el("button", { type: "submit", class: "button button-main" }, say(submitWord ?? (isEnd ? "play_next" : "play_check")))
  const hint = question.hint?.length ? hintOf(question, say, announce, () => { usedHint = true }, usedHint) : []
  const sure = quiz.confidence && !isReview ? sureField(name, say, saved?.sure) : undefined
  const foot = el("div", { class: "play-foot" }, check, back, hint[0])
  const stem = el("legend", { id: `${name}-stem`, class: "stem" }, el("span", { class: "stem-text" }, stemOf(question, say)))
  const form = el("form", { class: `question question-${question.kind}`, novalidate: true, onsubmit: submit, "aria-labelledby": label && `${name}-label ${name}-stem` },
    label && el("p", { class: "play-label eyebrow", id: `${name}-label` }, label),
    el("fieldset", { class: "fields-plain" }, stem, view.note && el("p", { class: "play-note" }, view.note), view.element),
    hint[1], sure?.element, problem, isReview ? null : foot, feedback)
  form.addEventListener("change", () => { problem.hidden = true })

  function refuse(word) {
    problem.textContent = say(word)
    problem.hidden = false
    announce(problem.textContent)
  }

  async function submit(event) {
    event.preventDefault()
    if (isBusy || check.hidden) return
    isBusy = true
    try {
      const a = await view.read()
      if (a === undefined) return refuse(view.problem ?? "play_nothing")
      const stated = sure?.read()
      if (sure && stated === undefined) return refuse("play_sure_none")
      const seconds = Math.min(Math.round((Date.now() - began) / 1000), LONGEST)
      const answer = { a, seconds, ...(sure && { sure: stated }), ...(usedHint && { hint: true }) }
      onAnswer(answer)
      if (!isEnd) reveal(answer, true)
    } catch {
      refuse("play_grader_failed")
    } finally {
      isBusy = false
    }
  }

  /** Shows how it went; the feedback takes the focus, which is what says it aloud. */
  function reveal(answer, isNow) {
    const score = scoreOf(question, answer.a)
    const kind = verdictOf(score)
    view.reveal(answer.a)
    sure?.lock()
    form.classList.add("is-answered", `answered-${kind}`)
    check.hidden = true
    foot.hidden = true
    for (const part of hint) part.hidden = true
    const words = verdictWords(kind, score, say)
    feedback.setAttribute("aria-label", words)
    feedback.replaceChildren(
      el("p", { class: `verdict-line verdict-${kind}` }, icon(kind), words),
      ...(question.why?.length ? [el("p", { class: "feedback-why" }, rich(question.why))] : []),
      ...(question.lesson?.url ? [el("p", { class: "feedback-lesson" }, `${say("play_from_lesson")} `, el("a", { href: siteUrl(question.lesson.url) }, question.lesson.title))] : []),
      ...(actions.length && !isReview ? [el("div", { class: "play-foot" }, actions, back)] : []))
    feedback.hidden = false
    if (!isNow) return
    feedback.focus({ preventScroll: true })
    feedback.scrollIntoView({ block: "nearest" })
  }

  if (saved && !isEnd) reveal(saved, false)
  return { element: form, reveal, isAnswered: () => !feedback.hidden }
}

/** "Right", "Partly right: 50 %", "Not right". */
export const verdictWords = (kind, score, say) => say(`play_${kind}`, { n: Math.floor(score * 100) })

/** What is asked: the author's words, or the usual ones of a kind. */
export function stemOf(question, say) {
  return plain(question.stem) ? rich(question.stem) : [say(`play_stem_${question.kind}`.replace("-", "_"))]
}

function hintOf(question, say, announce, onUse, isOpen) {
  const text = el("p", { class: "hint", hidden: !isOpen }, icon("hint"), el("span", {}, rich(question.hint)))
  const button = el("button", {
    type: "button", class: "button button-quiet", hidden: isOpen,
    onclick: () => {
      text.hidden = false
      button.hidden = true
      // The button that had the focus is gone; the hint itself takes it, which says it.
      text.tabIndex = -1
      text.focus({ preventScroll: true })
      onUse()
    },
  }, icon("hint"), say("play_hint"))
  return [button, text]
}

function sureField(name, say, stated) {
  const inputs = LEVELS.map((level) => el("input", { type: "radio", name: `${name}-sure`, value: level, checked: level === stated }))
  const element = el("fieldset", { class: "sure" }, el("legend", {}, say("play_sure")),
    el("div", { class: "sure-levels" }, inputs.map((input) => el("label", {}, input, el("span", {}, say(`play_sure_${input.value}`), el("small", {}, ` ${input.value} %`))))))
  return {
    element,
    read: () => inputs.map((input) => input.checked && Number(input.value)).find(Boolean),
    lock: () => inputs.forEach((input) => { input.disabled = true }),
  }
}
