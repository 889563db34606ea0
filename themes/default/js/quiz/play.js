// A quiz being answered: one question at a time, saved answer by answer, with its result at the end.
// Fetched when the start button of a <quiz-card> is pressed.
import { el } from "../lib/dom.js"
import { keepReview } from "../drill/cards.js"
import { ask } from "./ask.js"
import { begin, result, retry, revive } from "./attempt.js"
import { finish } from "./finish.js"
import { loadKinds } from "./kinds/index.js"
import { newSeed } from "./random.js"
import { icon, siteUrl } from "./rich.js"
import { latest, putAnswer, putAttempt, putResult, quizIn } from "./saved.js"
import { givenText, rightText } from "./say.js"
import { scoreOf } from "./score.js"
import { stateOf, wave } from "./wave.js"

/** Plays a quiz inside an element; `onClose` when the learner puts it away. */
export class Play {
  constructor({ host, quiz, store, say, programUrl, onClose }) {
    Object.assign(this, { host, quiz, store, say, onClose })
    this.status = el("p", { class: "visually-hidden", role: "status" })
    this.stage = { quiz, say, programUrl, heading: headingBelow(host), announce: (text) => this.announce(text) }
    this.body = el("div", { class: "play-body" })
    this.wave = el("div", { class: "play-wave", "aria-hidden": "true" })
    this.element = el("div", { class: "play" },
      el("div", { class: "play-top" }, this.wave, el("button", { type: "button", class: "tool", "aria-label": say("play_close"), onclick: () => this.close() }, icon("wrong"))),
      this.body, this.status)
  }

  async start({ again = false } = {}) {
    this.stage.kinds = await loadKinds(this.quiz.questions)
    // A newer build may hold a kind that an older page does not know.
    this.quiz.questions = this.quiz.questions.filter(({ kind }) => this.stage.kinds.has(kind))
    const saved = latest(quizIn(this.store.read(), this.quiz.id))
    this.use(saved && !again ? revive(this.quiz, saved) : begin(this.quiz, newSeed(), Date.now()))
    this.host.append(this.element)
    this.unsubscribe = this.store.subscribe(() => this.follow())
    this.resume()
  }

  use(attempt) {
    this.attempt = this.stage.attempt = attempt
  }

  get isEnd() {
    return this.quiz.feedback === "end"
  }

  resume() {
    const { open, questions } = this.result()
    if (this.attempt.done || !questions.length || (!open.length && !this.isEnd)) return this.end()
    return this.show(open.length ? questions.indexOf(open[0]) : questions.length - 1)
  }

  result() {
    return result(this.quiz, this.attempt)
  }

  /** Questions that this round asks: not those kept from the round before. */
  show(at) {
    const { questions } = this.result()
    const question = questions[at]
    const saved = this.attempt.answers[question.id]
    const step = (way) => {
      for (let index = at + way; questions[index]; index += way) if (!this.attempt.answers[questions[index].id]?.kept) return index
      return -1
    }
    const [before, after] = [step(-1), step(1)]
    const back = before >= 0 && el("button", { type: "button", class: "button button-quiet", onclick: () => this.show(before) }, icon("back"), this.say("play_back"))
    const next = el("button", { type: "button", class: "button button-main", onclick: () => this.go(after) }, this.say(after >= 0 ? "play_next" : "play_result"), icon("next"))
    this.at = at
    this.asked = ask(this.stage, question, {
      saved,
      label: this.say("play_question", { n: at + 1, total: questions.length }),
      isEnd: this.isEnd,
      actions: [next],
      back,
      submitWord: this.isEnd && after < 0 ? "play_hand_in" : undefined,
      onAnswer: (answer) => this.answer(question, answer, after),
    })
    this.body.replaceChildren(this.asked.element)
    this.drawWave()
    this.focus(this.asked.element)
  }

  go(after) {
    if (after >= 0) this.show(after)
    else this.resume()
  }

