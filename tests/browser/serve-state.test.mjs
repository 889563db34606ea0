// Elements with a state of their own are kept through edits around them, and made anew when their own data change.
import assert from "node:assert/strict"
import { cpSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { playbook, serve } from "./support/live.mjs"
import { openPage, visit } from "./support/page.mjs"
import { REPOSITORY } from "./support/site.mjs"

const browser = await startBrowser()
const LESSON = "content/01-calls/01-first.md"

const lab = (words, start) => `---\ntitle: First\nmethods: [sell-the-call]\n---\n\n${words}\n\n\`\`\`lab\nmethod: sell-the-call\nchannel: voicemail\nstart: |\n  ${start}\n\`\`\`\n`
const quiz = (words, right) => `---\ntitle: First\n---\n\n${words}\n\n\`\`\`quiz\nid: one\ntitle: One\nmethod: sell-the-call\nquestions:\n  - choice: What does a message sell?\n    options:\n      - { text: ${right}, right: true, why: One small step. }\n      - { text: The product, why: That comes later. }\n  - true-false: A title makes a caller more credible.\n    answer: false\n    why: It marks the call.\n\`\`\`\n`

function book(text) {
  const made = playbook({ "book.toml": "[book]\ntitle = \"Calls returned\"\n", "content/index.md": "# Calls returned\n\nStart here.\n", [LESSON]: text })
  for (const folder of ["rules", "methods", "lexicon"]) cpSync(join(REPOSITORY, "content", folder), join(made.root, "content", folder), { recursive: true })
  return made
}

async function open(server) {
  const opened = await openPage(browser)
  await visit(opened.page, `${server.url}calls/first/`)
  await opened.page.waitForFunction(() => document.querySelector("ringback-live")?.state)
  return opened
}

test("a half-written script stays while the text around it changes", async () => {
  const made = book(lab("Write one.", "Hi Dana, it is Sam."))
  const server = await serve(made.root)
  const { page, context, problems } = await open(server)
  const script = page.locator("script-lab textarea").first()
  await script.fill("Hi Dana, it is Sam at Elm Tools, 555 0142")
  made.write(LESSON, lab("Write a better one.", "Hi Dana, it is Sam."))
  await page.getByText("Write a better one.").first().waitFor()
  assert.equal(await script.inputValue(), "Hi Dana, it is Sam at Elm Tools, 555 0142")
  assert.deepEqual(problems, [])
  await context.close()
})

test("a half-answered quiz stays while the text around it changes, and is made anew when its questions do", async () => {
  const made = book(quiz("Answer these.", "The return call"))
  const server = await serve(made.root)
  const { page, context, problems } = await open(server)
  const card = page.locator("quiz-card")
  await card.locator("button[data-start]").click()
  await card.locator("input").first().check()
  await card.evaluate((element) => { element.kept = true })
  made.write(LESSON, quiz("Answer these two.", "The return call"))
  await page.getByText("Answer these two.").first().waitFor()
  assert.equal(await card.evaluate((element) => element.kept === true), true)
  assert.equal(await card.locator("input").first().isChecked(), true)
  made.write(LESSON, quiz("Answer these two.", "A call back"))
  await page.waitForFunction(() => !document.querySelector("quiz-card").kept)
  assert.deepEqual(problems, [])
  await context.close()
})
