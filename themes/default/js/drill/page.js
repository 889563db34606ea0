// <drill-page> asks what is due today, from all quizzes. Nothing depends on it; what is left out waits.
import { el } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { wordsOf } from "../lib/words.js"
import { ask } from "../quiz/ask.js"
import { loadKinds } from "../quiz/kinds/index.js"
import { newSeed } from "../quiz/random.js"
import { icon } from "../quiz/rich.js"
import { openQuizzes, quizIn } from "../quiz/saved.js"
import { givenText, rightText } from "../quiz/say.js"
import { scoreOf } from "../quiz/score.js"
import { stateOf, wave } from "../quiz/wave.js"
import { openCards, ratingOf, reviewed, today } from "./cards.js"
import { nextDay, plan, unseen } from "./session.js"

export default class DrillPage extends HTMLElement {
  async connectedCallback() {
    this.say = wordsOf(this)
    const trouble = (kind) => notice(`store-${kind}`, this.say(`quizcard_store_${kind}`), { close: this.say("close") })
    this.cards = openCards(trouble)
    this.quizzes = openQuizzes(trouble)
    this.status = el("p", { class: "visually-hidden", role: "status" })
    this.body = el("div", { class: "drill-body" })
    this.append(this.body, this.status)
    try {
      this.bank = this.dataset.bank ? await json(this.dataset.bank) : { quizzes: [] }
    } catch {
      this.body.replaceChildren(el("p", { class: "drill-lead" }, this.say("drill_offline")))
      return
    }
    this.welcome()
  }

  get day() {
    return today()
  }

  /** What there is today, and the one button. */
  welcome() {
    const { say, bank, day } = this
    const cards = this.cards.read()
    const planned = plan(bank, cards, day)
    const fresh = unseen(bank, cards)
    const next = nextDay(bank, cards, day)
    const minutes = Math.max(1, Math.round(planned.seconds / 60))
    const start = (questions, word, isMain = true) => el("button", { type: "button", class: `button${isMain ? " button-main" : ""}`, onclick: () => this.start(questions) }, say(word))
    const lines = planned.today.length
      ? [el("p", { class: "drill-number" }, planned.today.length), el("p", { class: "drill-lead" }, `${say("drill_due", { n: planned.today.length })} ${say("drill_minutes", { n: minutes })}`)]
      : [el("p", { class: "drill-lead" }, say(Object.keys(cards).length ? "drill_nothing" : bank.quizzes.length ? "drill_empty" : "drill_no_quizzes")), next && el("p", { class: "drill-next" }, this.nextLine(next))]
    this.body.replaceChildren(el("div", { class: "drill-card" }, lines, el("div", { class: "play-foot" },
      planned.today.length > 0 && start(planned.today, "drill_start"), fresh.today.length > 0 && start(fresh.today.slice(0, 5), "drill_fresh", !planned.today.length))))
  }

  nextLine({ day, n }) {
    const when = new Date(day * 86_400_000)
    const days = day - this.day
    const name = days === 1 ? this.say("drill_tomorrow")
      : new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" }).format(when)
    return this.say("drill_next", { n, name })
  }

  async start(questions) {
    try {
      const wanted = [...new Map(questions.map(({ quiz }) => [quiz.id, quiz.src]))]
      const quizzes = new Map(await Promise.all(wanted.map(async ([id, src]) => [id, await json(src)])))
      const found = questions.flatMap(({ key, quiz, id }) => {
        const whole = quizzes.get(quiz.id)
        const question = whole.questions.find((one) => one.id === id)
        return question ? [{ key, quiz: { ...whole, confidence: false }, question }] : []
      })
      this.kinds = await loadKinds(found.map(({ question }) => question))
      this.asked = found.filter(({ question }) => this.kinds.has(question.kind))
    } catch {
      notice("drill-offline", this.say("drill_offline"), { close: this.say("close"), again: true })
      return
    }
    this.scores = []
    this.seed = newSeed()
    this.show(0)
  }

  show(at) {
    const { say } = this
    if (at >= this.asked.length) return this.end()
    const { quiz, question } = this.asked[at]
    const stage = { quiz, attempt: { seed: this.seed, answers: {} }, kinds: this.kinds, say, announce: (text) => this.announce(text), programUrl: this.dataset.program }
    const next = el("button", { type: "button", class: "button button-main", onclick: () => this.show(at + 1) }, say(at + 1 < this.asked.length ? "play_next" : "play_result"), icon("next"))
    const bars = el("div", { class: "play-wave", "aria-hidden": "true" })
    const draw = () => bars.replaceChildren(...wave(this.asked.map((one, index) => stateOf(this.scores[index])), at))
    const { element } = ask(stage, question, {
      label: say("play_question", { n: at + 1, total: this.asked.length }),
      actions: [next],
      onAnswer: (answer) => {
        this.answer(at, answer)
        draw()
      },
    })
    draw()
    this.body.replaceChildren(el("div", { class: "play drill-play" }, el("div", { class: "play-top" }, bars), el("div", { class: "play-body" }, element)))
    element.tabIndex = -1
    element.focus({ preventScroll: true })
    this.body.scrollIntoView({ block: "nearest" })
    return undefined
  }

  answer(at, { a, seconds, hint }) {
    const { key, quiz, question } = this.asked[at]
    const score = scoreOf(question, a)
    this.scores[at] = score
    this.cards.update((cards) => {
      cards[key] = reviewed(Object.hasOwn(cards, key) ? cards[key] : undefined, ratingOf(score, hint), this.day)
    })
    this.quizzes.update((record) => {
      record[quiz.id] = quizIn(record, quiz.id)
      record[quiz.id].known[question.id] = { score, at: Date.now() }
    })
    this.dispatchEvent(new CustomEvent("quiz:answered", {
      bubbles: true,
      detail: {
        quiz: quiz.id, question: question.id, kind: question.kind, score, weight: question.weight ?? 1, answer: givenText(question, a, this.say),
        right: rightText(question, this.say), rules: question.rules ?? [], seconds,
      },
    }))
  }

  end() {
    const { say, bank, day } = this
    const cards = this.cards.read()
    const n_right = this.scores.filter((score) => score === 1).length
    const more = plan(bank, cards, day).today
    const next = nextDay(bank, cards, day)
    const box = el("div", { class: "drill-card", tabindex: -1, role: "group", "aria-label": say("drill_done", { n: n_right, total: this.scores.length }) },
      el("div", { class: "play-wave", "aria-hidden": "true" }, wave(this.scores.map(stateOf))),
      el("p", { class: "drill-lead" }, say("drill_done", { n: n_right, total: this.scores.length })),
      next && el("p", { class: "drill-next" }, this.nextLine(next)),
      el("div", { class: "play-foot" }, more.length > 0 && el("button", { type: "button", class: "button", onclick: () => this.start(more) }, say("drill_more", { n: more.length }))))
    this.body.replaceChildren(box)
    box.focus({ preventScroll: true })
  }

  announce(text) {
    this.status.textContent = ""
    requestAnimationFrame(() => { this.status.textContent = text })
  }
}

async function json(url) {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${response.status} ${url}`)
  return response.json()
}
