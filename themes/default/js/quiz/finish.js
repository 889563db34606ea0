// The end of an attempt: what it came to, how sure held against how right, what to do next, and every answer once more.
import { el } from "../lib/dom.js"
import { ask, LEVELS, stemOf, verdictWords } from "./ask.js"
import { calibration } from "./attempt.js"
import { calibrationFigure } from "./calibration.js"
import { icon } from "./rich.js"
import { verdictOf } from "./verdict.js"

/** Builds the result; `left` attempts may still be made. */
export function finish(stage, outcome, { left, onRetry, onAgain, drillUrl }) {
  const { quiz, attempt, say } = stage
  const { score, passed, questions, wrong, n_right } = outcome
  const levels = quiz.confidence ? calibration(outcome, attempt, LEVELS) : []
  const canRetry = left > 0 && wrong.length > 0 && wrong.length < questions.length
  const retry = canRetry && el("button", { type: "button", class: "button button-main", onclick: onRetry }, icon("again"), say("play_retry", { n: wrong.length }))
  const again = left > 0 && el("button", { type: "button", class: canRetry ? "button" : "button button-main", onclick: onAgain }, say("play_again"))
  const words = say(passed ? "play_passed" : "play_not_passed", { n: quiz.pass })
  return el("div", { class: `finish finish-${passed ? "passed" : "open"}`, role: "group", "aria-label": `${say("play_score", { n: score })}. ${words}` },
    el("div", { class: "finish-head" },
      el("p", { class: "finish-score" }, el("span", { class: "finish-number" }, score), el("span", { class: "finish-percent" }, "%")),
      el("div", {},
        el("p", { class: "finish-words" }, passed && icon("right"), words),
        el("p", { class: "finish-detail" }, `${say("play_right_of", { n: n_right, total: questions.length })} ${say(wrong.length ? "play_comes_back" : "play_comes_back_later")}`)),
      meter(score, quiz.pass)),
    el("div", { class: "play-foot" }, retry, again, el("a", { class: "button button-quiet", href: drillUrl }, say("play_to_drill")),
      Number.isFinite(left) && el("span", { class: "play-note" }, say("play_attempts_left", { n: left }))),
    levels.length > 0 && calibrationFigure(levels, say, stage.heading),
    el("section", { class: "review" }, el(stage.heading, {}, say("play_review")), el("ol", { class: "review-list" }, questions.map((question) => reviewed(stage, question, outcome.scores[question.id] ?? 0)))))
}

/** The score on a line, with the mark that counts as mastered. */
function meter(score, pass) {
  const bar = el("span", { class: "finish-bar" })
  bar.style.setProperty("--part", `${score}%`)
  bar.style.setProperty("--pass", `${pass}%`)
  return el("div", { class: "finish-meter", "aria-hidden": "true" }, bar)
}

/** One answer, folded; its view is built when it is first opened. */
function reviewed(stage, question, score) {
  const { attempt, say } = stage
  const kind = verdictOf(score)
  const answer = attempt.answers[question.id]
  const details = el("details", { class: "review-item", ontoggle: () => {
    if (!details.open || details.children.length > 1) return
    details.append(answer ? ask(stage, question, { saved: answer, isReview: true }).element : el("p", { class: "play-note" }, say("play_not_answered")))
  } }, el("summary", {}, el("span", { class: `review-mark verdict-${kind}` }, icon(kind), el("span", { class: "visually-hidden" }, verdictWords(kind, score, say))), el("span", { class: "review-stem" }, stemOf(question, say))))
  return el("li", {}, details)
}
