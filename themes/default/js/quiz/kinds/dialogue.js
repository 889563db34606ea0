// Dialogue: a call that goes on as one answers. What was said stays above; replies are buttons; at the end each reply gets its reason.
import { el } from "../../lib/dom.js"
import { icon, plain, rich } from "../rich.js"
import { bestWay } from "../say.js"
import { steps, turnAfter } from "../score.js"

export function build(question, { say, shown, announce }) {
  let path = []
  let isRevealed = false
  const log = el("ol", { class: "talk" })
  const replies = el("div", { class: "replies", role: "group", "aria-label": say("play_replies"), tabindex: -1 })
  const over = el("p", { class: "talk-over", tabindex: -1 }, say("play_call_over"))
  const back = el("button", { type: "button", class: "button button-quiet", onclick: () => { path = path.slice(0, -1); draw(true) } }, icon("back"), say("play_take_back"))
  const element = el("div", { class: "dialogue" }, log, replies)

  const bubble = (who, text, ...more) => el("li", { class: `bubble bubble-${who}` }, el("span", { class: "visually-hidden" }, `${say(`play_${who}`)}: `), el("p", {}, rich(text)), ...more)

  function draw(isMoved) {
    const said = steps(question, path)
    const turn = turnAfter(question, path)
    const lines = said.flatMap(({ says, answer }) => [bubble("them", says), bubble("you", answer.say, isRevealed && verdict(answer))])
    if (turn) lines.push(bubble("them", turn.says))
    log.replaceChildren(...lines)
    const options = turn?.answers ?? []
    replies.replaceChildren(...(isRevealed ? [] : options.length
      ? [...shown(options).map((answer) => el("button", { type: "button", class: "reply", onclick: () => { path = [...path, answer.id]; draw(true) } }, rich(answer.say))), ...(path.length ? [back] : [])]
      : [over, back]))
    replies.hidden = isRevealed
    if (!isMoved) return
    announce(turn ? plain(turn.says) : say("play_call_over"))
    if (options.length) replies.focus({ preventScroll: true })
    else over.focus({ preventScroll: true })
    replies.scrollIntoView({ block: "nearest" })
    element.dispatchEvent(new Event("change", { bubbles: true }))
  }

  /** What a reply was worth, and why. */
  function verdict(answer) {
    const turn = Object.values(question.turns).find(({ answers }) => answers.includes(answer))
    const most = Math.max(...turn.answers.map((one) => one.score))
    const kind = answer.score >= most ? "right" : answer.score > 0 ? "partly" : "wrong"
    return el("div", { class: `bubble-note note-${kind}` },
      el("span", { class: "option-mark" }, icon(kind), el("span", {}, say("play_points_of", { n: answer.score, total: most }))), answer.why?.length ? el("p", {}, rich(answer.why)) : null)
  }

  draw()
  return {
    element,
    problem: "play_call_open",
    read: () => (turnAfter(question, path)?.answers.length ? undefined : path),
    set(answer) {
      path = [...answer]
      draw()
    },
    reveal(answer) {
      isRevealed = true
      path = [...answer]
      draw()
      const best = bestWay(question)
      if (best.some((step, at) => step.answer.id !== path[at]) || best.length !== path.length) {
        const lines = best.flatMap(({ says, answer: one }) => [bubble("them", says), bubble("you", one.say)])
        element.append(el("details", { class: "rewrite-model" }, el("summary", {}, say("play_best_call")), el("ol", { class: "talk" }, lines)))
      }
    },
  }
}
