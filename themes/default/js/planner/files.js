// A plan as files: a calendar and a table.
import { writeCsv } from "../lib/csv.js"
import { clockText } from "./dates.js"
import { calendar, digest } from "./ics.js"

const MINUTES = 15

/** The plan as an iCalendar file. */
export function icsOf(days, { say, sequence, person, zone, stamp, revision, site }) {
  const events = days.flatMap((day) => day.messages.map((message) => {
    const lines = [
      person.number,
      message.note,
      `${clockText(message.minutes)} ${zone}`,
      message.script && `${message.script.title}\n${message.script.text}`.trim(),
    ]
    return {
      uid: `${digest([site, sequence.id, person.who, person.number, message.index].join("\u0000"))}@ringback`,
      instant: message.instant,
      minutes: MINUTES,
      summary: say(`planner_summary_${message.channel}`, { name: person.who || say("planner_nobody") }),
      description: lines.filter(Boolean).join("\n\n"),
    }
  }))
  const name = [sequence.title, person.who].filter(Boolean).join(": ")
  return calendar(events, { name, stamp, revision, language: document.documentElement.lang || "en" })
}

/** The plan as a table. */
export function csvOf(days, { say, person, zone }) {
  const rows = days.flatMap((day) => day.messages.map((message) => [
    day.date,
    clockText(message.minutes),
    zone,
    say(message.channel),
    person.who,
    person.number,
    message.script?.title ?? "",
    message.note,
  ]))
  return writeCsv([say("planner_csv_head").split(","), ...rows])
}
