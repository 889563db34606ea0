// A sequence on real dates: weekends and days off are skipped, a day's messages stay together, calls keep outside the hours.
import { dateOf, dayNumber, weekday, workingDay } from "./dates.js"

/** Hours in which others answer the telephone, and the two at which a call without a time is placed. */
export const HOURS = { from: 540, to: 1020, early: 510, late: 1035 }
const PAIRED = 20
const ALONE = 600

/**
 * `steps` are `{ day, channel, at (minutes or null), note, script }`; the plan is `{ start, workdays (1–7), off (days), outside }`.
 * The answer is a list of days `{ date, planned, messages: [{ minutes, wanted, … }] }`: `planned` where the sequence had it, if that
 * was no working day; `wanted` the time that the step had, if it lay inside the hours. It is empty if no day can be worked on.
 */
export function schedule(steps, { start, workdays, off = [], outside = true }) {
  const first = dayNumber(start)
  if (first === null || !workdays.length) return []
  const free = new Set(off)
  const days = [...new Set(steps.map((step) => step.day))].sort((a, b) => a - b)
  const out = []
  let last = -Infinity
  let calls = 0
  for (const day of days) {
    // Two days of the sequence never fall on one date.
    const wanted = first + day
    const number = workingDay(Math.max(wanted, last + 1), workdays, free)
    if (number === null) return []
    last = number
    const own = steps.map((step, index) => ({ ...step, index })).filter((step) => step.day === day)
    const timed = own.filter((step) => step.channel === "voicemail").map((step) => placed(step, outside, calls++))
    const call = timed.length ? Math.min(...timed.map((step) => step.minutes)) : null
    for (const step of own.filter((one) => one.channel !== "voicemail")) {
      timed.push({ ...step, minutes: step.at ?? (call === null ? ALONE : call + PAIRED), wanted: null })
    }
    timed.sort((a, b) => a.minutes - b.minutes || a.index - b.index)
    out.push({ date: dateOf(number), weekday: weekday(number), planned: number === wanted ? null : dateOf(wanted), messages: timed })
  }
  return out
}

/** A call at its time; inside the hours it moves to the nearer side, without a time it takes the early and the late hour in turn. */
function placed(step, outside, calls) {
  const turn = calls % 2 ? HOURS.late : HOURS.early
  if (step.at === null || step.at === undefined) return { ...step, minutes: turn, wanted: null }
  const inside = step.at >= HOURS.from && step.at < HOURS.to
  if (!outside || !inside) return { ...step, minutes: step.at, wanted: null }
  return { ...step, minutes: step.at * 2 < HOURS.from + HOURS.to ? HOURS.early : HOURS.late, wanted: step.at }
}
