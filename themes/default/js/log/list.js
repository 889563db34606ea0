// Entries as list items: who and which number first, then what was said, promised and is next.
import { el } from "../lib/dom.js"

const language = () => {
  const page = document.documentElement.lang || "en"
  return navigator.languages.find((one) => one.split("-")[0] === page.split("-")[0]) ?? page
}
let formats

/** `Mon, 2 Nov 2026, 17:20`. */
export function timeText(at) {
  formats ??= {
    time: new Intl.DateTimeFormat(language(), { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" }),
    day: new Intl.DateTimeFormat(language(), { weekday: "short", day: "numeric", month: "short" }),
  }
  if (!at) return ""
  const date = new Date(at.length === 10 ? `${at}T00:00` : at)
  return (at.length === 10 ? formats.day : formats.time).format(date)
}

/** Who an entry is about: the name, else the firm, else the number. */
export const nameOf = (entry) => entry.name || entry.company || entry.number

/** One entry. Buttons say what they do by `data-do`, and to which entry by `data-id`. */
export function item(entry, say, today) {
  const facts = [["script", entry.script], ["promised", entry.promised], ["next", entry.next], ["notes", entry.notes]]
  const isDue = entry.due !== "" && entry.due <= today
  const button = (what, kind = "") => el("button", { type: "button", class: `button button-quiet ${kind}`, "data-do": what, "data-id": entry.id, "aria-label": `${say(`log_${what}`)}: ${nameOf(entry)}` }, say(`log_${what}`))
  return el(
    "li",
    { class: `log-entry${entry.stop ? " log-stop" : ""}`, "data-id": entry.id, tabindex: "-1" },
    el(
      "div",
      { class: "log-who" },
      el("h2", {}, nameOf(entry)),
      entry.name && entry.company && el("p", {}, entry.company),
      entry.number && el("p", {}, el("a", { class: "log-number", href: `tel:${entry.number.replace(/[^\d+*#,;]/g, "")}` }, entry.number)),
    ),
    el("p", { class: "log-when" }, el("span", {}, say(entry.channel)), entry.at && el("time", { datetime: entry.at }, timeText(entry.at))),
    entry.stop && el("p", { class: "log-tag log-tag-stop" }, say("log_stop")),
    entry.due && el("p", { class: `log-tag${isDue ? " log-tag-due" : ""}` }, say(isDue ? "log_due_now" : "log_due_on", { date: timeText(entry.due) })),
    el("dl", {}, facts.filter(([, text]) => text).map(([name, text]) => el("div", {}, el("dt", {}, say(`log_${name}`)), el("dd", {}, text)))),
    el("div", { class: "log-buttons" }, button("again"), button("edit"), button("delete", "log-delete")),
  )
}
