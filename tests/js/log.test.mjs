// The message log without a browser: tables as text, numbers in any form, answers to "who is calling?".
import assert from "node:assert/strict"
import { test } from "node:test"
import { readCsv, writeCsv } from "../../themes/default/js/lib/csv.js"
import { cleanEntry, fromRows, isEntry, newAmong, toRows } from "../../themes/default/js/log/entry.js"
import { digitsOf, matchDigits, numberIn } from "../../themes/default/js/log/phone.js"
import { find, folded, keysOf } from "../../themes/default/js/log/search.js"

test("tables come back as they were, whatever is in their cells", () => {
  const rows = [
    ["number", "name"],
    ["+44 (0)20 7946 0958", "=cmd|' /C calc'!A0"],
    ['"quoted"', "two\nlines\r\nand ; , \t more"],
    ["'=already", "''=twice"],
    ["-1", "@sum"],
    [" leading", "trailing "],
    ["", "😀 ünïcödé"],
    ["＝full", "'plain"],
  ]
  const text = writeCsv(rows)
  assert.deepEqual(readCsv(text), rows)
  for (const line of readRaw(text)) assert.doesNotMatch(line, /^[=+\-@\t\r＝＋－＠]/)
})

/** Cells as a spreadsheet would see them: quotes undone, apostrophes kept. */
function readRaw(text) {
  return [...text.slice(1).matchAll(/"((?:[^"]|"")*)"|([^",\r\n]+)/g)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain)
}

test("tables of others are read: semicolons, tabs, any line ends, no end, blank lines", () => {
  for (const [text, rows] of [
    ["a;b\r\n1;2\r\n", [["a", "b"], ["1", "2"]]],
    ["a\tb\n1\t2", [["a", "b"], ["1", "2"]]],
    ["a,b\r1,2\r", [["a", "b"], ["1", "2"]]],
    ['\ufeffa,b\n"x;y;z","say ""hi"""\n\n', [["a", "b"], ["x;y;z", 'say "hi"']]],
    ['"a;b",c\n1,2', [["a;b", "c"], ["1", "2"]]],
    ['a,b\n"open', [["a", "b"], ["open"]]],
    ['a,5" pipe\n', [["a", '5" pipe']]],
    ["", []],
    ["a,,\n", [["a", "", ""]]],
  ]) assert.deepEqual(readCsv(text), rows, JSON.stringify(text))
})

test("a number is the same number in all of its forms", () => {
  for (const [one, other, wanted] of [
    ["555 0142", "555-0142", 3],
    ["555 0142", "(919) 555-0142", 2],
    ["0142", "+1 919 555 0142", 2],
    ["+1 919 555 0142", "555 0142", 2],
    ["1-919-555-0142", "919.555.0142", 2],
    ["+44 20 7946 0958", "020 7946 0958", 2],
    ["0044 20 7946 0958", "+44 (0)20 7946 0958", 3],
    ["020 7946", "+44 20 7946 0958", 1],
    ["+44 20 7946", "020 7946 0958", 1],
    ["919 555", "+1 (919) 555-0142 ext. 12", 1],
    ["555 0142", "919-555-0142 x99", 2],
    ["５５５ ０１４２", "555-0142", 3],
    ["555 0142", "555 0143", 0],
    ["42", "555 0142", 0],
    ["555 0142", "", 0],
    ["020 7946 0958", "+1 919 555 0142", 0],
  ]) assert.equal(matchDigits(digitsOf(one), digitsOf(other)), wanted, `${one} | ${other}`)
})

test("a question is asked as people ask it", () => {
  for (const [text, digits] of [
    ["someone is calling from 555 0142", "5550142"],
    ["+44 (0)20 7946 0958", "442079460958"],
    ["Dana", ""],
    ["in 2 days", ""],
    ["Moran 0117", "117"],
  ]) assert.equal(numberIn(text), digits, text)
  assert.equal(folded("  Ågnes O’Neill-Łuk "), "agnes oneill łuk")
})

const entry = (number, name, more = {}) => ({ number, name, company: "", script: "", promised: "", next: "", notes: "", ...more })

