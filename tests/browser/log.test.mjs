// The message log: who is calling, what is written, deleted, brought back, taken out and in, in two tabs, on a phone, by keyboard.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const root = new URL("books/follow-up", import.meta.url).pathname
const site = await buildAndServe({ base: "/team/playbook/", root })
const browser = await startBrowser()
const url = `${site.url}log/`
const none = complaints => complaints.length && assert.fail(complaints.join("\n"))

async function ready(page, address = url) {
  await visit(page, address)
  await page.locator("message-log[data-ready]").waitFor()
}

async function openLog(circumstances = {}) {
  const opened = await openPage(browser, { locale: "en-GB", acceptDownloads: true, ...circumstances })
  await ready(opened.page)
  return opened
}

const field = page => page.getByRole("searchbox")
const names = page => page.locator(".log-entry h2").allTextContents()

/** Waits until these are the entries that are shown. */
async function shows(page, wanted) {
  await page.waitForFunction(wanted => JSON.stringify([...document.querySelectorAll(".log-entry h2")].map(title => title.textContent)) === JSON.stringify(wanted), wanted, { timeout: 5000 })
    .catch(async () => assert.deepEqual(await names(page), wanted))
}
const count = page => page.locator(".log-count")

/** Writes an entry, and waits until it is in the list. */
async function write(page, values) {
  const before = await page.locator(".log-entry").count()
  await page.getByRole("button", { name: "Log a message" }).first().click()
  const dialog = page.getByRole("dialog")
  for (const [label, value] of Object.entries(values)) await dialog.getByLabel(label, { exact: label !== "Notes" }).fill(value)
  await dialog.getByRole("button", { name: "Save" }).click()
  await page.locator(".log-entry").nth(before).waitFor()
}

