// The seller's tools without a network: after one visit to the site, the planner and the log do all they do, and keep it.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import ICAL from "ical.js"
import { startBrowser } from "./support/chromium.mjs"
import { buildWith, openSettled, startHost } from "./support/host.mjs"
import { visit } from "./support/page.mjs"

const base = "/team/book/"
const folder = buildWith(new URL("books/follow-up", import.meta.url).pathname, base)
const browser = await startBrowser()

/** The site visited once, at its first page, and then without a network. */
async function offline() {
  const host = await startHost({ [base]: folder })
  const opened = await openSettled(browser, host, host.origin + base, { timezoneId: "Europe/London", locale: "en-GB", acceptDownloads: true })
  host.down = true
  const open = async (path, element) => {
    assert.equal((await visit(opened.page, host.origin + base + path)).status(), 200, path)
    await opened.page.locator(`${element}[data-ready]`).waitFor()
  }
  return { ...opened, open }
}

async function downloaded(page, name) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()])
  return readFileSync(await file.path(), "utf8")
}

/** What went wrong but for the network, which is not there. */
const others = problems => problems.filter(problem => !/net::ERR_|Failed to fetch|service worker|503/i.test(problem))

test("without a network the planner plans, changes steps, gives both files, and has it all after a reload", async () => {
  const { page, context, problems, open } = await offline()
  await open("planner/", "cadence-planner")
  await page.getByLabel("For whom").fill("Dana")
  await page.getByLabel("First message on").fill("2026-11-30")
  const calendar = new ICAL.Component(ICAL.parse(await downloaded(page, "Add to calendar")))
  assert.ok(calendar.getAllSubcomponents("vevent").length > 2)
  assert.match(await downloaded(page, "Table (CSV)"), /^\ufeffdate,time,zone,channel,name[^]*2026-11-30/)
  await page.getByRole("button", { name: "Change the steps" }).click()
  // The scripts to choose from are a file of their own.
  await page.locator("optgroup[label=Examples]").first().waitFor({ state: "attached" })
  await page.getByRole("button", { name: "Step 2: remove" }).click()
  await page.getByLabel("Name of your sequence").fill("Mine")
  await page.getByLabel("Name of your sequence").press("Tab")
  await open("planner/", "cadence-planner")
  assert.match(await page.locator(".plan-facts").textContent(), /^Mine/)
  assert.deepEqual(others(problems), [])
  await context.close()
})

test("without a network the log takes an entry in, finds it by number, gives and takes a table, and has it all after a reload", async () => {
  const { page, context, problems, open } = await offline()
  await open("log/", "message-log")
  const names = () => page.locator(".log-entry h2").allTextContents()
  await page.getByRole("button", { name: "Log a message" }).first().click()
  await page.getByRole("dialog").getByLabel("Number", { exact: true }).fill("+1 (919) 555-0142")
  await page.getByRole("dialog").getByLabel("Name", { exact: true }).fill("Ms Ashworth")
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click()
  await page.locator(".log-entry").waitFor()
  await page.locator("[type=file]").setInputFiles({ name: "log.csv", mimeType: "text/csv", buffer: Buffer.from("name,number\r\nDr Moran,555-0117\r\n") })
  await page.getByRole("dialog").getByRole("button", { name: "Add 1 entry" }).click()
  await page.locator(".log-entry").nth(1).waitFor()
  await open("log/", "message-log")
  assert.deepEqual((await names()).sort(), ["Dr Moran", "Ms Ashworth"])
  await page.getByRole("searchbox").fill("555 0142")
  await page.waitForFunction(() => document.querySelectorAll(".log-entry").length === 1)
  assert.deepEqual(await names(), ["Ms Ashworth"])
  assert.match(await downloaded(page, "Export CSV"), /Ms Ashworth/)
  assert.deepEqual(others(problems), [])
  await context.close()
})
