// Spot: a script whose words are toggle buttons. One stop for Tab; arrow keys walk over the words, Space marks.
import { el } from "../../lib/dom.js"
import { sameWord, wordIsKey, wordsIn } from "../spans.js"

export function build(question, { say, announce }) {
  const words = wordsIn(question.text)
  const buttons = words.map(({ word }, at) => el("button", { type: "button", class: "word", "aria-pressed": "false", tabindex: at ? -1 : 0 }, word))
  const element = el("div", { class: `spot spot-${question.channel}`, role: "toolbar", "aria-label": say("play_spot_words") })
  let end = 0
  words.forEach((word, at) => {
    // Lines of an e-mail stay lines.
    element.append(question.text.slice(end, word.start), buttons[at])
    end = word.end
  })
  const pressed = (at) => buttons[at].getAttribute("aria-pressed") === "true"
  const press = (at, on) => buttons[at].setAttribute("aria-pressed", String(on))
  const go = (at) => {
    const next = Math.min(Math.max(at, 0), buttons.length - 1)
    for (const [index, button] of buttons.entries()) button.tabIndex = index === next ? 0 : -1
    buttons[next].focus()
  }
  element.addEventListener("click", (event) => {
    const at = buttons.indexOf(event.target.closest(".word"))
    if (at < 0 || element.classList.contains("is-revealed")) return
    press(at, !pressed(at))
    for (const [index, button] of buttons.entries()) button.tabIndex = index === at ? 0 : -1
    element.dispatchEvent(new Event("change", { bubbles: true }))
  })
  element.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(document.activeElement)
    const side = getComputedStyle(element).direction === "rtl" ? -1 : 1
    const target = { ArrowRight: at + side, ArrowLeft: at - side, Home: 0, End: buttons.length - 1, ArrowDown: below(buttons, at, 1), ArrowUp: below(buttons, at, -1) }[event.key]
    if (at < 0 || target === undefined) return
    event.preventDefault()
    go(target)
  })
  const picked = () => words.filter((word, at) => pressed(at))
  return {
    element,
    note: say("play_spot_how"),
    read: () => (picked().length ? picked() : undefined),
    problem: "play_spot_none",
    set: (answer) => words.forEach((word, at) => press(at, answer.some((one) => sameWord(one, word)))),
    reveal() {
      element.classList.add("is-revealed")
      const notes = new Map()
      words.forEach((word, at) => {
        const isKey = wordIsKey(word, question.marks)
        const kind = isKey ? (pressed(at) ? "right" : "missed") : pressed(at) ? "wrong" : undefined
        buttons[at].setAttribute("aria-disabled", "true")
        if (!kind) return
        buttons[at].classList.add(`word-${kind}`)
        buttons[at].append(el("span", { class: "visually-hidden" }, ` (${say(`play_word_${kind}`)})`))
      })
      for (const mark of question.marks) if (mark.message) notes.set(mark.message, question.text.slice(mark.start, mark.end))
      const key = el("p", { class: "spot-key" }, ["right", "missed", "wrong"].map((kind) => el("span", { class: `word word-${kind}` }, say(`play_word_${kind}`))))
      element.after(key, el("ul", { class: "spot-notes" }, [...notes].map(([message, words]) => el("li", {}, el("q", {}, words), " ", message))))
    },
    announce,
  }
}

/** The word in the next line that stands nearest below or above. */
function below(buttons, at, way) {
  const box = buttons[at].getBoundingClientRect()
  const middle = box.x + box.width / 2
  let best
  for (let index = at + way; buttons[index]; index += way) {
    const other = buttons[index].getBoundingClientRect()
    if (Math.abs(other.y - box.y) < box.height / 2) continue
    best ??= { y: other.y, gap: Infinity, index }
    if (Math.abs(other.y - best.y) > box.height / 2) break
    const gap = Math.abs(other.x + other.width / 2 - middle)
    if (gap < best.gap) best = { ...best, gap, index }
  }
  return best?.index ?? at
}
