// The script lab as a reader uses it: typing, pasting, undo, input methods, selection; marks that stay under their words; every
// method; questions answered by pointing; drafts that stay.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { eventually } from "./support/eventually.mjs"
import { calm, layersDiffer, marks, openLab, ready, text, write } from "./support/lab.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const site = await buildAndServe({ base: "/team/" })
const browser = await startBrowser()
const LAB = `${site.url}lab/`
const BRAG = "Hi Dana, it's Sam at Elm Tools, 555 0142. We are the biggest dealer in town. Call me, two minutes: 555 0142."

async function lab(circumstances) {
  const opened = await openLab(browser, LAB, circumstances)
  return { ...opened, field: opened.page.locator("script-lab textarea") }
}

test("the words that break a rule are marked as they are typed", async () => {
  const { page, context, problems, field } = await lab()
  await field.focus()
  await page.keyboard.press("Control+a")
  await page.keyboard.press("Delete")
  assert.deepEqual(await marks(page), [])
  await page.keyboard.type(BRAG)
  const broken = (await marks(page)).filter(({ tone }) => tone === "broken")
  assert.ok(broken.some(({ words }) => words.includes("biggest dealer")), JSON.stringify(broken))
  for (const { start, end, words } of await marks(page)) assert.equal(BRAG.slice(start, end), words)
  await calm(page)
  assert.match(await page.locator(".lab-fix").innerText(), /\w/)
  assert.match(await page.locator(".lab-ledger").innerText(), /Do not say how great you are/)
  assert.deepEqual(problems, [])
  await context.close()
})

test("undo and redo are the browser's own, also across what the lab puts in", async () => {
  const { page, context, field } = await lab()
  const first = await text(page)
  await field.press("Control+End")
  await page.keyboard.type(" Bye.")
  assert.equal(await text(page), `${first} Bye.`)
  for (let n = 0; n < 9 && await text(page) !== first; n += 1) await page.keyboard.press("Control+z")
  assert.equal(await text(page), first)
  assert.equal(await layersDiffer(page), "")
  await page.keyboard.press("Control+Shift+z")
  assert.notEqual(await text(page), first)
  await page.locator("[data-do=start]").click()
  await page.getByRole("button", { name: "An empty page" }).click()
  assert.equal(await text(page), "")
  await page.keyboard.press("Control+z")
  assert.ok((await text(page)).startsWith(first), await text(page))
  assert.equal(await layersDiffer(page), "")
  await context.close()
})

test("a paste over everything leaves only what was pasted", async () => {
  const { page, context, field } = await lab({ permissions: ["clipboard-read", "clipboard-write"] })
  await page.evaluate(words => navigator.clipboard.writeText(words), BRAG)
  await field.focus()
  await page.keyboard.press("Control+a")
  await page.keyboard.press("Control+v")
  assert.equal(await text(page), BRAG)
  assert.ok((await marks(page)).some(({ words }) => words.includes("biggest")))
  await page.keyboard.press("Control+a")
  assert.deepEqual(await field.evaluate(one => [one.selectionStart, one.selectionEnd]), [0, BRAG.length])
  await context.close()
})

test("an input method composes undisturbed", async () => {
  const { page, context, field } = await lab()
  await write(page, "Hello, ")
  const session = await context.newCDPSession(page)
  await field.evaluate(one => {
    globalThis.seen = []
    for (const type of ["compositionstart", "compositionupdate", "compositionend"]) one.addEventListener(type, event => globalThis.seen.push(`${type} ${event.data}`))
  })
  for (const part of ["に", "にほ", "にほん"]) {
    await session.send("Input.imeSetComposition", { text: part, selectionStart: part.length, selectionEnd: part.length })
    assert.equal(await text(page), `Hello, ${part}`)
    assert.equal(await layersDiffer(page), "")
  }
  await session.send("Input.insertText", { text: "日本" })
  assert.equal(await text(page), "Hello, 日本")
  assert.equal(await layersDiffer(page), "")
  const seen = await page.evaluate(() => globalThis.seen)
  assert.equal(seen.filter(event => event.startsWith("compositionstart")).length, 1, seen.join())
  await page.keyboard.press("Control+z")
  assert.equal(await text(page), "Hello, ")
  await context.close()
})

const TEXTS = {
  "long words": `We are the biggest ${"dealer".repeat(60)} in town, the best.`,
  "blanks and tabs": "We are   the biggest dealer    in town.\t\tWe are the best.   \n\n   And number one.  \n",
  "no words": "\n\n\n",
  "emoji and accents": "Zoë 👩‍👩‍👧‍👦 née Ångström, we are the biggest 🎉 dealer in town – number one! fi ffl AVA To",
  "right to left": "שלום, we are the biggest dealer in town. مرحبا we are number one",
  "lines": Array.from({ length: 40 }, (_, n) => `Line ${n}: we are the biggest dealer in town, call me on 555 01${n}.`).join("\n"),
}

