// The lab inside a lesson: readable without scripts, graded by the build, fetched when it is touched, and from there to the lab's page.
import assert from "node:assert/strict"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { axeFindings, sidewaysScroll } from "./support/checks.mjs"
import { marks, ready, text, write } from "./support/lab.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const site = await buildAndServe({ base: "/a/b/" })
const browser = await startBrowser()
const LESSON = `${site.url}practice/a-template-to-fill-in/`

test("the modules come when the block is touched, and not before", async () => {
  const { page, context, problems } = await openPage(browser)
  const asked = []
  page.on("request", request => asked.push(new URL(request.url()).pathname))
  await visit(page, LESSON)
  await page.waitForTimeout(300)
  assert.ok(!asked.some(path => /program-|\/editor-|\/panels-|\/machine-/.test(path)), asked.join("\n"))
  assert.match(await page.locator("script-lab .score").innerText(), /\d+/)
  await page.locator("script-lab textarea").click()
  await ready(page)
  await write(page, "Hi Dana, we are the biggest dealer in town. Call me now.")
  assert.ok((await marks(page)).some(({ words }) => words.includes("biggest")))
  assert.deepEqual(await axeFindings(page), [])
  assert.deepEqual(problems, [])
  await page.locator("script-lab").getByRole("link", { name: "Open in the script lab" }).click()
  await page.waitForURL(/\/lab\/#s=/)
  await ready(page)
  assert.equal(await text(page), "Hi Dana, we are the biggest dealer in town. Call me now.")
  await context.close()
})

test("what is typed before the modules are there is graded when they come", async () => {
  const { page, context } = await openPage(browser, { width: 360 })
  await page.route("**/lab-*.js", async route => {
    await new Promise(resolve => setTimeout(resolve, 600))
    await route.continue()
  })
  await visit(page, LESSON)
  await page.locator("script-lab textarea").fill("Hi Dana, we are the biggest dealer in town.")
  await ready(page)
  assert.equal(await text(page), "Hi Dana, we are the biggest dealer in town.")
  assert.ok((await marks(page)).some(({ words }) => words.includes("biggest")))
  assert.deepEqual(await sidewaysScroll(page), [])
  await context.close()
})

test("without scripts the script and its grade stand there as text", async () => {
  const { page, context } = await openPage(browser, { javaScriptEnabled: false })
  await visit(page, LESSON)
  const lab = page.locator("script-lab")
  assert.match(await lab.innerText(), /Hello \[prospect\]/)
  assert.match(await lab.innerText(), /Grade \d+/)
  assert.equal(await lab.locator("textarea").isVisible(), false)
  await context.close()
})
