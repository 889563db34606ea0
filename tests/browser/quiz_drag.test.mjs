// Sorting with a finger: on the grip it drags and the page stays, beside it the page scrolls; what is broken off is put back.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { fingerOn, gripAndPlace, playing, quizOf, quizSite } from "./support/quiz.mjs"

const PHONE = { hasTouch: true, isMobile: true, width: 360, height: 740 }

const site = await quizSite({ base: "/team/playbook/" })
const browser = await startBrowser()

/** A page with a list of four to sort, a finger, and `order()` and `scrolled()` as they are now. */
async function sorting() {
  const opened = await playing(browser, site, quizOf(["parts"]), PHONE)
  const { page } = opened
  return {
    ...opened,
    finger: await fingerOn(page),
    order: () => page.evaluate(() => [...document.querySelectorAll(".sortable")].map(({ dataset }) => dataset.id)),
    scrolled: () => page.evaluate(() => Math.round(scrollY)),
    isQuiet: async () => await page.locator(".is-dragged").count() === 0,
  }
}

const moved = (order, id, at) => order.filter((one) => one !== id).toSpliced(at, 0, id)

for (const [name, from, at, steps] of [["up", 3, 0, 12], ["down", 0, 3, 12], ["by one place", 1, 2, 6], ["in one quick stroke", 3, 0, 1]]) {
  test(`a finger on the grip drags ${name}, and the page stays where it is`, async () => {
    const { page, context, problems, finger, order, scrolled, isQuiet } = await sorting()
    const before = await order()
    const { x, y, to } = await gripAndPlace(page, before[from], at)
    const top = await scrolled()
    await finger.down(x, y)
    assert.equal(await page.locator(".is-dragged").getAttribute("data-id"), before[from])
    await finger.move(x, to, steps)
    await finger.up()
    assert.deepEqual(await order(), moved(before, before[from], at))
    assert.equal(await scrolled(), top)
    assert.ok(await isQuiet())
    assert.deepEqual(await page.locator(".sort-place").allTextContents(), ["1", "2", "3", "4"])
    await page.waitForFunction((place) => document.querySelector(".play [role=status]").textContent.includes(`${place}`), at + 1)
    assert.deepEqual(problems, [])
    await context.close()
  })
}

test("the first tap after a drag counts, however soon it comes", async () => {
  const { page, context, problems, finger, order } = await sorting()
  const before = await order()
  const { x, y, to } = await gripAndPlace(page, before[3], 0)
  await finger.down(x, y)
  await finger.move(x, to)
  await finger.up()
  await page.locator(".question [type=submit]").tap()
  await page.locator(".feedback:not([hidden])").waitFor({ timeout: 3000 })
  assert.deepEqual(problems, [])
  await context.close()
})

test("a finger beside the grip scrolls the page and moves no item", async () => {
  const { page, context, problems, finger, order, scrolled } = await sorting()
  const before = await order()
  await gripAndPlace(page, before[2], 0)
  const top = await scrolled()
  const box = await page.locator(".sort-text").nth(2).boundingBox()
  await finger.down(box.x + 20, box.y + box.height / 2)
  await finger.move(box.x + 20, box.y - 160, 12)
  await finger.up()
  await page.waitForFunction((was) => Math.round(scrollY) > was + 60, top)
  assert.deepEqual(await order(), before)
  assert.deepEqual(problems, [])
  await context.close()
})

for (const [name, breakOff] of [["Escape", ({ page }) => page.keyboard.press("Escape")], ["a gesture that the system takes over", ({ finger }) => finger.cancel()]]) {
  test(`${name} puts everything back, and the next drag works`, async () => {
    const opened = await sorting()
    const { page, context, problems, finger, order, isQuiet } = opened
    const before = await order()
    const { x, y, to } = await gripAndPlace(page, before[3], 0)
    await finger.down(x, y)
    await finger.move(x, to)
    // The browser hands out a finger's moves frame by frame.
    await page.waitForFunction((first) => document.querySelector(".sortable").dataset.id === first, before[3])
    await breakOff(opened)
    if (name === "Escape") await finger.up()
    assert.deepEqual(await order(), before)
    assert.ok(await isQuiet())
    assert.deepEqual(await page.locator(".sort-place").allTextContents(), ["1", "2", "3", "4"])
    await finger.down(x, y)
    await finger.move(x, to)
    await finger.up()
    assert.deepEqual(await order(), moved(before, before[3], 0))
    assert.deepEqual(problems, [])
    await context.close()
  })
}

test("a second finger on another grip changes nothing", async () => {
  const { page, context, problems, finger, order, isQuiet } = await sorting()
  const before = await order()
  const other = await gripAndPlace(page, before[1], 1)
  const { x, y, to } = await gripAndPlace(page, before[3], 0)
  await finger.down(x, y)
  await finger.down(x, y, { x: other.x, y: other.y, id: 2 })
  await finger.move(x, to)
  await finger.up()
  assert.deepEqual(await order(), moved(before, before[3], 0))
  assert.ok(await isQuiet())
  assert.deepEqual(problems, [])
  await context.close()
})

test("the buttons beside the list do the same by taps", async () => {
  const { page, context, problems, order } = await sorting()
  const before = await order()
  const up = page.locator(`[data-id="${before[2]}"] [data-way=up]`)
  await up.tap()
  await up.tap()
  assert.deepEqual(await order(), moved(before, before[2], 0))
  await page.locator(`[data-id="${before[2]}"] [data-way=down]`).tap()
  assert.deepEqual(await order(), moved(before, before[2], 1))
  assert.deepEqual(problems, [])
  await context.close()
})
