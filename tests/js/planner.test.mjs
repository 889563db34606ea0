// The planner without a browser: days, zones with their changes of the clock, sequences on dates, calendars.
import assert from "node:assert/strict"
import { test } from "node:test"
import { dateOf, dayNumber, minutesOf, readDays, weekday, workingDay } from "../../themes/default/js/planner/dates.js"
import { calendar, digest, escapeText, fold, utcStamp } from "../../themes/default/js/planner/ics.js"
import { schedule } from "../../themes/default/js/planner/schedule.js"
import { added, changed, cleanSteps, moved, removed } from "../../themes/default/js/planner/steps.js"
import { instantOf, isZone, wallOf } from "../../themes/default/js/planner/zone.js"

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5]
const call = (day, at = null) => ({ day, channel: "voicemail", at, note: "", script: null })
const mail = (day, at = null) => ({ day, channel: "email", at, note: "", script: null })

test("days are days of the calendar", () => {
  for (const [text, isDay] of [["2026-02-28", true], ["2026-02-29", false], ["2028-02-29", true], ["2026-13-01", false], ["2026-1-1", false], ["", false]]) {
    assert.equal(dayNumber(text) !== null, isDay, text)
  }
  assert.equal(dateOf(dayNumber("2026-12-31") + 1), "2027-01-01")
  for (const [text, day] of [["1969-12-29", 1], ["1970-01-01", 4], ["2026-11-27", 5], ["2026-11-29", 7]]) assert.equal(weekday(dayNumber(text)), day, text)
  assert.equal(dateOf(workingDay(dayNumber("2026-04-03"), MONDAY_TO_FRIDAY, new Set(["2026-04-03", "2026-04-06"]))), "2026-04-07")
  assert.equal(workingDay(0, [], new Set()), null)
})

test("days off are read in any order, ranges too, and what is none is named", () => {
  assert.deepEqual(readDays("2026-12-25, 2026-01-01\n2026-12-24..2026-12-26; easter 2026-02-30 2026-12-26..2026-12-24"), {
    days: ["2026-01-01", "2026-12-24", "2026-12-25", "2026-12-26"],
    wrong: ["easter", "2026-02-30", "2026-12-26..2026-12-24"],
  })
})

test("a wall's time is a moment, also where the clocks change", () => {
  for (const [zone, date, time, moment] of [
    ["UTC", "2026-03-02", "08:30", "2026-03-02T08:30Z"],
    ["Europe/London", "2026-03-28", "08:30", "2026-03-28T08:30Z"],
    ["Europe/London", "2026-03-29", "08:30", "2026-03-29T07:30Z"],
    ["Europe/London", "2026-10-24", "08:30", "2026-10-24T07:30Z"],
    ["Europe/London", "2026-10-25", "08:30", "2026-10-25T08:30Z"],
    ["America/New_York", "2026-03-06", "08:30", "2026-03-06T13:30Z"],
    ["America/New_York", "2026-03-09", "08:30", "2026-03-09T12:30Z"],
    // An hour that comes twice is meant the first time, one that is left out is read on the old clock.
    ["Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30Z"],
    ["Europe/London", "2026-03-29", "01:30", "2026-03-29T01:30Z"],
    ["America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30Z"],
    ["America/New_York", "2026-03-08", "02:30", "2026-03-08T07:30Z"],
    // Half hours, half an hour of summer time, the far ends of the day, the southern summer.
    ["Asia/Kolkata", "2026-06-01", "17:15", "2026-06-01T11:45Z"],
    ["Australia/Lord_Howe", "2026-04-05", "08:30", "2026-04-04T22:00Z"],
    ["Australia/Lord_Howe", "2026-04-04", "08:30", "2026-04-03T21:30Z"],
    ["Pacific/Kiritimati", "2026-01-01", "00:15", "2025-12-31T10:15Z"],
    ["Pacific/Pago_Pago", "2026-01-01", "23:45", "2026-01-02T10:45Z"],
    ["Pacific/Auckland", "2026-09-27", "08:30", "2026-09-26T19:30Z"],
  ]) {
    const instant = instantOf(date, minutesOf(time), zone)
    assert.equal(new Date(instant).toISOString().replace(":00.000", ""), moment, `${zone} ${date} ${time}`)
  }
})

