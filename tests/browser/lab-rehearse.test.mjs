// The rehearsal: a microphone that beeps (Chromium's own), one that is refused, none at all; real seconds, takes that stay.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { axeFindings, smallTargets } from "./support/checks.mjs"
import { openLab, write } from "./support/lab.mjs"
import { buildAndServe } from "./support/site.mjs"

const site = await buildAndServe()
const LAB = `${site.url}lab/`
const beeping = await startBrowser({ args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required"] })
const plain = await startBrowser({ args: ["--use-fake-device-for-media-stream"] })

async function rehearse(browser, circumstances, prepare) {
  const opened = await openLab(browser, LAB, circumstances)
  if (prepare) await opened.page.evaluate(prepare)
  await opened.page.locator("[data-do=rehearse]").click()
  await opened.page.locator("dialog.rehearse").waitFor()
  return { ...opened, go: opened.page.locator(".rehearse-go"), status: opened.page.locator(".rehearse-status") }
}

test("a take is recorded, measured, played back and kept", async () => {
  const { page, context, problems, go, status } = await rehearse(beeping)
  assert.deepEqual(await axeFindings(page), [])
  await go.click()
  await page.locator(".rehearse[data-running]").waitFor()
  assert.match(await status.innerText(), /Recording/)
  await page.waitForFunction(() => document.querySelectorAll(".prompt-said").length > 4)
  await page.waitForTimeout(2500)
  await go.click()
  const result = page.locator(".rehearse-result")
  await result.locator("audio").waitFor()
  const seconds = Number((await result.locator("h3").innerText()).match(/[\d.]+/)[0])
  assert.ok(seconds > 1 && seconds < 15, `${seconds} s`)
  const played = await result.locator("audio").evaluate(audio => new Promise((resolve, reject) => {
    audio.onended = () => resolve(audio.currentTime)
    audio.onerror = () => reject(new Error(audio.error.message))
    audio.play().catch(reject)
  }))
  assert.ok(played > 1, `played ${played} s`)
  await result.getByLabel("Perhaps").check()
  await result.getByLabel("Why, or why not").fill("Too fast at the number.")
  await result.getByRole("button", { name: "Keep this take" }).click()
  await page.locator(".rehearse-kept li").waitFor()
  assert.deepEqual(await axeFindings(page), [])
  assert.deepEqual(await smallTargets(page), [])
  await page.keyboard.press("Escape")
  assert.equal(await page.evaluate(() => document.activeElement.dataset.do), "rehearse")
  await page.reload()
  await page.waitForSelector("script-lab[data-ready]", { state: "attached" })
  await page.locator("[data-do=rehearse]").click()
  const kept = page.locator(".rehearse-kept li")
  await kept.waitFor()
  assert.match(await kept.innerText(), /Too fast at the number/)
  assert.match(await kept.innerText(), /I might return it/)
  assert.ok(await kept.locator("audio").evaluate(audio => new Promise(resolve => {
    audio.onloadedmetadata = () => resolve(audio.duration > 0)
    audio.onerror = () => resolve(false)
    audio.load()
  })), "the kept sound can be played")
  await kept.getByRole("button", { name: "Delete" }).click()
  await page.waitForFunction(() => document.querySelector(".rehearse-kept").hidden)
  await page.locator(".notice").getByRole("button", { name: "Undo" }).click()
  await kept.waitFor()
  assert.deepEqual(problems, [])
  await context.close()
})

test("the microphone is given back when a take ends, and when the dialog is closed in the middle of one", async () => {
  const { page, context, go } = await rehearse(beeping, {}, () => {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
    globalThis.tracks = []
    navigator.mediaDevices.getUserMedia = async wish => {
      const stream = await ask(wish)
      globalThis.tracks.push(...stream.getTracks())
      return stream
    }
  })
  for (const end of [() => go.click(), () => page.keyboard.press("Escape")]) {
    await go.click()
    await page.locator(".rehearse[data-running]").waitFor()
    await page.waitForTimeout(300)
    await end()
    await page.waitForFunction(() => globalThis.tracks.length > 0 && globalThis.tracks.every(track => track.readyState === "ended"))
  }
  await context.close()
})

test("a refused microphone is explained, and the clock goes on without it", async () => {
  const { page, context, problems, go, status } = await rehearse(plain, { permissions: [] }, () => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"))
  })
  await go.click()
  await page.waitForFunction(() => /refused/.test(document.querySelector(".rehearse-status").textContent))
  assert.equal(await page.getByLabel("Record with the microphone").isChecked(), false)
  await go.click()
  await page.locator(".rehearse[data-running]").waitFor()
  assert.match(await status.innerText(), /clock runs/)
  await page.waitForTimeout(600)
  await go.click()
  await page.locator(".rehearse-result").waitFor()
  assert.equal(await page.locator(".rehearse-result audio").count(), 0)
  assert.deepEqual(problems, [])
  await context.close()
})

test("the browser's own refusal, no microphone and no way to record are told apart", async () => {
  const denied = await rehearse(plain)
  const session = await denied.context.newCDPSession(denied.page)
  await session.send("Browser.setPermission", { permission: { name: "microphone" }, setting: "denied", origin: site.origin })
  await denied.go.click()
  await denied.page.waitForFunction(() => /refused/.test(document.querySelector(".rehearse-status").textContent))
  await denied.context.close()
  for (const [prepare, pattern] of [
    [() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotFoundError")) }, /No microphone was found/],
    [() => { navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotReadableError")) }, /in use/],
  ]) {
    const { page, context, go } = await rehearse(plain, {}, prepare)
    await go.click()
    await page.waitForFunction(source => new RegExp(source).test(document.querySelector(".rehearse-status").textContent), pattern.source)
    await context.close()
  }
  const { page, context, status } = await rehearse(plain, {}, () => { delete globalThis.MediaRecorder })
  assert.match(await status.innerText(), /cannot record/)
  assert.ok(await page.getByLabel("Record with the microphone").isDisabled())
  await context.close()
})

test("the pace of a take sets the meter", async () => {
  const { page, context, go } = await rehearse(plain, {}, () => {
    // The clock of the page runs fast, so that a whole take fits into a test.
    const now = performance.now.bind(performance)
    performance.now = () => now() * 6
  })
  await page.getByLabel("Record with the microphone").uncheck()
  await go.click()
  await page.locator(".rehearse[data-running]").waitFor()
  const expected = Number((await page.locator(".rehearse-side .lab-facts").innerText()).match(/\d+/)[0])
  await page.waitForFunction(wanted => Number(document.querySelector(".rehearse-clock").textContent) >= wanted, expected * 1.05)
  await go.click()
  const use = page.getByRole("button", { name: /Use my pace/ })
  const pace = Number((await use.innerText()).match(/\d+/)[0])
  assert.ok(pace > 90 && pace < 147, `${pace} words a minute`)
  await use.click()
  await page.keyboard.press("Escape")
  await page.waitForTimeout(300)
  const set = Number((await page.locator("[data-part=pace-now]").innerText()).match(/\d+/)[0])
  assert.equal(set, Math.max(pace, 120))
  const seconds = Number((await page.locator("[data-part=seconds]").innerText()).match(/\d+/)[0])
  assert.ok(seconds > expected, `${seconds} s after, ${expected} s before`)
  await context.close()
})

test("nothing is rehearsed where nothing is written", async () => {
  const { page, context } = await openLab(plain, LAB)
  await write(page, " ")
  await page.locator("[data-do=rehearse]").click()
  await page.waitForTimeout(300)
  assert.equal(await page.locator("dialog").count(), 0)
  assert.match(await page.locator("[data-part=status]").innerText(), /nothing to rehearse/)
  await context.close()
})
