// What the lab says of a script is what `ringback grade` says of it: scores under every method, seconds, every finding, and the
// words that are marked; on the labelled scripts and on both sides of every example.
import assert from "node:assert/strict"
import { spawnSync } from "node:child_process"
import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import { openLab } from "./support/lab.mjs"
import { REPOSITORY, RINGBACK, buildAndServe } from "./support/site.mjs"

const site = await buildAndServe()
const browser = await startBrowser()
const scripts = [...labelled(), ...examples()]
const told = gradedByCommand(scripts)

/** The scripts of data/scripts.yaml, whose items all have the same plain shape. */
function labelled() {
  const items = readFileSync(join(REPOSITORY, "data/scripts.yaml"), "utf8").split("\nitems:\n")[1].split(/^- id: /m).slice(1)
  return items.map(item => {
    const [, words] = item.match(/^ {2}text: \|-?\n((?: {4}.*\n|\n)+)/m)
    return { id: item.split("\n")[0], channel: item.match(/^ {2}channel: (\w+)/m)[1], text: words.replace(/^ {4}/gm, "").trimEnd() }
  })
}

function examples() {
  const folder = join(site.folder, "lab")
  const file = readdirSync(folder).find(name => name.startsWith("scripts-"))
  return JSON.parse(readFileSync(join(folder, file), "utf8")).examples
    .flatMap(({ id, before, after }) => [{ id: `${id} before`, ...before }, { id: `${id} after`, ...after }])
}

function gradedByCommand(all) {
  const input = all.map(script => JSON.stringify(script)).join("\n")
  const { stdout, status } = spawnSync(RINGBACK, ["--root", REPOSITORY, "grade", "--jsonl"], { input, maxBuffer: 1 << 28 })
  assert.equal(status, 1, "some of these scripts break a rule")
  return stdout.toString().trim().split("\n").map(line => JSON.parse(line))
}

test("there is a good number of texts", () => {
  assert.ok(scripts.length >= 250, `only ${scripts.length}`)
  assert.equal(told.length, scripts.length)
})

test("scores, seconds, findings and marks are those of the command", async () => {
  const { page, context } = await openLab(browser, `${site.url}lab/`)
  const wrong = []
  for (const [at, script] of scripts.entries()) {
    const shown = await page.evaluate(({ text, channel }) => {
      const root = document.querySelector("script-lab")
      const { lab } = root
      root.querySelector(`.lab-channel input[value=${channel}]`).click()
      const field = root.querySelector("textarea")
      field.value = text
      field.dispatchEvent(new InputEvent("input", { bubbles: true }))
      const methods = {}
      for (const choice of root.querySelectorAll(".lab-method input")) {
        choice.click()
        let place = 0
        const marked = []
        for (const node of root.querySelector(".lab-marks").childNodes) {
          if (node.className === "span span-broken") for (let unit = place; unit < place + node.textContent.length; unit += 1) marked.push(unit)
          place += node.textContent.length
        }
        methods[choice.value] = {
          score: root.querySelector(".score span[aria-hidden]").textContent, listed: choice.closest("label").querySelector(".lab-method-score").textContent,
          marked, rules: lab.rows.filter(row => !lab.grader.program.methods.find(one => one.id === choice.value).rules.some(used => used.variant && lab.grader.program.rules[used.rule].id === row.rule.id)).map(row => row.rule.id),
        }
      }
      const { report, grader } = lab
      const findings = report.findings.slice(0, grader.program.rules.length)
      return { methods, seconds: report.seconds, findings }
    }, script)
    const { id, seconds, verdicts, scores, findings } = told[at]
    const complain = (what, one, other) => {
      if (JSON.stringify(one) === JSON.stringify(other)) return
      const only = (list, rest) => JSON.stringify(Array.isArray(list) ? list.filter(part => !rest.includes(part)) : list)
      wrong.push(`${id}: ${what}: the lab ${only(one, other)}, the command ${only(other, one)}`)
    }
    if (script.channel === "voicemail") complain("seconds", shown.seconds, seconds)
    complain("verdicts", Object.fromEntries(shown.findings.filter(one => verdicts[one.rule] !== undefined).map(one => [one.rule, one.verdict]).sort()), Object.fromEntries(Object.entries(verdicts).sort()))
    const row = finding => JSON.stringify([finding.rule, finding.verdict, finding.start, finding.end, finding.quote, finding.message])
    const said = shown.findings.filter(one => one.message).flatMap(one => {
      const places = one.marks.length ? one.marks : [{ start: one.place ?? 0, end: one.place ?? 0, quote: "" }]
      return places.map(place => row({ ...one, ...place }))
    })
    complain("findings", said.sort(), findings.map(row).sort())
    for (const [method, one] of Object.entries(shown.methods)) {
      complain(`score under ${method}`, one.score === "–" ? null : Number(one.score.split("–")[0]), scores[method])
      complain(`listed score under ${method}`, one.listed, one.score)
      const units = new Set(findings.filter(finding => finding.verdict === "broken" && one.rules.includes(finding.rule)).flatMap(({ start, end }) => Array.from({ length: end - start }, (_, n) => start + n)))
      complain(`marks under ${method}`, one.marked.filter(unit => !units.has(unit)), [])
      complain(`words not marked under ${method}`, [...units].filter(unit => !one.marked.includes(unit)), [])
    }
  }
  await context.close()
  assert.ok(wrong.length === 0, `${wrong.length} differences\n${wrong.slice(0, 12).join("\n")}`)
})
