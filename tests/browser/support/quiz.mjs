// The playbook with one more lesson, whose quiz data the tests write themselves, and ways to answer it: by mouse, by keyboard, by touch.
import { execFileSync } from "node:child_process"
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after } from "node:test"
import { openPage, visit } from "./page.mjs"
import { buildAndServe, REPOSITORY, RINGBACK } from "./site.mjs"

const LESSON = "content/01-sell-the-call/90-a-quiz-to-test.md"
const BLOCK = `id: all-kinds
title: One small decision
questions:
  - choice: What is a message on voicemail selling?
    id: selling
    options:
      - { text: The return call, right: true, why: One small decision. }
      - { text: The appointment, why: That is for the call itself. }
`

/** Builds and serves it; `lesson` is the page's address, `put(quiz)` writes other data, `rebuild(block)` is an author's edit. */
export async function quizSite({ base = "/" } = {}) {
  const root = mkdtempSync(join(tmpdir(), "ringback-quiz-"))
  after(() => rmSync(root, { recursive: true, force: true }))
  cpSync(join(REPOSITORY, "content"), join(root, "content"), { recursive: true })
  cpSync(join(REPOSITORY, "book.toml"), join(root, "book.toml"))
  const write = (block) => writeFileSync(join(root, LESSON), "---\ntitle: A quiz to test\n---\n\nSome words.\n\n```quiz\n" + block + "```\n")
  write(BLOCK)
  const site = await buildAndServe({ root, base })
  const page = "sell-the-call/a-quiz-to-test/"
  const src = () => readFileSync(join(site.folder, page, "index.html"), "utf8").match(/data-src="([^"]*)"/)[1]
  return {
    ...site,
    lesson: `${site.url}${page}`,
    put: (quiz) => writeFileSync(join(site.folder, src().slice(base.length)), JSON.stringify(quiz)),
    rebuild(block) {
      write(block)
      execFileSync(RINGBACK, ["--root", root, "build", "--quiet", "--output", site.folder, "--base-url", `https://host.example${base}`], { stdio: "inherit" })
    },
  }
}

/** The quiz that has a question of every kind. */
export const allKinds = () => JSON.parse(readFileSync(join(REPOSITORY, "tests/quiz/all-kinds.json"), "utf8"))

/** Some of its questions as a quiz. */
export function quizOf(ids, more = {}) {
  const quiz = allKinds()
  return { ...quiz, shuffle: "none", ...more, questions: ids.map((id) => quiz.questions.find((question) => question.id === id)) }
}

/** A page with the quiz started, and `events` as they come. */
export async function playing(browser, site, quiz, circumstances) {
  site.put(quiz)
  const opened = await openPage(browser, circumstances)
  await collectEvents(opened.page)
  await visit(opened.page, site.lesson)
  await start(opened.page)
  return opened
}

/** Presses the button of the card. */
export async function start(page) {
  await page.click("quiz-card [data-start]")
  await page.waitForSelector(".play-body > *")
}

/** What an LMS adapter would hear, in `window.heard`. */
export function collectEvents(page, names = ["quiz:answered", "quiz:finished"]) {
  return page.addInitScript((wanted) => {
    globalThis.heard = []
    for (const name of wanted) document.addEventListener(name, (event) => globalThis.heard.push({ name, ...event.detail }))
  }, names)
}

/** What is kept under a name. */
export const kept = (page, name) => page.evaluate((key) => JSON.parse(localStorage.getItem(`ringback:${document.documentElement.dataset.base}:${key}`))?.value, name)

/** Presses Tab until the focus is on what a selector names. */
export async function tabTo(page, selector) {
  for (let n = 0; n < 80; n += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return
    await page.keyboard.press("Tab")
  }
  throw new Error(`Tab never reaches ${selector}`)
}

const word = (page, text) => page.locator(".spot .word", { hasText: new RegExp(`^${text.replace(".", "\\.")}$`) }).first()
const options = (page, ids) => ids.map((id) => page.locator(`.option input[value="${id}"]`))
const letterFor = async (page, text) => (await page.locator(".match-sides li", { hasText: text }).locator(".match-letter").textContent()).trim()

/** Answers by a pointer; `press` is click or tap. */
function byPointer(press, drag) {
  return {
    choice: async (page, ids) => { for (const option of options(page, ids)) await press(option) },
    spot: async (page, words) => { for (const text of words) await press(word(page, text)) },
    order: async (page, ids) => { for (const [at, id] of ids.entries()) await drag(page, id, at) },
    match: async (page, sides) => {
      for (const [at, text] of sides.entries()) {
        const select = page.locator(".match-row select").nth(at)
        await press(select)
        await page.keyboard.press("Escape")
        await select.selectOption({ label: `${await letterFor(page, text)} · ${text}` })
      }
    },
    entry: async (page, text) => {
      await press(page.locator(".entry-field"))
      await page.keyboard.type(text)
    },
    rewrite: async (page, text) => {
      await press(page.locator(".rewrite-field"))
      await page.locator(".rewrite-field").fill(text)
    },
    dialogue: async (page, says) => { for (const text of says) await press(page.locator(".reply", { hasText: text })) },
    check: (page) => press(page.locator(".question [type=submit]")),
    next: (page) => press(page.locator(".feedback .button-main")),
  }
}