for (const [width, scheme] of [[360, "dark"], [1280, "light"]]) {
  test(`marks lie exactly under their words at ${width} px`, async () => {
    const { page, context, problems } = await lab({ width, scheme })
    for (const [name, words] of Object.entries(TEXTS)) {
      await write(page, words)
      assert.equal(await layersDiffer(page), "", name)
    }
    await page.evaluate(() => { document.documentElement.style.setProperty("font-size", "200%") })
    assert.equal(await layersDiffer(page), "", "200 % text")
    assert.deepEqual(problems, [])
    await context.close()
  })
}

test("every method grades the same script, and the choice decides what is marked", async () => {
  const { page, context } = await lab()
  await write(page, BRAG)
  await calm(page)
  const methods = page.locator(".lab-method")
  assert.ok(await methods.count() >= 5)
  const seen = new Set()
  for (let at = 0; at < await methods.count(); at += 1) {
    await methods.nth(at).locator("input").check()
    await calm(page)
    const score = (await methods.nth(at).locator(".lab-method-score").innerText()).trim()
    assert.match(score, /^\d+(–\d+)?$/)
    assert.equal((await page.locator(".score span[aria-hidden]").innerText()).trim(), score)
    seen.add(`${score} ${await page.locator(".lab-ledger tbody").innerText()}`)
    const rows = await page.evaluate(() => [...document.querySelectorAll(".lab-ledger tbody tr")].map(row => row.querySelector(".points").textContent))
    const kept = rows.filter(points => /^\d+$/.test(points)).reduce((sum, points) => sum + Number(points), 0)
    assert.equal(await page.locator(".lab-ledger tfoot .points").innerText(), String(kept))
  }
  assert.equal(seen.size, await methods.count(), "two methods say the same")
  await page.getByLabel("E-mail").check()
  await calm(page)
  assert.equal(await page.locator(".lab-wave").isVisible(), false)
  await context.close()
})

test("a question is answered by pointing at words, and asks again when they are gone", async () => {
  const { page, context, field } = await lab()
  await calm(page)
  const ask = page.locator(".lab-asks li").first()
  await ask.getByRole("button", { name: "It is these words" }).click()
  assert.match(await ask.innerText(), /Select the words/)
  const words = await text(page)
  await field.evaluate(one => one.setSelectionRange(0, 9))
  const before = await page.locator(".score span[aria-hidden]").innerText()
  await ask.getByRole("button", { name: "It is these words" }).click()
  assert.match(await page.locator(".lab-pointed").innerText(), new RegExp(words.slice(0, 9)))
  assert.ok((await marks(page)).some(({ tone, start }) => tone === "pointed" && start === 0))
  assert.notEqual(await page.locator(".score span[aria-hidden]").innerText(), before)
  await field.press("Control+Home")
  await page.keyboard.press("Delete")
  await calm(page)
  assert.equal(await page.locator(".lab-pointed").count(), 0)
  await page.getByRole("button", { name: "It is not there" }).first().click()
  assert.match(await page.locator(".lab-accepted").innerText(), /not there/)
  await page.getByRole("button", { name: "Ask again" }).click()
  assert.ok(await page.getByRole("button", { name: "It is not there" }).count() > 0)
  await context.close()
})

test("the next fix leads to its words, and the outcome is announced once", async () => {
  const { page, context, field } = await lab()
  await page.evaluate(() => {
    globalThis.said = []
    globalThis.graded = []
    new MutationObserver(() => globalThis.said.push(document.querySelector("[data-part=status]").textContent)).observe(document.querySelector("[data-part=status]"), { childList: true, characterData: true, subtree: true })
    document.addEventListener("lab:graded", event => globalThis.graded.push(event.detail))
  })
  await write(page, "")
  await page.keyboard.type(BRAG, { delay: 5 })
  await page.waitForTimeout(1900)
  assert.equal((await page.evaluate(() => globalThis.said)).length, 1)
  assert.match((await page.evaluate(() => globalThis.said))[0], /^Grade \d+/)
  const graded = await page.evaluate(() => globalThis.graded)
  assert.equal(graded.length, 1)
  assert.deepEqual(Object.keys(graded[0]).sort(), ["channel", "high", "method", "score"])
  await page.locator(".lab-ledger [data-rule=no-brag]").click()
  assert.match(await field.evaluate(one => one.value.slice(one.selectionStart, one.selectionEnd)), /biggest/)
  assert.match(await page.locator(".lab-note").innerText(), /Do not say how great you are/)
  await context.close()
})

