// Mistakes lie over the page while they are there: with their place, the line and a way into the editor, open to everyone.
import assert from "node:assert/strict"
import { test } from "node:test"
import { axeFindings } from "./support/checks.mjs"
import { startBrowser } from "./support/chromium.mjs"
import { playbook, serve } from "./support/live.mjs"
import { openPage, visit } from "./support/page.mjs"

const browser = await startBrowser()
const FIRST = "content/01-calls/01-first.md"
const GOOD = "---\ntitle: First\n---\n\nThe first words. See [home](../index.md).\n"
const FILES = {
  "book.toml": "[book]\ntitle = \"Calls returned\"\n\n[serve]\neditor = \"zed://file/{path}:{line}:{column}\"\n",
  "content/index.md": "# Calls returned\n\nStart here.\n",
  [FIRST]: GOOD,
}

test("a mistake is shown with its place and help, leads into the editor, and goes when it is mended", async () => {
  const book = playbook(FILES)
  const server = await serve(book.root)
  const { page, context, problems } = await openPage(browser)
  await visit(page, `${server.url}calls/first/`)
  const panel = page.getByRole("region", { name: /mistake/ })
  await page.getByRole("button", { name: "Live preview: No mistakes" }).waitFor()

  book.write(FIRST, GOOD.replace("../index.md", "../indx.md"))
  await panel.waitFor()
  const text = await panel.textContent()
  for (const words of ["1 mistake", "broken-link", "there is no page at ../indx.md", `${FIRST}:5:29`, "did you mean ../index.md"]) {
    assert.ok(text.includes(words), `${words}: ${text}`)
  }
  assert.equal(await panel.locator("mark").textContent(), "../indx.md")
  assert.equal(await panel.locator("a.place").getAttribute("href"), `zed://file/${book.root}/${FIRST}:5:29`.replace("file//", "file/"))
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "BODY", "the focus stays where it was")

  await page.getByRole("button", { name: "Hide" }).click()
  await panel.waitFor({ state: "hidden" })
  book.write(FIRST, GOOD.replace("../index.md", "../indx.md").replace("first words", "next words"))
  await page.getByText("The next words.").first().waitFor()
  assert.equal(await panel.isVisible(), false, "what was put away stays away")

  book.write(FIRST, GOOD.replace("../index.md", "../indxx.md"))
  await panel.waitFor()
  await page.getByRole("button", { name: "Hide" }).focus()
  await page.keyboard.press("Escape")
  await panel.waitFor({ state: "hidden" })
  assert.equal(await page.evaluate(() => document.querySelector("ringback-live").shadowRoot.activeElement.className), "light")

  book.write(FIRST, GOOD)
  await page.getByRole("button", { name: "Live preview: No mistakes" }).waitFor()
  assert.equal(await panel.isVisible(), false)
  assert.deepEqual(problems, [])
  await context.close()
})

for (const scheme of ["light", "dark"]) {
  for (const width of [360, 1280]) {
    test(`the panel is open to everyone, ${scheme}, ${width} px`, async () => {
      const rule = "content/rules/shout.yaml"
      const book = playbook({ ...FILES, [FIRST]: `${GOOD}\n[a link](nowhere-at-all-with-a-very-long-name-that-has-to-break-somewhere.md)\n\n![](../missing.png)\n`, [rule]: "title: No shouting\nwhy: x\n" })
      const server = await serve(book.root)
      const { page, context, problems } = await openPage(browser, { width, scheme })
      await visit(page, `${server.url}calls/first/`)
      await page.getByRole("region", { name: /mistakes/ }).waitFor()
      assert.deepEqual(problems, [])
      assert.deepEqual(await axeFindings(page), [])
      const wide = await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth)
      assert.ok(wide, "the page scrolls sideways")
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/mistakes-${scheme}-${width}.png` })
      await context.close()
    })
  }
}