test("every half hour around every change of a year goes to a moment and back, in zones with every kind of change", () => {
  for (const zone of ["Europe/London", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu"]) {
    let skipped = 0
    const noon = (day) => instantOf(dateOf(day), 720, zone)
    for (let day = dayNumber("2026-01-01"); day <= dayNumber("2026-12-31"); day += 1) {
      const isChange = noon(day + 1) - noon(day - 1) !== 2 * 86_400_000
      if (!isChange && day % 30) continue
      for (let minutes = 0; minutes < 1440; minutes += 30) {
        const wall = wallOf(instantOf(dateOf(day), minutes, zone), zone)
        if (wall.date !== dateOf(day) || wall.minutes !== minutes) skipped += 1
      }
    }
    // Only the hour that the clocks leave out cannot come back: two half hours at most a change.
    assert.ok(skipped <= 4, `${zone}: ${skipped}`)
  }
  assert.ok(isZone("Europe/Paris") && !isZone("Europe/Atlantis"))
})

test("weekends and days off are skipped, pairs stay together, days never fall together", () => {
  const plan = { start: "2026-04-02", workdays: MONDAY_TO_FRIDAY, off: ["2026-04-03", "2026-04-06"] }
  const days = schedule([call(0), mail(0), call(1), call(3), call(4), mail(20)], plan)
  assert.deepEqual(days.map((day) => [day.date, day.planned]), [
    ["2026-04-02", null],
    ["2026-04-07", "2026-04-03"],
    ["2026-04-08", "2026-04-05"],
    ["2026-04-09", "2026-04-06"],
    ["2026-04-22", null],
  ])
  assert.deepEqual(days[0].messages.map((one) => [one.channel, one.minutes]), [["voicemail", 510], ["email", 530]])
  assert.deepEqual(days.slice(1, 4).map((day) => day.messages[0].minutes), [1035, 510, 1035])
  assert.equal(days[4].messages[0].minutes, 600)
})

test("calls inside the hours move to the nearer side, unless the seller wants them there", () => {
  const steps = [call(0, 540), call(1, 779), call(2, 780), call(3, 1019), call(4, 1020), mail(5, 720)]
  const plan = { start: "2026-11-23", workdays: [1, 2, 3, 4, 5, 6, 7], outside: true }
  const times = (days) => days.map((day) => [day.messages[0].minutes, day.messages[0].wanted])
  assert.deepEqual(times(schedule(steps, plan)), [[510, 540], [510, 779], [1035, 780], [1035, 1019], [1020, null], [720, null]])
  assert.deepEqual(times(schedule(steps, { ...plan, outside: false })).map(([at]) => at), [540, 779, 780, 1019, 1020, 720])
})

test("without a working day there is no plan", () => {
  assert.deepEqual(schedule([call(0)], { start: "2026-11-23", workdays: [] }), [])
  assert.deepEqual(schedule([call(0)], { start: "soon", workdays: [1] }), [])
  const off = readDays("2026-11-23..2027-11-23 2027-11-23..2028-01-01").days
  assert.deepEqual(schedule([call(0)], { start: "2026-11-23", workdays: [1], off }), [])
})

test("steps are added, moved and changed with their days in order", () => {
  let steps = added(added(added([])))
  assert.deepEqual(steps.map((step) => step.day), [0, 4, 8])
  steps = changed(steps, 0, { note: "first" }).steps
  steps = moved(steps, 0, 1)
  assert.deepEqual(steps.map((step) => [step.day, step.note]), [[0, ""], [4, "first"], [8, ""]])
  assert.equal(moved(steps, 0, -1), steps)
  const { steps: sorted, index } = changed(steps, 1, { day: 30 })
  assert.deepEqual([sorted.map((step) => step.day), index, sorted[index].note], [[0, 8, 30], 2, "first"])
  assert.deepEqual(removed(sorted, 0).map((step) => step.day), [8, 30])
  assert.deepEqual(cleanSteps([{ day: 3, channel: "fax" }, { day: -1, channel: "email" }, null, { day: 5, channel: "email", at: 9999, script: "x" }]), [mail(5)])
  assert.deepEqual(cleanSteps("no steps"), [])
})

test("text of a calendar is escaped and folded at 75 octets, never inside a character", () => {
  assert.equal(escapeText("a\\b;c,d\r\ne\rf\u0007g"), "a\\\\b\\;c\\,d\\ne\\nf g")
  const line = `SUMMARY:${"é😀漢".repeat(60)}`
  const folded = fold(line)
  for (const part of folded.split("\r\n")) {
    assert.ok(Buffer.byteLength(part) <= 75, part)
    assert.ok(!part.includes("\ufffd"))
  }
  assert.equal(folded.replaceAll("\r\n ", ""), line)
  assert.equal(fold("x".repeat(75)), "x".repeat(75))
  assert.equal(utcStamp(Date.UTC(2026, 2, 29, 7, 30)), "20260329T073000Z")
})

test("a calendar has the same UIDs and the same bytes for the same plan", () => {
  const event = { uid: `${digest("a")}@ringback`, instant: Date.UTC(2026, 2, 29, 7, 30), minutes: 15, summary: "Call, Dana", description: "", url: "" }
  const text = calendar([event], { name: "x", stamp: 0 })
  assert.equal(text, calendar([event], { name: "x", stamp: 0 }))
  assert.ok(text.endsWith("END:VCALENDAR\r\n") && !/[^\r]\n/.test(text))
  assert.notEqual(digest("Dana 1"), digest("Dana 2"))
})
