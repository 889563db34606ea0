// A plan on the page: small calendars with a mark on each day that has a message, and the days one after another.
import { el } from "../lib/dom.js"
import { clockText, dateOf, dayNumber, weekday } from "./dates.js"
import { wallOf } from "./zone.js"

/** The reader's own kind of the page's language, so that dates look as they are used to. */
const language = () => {
  const page = document.documentElement.lang || "en"
  const base = page.split("-")[0]
  return navigator.languages.find((one) => one.split("-")[0] === base) ?? page
}
const format = (date, options) => new Intl.DateTimeFormat(language(), { timeZone: "UTC", ...options }).format(dayNumber(date) * 86_400_000)

/** `Mon, 2 March 2026`. */
export const longDate = (date) => format(date, { weekday: "short", day: "numeric", month: "long", year: "numeric" })
const shortDate = (date) => format(date, { weekday: "short", day: "numeric", month: "short" })

/** The names of the weekdays, from Monday. */
export function weekdayNames(length) {
  // 5 January 1970 was a Monday.
  return [0, 1, 2, 3, 4, 5, 6].map((day) => format(dateOf(4 + day), { weekday: length }))
}

/** One table a month, from the first day of the plan to the last. */
export function months(days, today) {
  const marks = new Map(days.map((day) => [day.date, day.messages.map((message) => message.channel)]))
  const names = [...new Set(days.map((day) => day.date.slice(0, 7)))]
  const [first, last] = [names[0], names.at(-1)]
  const all = []
  for (let [year, month] = first.split("-").map(Number); ; month === 12 ? (year += 1, month = 1) : (month += 1)) {
    const name = `${year}-${String(month).padStart(2, "0")}`
    all.push(name)
    if (name >= last) break
  }
  return all.map((name) => monthTable(name, marks, today))
}

function monthTable(name, marks, today) {
  const first = dayNumber(`${name}-01`)
  const cells = Array.from({ length: weekday(first) - 1 }, () => el("td"))
  for (let day = first; dateOf(day).startsWith(name); day += 1) cells.push(dayCell(dateOf(day), marks.get(dateOf(day)), today))
  const rows = []
  for (let at = 0; at < cells.length; at += 7) rows.push(el("tr", {}, cells.slice(at, at + 7)))
  const [long, narrow] = [weekdayNames("long"), weekdayNames("narrow")]
  const head = long.map((day, at) => el("th", { scope: "col" }, el("abbr", { title: day }, narrow[at])))
  return el("table", { class: "plan-month" }, el("caption", {}, format(`${name}-01`, { month: "long", year: "numeric" })), el("thead", {}, el("tr", {}, head)), el("tbody", {}, rows))
}

function dayCell(date, channels, today) {
  const number = String(Number(date.slice(8)))
  const current = date === today && "date"
  if (!channels) return el("td", { "aria-current": current }, number)
  const kinds = [...new Set(channels)].map((channel) => `plan-has-${channel}`).join(" ")
  return el("td", { class: `plan-has ${kinds}`, "aria-current": current }, el("a", { href: `#plan-${date}`, "aria-label": longDate(date) }, number))
}

/** The days as list items. `context` is `{ say, zone, own, today, log, person }`; an event has its moment. */
export function dayItems(days, context) {
  const next = days.find((day) => day.date >= context.today)
  return days.map((day) => {
    const moved = day.planned && el("li", { class: "plan-moved" }, context.say("planner_moved_from", { date: shortDate(day.planned) }))
    return el(
      "li",
      { id: `plan-${day.date}`, class: "plan-day", "aria-current": day === next && "step" },
      el("p", { class: "plan-date" }, el("span", {}, format(day.date, { weekday: "short" })), el("strong", {}, format(day.date, { day: "numeric" })), el("span", {}, format(day.date, { month: "short" }))),
      el("ul", {}, moved, day.messages.map((message) => messageItem(message, day, context))),
    )
  })
}

function messageItem(message, day, { say, zone, own, log, person }) {
  const time = clockText(message.minutes)
  const yours = zone === own ? null : yoursText(message, day, own, say)
  const { script } = message
  const query = new URLSearchParams({ name: person.who, number: person.number, script: script?.title || message.note, channel: message.channel })
  return el(
    "li",
    { class: `plan-message plan-${message.channel}` },
    el(
      "p",
      {},
      el("time", { datetime: new Date(message.instant).toISOString() }, time),
      " ",
      el("strong", {}, say(message.channel)),
      message.wanted !== null && el("span", { class: "plan-moved" }, say("planner_hour_from", { time: clockText(message.wanted) })),
      yours && el("span", { class: "plan-yours" }, yours),
    ),
    message.note && el("p", { class: "plan-note" }, message.note),
    script && script.text && el("details", { class: "plan-script" }, el("summary", {}, script.title), el("blockquote", {}, script.text)),
    script && !script.text && el("p", { class: "plan-note" }, script.title),
    el("a", { class: "plan-log", href: `${log}#new?${query}`, "aria-label": `${say("planner_log_it")}: ${longDate(day.date)}, ${time}` }, say("planner_log_it")),
  )
}

function yoursText(message, day, own, say) {
  const wall = wallOf(message.instant, own)
  const time = clockText(wall.minutes)
  return wall.date === day.date ? say("planner_yours", { time }) : say("planner_yours_day", { date: shortDate(wall.date), time })
}
