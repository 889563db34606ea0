// Speaks SCORM 1.2 and SCORM 2004 with the learning system that opened the window.

const MOST_PARENTS = 50

/** What differs between the two: names of functions, of elements, of results. */
const DIALECTS = {
  scorm12: {
    object: "API", limit: 4096, begin: "LMSInitialize", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", end: "LMSFinish", error: "LMSGetLastError",
    location: "cmi.core.lesson_location", learner: "cmi.core.student_id", exit: "cmi.core.exit", left: "", time: "cmi.core.session_time", response: "student_response",
    right: "correct", wrong: "wrong", duration: (seconds) => [seconds / 3600, (seconds % 3600) / 60].map((part) => String(Math.floor(part)).padStart(2, "0")).concat((seconds % 60).toFixed(2).padStart(5, "0")).join(":"),
    when: ["time", (date) => date.toTimeString().slice(0, 8)],
  },
  scorm2004: {
    object: "API_1484_11", limit: 64_000, begin: "Initialize", get: "GetValue", set: "SetValue", commit: "Commit", end: "Terminate", error: "GetLastError",
    location: "cmi.location", learner: "cmi.learner_id", exit: "cmi.exit", left: "normal", time: "cmi.session_time", response: "learner_response",
    right: "correct", wrong: "incorrect", duration: (seconds) => `PT${seconds.toFixed(2)}S`, when: ["timestamp", (date) => date.toISOString().replace(/\.\d+Z$/, ".0Z")],
  },
}

/** Our kinds of questions as SCORM has them; what it cannot express is an answer in words. */
const TYPES = { "true-false": "true-false", number: "numeric" }

/** The session with the learning system, or undefined where there is none. */
export function openScorm(format) {
  const dialect = DIALECTS[format]
  const api = find(window, dialect.object) ?? (window.opener ? find(window.opener, dialect.object) : undefined)
  return api && api[dialect.begin]("") !== "false" && api[dialect.error]().toString() === "0" ? new Scorm(api, dialect, format) : undefined
}

function find(from, name) {
  for (let here = from, steps = 0; steps < MOST_PARENTS; steps += 1) {
    try {
      if (here[name]) return here[name]
    } catch {
      return undefined // A window of another origin.
    }
    if (here.parent === here) return undefined
    here = here.parent
  }
  return undefined
}

class Scorm {
  constructor(api, dialect, format) {
    Object.assign(this, { api, dialect, is2004: format === "scorm2004", limit: dialect.limit, began: performance.now() })
    this.interactions = Number(this.get("cmi.interactions._count")) || 0
  }

  get(name) {
    return String(this.api[this.dialect.get](name) ?? "")
  }

  set(name, value) {
    return String(this.api[this.dialect.set](name, String(value))) !== "false"
  }

  /** Who learns, what was saved, and the page that was open last. */
  async start() {
    const begun = this.is2004 ? "cmi.completion_status" : "cmi.core.lesson_status"
    if (["", "not attempted", "unknown"].includes(this.get(begun))) this.set(begun, "incomplete")
    return { learner: this.get(this.dialect.learner), saved: this.get("cmi.suspend_data"), page: this.get(this.dialect.location) }
  }

  /** Reports where the course stands. */
  report({ isComplete, part, score, isPassed }, saved, page) {
    if (this.is2004) {
      this.set("cmi.completion_status", isComplete ? "completed" : "incomplete")
      this.set("cmi.progress_measure", part.toFixed(4))
      if (isPassed !== undefined) this.set("cmi.success_status", isPassed ? "passed" : "failed")
    } else {
      const result = isPassed === undefined ? "completed" : isPassed ? "passed" : "failed"
      this.set("cmi.core.lesson_status", isComplete ? result : "incomplete")
    }
    if (score !== undefined) {
      const name = this.is2004 ? "cmi.score" : "cmi.core.score"
      for (const [key, value] of [["min", 0], ["max", 100], ["raw", score]]) this.set(`${name}.${key}`, value)
      if (this.is2004) this.set("cmi.score.scaled", (score / 100).toFixed(4))
    }
    this.set("cmi.suspend_data", saved)
    if (page.length <= 255) this.set(this.dialect.location, page)
    this.set(this.dialect.exit, isComplete ? this.dialect.left : "suspend")
    this.set(this.dialect.time, this.dialect.duration((performance.now() - this.began) / 1000))
    if (String(this.api[this.dialect.commit]("")) === "false") this.onTrouble?.()
  }

  /** One answer, as an interaction. */
  answered({ quiz, question, kind, score, weight, answer, right, seconds }, now) {
    const { dialect } = this
    const at = `cmi.interactions.${this.interactions}`
    const type = TYPES[kind] ?? "fill-in"
    if (!this.set(`${at}.id`, `${quiz}.${question}`.replace(/[^\w.-]/g, "_").slice(0, 255))) return
    this.interactions += 1
    this.set(`${at}.type`, type)
    const [when, format] = dialect.when
    this.set(`${at}.${when}`, format(now))
    this.set(`${at}.weighting`, weight)
    const shaped = (words) => shape(words, type, this.is2004)
    if (shaped(right) !== undefined) this.set(`${at}.correct_responses.0.pattern`, type === "numeric" && this.is2004 ? `${shaped(right)}[:]${shaped(right)}` : shaped(right))
    if (shaped(answer) !== undefined) this.set(`${at}.${dialect.response}`, shaped(answer))
    this.set(`${at}.result`, score === 1 ? dialect.right : score === 0 ? dialect.wrong : score.toFixed(2))
    if (Number.isFinite(seconds)) this.set(`${at}.latency`, dialect.duration(seconds))
  }

  /** SCORM has no word for these. */
  lesson() {}
  graded() {}

  end() {
    this.api[this.dialect.end]("")
  }
}

/** An answer in the letters that a type allows; undefined where it has none. */
function shape(words, type, is2004) {
  const text = String(words ?? "").trim()
  if (type === "true-false") {
    const isTrue = /^(true|t|yes|1)/i.test(text)
    return is2004 ? String(isTrue) : isTrue ? "t" : "f"
  }
  if (type === "numeric") return /-?\d+(\.\d+)?/.exec(text)?.[0]
  return text.replace(/\s+/g, " ").slice(0, is2004 ? 250 : 255) || undefined
}
