// Progress as pictures that are tables: the bars are for the eye, the numbers beside them for everybody.
import { el } from "../lib/dom.js"
import { quizIn } from "../quiz/saved.js"
import { wave } from "../quiz/wave.js"

/** Large numbers: [words, n, total, address]. */
export function summary(entries, say) {
  return el("dl", { class: "progress-summary" }, entries.map(([words, n, total, url]) => {
    const bar = total ? el("span", { class: "progress-bar", "aria-hidden": "true" }) : undefined
    bar?.style.setProperty("--part", `${(100 * n) / total}%`)
    const value = total === undefined ? String(n) : el("span", {}, n, el("small", {}, ` ${say("progress_total", { total })}`))
    return el("div", {}, el("dt", {}, words), el("dd", {}, url ? el("a", { href: url }, value) : value, bar))
  }))
}

/** Rows of waves: a bar a question, by method or by rule. */
export function masteryTable(title, rows, names, say) {
  if (!rows.length) return ""
  const id = `progress-${[...title].map((letter) => letter.codePointAt(0).toString(36)).join("").slice(0, 12)}`
  const line = ({ id: key, states, n_right, n_asked, n }) => {
    const known = Object.hasOwn(names, key) ? names[key] : { title: key }
    return el("tr", {}, el("th", { scope: "row" }, known.url ? el("a", { href: known.url }, known.title) : known.title),
      el("td", { class: "progress-wave" }, el("span", { class: "play-wave", "aria-hidden": "true" }, wave(states))),
      el("td", { class: "number" }, n_asked ? say("progress_right_of", { n: n_right, total: n }) : say("progress_not_asked", { n })))
  }
  return el("section", { "aria-labelledby": id }, el("h2", { id }, title), el("div", { class: "table" }, el("table", { class: "mastery" },
    el("thead", {}, el("tr", {}, el("th", { scope: "col" }, say("progress_what")), el("th", { scope: "col" }, say("progress_questions")), el("th", { scope: "col" }, say("play_right")))),
    el("tbody", {}, rows.map(line)))))
}

/** Every quiz with its best and last result. */
export function quizTable(quizzes, saved, say) {
  const line = (quiz) => {
    const { best, log, taken } = quizIn(saved, quiz.id)
    const last = log.at(-1)
    const isMastered = best !== null && best >= quiz.pass
    return el("tr", {}, el("th", { scope: "row" }, el("a", { href: quiz.url }, quiz.title)), el("td", { class: "number" }, best === null ? "–" : say("play_score", { n: best }), isMastered && el("span", { class: "tag tag-mastered" }, say("play_passed"))),
      el("td", { class: "number" }, last ? say("play_score", { n: last.score }) : "–"), el("td", { class: "number" }, taken))
  }
  return el("section", { "aria-labelledby": "progress-quizzes" }, el("h2", { id: "progress-quizzes" }, say("progress_quizzes")), el("div", { class: "table" }, el("table", {},
    el("thead", {}, el("tr", {}, ["progress_quiz", "progress_best", "progress_last", "progress_taken"].map((word) => el("th", { scope: "col" }, say(word))))), el("tbody", {}, quizzes.map(line)))))
}
