// Two states of what a learner has done become one: nothing of either is lost. Pure.
import { merged } from "../quiz/saved.js"

const own = (record, key) => (Object.hasOwn(record, key) ? record[key] : undefined)
const keysOf = (a, b) => [...new Set([...Object.keys(a), ...Object.keys(b)])]
const both = (a, b, join) => Object.fromEntries(keysOf(a, b).map((key) => [key, own(a, key) && own(b, key) ? join(a[key], b[key]) : own(a, key) ?? own(b, key)]))
const later = (a, b) => ((b?.at ?? 0) > (a?.at ?? 0) ? b : a)

export const merge = {
  lessons: (mine, theirs) => ({ read: both(mine.read, theirs.read, later), last: later(mine.last, theirs.last) }),
  quizzes: (mine, theirs) => both(mine, theirs, (a, b) => {
    const log = [...new Map([...a.log, ...b.log].map((one) => [one.at, one])).values()].sort((one, other) => one.at - other.at).slice(-50)
    return {
      attempts: both(a.attempts, b.attempts, merged),
      best: a.best === null ? b.best : b.best === null ? a.best : Math.max(a.best, b.best),
      taken: Math.max(a.taken, b.taken, log.length),
      log,
      known: both(a.known, b.known, later),
    }
  }),
  drill: (mine, theirs) => both(mine, theirs, (a, b) => (b.last > a.last || (b.last === a.last && b.n > a.n) ? b : a)),
}
