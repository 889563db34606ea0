// What a learner has done in a course, and what it comes to. Pure: no browser, no learning system.
//
// Saved as text of few letters, because SCORM 1.2 keeps 4,096: "1", then the keys of the lessons read, then for each quiz after a "|" its
// key, its best result as two letters, and for each answered question its key and its score as one letter.

const LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
const STEPS = LETTERS.length - 1

export class State {
  /** `course` is lms/course.json. */
  constructor(course) {
    this.course = course
    this.read = new Set()
    // quiz id → { best: 0 to 100 or undefined, known: { question id: 0 to 1 } }
    this.quizzes = new Map(course.quizzes.map(({ id }) => [id, { best: undefined, known: {} }]))
  }

  /** A lesson was read, by its path in the site; false if it does not count. */
  lesson(path) {
    const url = path.replace(/(^|\/)index\.html$/, "$1")
    const counts = this.course.lessons.some((lesson) => lesson.url === url)
    if (counts) this.read.add(url)
    return counts
  }

  /** A question was answered, 0 to 1. */
  answered(quiz, question, score) {
    const saved = this.quizzes.get(quiz)
    if (saved) saved.known[question] = score
  }

  /** A quiz was finished, 0 to 100; its best result counts. */
  finished(quiz, score) {
    const saved = this.quizzes.get(quiz)
    if (saved) saved.best = Math.max(saved.best ?? 0, score)
  }

  /** `isComplete`, `part` (0 to 1), `score` (0 to 100, undefined before the first quiz), `isPassed` (undefined until complete, or without quizzes). */
  sum() {
    const { lessons, quizzes } = this.course
    const all = lessons.length + quizzes.length
    const results = quizzes.map((quiz) => ({ quiz, best: this.quizzes.get(quiz.id).best }))
    const done = results.filter(({ best }) => best !== undefined)
    const part = all === 0 ? 1 : (this.read.size + done.length) / all
    const isComplete = this.read.size + done.length >= all
    const score = done.length === 0 ? undefined : Math.round(results.reduce((sum, { best }) => sum + (best ?? 0), 0) / quizzes.length)
    const isPassed = isComplete && quizzes.length > 0 ? results.every(({ quiz, best }) => best >= quiz.pass) : undefined
    return { isComplete, part, score, isPassed }
  }

  /** As text of at most `limit` characters. Where it does not fit, answers of single questions go first, then lessons. */
  text(limit = Infinity) {
    const { course } = this
    const quizzes = (withAnswers) => course.quizzes.map((quiz) => {
      const { best, known } = this.quizzes.get(quiz.id)
      const answers = withAnswers ? quiz.questions.filter(({ id }) => Object.hasOwn(known, id)) : []
      if (best === undefined && answers.length === 0) return ""
      const result = best === undefined ? "--" : Math.round(best).toString(36).padStart(2, "0")
      return `|${quiz.key}${result}${answers.map(({ key, id }) => key + LETTERS[Math.round(known[id] * STEPS)]).join("")}`
    }).join("")
    const lessons = course.lessons.filter(({ url }) => this.read.has(url)).map(({ key }) => key)
    const whole = `1${lessons.join("")}${quizzes(true)}`
    if (whole.length <= limit) return whole
    const results = quizzes(false)
    const length = lessons[0]?.length ?? 1
    const room = Math.max(0, Math.floor((limit - 1 - results.length) / length))
    const short = `1${lessons.slice(0, room).join("")}${results}`
    return short.length <= limit ? short : short.slice(0, limit).replace(/\|[^|]*$/, "")
  }

  /** Takes up what `text` wrote, also of another edition: what is not in the course any more is left out. False if it is not ours. */
  take(text) {
    if (typeof text !== "string" || text[0] !== "1") return false
    const [lessons, ...quizzes] = text.slice(1).split("|")
    const { course } = this
    const length = (course.lessons[0] ?? course.quizzes[0])?.key.length ?? 1
    const byKey = new Map(course.lessons.map(({ key, url }) => [key, url]))
    for (const key of pieces(lessons, length)) if (byKey.has(key)) this.read.add(byKey.get(key))
    for (const one of quizzes) {
      const quiz = course.quizzes.find(({ key }) => one.startsWith(key))
      if (!quiz) continue
      const best = Number.parseInt(one.slice(length, length + 2), 36)
      if (best >= 0 && best <= 100) this.finished(quiz.id, best)
      for (const piece of pieces(one.slice(length + 2), length + 1)) {
        const question = quiz.questions.find(({ key }) => piece.startsWith(key))
        const score = LETTERS.indexOf(piece.at(-1))
        if (question && score >= 0) this.answered(quiz.id, question.id, score / STEPS)
      }
    }
    return true
  }

  /** What the site itself keeps, made from this: for a browser that has not seen the course. */
  records(now) {
    const quizzes = [...this.quizzes].filter(([, { best, known }]) => best !== undefined || Object.keys(known).length > 0)
    return {
      lessons: { version: 1, value: { read: Object.fromEntries([...this.read].map((url) => [url, { at: now }])), last: null } },
      quizzes: { version: 1, value: Object.fromEntries(quizzes.map(([id, { best, known }]) => [id, {
        attempts: {}, best: best ?? null, taken: best === undefined ? 0 : 1, log: [],
        known: Object.fromEntries(Object.entries(known).map(([question, score]) => [question, { score, at: now }])),
      }])) },
    }
  }
}

function pieces(text, length) {
  return Array.from({ length: Math.floor(text.length / length) }, (_, at) => text.slice(at * length, (at + 1) * length))
}
