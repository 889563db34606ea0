// Events as an iCalendar file (RFC 5545): CR LF, lines of at most 75 octets, text escaped, times in UTC.
//
// UTC needs no table of zones in the file and is right on both sides of a change of the clocks, because each event's moment was
// worked out on its own day. An event keeps its UID as long as its person, sequence and place in it stay, so a calendar that
// has read the file before moves the event instead of adding a second one.

const encoder = new TextEncoder()

/** `20260329T073000Z`. */
export function utcStamp(instant) {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, "")
}

/** Text as a value: backslashes, semicolons, commas and line ends escaped, other control characters left out. */
export function escapeText(text) {
  return text
    .replace(/\r\n?/g, "\n")
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, " ")
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\n/g, "\\n")
}

/** A line cut into lines of at most 75 octets, never inside a character; those that go on begin with a blank. */
export function fold(line) {
  const out = []
  let part = ""
  let size = 0
  for (const character of line.toWellFormed?.() ?? line) {
    const octets = encoder.encode(character).length
    if (size + octets > 75) {
      out.push(part)
      part = " "
      size = 1
    }
    part += character
    size += octets
  }
  out.push(part)
  return out.join("\r\n")
}

/** Sixteen hexadecimal digits of a text: two FNV-1a hashes, enough to keep the events of one calendar apart. */
export function digest(text) {
  const hash = (start) => {
    let value = start
    for (const octet of encoder.encode(text)) value = Math.imul(value ^ octet, 0x01000193) >>> 0
    return value.toString(16).padStart(8, "0")
  }
  return hash(0x811c9dc5) + hash(0x050c5d1f)
}

/**
 * The file. `events` are `{ uid, instant, minutes, summary, description, url }`; `stamp` is the moment of writing, `revision` grows
 * with each writing of one plan, `alarm` is minutes before, or null.
 */
export function calendar(events, { name, stamp, revision = 0, alarm = 10, language = "en" }) {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", `PRODID:-//Ringback//Cadence planner//${language.toUpperCase()}`, "CALSCALE:GREGORIAN", "METHOD:PUBLISH", `X-WR-CALNAME:${escapeText(name)}`]
  for (const event of events) {
    lines.push(
      "BEGIN:VEVENT",
      `UID:${event.uid}`,
      `DTSTAMP:${utcStamp(stamp)}`,
      `LAST-MODIFIED:${utcStamp(stamp)}`,
      `SEQUENCE:${revision}`,
      `DTSTART:${utcStamp(event.instant)}`,
      `DTEND:${utcStamp(event.instant + event.minutes * 60_000)}`,
      `SUMMARY:${escapeText(event.summary)}`,
    )
    if (event.description) lines.push(`DESCRIPTION:${escapeText(event.description)}`)
    if (event.url) lines.push(`URL:${event.url.replace(/[\r\n]/g, "")}`)
    if (alarm !== null) {
      lines.push("BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escapeText(event.summary)}`, `TRIGGER:-PT${alarm}M`, "END:VALARM")
    }
    lines.push("END:VEVENT")
  }
  lines.push("END:VCALENDAR")
  return lines.map((line) => `${fold(line)}\r\n`).join("")
}
