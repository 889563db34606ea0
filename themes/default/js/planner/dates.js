// Days of the calendar as text, `2026-03-29`, and counting in them. No clock times and no zones: those are in zone.js.

const DAY = 86_400_000

/** Days since 1 January 1970; null for what is no day. */
export function dayNumber(date) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)
  if (!parts) return null
  const number = Date.UTC(+parts[1], parts[2] - 1, +parts[3]) / DAY
  // 2026-02-30 would become 2 March.
  return dateOf(number) === date ? number : null
}

/** The day of a number. */
export function dateOf(number) {
  return new Date(number * DAY).toISOString().slice(0, 10)
}

/** 1 for Monday to 7 for Sunday. */
export function weekday(number) {
  return ((((number + 3) % 7) + 7) % 7) + 1
}

/** The first working day on or after a day; null if there is none within a year. */
export function workingDay(number, workdays, off) {
  for (let day = number; day < number + 366; day += 1) {
    if (workdays.includes(weekday(day)) && !off.has(dateOf(day))) return day
  }
  return null
}

/** Days written by hand, in any order: those that are days, sorted, each once, and the words that are none. */
export function readDays(text) {
  const words = text.split(/[\s,;]+/).filter(Boolean)
  const days = new Set()
  const wrong = []
  for (const word of words) {
    const [from, to = from] = word.split("..")
    const [first, last] = [dayNumber(from), dayNumber(to)]
    if (first === null || last === null || last < first || last - first > 366) wrong.push(word)
    else for (let day = first; day <= last; day += 1) days.add(dateOf(day))
  }
  return { days: [...days].sort(), wrong }
}

/** Minutes of the day of `08:30`; null for what is no time. */
export function minutesOf(text) {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(text ?? "")
  if (!parts || parts[1] > 23 || parts[2] > 59) return null
  return parts[1] * 60 + +parts[2]
}

/** `08:30`. */
export function clockText(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`
}