test("the right entry stands first", () => {
  const entries = [
    entry("919-555-0142", "Ms Ashworth", { company: "Ashworth Paper", script: "dock gutter" }),
    entry("555-0117", "Dr Moran", { company: "Kestrel Estates", promised: "ring Mon 8:40" }),
    entry("01632 960 172", "Bronwen", { company: "Little Oaks", next: "call Ashworth" }),
    entry("+1 919 555 0142", "Ms Ashworth", { company: "Ashworth Paper", script: "rain forecast" }),
  ]
  const keys = entries.map(keysOf)
  const times = ["2026-11-02T17:20", "2026-11-02T17:10", "2026-11-03T08:35", "2026-11-09T08:50"]
  for (const [question, places] of [
    ["", [3, 2, 0, 1]],
    ["555 0142", [3, 0]],
    ["someone is calling from 555 0142", [3, 0]],
    ["0117", [1]],
    ["0044 1632 960172", [2]],
    ["ashw", [3, 0, 2]],
    ["ASHWORTH gutter", [0]],
    ["who is Moran", [1]],
    ["kestrel moran", [1]],
    ["nobody", []],
    ["999 9999", []],
  ]) assert.deepEqual(find(question, keys, times), places, question)
})

test("a thousand entries are searched in no time", (context) => {
  const entries = Array.from({ length: 1000 }, (_, n) => entry(`+1 919 555 ${String(n).padStart(4, "0")}`, `Person ${n}`, { company: "A firm with a long name", script: "The reason for the call ".repeat(5) }))
  const keys = entries.map(keysOf)
  const times = entries.map((_, n) => String(n).padStart(6, "0"))
  const spent = ["0142", "person 77", "reason", "someone is calling from 555 0999"].map((question) => {
    const began = performance.now()
    find(question, keys, times)
    return performance.now() - began
  })
  context.diagnostic(`search in 1,000 entries: ${spent.map((ms) => ms.toFixed(2)).join(", ")} ms`)
})

test("entries are cleaned, and only what cleaning leaves as it is counts as ours", () => {
  assert.equal(cleanEntry({ script: "x" }), null)
  for (const wrong of [null, 5, "x", [], { id: "a" }]) assert.equal(cleanEntry(wrong), null)
  const good = cleanEntry({ name: " Dana\u0000 ", number: "1".repeat(99), at: "2026-11-02T17:20", due: "2026-02-31", stop: "yes", channel: "fax" })
  assert.deepEqual([good.name, good.number.length, good.at, good.due, good.stop, good.channel, good.made], ["Dana", 60, "2026-11-02T17:20", "", true, "voicemail", 0])
  assert.ok(isEntry(good) && isEntry(structuredClone(good)))
  for (const change of [{ name: 5 }, { at: "never" }, { stop: "yes" }, { made: "x" }, { id: 7 }, { notes: undefined }]) assert.ok(!isEntry({ ...good, ...change }), JSON.stringify(change))
})

test("tables of others become entries: columns by name, days that can be read, the rest kept as notes", () => {
  const read = fromRows([["Contact", "Phone Number", "Date", "Reason", "Do not call", "Extra"], ["Dana", "555", "2.11.2026 8:05", "pumps", "x", "?"], ["", "556", "11/02/2026", "", "no", ""], ["", "", "2026-01-01", "nobody", "", ""]])
  assert.deepEqual(read.entries.map(({ name, number, at, script, stop, notes }) => [name, number, at, script, stop, notes]), [
    ["Dana", "555", "2026-11-02T08:05", "pumps", true, ""],
    ["", "556", "", "", false, "11/02/2026"],
  ])
  assert.equal(read.empty, 1)
  assert.equal(fromRows([["a", "b"], ["1", "2"]]), null)
  assert.equal(fromRows([]), null)
  const again = fromRows(toRows(read.entries)).entries
  assert.deepEqual(again.map(({ made, ...entry }) => entry), read.entries.map(({ made, ...entry }) => entry))
  assert.deepEqual(newAmong(again, read.entries), [])
  assert.equal(newAmong([...read.entries.map((entry) => ({ ...entry, id: "" })), cleanEntry({ name: "New" })], read.entries).length, 1)
})