async function importText(page, text, name = "log.csv") {
  await page.locator("[type=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) })
}

async function exported(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export CSV" }).click()])
  return readFileSync(await file.path(), "utf8")
}

const MORAN = { Number: "555-0117", Name: "Dr Moran", Firm: "Kestrel Estates", "Script or reason": "door alarms", Promised: "ring Mon 8:40", "Next step": "May inspection" }
const ASHWORTH = { Number: "+1 (919) 555-0142", Name: "Ms Ashworth", Firm: "Ashworth Paper", "Script or reason": "dock gutter" }

test("someone is calling from 555 0142: on a phone, by keyboard, after a reload", async () => {
  const { page, context, problems } = await openLog({ width: 360, height: 780 })
  assert.ok(await page.getByText("Nothing here yet").isVisible())
  await write(page, MORAN)
  await write(page, ASHWORTH)
  await page.reload()
  await page.locator(".log-entry").nth(1).waitFor()
  await field(page).fill("someone is calling from 555 0142")
  await shows(page, ["Ms Ashworth"])
  await page.getByText("1 entry found").waitFor()
  await field(page).press("Enter")
  assert.equal(await page.evaluate(() => document.activeElement.querySelector("h2").textContent), "Ms Ashworth")
  assert.equal(await page.locator(".log-number").getAttribute("href"), "tel:+19195550142")
  await field(page).fill("moran")
  assert.match(await page.locator(".log-entry").textContent(), /door alarms.*ring Mon 8:40.*May inspection/)
  await field(page).fill("01632 960 172")
  assert.ok(await page.getByText("Nobody in the log has the number 01632 960 172").isVisible())
  await page.getByRole("button", { name: "Log a first message" }).click()
  assert.equal(await page.getByRole("dialog").getByLabel("Number", { exact: true }).inputValue(), "01632 960 172")
  await page.keyboard.press("Escape")
  none([...await checks.sidewaysScroll(page), ...problems])
  await context.close()
})

test("a form without anybody is not saved, and an entry can be changed and logged again", async () => {
  const { page, context } = await openLog()
  await page.getByRole("button", { name: "Log a message" }).click()
  await page.getByRole("button", { name: "Save" }).click()
  assert.match(await page.getByRole("alert").textContent(), /A name, a firm or a number/)
  await page.getByRole("button", { name: "Cancel" }).click()
  await write(page, { ...MORAN, "Due on": "2020-01-02" })
  await page.getByRole("button", { name: "Change: Dr Moran" }).click()
  await page.getByRole("dialog").getByLabel("They asked not to be called").check()
  await page.getByRole("button", { name: "Save" }).click()
  await page.locator(".log-entry", { hasText: /Asked not to be called.*Due since/ }).waitFor()
  await page.getByRole("button", { name: "Log again: Dr Moran" }).click()
  await page.getByRole("button", { name: "Save" }).click()
  await shows(page, ["Dr Moran", "Dr Moran"])
  await page.getByLabel("Only what is due").check()
  await shows(page, ["Dr Moran"])
  await context.close()
})

test("nothing is deleted unasked, and all of it comes back", async () => {
  const { page, context } = await openLog()
  await write(page, MORAN)
  await write(page, ASHWORTH)
  await page.getByRole("button", { name: "Delete: Dr Moran" }).click()
  // The answer that keeps is the one that has the focus.
  await page.keyboard.press("Enter")
  assert.equal((await names(page)).length, 2)
  await page.getByRole("button", { name: "Delete: Dr Moran" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click()
  await shows(page, ["Ms Ashworth"])
  await page.getByRole("button", { name: "Undo" }).click()
  await shows(page, ["Ms Ashworth", "Dr Moran"])
  await page.getByRole("button", { name: "Delete all" }).click()
  await page.getByRole("button", { name: "Delete 2 entries" }).click()
  await page.getByText("Nothing here yet").waitFor()
  await page.getByRole("button", { name: "Undo" }).click()
  await page.locator(".log-entry").nth(1).waitFor()
  await page.reload()
  await page.locator(".log-entry").nth(1).waitFor()
  await context.close()
})

test("a nasty table goes out and comes back the same, in another browser", async () => {
  const { page, context, problems } = await openLog()
  const nasty = { Number: "+44 20 7946 0958", Name: '=cmd|"calc"!A1', Firm: "Smith, \"Sons\"; & Co", "Script or reason": "'-1+1", Promised: "@home 😀", Notes: "two\nlines, and \"quotes\"" }
  await write(page, nasty)
  await write(page, MORAN)
  const text = await exported(page)
  assert.ok(text.startsWith("\ufeffnumber,name,company,when,"))
  assert.doesNotMatch(text, /(^|[,\n]"?)[=+\-@]/m)
  await context.close()

  const other = await openLog()
  await importText(other.page, text)
  assert.match(await other.page.getByRole("dialog").textContent(), /2 new entries/)
  await other.page.getByRole("button", { name: "Add 2 entries" }).click()
  await shows(other.page, ["Dr Moran", '=cmd|"calc"!A1'])
  assert.equal(await exported(other.page), text)
  await importText(other.page, text)
  await other.page.getByText("2 are in the log already").waitFor()
  await importText(other.page, "Telefon;Firma\r\n1;2\r\n")
  await other.page.getByText("This file is no log").waitFor()
  await importText(other.page, 'Name;Phone;When;Comment\r\n"Bronwen; ""B""";01632 960172;2.11.2026 8:35;x\r\n;;;nobody\r\n')
  assert.match(await other.page.getByRole("dialog").textContent(), /1 new entry\. 1 row names nobody\./)
  await other.page.getByRole("button", { name: "Add 1 entry" }).click()
  await field(other.page).fill("0044 1632 960172")
  await shows(other.page, ['Bronwen; "B"'])
  await other.page.getByRole("button", { name: "Undo" }).click()
  await shows(other.page, [])
  none([...problems, ...other.problems])
  await other.context.close()
})

test("two tabs are one log", async () => {
  const { page, context } = await openLog()
  const second = await context.newPage()
  await ready(second)
  await write(page, MORAN)
  await second.getByRole("heading", { name: "Dr Moran" }).waitFor()
  await write(second, ASHWORTH)
  await page.getByRole("heading", { name: "Ms Ashworth" }).waitFor()
  assert.equal((await names(page)).length, 2)
  await context.close()
})

test("a thousand entries stay quick", async context => {
  const { page, context: opened, problems } = await openLog({ width: 360, height: 780 })
  const rows = Array.from({ length: 1000 }, (_, n) => `Person ${n},+1 919 555 ${String(n).padStart(4, "0")},"Firm ${n % 50}, Ltd",2026-01-${String(1 + n % 28).padStart(2, "0")} 08:30,${"a good reason ".repeat(8)}`)
  await importText(page, `name,number,company,when,reason\n${rows.join("\n")}\n`)
  await page.getByRole("button", { name: "Add 1000 entries" }).click()
  await page.getByText("1000 entries, newest first").waitFor()
  assert.equal(await page.locator(".log-entry").count(), 30)
  await page.getByRole("button", { name: "Show more" }).click()
  assert.equal(await page.locator(".log-entry").count(), 60)
  const spent = await page.evaluate(async () => {
    const input = document.querySelector("[type=search]")
    const times = []
    for (const text of ["5", "55", "555", "555 0", "555 07", "555 0777", "p", "person", "person 7", "firm 49", "good reason", ""]) {
      input.value = text
      const began = performance.now()
      input.dispatchEvent(new Event("input", { bubbles: true }))
      times.push(performance.now() - began)
      await new Promise(requestAnimationFrame)
    }
    return times
  })
  context.diagnostic(`search and render among 1,000 entries, ms a keystroke: ${spent.map(ms => ms.toFixed(1)).join(" ")}`)
  await field(page).fill("555 0777")
  await shows(page, ["Person 777"])
  none(problems)
  await opened.close()
})

test("storage refused: the log works as long as the page, and says so once", async () => {
  const { page, context } = await openPage(browser)
  await page.addInitScript(() => { IDBFactory.prototype.open = () => { throw new DOMException("no", "SecurityError") } })
  await ready(page)
  await write(page, MORAN)
  await write(page, ASHWORTH)
  assert.equal((await names(page)).length, 2)
  assert.equal(await page.locator(".notice", { hasText: "keeps nothing" }).count(), 1)
  await context.close()
})

test("storage full: what could not be written is still there, and that is said once", async () => {
  const { page, context } = await openLog()
  await write(page, MORAN)
  await page.evaluate(() => { IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError") } })
  await write(page, ASHWORTH)
  await page.getByText("storage is full").waitFor()
  assert.equal((await names(page)).length, 2)
  await page.reload()
  await page.locator(".log-entry").first().waitFor()
  await shows(page, ["Dr Moran"])
  await context.close()
})

test("records that nobody of ours wrote are set aside, not shown and not thrown away", async () => {
  const { page, context, problems } = await openLog()
  await write(page, MORAN)
  await page.evaluate(base => new Promise(done => {
    const request = indexedDB.open(`ringback:${base}:log`)
    request.onsuccess = () => {
      const change = request.result.transaction("entries", "readwrite")
      for (const record of [{ id: "x", name: { toString: 1 } }, { id: 5 }, { id: "y", name: "<img src=x>", number: "1", at: "never" }]) change.objectStore("entries").put(record)
      change.oncomplete = () => { request.result.close(); done() }
    }
  }), site.base)
  await page.reload()
  await page.getByText("It was set aside").waitFor()
  await shows(page, ["Dr Moran"])
  await page.reload()
  await page.locator(".log-entry").waitFor()
  assert.equal(await page.getByText("It was set aside").count(), 0)
  none(problems)
  await context.close()
})

test("the planner's link fills the form in, hostile words stay words", async () => {
  const { page, context, problems } = await openPage(browser)
  await ready(page, `${url}#new?${new URLSearchParams({ name: "<img src=x onerror=alert(1)>", number: "5", script: "x".repeat(5000) })}`)
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "<img src=x onerror=alert(1)>")
  await page.getByRole("button", { name: "Save" }).click()
  await shows(page, ["<img src=x onerror=alert(1)>"])
  none(problems)
  await context.close()
})

test("without a script the page says what a log holds", async () => {
  const { page, context } = await openPage(browser, { javaScriptEnabled: false })
  await visit(page, url)
  assert.ok(await page.getByText("The log needs JavaScript").isVisible())
  assert.ok(!(await page.locator(".log-main").isVisible()))
  await context.close()
})

for (const [width, scheme] of [[360, "light"], [360, "dark"], [1280, "light"], [1280, "dark"]]) {
  test(`nothing is wrong at ${width} px in the ${scheme}`, async () => {
    const { page, context, problems } = await openLog({ width, scheme })
    await write(page, { ...MORAN, "Due on": "2020-01-02" })
    await write(page, ASHWORTH)
    const look = async () => [...await checks.axeFindings(page), ...await checks.sidewaysScroll(page), ...await checks.smallTargets(page), ...await checks.brokenReferences(page)]
    const found = await look()
    await page.getByRole("button", { name: "Change: Ms Ashworth" }).click()
    found.push(...await look())
    none([...found, ...problems])
    await context.close()
  })
}
