// Speaks cmi5: xAPI statements to the record store that launched the course, and to nobody else.
// Rules of the order of statements: cmi5 specification, "Quartz" (2016), section 9.3.

const VERB = "http://adlnet.gov/expapi/verbs/"
const VERBS = {
  initialized: `${VERB}initialized`, completed: `${VERB}completed`, passed: `${VERB}passed`, failed: `${VERB}failed`, terminated: `${VERB}terminated`,
  answered: `${VERB}answered`, experienced: `${VERB}experienced`, scored: `${VERB}scored`,
}
const CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/"
const STATE = "LMS.LaunchData"
const OURS = "ringback-progress"

/** The session that the address of the window describes, or undefined where nobody launched it. */
export async function openCmi5() {
  const query = new URLSearchParams(location.search)
  const given = Object.fromEntries(["endpoint", "fetch", "actor", "registration", "activityId"].map((name) => [name, query.get(name)]))
  if (Object.values(given).some((value) => !value)) return undefined
  const answer = await (await fetch(given.fetch, { method: "POST" })).json()
  if (!answer["auth-token"]) throw new Error(`no token: ${answer["error-text"] ?? "refused"}`)
  return new Cmi5({ ...given, actor: JSON.parse(given.actor), token: answer["auth-token"] })
}

class Cmi5 {
  constructor(given) {
    Object.assign(this, given, { limit: Infinity, began: performance.now(), said: new Set(), queue: Promise.resolve() })
    if (!this.endpoint.endsWith("/")) this.endpoint += "/"
  }

  async start() {
    const launch = await this.state(STATE)
    this.template = launch?.contextTemplate ?? {}
    this.mode = launch?.launchMode ?? "Normal"
    this.mastery = launch?.masteryScore
    this.back = launch?.returnURL
    await this.say("initialized", { isDefined: true })
    const saved = await this.state(OURS)
    // What has been said of this registration is not said again in its next session.
    this.said = new Set(Array.isArray(saved?.said) ? saved.said : [])
    return { learner: JSON.stringify(this.actor.account ?? this.actor), saved: saved?.text ?? "", page: saved?.page ?? "" }
  }

  report(sum, text, page) {
    if (this.mode === "Normal") this.judge(sum)
    this.send("PUT", `activities/state?${this.about(OURS)}`, { text, page, said: [...this.said] })
  }

  judge({ isComplete, score, isPassed }) {
    const duration = this.duration()
    if (isComplete && this.once("completed")) this.say("completed", { isDefined: true, movesOn: true, result: { completion: true, duration } })
    if (isPassed === undefined || score === undefined) return
    // A store that names a mark of its own decides by it.
    const passes = this.mastery === undefined ? isPassed : score / 100 >= this.mastery
    const verb = passes ? "passed" : "failed"
    if (this.said.has("passed") || !this.once(verb)) return
    this.say(verb, { isDefined: true, movesOn: true, result: { success: passes, score: { scaled: score / 100, raw: score, min: 0, max: 100 }, duration } })
  }

  once(verb) {
    if (this.said.has(verb)) return false
    this.said.add(verb)
    return true
  }

  answered({ quiz, question, kind, score, answer, right, seconds }) {
    const types = { choice: "choice", "true-false": "true-false", order: "sequencing", match: "matching", number: "numeric", text: "fill-in" }
    this.say("answered", {
      object: this.part(`quiz/${quiz}/${question}`, {
        type: "http://adlnet.gov/expapi/activities/cmi.interaction", interactionType: kind === "number" || kind === "true-false" ? types[kind] : "other",
        ...(right ? { correctResponsesPattern: [String(right)] } : {}),
      }),
      result: {
        success: score === 1, score: { scaled: Math.min(1, Math.max(0, score)) }, response: String(answer ?? ""),
        ...(Number.isFinite(seconds) ? { duration: `PT${seconds.toFixed(2)}S` } : {}),
      },
    })
  }

  lesson({ url, title }) {
    this.say("experienced", { object: this.part(`lesson/${url}`, { type: "http://adlnet.gov/expapi/activities/lesson", name: { und: title ?? url } }) })
  }

  graded({ method, score, channel }) {
    if (!Number.isFinite(score)) return
    this.say("scored", {
      object: this.part(`lab/${method}`, { type: "http://adlnet.gov/expapi/activities/simulation", name: { und: `${method}, ${channel}` } }),
      result: { score: { scaled: score / 100, raw: score, min: 0, max: 100 } },
    })
  }

  end() {
    this.say("terminated", { isDefined: true, result: { duration: this.duration() } }, true)
  }

  duration() {
    return `PT${((performance.now() - this.began) / 1000).toFixed(2)}S`
  }

  part(path, definition) {
    return { objectType: "Activity", id: `${this.activityId.replace(/\/$/, "")}/${encodeURI(path)}`, definition }
  }

  /** Sends a statement; those that cmi5 defines carry its category. One after the other, so that they arrive in order. */
  say(verb, { object, result, isDefined = false, movesOn = false }, isLast = false) {
    const grouping = this.template.contextActivities ?? {}
    const category = [...(grouping.category ?? []), ...(isDefined ? [{ id: `${CATEGORY}cmi5` }] : []), ...(movesOn ? [{ id: `${CATEGORY}moveon` }] : [])]
    const statement = {
      id: crypto.randomUUID(), timestamp: new Date().toISOString(), actor: this.actor,
      verb: { id: VERBS[verb], display: { "en-US": verb } }, object: object ?? { objectType: "Activity", id: this.activityId },
      ...(result ? { result } : {}),
      context: { ...this.template, registration: this.registration, contextActivities: { ...grouping, ...(category.length ? { category } : {}) } },
    }
    return this.send("PUT", `statements?statementId=${statement.id}`, statement, isLast)
  }

  about(state) {
    return new URLSearchParams({ activityId: this.activityId, agent: JSON.stringify(this.actor), registration: this.registration, stateId: state })
  }

  async state(name) {
    const response = await fetch(`${this.endpoint}activities/state?${this.about(name)}`, { headers: this.headers() })
    return response.ok ? response.json() : undefined
  }

  headers() {
    return { authorization: `Basic ${this.token}`, "x-experience-api-version": "1.0.3" }
  }

  /** In order; the last one goes out at once, for the window is closing. */
  send(method, path, body, isLast = false) {
    const request = async () => {
      const response = await fetch(this.endpoint + path, {
        method, keepalive: isLast, headers: { ...this.headers(), "content-type": "application/json" }, body: JSON.stringify(body),
      })
      if (!response.ok) throw new Error(`${response.status} ${path}`)
    }
    if (isLast) return request().catch(() => {})
    this.queue = this.queue.then(request).catch((error) => this.onTrouble?.(error))
    return this.queue
  }
}
