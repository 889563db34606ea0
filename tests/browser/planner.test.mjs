// The planner: sequences on dates, the steps changed by keyboard, the files it gives, read back by a parser that is not ours.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import ICAL from "ical.js"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

// A book of their own, so that these tests stand on days and words that do not change.
const root = new URL("books/follow-up", import.meta.url).pathname
const site = await buildAndServe({ base: "/team/playbook/", root })
const browser = await startBrowser()
const none = complaints => complaints.length && assert.fail(complaints.join("\n"))

/** The planner on Monday, 23 March 2026, six days before the clocks of Europe change, for a reader in London. */
async function openPlanner(circumstances = {}, hash = "#sequence-two-month-follow-up") {
  const opened = await openPage(browser, { timezoneId: "Europe/London", locale: "en-GB", acceptDownloads: true, ...circumstances })
  await opened.page.clock.setFixedTime(new Date("2026-03-23T10:00:00Z"))
  await visit(opened.page, `${site.url}planner/${hash}`)
  await opened.page.locator("cadence-planner[data-ready]").waitFor()
  return opened
}

async function downloaded(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()])
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") }
}

/** The events of a calendar as an independent parser reads them. */
function eventsOf(text) {
  const calendar = new ICAL.Component(ICAL.parse(text))
  assert.equal(calendar.getFirstPropertyValue("version"), "2.0")
  return calendar.getAllSubcomponents("vevent").map(component => {
    const event = new ICAL.Event(component)
    const [alarm] = component.getAllSubcomponents("valarm")
    return {
      uid: event.uid,
      start: event.startDate.toJSDate().toISOString(),
      isUtc: event.startDate.zone === ICAL.Timezone.utcTimezone,
      minutes: event.duration.toSeconds() / 60,
      summary: event.summary,
      description: event.description,
      sequence: event.sequence,
      stamp: component.getFirstPropertyValue("dtstamp").toString(),
      alarm: alarm.getFirstPropertyValue("trigger").toSeconds() / 60,
    }
  })
}

const NASTY = `Dana; "O'Neill", \\ 😀 ${"é".repeat(60)}`

test("a lesson's link opens its sequence, planned on working days outside nine to five", async () => {
  const { page, context, problems } = await openPlanner()
  assert.equal(await page.getByRole("combobox", { name: "Sequence" }).inputValue(), "two-month-follow-up")
  assert.equal(await page.evaluate(() => scrollY), 0)
  await page.getByLabel("First message on").fill("2026-03-26")
  const days = await page.locator(".plan-day").evaluateAll(items => items.map(item => item.id.slice(5)))
  // Day 4 is Monday 30 March; day 8 is Good Friday, which is no day off until the seller says so.
  assert.deepEqual(days.slice(0, 3), ["2026-03-26", "2026-03-30", "2026-04-03"])
  await page.getByText("Days and hours").click()
  await page.getByRole("textbox", { name: /Days off/ }).fill("2026-04-03..2026-04-06, easter")
  assert.match(await page.locator("[data-wrong]").textContent(), /easter/)
  assert.equal(await page.locator(".plan-day").nth(2).getAttribute("id"), "plan-2026-04-07")
  assert.match(await page.locator(".plan-day").nth(2).textContent(), /instead of Fri,? 3 Apr/)
  const times = await page.locator(".plan-voicemail time").allTextContents()
  assert.ok(times.length === 9 && times.every(time => time < "09:00" || time >= "17:00"), times.join())
  const weekends = await page.locator(".plan-day").evaluateAll(items => items.map(item => new Date(item.id.slice(5)).getUTCDay()).filter(day => day % 6 === 0))
  assert.deepEqual(weekends, [])
  for (const name of ["Mon", "Tue", "Wed", "Thu", "Fri"]) await page.getByRole("checkbox", { name }).uncheck()
  assert.match(await page.locator(".plan-facts").textContent(), /No day can be worked on/)
  assert.ok(await page.getByRole("button", { name: "Add to calendar" }).isDisabled())
  none(problems)
  await context.close()
})

