// The lab's scripts as a file: out of one browser and into another, added to what is there, and hostile files refused.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import * as checks from "./support/checks.mjs"
import { startBrowser } from "./support/chromium.mjs"
import { openLab, text, write } from "./support/lab.mjs"
import { buildAndServe } from "./support/site.mjs"

const site = await buildAndServe({ base: "/team/playbook/", root: new URL("../golden/methods/book", import.meta.url).pathname })
const browser = await startBrowser()
const LAB = `${site.url}lab/`
const MINE = "Hi Dana, this is mine. \"Quoted\", 😀 <b>bold</b> and 555 0142."

const titles = page => page.locator("dialog h3").allInnerTexts()
const notice = page => page.locator(".notice[data-key=lab-import]")

async function openList(page) {
  await page.waitForTimeout(500)
  await page.locator("[data-do=drafts]").click()
  await page.locator("dialog [data-key=import]").waitFor()
}

async function exported(page) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export all" }).click()])
  return readFileSync(await file.path(), "utf8")
}

/** Brings a file in; the answer is what was said. */
async function bring(page, content) {
  await notice(page).getByRole("button", { name: "Close" }).click({ timeout: 200 }).catch(() => {})
  await page.locator("dialog [type=file]").setInputFiles({ name: "scripts.json", mimeType: "application/json", buffer: Buffer.from(content) })
  await notice(page).waitFor()
  return notice(page).locator("p").innerText()
}

const kept = page => page.evaluate(() => localStorage.getItem(`ringback:${document.documentElement.dataset.base}:lab`))
const script = more => ({ name: "", method: "ask-once", channel: "voicemail", text: "Hello.", answers: {}, edited: "2026-03-01T10:00:00Z", versions: [], ...more })
const file = (scripts, more) => JSON.stringify({ format: "ringback-scripts", version: 1, scripts, ...more })

test("scripts go out of one browser and into another, with names, versions and answers, and nothing there is lost", async () => {
  const first = await openLab(browser, LAB, { acceptDownloads: true })
  await write(first.page, MINE)
  await first.page.locator("[data-do=keep]").click()
  await write(first.page, `${MINE} And more.`)
  await openList(first.page)
  await first.page.locator("dialog").getByLabel("Name").first().fill("To Dana")
  await first.page.keyboard.press("Tab")
  const out = await exported(first.page)
  assert.deepEqual(JSON.parse(out).scripts.map(({ name, text, versions }) => [name, text, versions.map(one => one.text)]), [["To Dana", `${MINE} And more.`, [MINE]]])
  assert.equal(await bring(first.page, out), "0 scripts added. 1 was here already.")
  assert.deepEqual(await titles(first.page), ["To Dana"])

  const { page, context, problems } = await openLab(browser, LAB)
  await write(page, "Hello, this is another one.")
  await openList(page)
  const before = await kept(page)
  assert.equal(await bring(page, out), "1 script added.")
  assert.deepEqual(await titles(page), ["Hello, this is another one.", "To Dana"])
  await checks.axeFindings(page).then(found => assert.deepEqual(found, []))
  await notice(page).getByRole("button", { name: "Undo" }).click()
  assert.deepEqual(await titles(page), ["Hello, this is another one."])
  assert.equal(await kept(page), before)
  // One of the same name but other words stands beside it.
  await bring(page, out)
  await bring(page, out.replace("And more.", "And less."))
  assert.deepEqual(await titles(page), ["Hello, this is another one.", "To Dana", "To Dana"])
  await page.locator("dialog [data-key^=open-]").nth(1).click()
  assert.equal(await text(page), `${MINE} And more.`)
  assert.deepEqual(problems, [])
  await first.context.close()
  await context.close()
})

test("the buttons are there by keyboard before anything is written, and a file is words only", async () => {
  const { page, context, problems } = await openLab(browser, LAB)
  page.on("dialog", () => problems.push("a dialog opened"))
  await openList(page)
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.locator("dialog [data-key=import]").press("Enter")])
  const nasty = "<img src=x onerror=alert(1)>"
  const scripts = [script({ name: nasty, text: nasty, method: "__proto__", answers: JSON.parse('{"__proto__":"x","constructor":"y"}'), versions: [{ name: nasty, text: nasty, kept: "2026-03-01T10:00:00Z" }] })]
  await chooser.setFiles({ name: "x.json", mimeType: "application/json", buffer: Buffer.from(file(scripts)) })
  await notice(page).waitFor()
  assert.deepEqual(await titles(page), [nasty])
  assert.equal(await page.locator("dialog img").count(), 0)
  await page.locator("dialog [data-key^=open-]").click()
  assert.equal(await text(page), nasty)
  assert.equal(await page.locator(".lab-method input:checked").count(), 1)
  assert.equal(await page.evaluate(() => ({}).x ?? Object.prototype.hasOwnProperty.call(Object.prototype, "constructor")), true)
  assert.deepEqual(problems, [])
  await context.close()
})

test("a file that is none of ours is refused with its reason, and nothing changes", async () => {
  const { page, context, problems } = await openLab(browser, LAB)
  await write(page, MINE)
  await openList(page)
  const before = await kept(page)
  const version = { name: "", text: "x", kept: "2026-03-01T10:00:00Z" }
  for (const [content, reason] of [
    ["", /not a file of scripts/], ["<html>", /not a file of scripts/], ["[]", /not a file of scripts/], ["null", /not a file of scripts/],
    ['{"format":"ringback-progress","version":1}', /not a file of scripts/], [file([], { version: "1" }), /not a file of scripts/],
    ["[".repeat(200_000), /not a file of scripts/], [Buffer.from([0xff, 0xfe, 0, 1, 2]), /not a file of scripts/],
    [file([], { version: 2 }), /later version/],
    [file({}), /damaged/], [file([null]), /damaged/], [file([script(), script({ text: 5 })]), /damaged/], [file([script({ text: "x".repeat(100_001) })]), /damaged/],
    [file([script({ name: "n".repeat(81) })]), /damaged/], [file([script({ channel: "fax" })]), /damaged/], [file([script({ edited: "yesterday" })]), /damaged/],
    [file([script({ answers: [] })]), /damaged/], [file([script({ answers: { rule: true } })]), /damaged/], [file([script({ versions: [null] })]), /damaged/],
    [file([script({ versions: Array.from({ length: 61 }, () => version) })]), /damaged/], [file(Array.from({ length: 1001 }, () => script())), /damaged/],
    ["x".repeat(10_000_001), /too large/],
  ]) {
    assert.match(await bring(page, content), reason, String(content).slice(0, 60))
    assert.equal(await kept(page), before)
  }
  assert.equal(await bring(page, file([script(), script()])), "1 script added. 1 was here already.")
  assert.deepEqual(problems, [])
  await context.close()
})
