// The teleprompter: a script's words, lit one after another at the chosen pace.
import { el } from "../lib/dom.js"
import { timesOf } from "./wave.js"

/** Words that light up; `element` is what to show, `show(milliseconds)` the moment, `reset()` the start. */
export function makePrompter(text, milliseconds, label) {
  const words = []
  let at = 0
  const pieces = timesOf(text, milliseconds).flatMap(({ start, end, time }) => {
    const element = el("span", { class: "prompt-word" }, text.slice(start, end))
    words.push({ element, time })
    const gap = text.slice(at, start)
    at = end
    return [gap, element]
  })
  const element = el("div", { class: "prompt", tabindex: "0", role: "group", "aria-label": label }, el("p", {}, ...pieces, text.slice(at)))
  let [next, top] = [0, -1]
  return {
    element,
    show(now) {
      const from = next
      while (next < words.length && words[next].time <= now) words[next++].element.classList.add("prompt-said")
      if (next === from) return
      words[from - 1]?.element.classList.remove("prompt-now")
      const word = words[next - 1].element
      for (let said = from; said < next; said += 1) words[said].element.classList.remove("prompt-now")
      word.classList.add("prompt-now")
      // Only when a line ends, so that the words do not tremble.
      if (word.offsetTop === top) return
      top = word.offsetTop
      element.scrollTop = top - element.clientHeight / 3
    },
    reset() {
      for (const word of words) word.element.classList.remove("prompt-said", "prompt-now")
      next = 0
      top = -1
      element.scrollTop = 0
    },
  }
}