test("the calendar is what an independent parser reads, on both sides of a change of the clocks", async () => {
  const { page, context, problems } = await openPlanner()
  await page.getByLabel("For whom").fill(NASTY)
  await page.getByLabel("Number").fill("+44 20 7946 0958")
  await page.getByLabel("First message on").fill("2026-03-27")
  const { name, text } = await downloaded(page, "Add to calendar")
  assert.match(name, /^cadence-dana-o-neill-.*\.ics$/)
  assert.ok(text.endsWith("\r\n") && !/[^\r]\n|\r[^\n]/.test(text), "lines end with CR LF")
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line)
  const events = eventsOf(text)
  assert.equal(events.length, 12)
  assert.equal(new Set(events.map(event => event.uid)).size, 12)
  // 08:30 in London is 08:30 UTC on Friday and, after the change, 17:15 is 16:15 UTC on Tuesday.
  assert.deepEqual(events.slice(0, 3).map(event => event.start), ["2026-03-27T08:30:00.000Z", "2026-03-27T08:50:00.000Z", "2026-03-31T16:15:00.000Z"])
  assert.ok(events.every(event => event.isUtc && event.minutes === 15 && event.alarm === -10 && event.stamp === "2026-03-23T10:00:00Z"))
  assert.equal(events[0].summary, `Voicemail: ${NASTY}`)
  assert.match(events[0].description, /^\+44 20 7946 0958\n\nfirst reason\n\n08:30 Europe\/London$/)
  assert.match(events.at(-1).description, /The last message of the round\nHi Deborah, it's Kent/)
  // The same plan again keeps its events; a calendar knows the newer by its sequence.
  await page.getByLabel("First message on").fill("2026-04-01")
  const later = eventsOf((await downloaded(page, "Add to calendar")).text)
  assert.deepEqual(later.map(event => event.uid), events.map(event => event.uid))
  assert.ok(later[0].sequence > events[0].sequence && later[0].start !== events[0].start)
  none(problems)
  await context.close()
})

test("hours are those of the prospect, the reader's own stand beside them", async () => {
  const { page, context, problems } = await openPlanner({ timezoneId: "Australia/Sydney" })
  await page.getByText("Days and hours").click()
  await page.getByLabel("Where they are").selectOption("America/New_York")
  await page.getByLabel("First message on").fill("2026-10-30")
  assert.match(await page.locator(".plan-message").first().textContent(), /08:30.*23:30 where you are/)
  // 17:15 in New York is the next day in Sydney.
  assert.match(await page.locator(".plan-day").nth(1).textContent(), /17:15.*4 Nov, 09:15 where you are/)
  const events = eventsOf((await downloaded(page, "Add to calendar")).text)
  // The clocks of New York go back on 1 November: four hours before it, five after.
  assert.deepEqual([events[0].start, events[2].start], ["2026-10-30T12:30:00.000Z", "2026-11-03T22:15:00.000Z"])
  none(problems)
  await context.close()
})

test("the table can be opened in a spreadsheet without running anything", async () => {
  const { page, context } = await openPlanner()
  await page.getByLabel("For whom").fill('=HYPERLINK("http://x")')
  const { name, text } = await downloaded(page, "Table (CSV)")
  assert.ok(name.endsWith(".csv") && text.startsWith("\ufeffdate,time,zone,channel,name"))
  assert.equal(text.trim().split("\r\n").length, 13)
  assert.match(text, /"'=HYPERLINK\(""http:\/\/x""\)"/)
  await context.close()
})

test("steps are changed by keyboard, a published sequence stays as it is, and a reload keeps both", async () => {
  const { page, context, problems } = await openPlanner({ width: 360, height: 780 })
  await page.getByRole("button", { name: "Change the steps" }).press("Enter")
  const row = n => page.getByRole("listitem", { name: `Step ${n}`, exact: true })
  await page.locator("optgroup[label=Examples]").first().waitFor({ state: "attached" })
  await page.getByRole("button", { name: "Step 3: move down" }).press("Enter")
  assert.equal(await page.evaluate(() => document.activeElement.dataset.key), "move_down:3")
  // Said in a moment of its own, so that a screen reader hears it after the focus has moved.
  await page.locator(".notices", { hasText: /step 4, on day 8/ }).waitFor({ state: "attached" })
  assert.equal(await row(4).getByLabel("Carries").inputValue(), "first reason, other words")
  await row(4).getByLabel("Day", { exact: true }).fill("2")
  await row(4).getByLabel("Day", { exact: true }).press("Enter")
  assert.equal(await row(3).getByLabel("Carries").inputValue(), "first reason, other words")
  await row(1).getByLabel("Script").selectOption({ label: "The last message of the round" })
  await row(1).getByLabel("Hour").fill("10:30")
  await page.getByRole("button", { name: "Step 2: remove" }).press("Enter")
  await page.getByRole("button", { name: "Add a step" }).press("Enter")
  await page.getByLabel("Name of your sequence").fill("Mine")
  await page.getByLabel("Name of your sequence").press("Tab")
  assert.match(await page.locator(".plan-message").first().textContent(), /08:30.*instead of 10:30/)
  await visit(page, `${site.url}planner/`)
  await page.locator("cadence-planner[data-ready]").waitFor()
  assert.match(await page.locator(".plan-facts").textContent(), /^Mine: 12 messages/)
  assert.match(await page.locator(".plan-message").first().textContent(), /Kent/)
  none(await checks.sidewaysScroll(page))
  await page.getByRole("button", { name: "Change the steps" }).click()
  await page.getByRole("button", { name: "Delete this sequence" }).click()
  assert.doesNotMatch(await page.locator(".plan-facts").textContent(), /Mine/)
  await page.getByRole("button", { name: "Undo" }).click()
  assert.match(await page.locator(".plan-facts").textContent(), /^Mine: 12 messages/)
  assert.equal(await page.locator("#sequence-two-month-follow-up tbody tr").count(), 12)
  none(problems)
  await context.close()
})