  /** Saves an answer at once; with feedback at the end it may still be changed. */
  answer(question, answer, after) {
    const score = this.isEnd ? undefined : scoreOf(question, answer.a)
    // The record first: an attempt that already held the answer would look as if another tab had given it.
    this.isSaving = true
    this.store.update((record) => { putAnswer(record, this.quiz.id, this.attempt, question.id, answer, { again: this.isEnd, score, at: Date.now() }) })
    this.isSaving = false
    this.attempt.answers[question.id] = answer
    this.drawWave()
    if (!this.isEnd) return this.tell(question, answer)
    if (after >= 0) return this.show(after)
    const { open, questions } = this.result()
    return open.length ? this.show(questions.indexOf(open[0])) : this.end()
  }

  /** Says to whoever listens what was answered, and plans when it comes back. */
  tell(question, { a, seconds, hint }) {
    const score = scoreOf(question, a)
    const { say, quiz } = this
    keepReview(quiz.id, question.id, score, hint)
    this.host.dispatchEvent(new CustomEvent("quiz:answered", {
      bubbles: true,
      detail: {
        quiz: quiz.id, question: question.id, kind: question.kind, score, weight: question.weight ?? 1, answer: givenText(question, a, say),
        right: rightText(question, say), rules: question.rules ?? [], seconds,
      },
    }))
  }

  end() {
    const isNew = !this.attempt.done
    const outcome = this.result()
    if (isNew) {
      this.attempt.done = Date.now()
      this.store.update((record) => {
        putResult(record, this.quiz.id, this.attempt, outcome.score, this.attempt.done)
        if (!this.isEnd) return
        for (const { id } of outcome.questions) record[this.quiz.id].known[id] = { score: outcome.scores[id] ?? 0, at: this.attempt.done }
      })
      if (this.isEnd) for (const question of outcome.questions) if (!this.attempt.answers[question.id].kept) this.tell(question, this.attempt.answers[question.id])
      this.host.dispatchEvent(new CustomEvent("quiz:finished", { bubbles: true, detail: { quiz: this.quiz.id, score: outcome.score, passed: outcome.passed } }))
    }
    this.at = undefined
    const { taken } = quizIn(this.store.read(), this.quiz.id)
    const left = this.quiz.attempts ? Math.max(this.quiz.attempts - taken, 0) : Infinity
    const element = finish(this.stage, outcome, {
      left,
      onRetry: () => this.anew(retry(this.quiz, this.attempt, newSeed(), Date.now())),
      onAgain: () => this.anew(begin(this.quiz, newSeed(), Date.now())),
      drillUrl: siteUrl("drill/"),
    })
    this.body.replaceChildren(element)
    this.drawWave()
    this.focus(element)
  }

  anew(attempt) {
    this.use(attempt)
    this.store.update((record) => { putAttempt(record, this.quiz.id, attempt) })
    this.resume()
  }

  /** Another tab may have gone on with this attempt. */
  follow() {
    if (this.isSaving) return
    const theirs = quizIn(this.store.read(), this.quiz.id).attempts[this.attempt.seed]
    if (!theirs) return
    const mine = this.attempt.answers
    const { answers, done } = revive(this.quiz, theirs)
    this.attempt.answers = { ...mine, ...answers }
    if (done) this.attempt.done = done
    this.drawWave()
    const question = this.at === undefined ? undefined : this.result().questions[this.at]
    if (question && !mine[question.id] && answers[question.id] && !this.isEnd && !this.asked.isAnswered()) this.show(this.at)
  }

  focus(element) {
    element.tabIndex = -1
    element.focus({ preventScroll: true })
    const top = this.host.getBoundingClientRect().top
    if (top < 0 || top > innerHeight * 0.6) this.host.scrollIntoView({ block: "start" })
  }

  announce(text) {
    this.status.textContent = ""
    requestAnimationFrame(() => { this.status.textContent = text })
  }

  /** The way through as a wave: a bar a question, like the words of a message. */
  drawWave() {
    const { questions, scores } = this.result()
    const isOpen = this.isEnd && !this.attempt.done
    this.wave.replaceChildren(...wave(questions.map(({ id }) => (isOpen && scores[id] !== undefined ? "given" : stateOf(scores[id]))), this.at))
  }

  close() {
    this.unsubscribe?.()
    this.element.remove()
    this.onClose()
  }
}

/** The heading that may stand below the one of the card. */
function headingBelow(host) {
  const level = Number(host.querySelector("h1, h2, h3, h4, h5")?.localName[1] ?? 2)
  return `h${level + 1}`
}