test("twenty thousand characters stay usable, a hundred thousand are not graded", async () => {
  const { page, context, field, problems } = await lab()
  const long = `${BRAG} `.repeat(Math.ceil(20_000 / (BRAG.length + 1))).slice(0, 20_000)
  await write(page, long)
  await page.waitForFunction(() => document.querySelectorAll(".lab-marks mark").length > 100)
  await field.evaluate(one => one.setSelectionRange(109, 109))
  const slowest = await page.evaluate(async () => {
    const one = document.querySelector("script-lab textarea")
    const times = []
    for (const letter of "We are number one. All.") {
      const began = performance.now()
      document.execCommand("insertText", false, letter)
      document.querySelector(".lab-marks").getBoundingClientRect()
      times.push(performance.now() - began)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
    return [Math.max(...times), one.value.length]
  })
  assert.equal(slowest[1], 20_023)
  assert.ok(slowest[0] < 500, `a keystroke took ${slowest[0]} ms`)
  assert.equal(await layersDiffer(page), "")
  await page.waitForTimeout(600)
  assert.ok((await marks(page)).some(({ words }) => words.includes("number one")), "the new words are marked after the pause")
  await write(page, "word ".repeat(21_000))
  await page.waitForTimeout(700)
  assert.match(await page.locator(".lab-fix").innerText(), /not graded/)
  assert.deepEqual(problems, [])
  await context.close()
})

test("drafts and versions stay, say what changed, and come back after they are deleted", async () => {
  const { page, context, field } = await lab()
  await write(page, BRAG)
  await page.locator("[data-do=keep]").click()
  await page.locator(".notice").getByText("Kept as a version").waitFor()
  await write(page, BRAG.replace(" We are the biggest dealer in town.", ""))
  await page.locator("[data-do=keep]").click()
  await page.waitForFunction(() => JSON.parse(localStorage.getItem("ringback:/team/:lab")).value.drafts[0].versions.length === 2)
  await visit(page, LAB)
  await ready(page)
  assert.equal(await text(page), BRAG.replace(" We are the biggest dealer in town.", ""))
  await page.locator("[data-do=drafts]").click()
  await page.locator("dialog summary").click()
  assert.match(await page.locator(".lab-versions > li").first().innerText(), /now kept: .*Do not say how great you are/s)
  await page.locator("dialog").getByLabel("Name").first().fill("To Dana")
  await page.keyboard.press("Tab")
  await page.locator("dialog h3", { hasText: "To Dana" }).waitFor()
  await page.locator(".lab-versions").getByRole("button", { name: "Delete" }).first().click()
  await eventually(async () => assert.equal(await page.locator(".lab-versions > li").count(), 1))
  await page.locator("dialog > * li").getByRole("button", { name: "Delete" }).first().click()
  await page.locator("dialog").getByText("Nothing yet").waitFor()
  // Two things were deleted, each with its own way back; the last one is the draft.
  const undo = page.locator(".notice").getByRole("button", { name: "Undo" })
  await undo.nth(1).click()
  await page.locator("dialog h3", { hasText: "To Dana" }).waitFor()
  await undo.click()
  await page.locator(".lab-versions > li").nth(1).waitFor({ state: "attached" })
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export all" }).click()])
  const chunks = []
  for await (const chunk of await download.createReadStream()) chunks.push(chunk)
  assert.equal(JSON.parse(Buffer.concat(chunks)).scripts.at(0).name, "To Dana")
  await page.locator("dialog summary").click()
  await page.locator(".lab-versions").getByRole("button", { name: "Bring back" }).last().click()
  await eventually(async () => assert.equal(await field.inputValue(), BRAG))
  await context.close()
})

test("a full or refused storage is said, and nothing typed is lost", async () => {
  for (const [name, pattern] of [["QuotaExceededError", /no room/], ["SecurityError", /last only as long/]]) {
    const { page, context } = await openPage(browser)
    await page.addInitScript(kind => {
      Storage.prototype.setItem = () => { throw new DOMException("no", kind) }
    }, name)
    await visit(page, LAB)
    await ready(page)
    await write(page, BRAG)
    await page.locator(".notice").waitFor()
    assert.match(await page.locator(".notice").innerText(), pattern)
    await page.locator("[data-do=drafts]").click()
    assert.match(await page.locator("dialog h3").innerText(), /Hi Dana/)
    assert.equal(await text(page), BRAG)
    await context.close()
  }
})

test("a template is filled in, remembered, and without mistakes", async () => {
  const { page, context } = await lab()
  await page.locator("[data-do=start]").click()
  await page.getByRole("button", { name: "Fill it in" }).first().click()
  const fields = page.locator("dialog .fields input")
  for (let at = 0; at < await fields.count(); at += 1) await fields.nth(at).fill(["Dana", "Sam Ortega", "Elm Tools", "555 0142", "Priya Nair"][at] ?? "the saw")
  await page.getByRole("button", { name: "Put it into the lab" }).click()
  await calm(page)
  assert.match(await text(page), /Dana.*Sam Ortega.*Elm Tools/s)
  assert.ok(!(await text(page)).includes("["))
  assert.match(await page.locator(".score span[aria-hidden]").innerText(), /^(9\d|100)/)
  await page.locator("[data-do=start]").click()
  await page.getByRole("button", { name: "Fill it in" }).first().click()
  assert.equal(await fields.first().inputValue(), "Dana")
  await context.close()
})

test("a phone types, and the page does not zoom or scroll sideways", async () => {
  const { page, context, problems, field } = await lab({ width: 360, height: 780, hasTouch: true, isMobile: true })
  await field.tap()
  await page.keyboard.press("Control+a")
  await page.keyboard.type("Hi Dana, we are the biggest dealer in town.")
  assert.ok((await marks(page)).length > 0)
  assert.ok(await field.evaluate(one => parseFloat(getComputedStyle(one).fontSize)) >= 16)
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
  assert.deepEqual(problems, [])
  await context.close()
})