test("a draft of the lab can be a step's script", async () => {
  const { page, context } = await openPlanner()
  await page.evaluate(base => localStorage.setItem(`ringback:${base}:lab`, JSON.stringify({ version: 1, value: { drafts: [{ id: "1", name: "For Dana", text: "Hello Dana.", versions: [] }, { text: 5 }] } })), site.base)
  await page.getByRole("button", { name: "Change the steps" }).click()
  await page.locator("optgroup").first().waitFor({ state: "attached" })
  await page.getByRole("listitem", { name: "Step 1", exact: true }).getByLabel("Script").selectOption({ label: "For Dana" })
  assert.match(await page.locator(".plan-message").first().textContent(), /Hello Dana\./)
  await context.close()
})

test("storage refused, damaged or none of ours: the planner works, and says so once", async () => {
  const { page, context } = await openPlanner()
  await page.evaluate(base => localStorage.setItem(`ringback:${base}:planner`, JSON.stringify({ version: 1, value: { settings: { workdays: ["x"], zone: "Mars/Base", start: "never", who: 7 }, own: [{ id: 1 }, { id: "a", title: "A", steps: [{ day: "x" }] }], revision: "x" } })), site.base)
  await visit(page, `${site.url}planner/`)
  await page.locator(".plan-day").nth(3).waitFor()
  await page.evaluate(base => localStorage.setItem(`ringback:${base}:planner`, "{"), site.base)
  await visit(page, `${site.url}planner/`)
  await page.getByText("It was set aside").waitFor()
  await context.close()

  const refused = await openPage(browser)
  await refused.page.addInitScript(() => Object.defineProperty(globalThis, "localStorage", { get() { throw new DOMException("no", "SecurityError") } }))
  await visit(refused.page, `${site.url}planner/`)
  await refused.page.locator("cadence-planner[data-ready]").waitFor()
  await refused.page.getByLabel("For whom").fill("Dana")
  await refused.page.getByLabel("Number").fill("5")
  assert.equal(await refused.page.locator(".notice").count(), 1)
  assert.ok(await refused.page.locator(".plan-day").count() > 3)
  await refused.context.close()
})

test("a lesson's timeline leads to its plan", async () => {
  for (const [width, scheme] of [[360, "dark"], [1280, "light"]]) {
    const { page, context, problems } = await openPage(browser, { width, scheme })
    await visit(page, `${site.url}follow-up/`)
    const cadence = page.getByRole("region", { name: "Two months of silence" })
    assert.equal(await cadence.getByRole("img").getAttribute("aria-label"), "9 voicemails, 3 e-mails in 61 days")
    assert.match(await cadence.textContent(), /Every 7–10 days.*on days 17, 26, 34, 43, 51/)
    await cadence.getByText("What has been published").click()
    none([...await checks.axeFindings(page), ...await checks.sidewaysScroll(page), ...await checks.smallTargets(page)])
    await cadence.getByRole("link", { name: "Plan it with dates" }).click()
    await page.locator("cadence-planner[data-ready]").waitFor()
    assert.match(await page.locator(".plan-facts").textContent(), /^Two months of silence: 12 messages/)
    none(problems)
    await context.close()
  }
})

test("without a script the sequences are tables", async () => {
  const { page, context } = await openPage(browser, { javaScriptEnabled: false })
  await visit(page, `${site.url}planner/`)
  assert.ok(await page.getByRole("table").count() === 2)
  assert.ok(!(await page.locator(".plan").isVisible()))
  assert.ok(await page.getByText("count the days from your first message").isVisible())
  await context.close()
})

for (const [width, scheme] of [[360, "light"], [360, "dark"], [1280, "light"], [1280, "dark"]]) {
  test(`nothing is wrong at ${width} px in the ${scheme} with all open`, async () => {
    const { page, context, problems } = await openPlanner({ width, scheme })
    await page.getByText("Days and hours").click()
    await page.getByRole("button", { name: "Change the steps" }).click()
    await page.locator("optgroup").first().waitFor({ state: "attached" })
    // What has scrolled under the header is not too small.
    await page.evaluate(() => scrollTo(0, 0))
    none([...await checks.axeFindings(page), ...await checks.sidewaysScroll(page), ...await checks.smallTargets(page), ...await checks.brokenReferences(page), ...problems])
    await context.close()
  })
}
