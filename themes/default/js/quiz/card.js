// <quiz-card> offers to start a quiz, or to go on with one; the quiz itself is fetched when that is wanted.
// Without this module the questions are a readable list with their answers folded.
import { el } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { wordsOf } from "../lib/words.js"
import { latest, openQuizzes, quizIn } from "./saved.js"

export default class QuizCard extends HTMLElement {
  connectedCallback() {
    this.say = wordsOf(this)
    this.button = this.querySelector("[data-start]")
    if (!this.button) return
    this.name = this.dataset.quiz
    this.store = openQuizzes((kind) => notice(`store-${kind}`, this.say(`quizcard_store_${kind}`), { close: this.say("close") }))
    this.offer = this.button.textContent
    this.facts = Object.fromEntries([...this.querySelectorAll("[data-fact]")].map((fact) => [fact.dataset.fact, { fact, text: fact.textContent }]))
    this.button.addEventListener("click", this)
    this.unsubscribe = this.store.subscribe(() => this.show())
    this.show()
  }

  disconnectedCallback() {
    this.unsubscribe?.()
    this.button?.removeEventListener("click", this)
  }

  /** What the button does now, and what there is so far: in the place of what stood there, so that nothing moves. */
  show() {
    const saved = quizIn(this.store.read(), this.name)
    const attempt = latest(saved)
    const n = attempt ? Object.values(attempt.answers).filter((one) => !one.kept).length : 0
    const isOpen = attempt && !attempt.done && n > 0
    const isMastered = saved.best !== null && saved.best >= Number(this.dataset.pass)
    this.button.textContent = isOpen ? this.say("quizcard_go_on") : attempt?.done ? this.say("quizcard_look_back") : this.offer
    this.toggleAttribute("data-mastered", isMastered)
    this.put("count", isOpen && this.say("quizcard_so_far", { n, total: attempt.questions.length }))
    this.put("pass", saved.best !== null && this.say(isMastered ? "quizcard_best_mastered" : "quizcard_best", { n: saved.best }))
  }

  put(name, text) {
    const place = this.facts[name]
    if (place) place.fact.textContent = text || place.text
  }

  async handleEvent() {
    if (this.isBusy) return
    this.isBusy = true
    this.button.setAttribute("aria-busy", "true")
    try {
      const [{ Play }, quiz] = await Promise.all([import("./play.js"), read(this.dataset.src), sheet(this.dataset)])
      const { store, say } = this
      this.play = new Play({ host: this, quiz, store, say, programUrl: this.dataset.program, onClose: () => this.close() })
      await this.play.start()
      this.toggleAttribute("data-playing", true)
    } catch (error) {
      // Offline, perhaps: the list that needs no script is still there.
      this.toggleAttribute("data-list", true)
      notice("quiz-offline", this.say("quizcard_offline"), { close: this.say("close"), again: true })
      console.info(error)
    } finally {
      this.isBusy = false
      this.button.removeAttribute("aria-busy")
    }
  }

  close() {
    this.play = undefined
    this.toggleAttribute("data-playing", false)
    this.show()
    this.button.focus()
  }
}

async function read(url) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${url}`)
  return response.json()
}

/** The styles of a running quiz, which no page that is only read needs. */
function sheet({ style: href, styleIntegrity: integrity }) {
  if (!href || document.querySelector(`link[href="${CSS.escape(href)}"]`)) return undefined
  return new Promise((done, failed) => {
    document.head.append(el("link", { rel: "stylesheet", href, integrity, onload: done, onerror: failed }))
  })
}