/** The middle of an item's grip, and of the item now at a place. */
export const gripAndPlace = (page, id, at) => page.evaluate(([wanted, place]) => {
  const rows = [...document.querySelectorAll(".sortable")]
  const row = rows.find(({ dataset }) => dataset.id === wanted)
  row.scrollIntoView({ block: "center" })
  const grip = row.querySelector(".sort-grip").getBoundingClientRect()
  const box = rows[place].getBoundingClientRect()
  const isUp = rows.indexOf(row) > place
  return { isThere: rows[place] === row, x: grip.x + grip.width / 2, y: grip.y + grip.height / 2, to: isUp ? box.y + 4 : box.bottom - 4 }
}, [id, at])

async function mouseDrag(page, id, at) {
  const { isThere, x, y, to } = await gripAndPlace(page, id, at)
  if (isThere) return
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x, (y + to) / 2, { steps: 4 })
  await page.mouse.move(x, to, { steps: 8 })
  await page.mouse.up()
}

/** A finger on the page: `down`, `move` and `up` as the browser's own touch events, with all that they bring along. */
export async function fingerOn(page) {
  const session = await page.context().newCDPSession(page)
  const send = (type, ...touchPoints) => session.send("Input.dispatchTouchEvent", { type, touchPoints })
  let last
  return {
    down: (x, y, ...others) => send("touchStart", last = { x, y, id: 1 }, ...others),
    async move(x, y, steps = 8) {
      const from = last
      for (let step = 1; step <= steps; step += 1) {
        last = { x: from.x + (x - from.x) * step / steps, y: from.y + (y - from.y) * step / steps, id: 1 }
        await send("touchMove", last)
      }
    },
    up: () => send("touchEnd"),
    cancel: () => send("touchCancel"),
  }
}

async function fingerDrag(page, id, at) {
  const { isThere, x, y, to } = await gripAndPlace(page, id, at)
  if (isThere) return
  const finger = await fingerOn(page)
  await finger.down(x, y)
  await finger.move(x, to)
  await finger.up()
}

const press = (page, ...keys) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())

const byKeyboard = {
  async choice(page, ids) {
    const isRadio = await page.locator(".option input").first().getAttribute("type") === "radio"
    for (const id of ids) {
      await tabTo(page, isRadio ? ".option input" : `.option input[value="${id}"]`)
      await press(page, "Space")
      for (let n = 0; isRadio && n < 9 && !await page.locator(`.option input[value="${id}"]`).isChecked(); n += 1) await press(page, "ArrowDown")
    }
  },
  async spot(page, words) {
    await tabTo(page, ".spot .word")
    await press(page, "Home")
    const all = await page.locator(".spot .word").allTextContents()
    let at = 0
    for (const text of words) {
      for (; all[at] !== text; at += 1) await press(page, "ArrowRight")
      await press(page, "Space")
    }
  },
  async order(page, ids) {
    for (const [at, id] of ids.entries()) {
      const place = () => page.evaluate((wanted) => [...document.querySelectorAll(".sortable")].findIndex(({ dataset }) => dataset.id === wanted), id)
      for (let now = await place(); now > at; now = await place()) {
        await tabTo(page, `[data-id="${id}"] [data-way=up]`)
        await press(page, "Enter")
      }
    }
  },
  async match(page, sides) {
    for (const [at, text] of sides.entries()) {
      await tabTo(page, `.match-row:nth-child(${at + 1}) select`)
      await page.keyboard.type(await letterFor(page, text))
    }
  },
  async entry(page, text) {
    await tabTo(page, ".entry-field")
    await page.keyboard.type(text)
  },
  async rewrite(page, text) {
    await tabTo(page, ".rewrite-field")
    await press(page, "Control+a")
    await page.keyboard.insertText(text)
  },
  async dialogue(page, says) {
    for (const text of says) {
      const at = (await page.locator(".reply").allTextContents()).indexOf(text)
      await tabTo(page, `.reply:nth-child(${at + 1})`)
      await press(page, "Enter")
    }
  },
  async check(page) {
    await tabTo(page, ".question [type=submit]")
    await press(page, "Enter")
  },
  async next(page) {
    await tabTo(page, ".feedback .button-main")
    await press(page, "Enter")
  },
}

/** Ways to answer, each with a function a kind; check presses the button, next goes on. */
export const ways = { mouse: byPointer((target) => target.click(), mouseDrag), keyboard: byKeyboard, touch: byPointer((target) => target.tap(), fingerDrag) }
