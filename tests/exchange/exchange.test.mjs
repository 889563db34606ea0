// Exported quizzes against readers that others wrote: gift-pegjs reads the GIFT file, a zip reader and a strict XML parser the package.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, test } from "node:test"
import { fileURLToPath } from "node:url"
import { DOMParser } from "@xmldom/xmldom"
import { unzipSync } from "fflate"
import gift from "gift-pegjs"

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), "../..")
const PROGRAM = process.env.RINGBACK ?? join(REPOSITORY, "target/debug/ringback")
const folder = mkdtempSync(join(tmpdir(), "ringback-exchange-"))
after(() => rmSync(folder, { recursive: true }))

const QUIZ = `# Calls returned

\`\`\`quiz
id: all
title: All kinds
shuffle: none
questions:
  - choice: "What does it sell: {one} = thing ~ or #2?"
    id: one
    why: A message has one job.
    options:
      - { text: The call, right: true, why: "One: small." }
      - { text: "50% off = now", why: "Later, with *care*." }
  - choice: What belongs in it?
    id: several
    several: true
    options:
      - { text: Your name, right: true }
      - { text: Your number, right: true }
      - { text: Your awards, why: About you. }
  - true-false: A title helps.
    id: title-helps
    answer: false
    why: It does not.
  - text: What do you say twice?
    id: twice
    answers: [your number, the number]
    wrong: [{ text: your name, why: Once is enough. }]
  - number: How long may it be?
    id: long
    answer: 45
    tolerance: 2.5
  - match: Who says what?
    id: who
    pairs: [{ left: Ana, right: Call me }, { left: Ben, right: Write }, { left: Cy, right: "a -> b" }]
  - order: Put it in order
    id: order
    items: [Who you are, The reason, Your number]
\`\`\`
`

mkdirSync(join(folder, "content"))
writeFileSync(join(folder, "book.toml"), "[book]\ntitle = \"Calls returned\"\n")
writeFileSync(join(folder, "content/index.md"), QUIZ)
const run = (...words) => execFileSync(PROGRAM, ["--root", folder, "quiz", ...words], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })

test("gift-pegjs reads every question as what it is", () => {
  const read = gift.parse(run("export", "--format", "gift"))
  const questions = read.filter((one) => one.type !== "Category")
  assert.deepEqual(questions.map((one) => [one.title, one.type]), [
    ["one", "MC"], ["several", "MC"], ["title-helps", "TF"], ["twice", "Short"], ["long", "Numerical"], ["who", "Matching"], ["order", "Matching"],
  ])
  assert.equal(read.find((one) => one.type === "Category").title, "$course$/All kinds")
  const [one, several, holds, twice, long, who] = questions
  assert.match(one.stem.text, /\{one\} = thing ~ or #2\?/)
  assert.deepEqual(one.choices.map((choice) => choice.isCorrect), [true, false])
  assert.match(one.choices[1].text.text, /50&#37; off = now/)
  assert.match(one.choices[1].feedback.text, /<em>care<\/em>/)
  assert.equal(one.globalFeedback.text, "A message has one job.")
  assert.deepEqual(several.choices.map((choice) => choice.weight), [50, 50, -50])
  assert.equal(holds.isTrue, false)
  assert.deepEqual(twice.choices.map((choice) => [choice.text.text, choice.weight]), [["your number", null], ["the number", null], ["your name", 0]])
  assert.deepEqual([long.choices.number, long.choices.range].map(Number), [45, 2.5])
  assert.equal(who.matchPairs.length, 3)
  assert.match(who.matchPairs[2].subanswer, /a -&gt; b/)
})

test("what goes to GIFT comes back as the same questions", () => {
  const file = join(folder, "all.gift")
  run("export", "--format", "gift", "--output", file)
  const first = run("import", file)
  writeFileSync(join(folder, "content/index.md"), `# Calls returned\n\n${first}`)
  run("export", "--format", "gift", "--output", file)
  assert.equal(run("import", file), first)
  writeFileSync(join(folder, "content/index.md"), QUIZ)
})

test("the QTI package is whole: every file is named, every name is a file, every file is XML", () => {
  const path = join(folder, "all.zip")
  run("export", "--format", "qti", "--output", path)
  const bytes = readFileSync(path)
  const files = unzipSync(bytes)
  const parsed = new Map()
  for (const [name, content] of Object.entries(files)) {
    const document = new DOMParser({ onError: (level, message) => assert.fail(`${name}: ${level} ${message}`) })
      .parseFromString(new TextDecoder().decode(content), "text/xml")
    parsed.set(name, document)
  }
  const named = [...parsed.get("imsmanifest.xml").getElementsByTagName("file")].map((file) => file.getAttribute("href"))
  assert.deepEqual(named.toSorted(), Object.keys(files).filter((name) => name !== "imsmanifest.xml").toSorted())
  const ids = [...parsed.get("imsmanifest.xml").getElementsByTagName("resource")].map((one) => one.getAttribute("identifier"))
  const wanted = [...parsed.get("imsmanifest.xml").getElementsByTagName("dependency")].map((one) => one.getAttribute("identifierref"))
  assert.ok(wanted.length === 7 && wanted.every((id) => ids.includes(id)))
  for (const [name, document] of parsed) {
    if (!name.startsWith("items/")) continue
    const declared = [...document.getElementsByTagName("qti-response-declaration")].map((one) => one.getAttribute("identifier"))
    assert.deepEqual(declared, ["RESPONSE"], name)
    const offered = new Set(["qti-simple-choice", "qti-simple-associable-choice"].flatMap((tag) => [...document.getElementsByTagName(tag)])
      .map((one) => one.getAttribute("identifier")))
    const right = [...document.getElementsByTagName("qti-correct-response")].flatMap((one) => [...one.getElementsByTagName("qti-value")])
    if (offered.size) assert.ok(right.flatMap((value) => value.textContent.split(" ")).every((id) => offered.has(id)), name)
  }
  run("export", "--format", "qti", "--output", path)
  assert.deepEqual(readFileSync(path), bytes, "the same bytes again")
})
