// The moment that a clock on a wall shows, anywhere, with the browser's own table of time zones.
//
// The browser can tell what the wall shows at a moment; this turns it round. A day before and a day after the wall's time, taken
// as if it were UTC, lie on both sides of any change of the clocks, so the right offset is that of one of the two:
//   both fit: the hour comes twice (autumn), and the first is meant; none fits: the hour is left out (spring), and the clock that
//   was not put forward is read, so half past two becomes half past three.
// That is what Temporal calls "compatible".

const DAY = 86_400_000
const formats = new Map()

function formatOf(zone) {
  if (!formats.has(zone)) {
    const options = { timeZone: zone, year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric" }
    formats.set(zone, new Intl.DateTimeFormat("en-u-ca-gregory-hc-h23-nu-latn", options))
  }
  return formats.get(zone)
}

/** Whether the browser knows the zone. */
export function isZone(zone) {
  try {
    formatOf(zone)
    return true
  } catch {
    return false
  }
}

/** What the wall shows at a moment, in milliseconds as if it were UTC. */
export function wallAt(instant, zone) {
  const parts = Object.fromEntries(formatOf(zone).formatToParts(instant).map(({ type, value }) => [type, +value]))
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second)
}

/** The moment at which the wall shows a day and minutes of it. */
export function instantOf(date, minutes, zone) {
  const wall = Date.parse(`${date}T00:00:00Z`) + minutes * 60_000
  const offsets = [wall - DAY, wall + DAY].map((near) => wallAt(near, zone) - near)
  const fits = offsets.map((offset) => wall - offset).filter((instant) => wallAt(instant, zone) === wall)
  return fits.length ? Math.min(...fits) : wall - offsets[0]
}

/** The day and the minutes that the wall shows at a moment. */
export function wallOf(instant, zone) {
  const text = new Date(wallAt(instant, zone)).toISOString()
  return { date: text.slice(0, 10), minutes: text.slice(11, 13) * 60 + +text.slice(14, 16) }
}

/** The reader's own zone. */
export function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"
}

/** All zones, sorted; the reader's own and UTC always among them. */
export function zones() {
  const known = Intl.supportedValuesOf ? Intl.supportedValuesOf("timeZone") : []
  return [...new Set([...known, ownZone(), "UTC"])].sort()
}
