// The search without a browser: words as the shared vectors want them, and a small index made by the program itself.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, test } from "node:test"
import { fileURLToPath } from "node:url"
import { excerpt, mark } from "../../themes/default/js/search/excerpt.js"
import { parse } from "../../themes/default/js/search/query.js"
import { Search } from "../../themes/default/js/search/search.js"
import { tokens } from "../../themes/default/js/search/tokens.js"
import { countBits, distance, letters, stem } from "../../themes/default/js/search/words.js"

const repository = fileURLToPath(new URL("../..", import.meta.url))
const ringback = process.env.RINGBACK ?? join(repository, "target/debug/ringback")
const vectors = (name) => JSON.parse(readFileSync(join(repository, "tests/search", name), "utf8"))

/** Builds a book and answers with the folder of its index. */
function indexOf(files) {
  const root = mkdtempSync(join(tmpdir(), "ringback-search-"))
  after(() => rmSync(root, { recursive: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  execFileSync(ringback, ["--root", root, "build", "--quiet", "--drafts", "--output", join(root, "site")], { stdio: "inherit" })
  return join(root, "site/search")
}

function open(folder, broken = () => false) {
  const asked = []
  const search = new Search(async (path, type) => {
    asked.push(path)
    let bytes = readFileSync(join(typeof folder === "function" ? folder() : folder, path))
    if (broken(path) === "missing") throw new Error("offline")
    if (broken(path) === "short") bytes = bytes.subarray(0, bytes.length >> 1)
    return type === "json" ? JSON.parse(bytes) : type === "text" ? bytes.toString() : new Uint8Array(bytes)
  })
  return { search, asked }
}

const book = indexOf({
  "book.toml": '[book]\ntitle = "Small"\n[search.synonyms]\nvoicemail = ["answering machine"]\n',
  "content/index.md": "# Home\n\nWhere to start.\n",
  "content/01-message.md": "---\ntitle: Leave a message\n---\n\nOn a voicemail say who you are.\n\n## The number\n\nSay the telephone number twice, slowly.\n",
  "content/02-pitch.md": "---\ntitle: Never pitch\n---\n\nA pitch on a message is skipped. Calling back is all you ask.\n",
  "content/03-secret.md": "---\ntitle: Hidden plans\ndraft: true\n---\n\nZebra.\n",
  "content/04-tokyo.md": "---\ntitle: 東京の会議\n---\n\n議事録を送る。 Café Ærø. The number of people who say it twice.\n",
})
const { search } = open(book)

async function titles(query, filter) {
  const { shown } = await search.answer(query, filter)
  return shown.map((one) => one.title.map((piece) => piece.text).join(""))
}

test("texts give the words of the shared vectors", () => {
  for (const [text, words] of vectors("tokens.json").cases) assert.deepEqual(tokens(text), words, text)
})

test("words are as alike as the vectors say", () => {
  const { alike, apart, distances } = vectors("words.json")
  for (const list of alike) assert.equal(new Set(list.map((word) => stem(word))).size, 1, `${list}: ${list.map((word) => stem(word))}`)
  for (const list of apart) assert.equal(new Set(list.map((word) => stem(word))).size, list.length, `${list}`)
  for (const [typed, word, limit, prefix, errors] of distances) assert.equal(distance(typed, word, limit, prefix), errors, `${typed} ${word}`)
  assert.equal(countBits(letters("abca")), 3)
  assert.equal(stem("Häuser", "de"), "Häuser")
})

test("queries are cut into words and phrases", () => {
  const shape = (text) => parse(text).map((part) => `${part.isQuoted ? "=" : ""}${part.words.join(" ")}${part.isOpen ? "*" : ""}`)
  assert.deepEqual(shape('leave "the number" twi'), ["leave", "=the number", "twi*"])
  assert.deepEqual(shape("twice "), ["twice"])
  assert.deepEqual(shape('an "open quote'), ["an", "open", "quote*"])
  assert.deepEqual(shape("会議"), ["会議*"])
  assert.equal(parse("word ".repeat(5000)).length <= 12, true)
})

test("titles, headings, inflections, typing errors, beginnings and synonyms find their page", async () => {
  const wanted = { "leave message": 0, "leaving messages": 0, "mesage leave": 0, "leav": 0, "answering machine": 0, "pitches": 1, "ptich": 1, "skip": 1, "会議": 2, "cafe aero": 2 }
  const names = ["Leave a message", "Never pitch", "東京の会議"]
  for (const [query, at] of Object.entries(wanted)) assert.equal((await titles(query))[0], names[at], query)
})

test("a phrase in quotes is found where its words stand together, and nowhere else", async () => {
  assert.deepEqual(await titles('"number twice"'), ["Leave a message"])
  assert.deepEqual(await titles('"number slowly"'), [])
})

test("a result leads to its heading, with its words marked", async () => {
  const { hits, found } = await search.find("number slowly")
  const shown = await search.present(hits[0], found)
  assert.equal(shown.url, "message/#the-number")
  assert.equal(shown.heading, "The number")
  assert.ok(shown.pieces.some((piece) => piece.isFound && piece.text === "slowly"))
})

test("drafts are never in the index, also when they are shown", async () => {
  assert.deepEqual(await titles("zebra"), [])
  assert.deepEqual(await titles("hidden plans"), [])
})

test("a word is corrected in the open, and a kind narrows the answer", async () => {
  const { instead } = await search.find("voicmail ")
  assert.deepEqual(instead, [{ word: "voicmail", other: "voicemail" }])
  assert.deepEqual(await titles("message", { kind: "rule" }), [])
})

test("no query is too long or too odd", async () => {
  const odd = ["x".repeat(10_000), "word ".repeat(2_000), "?!…", "<b>&amp;</b>", "😀😀", "\u202eשלום\u0000", '"', '""""', "\ud800", "constructor __proto__"]
  for (const query of odd) assert.ok(Array.isArray((await search.find(query)).hits), query.slice(0, 20))
  assert.equal((await search.find("?!…")).isEmpty, true)
})

test("without a shard the search goes on and says so", async () => {
  for (const kind of ["missing", "short"]) {
    const { search: hurt } = open(book, (path) => path.startsWith("postings") && kind)
    const answer = await hurt.find("message")
    assert.equal(answer.isIncomplete, true, kind)
  }
  const { search: placeless } = open(book, (path) => path.startsWith("places") && "missing")
  const answer = await placeless.find("leave message")
  assert.equal(answer.isIncomplete, true)
  assert.ok(answer.hits.length > 0)
  const { search: without } = open(book, (path) => path.startsWith("pages") && "missing")
  const { hits, found } = await without.find("message")
  assert.equal(await without.present(hits[0], found), undefined)
  await assert.rejects(open(book, () => "missing").search.find("message"))
})

test("a query asks for its own files and no others", async () => {
  const { search: fresh, asked } = open(book)
  const { hits, found } = await fresh.find("pitch ")
  await fresh.present(hits[0], found)
  assert.deepEqual(asked.map((path) => path.replace(/-.*/, "")), ["index.json", "terms", "postings", "pages"])
  assert.equal(asked.length <= readdirSync(book).length, true)
})

test("excerpts mark the words of the text as it is written", () => {
  const found = new Set(["cafe", "dont"])
  assert.deepEqual(mark("A CAFÉ, don’t!", found).filter((piece) => piece.isFound).map((piece) => piece.text), ["CAFÉ", "don’t"])
  assert.deepEqual(excerpt({ title: "x", sections: [] }, found), { anchor: "", heading: "", pieces: [] })
})

test("a page that stays open while the site is published again asks the new index", async () => {
  const later = indexOf({
    "book.toml": '[book]\ntitle = "Small"\n',
    "content/index.md": "# Home\n\nWhere to start.\n",
    "content/01-first.md": "---\ntitle: Begin with a name\n---\n\nA name comes first, then the number.\n",
    "content/02-message.md": "---\ntitle: Leave a short message\n---\n\nOn a voicemail say who you are. Say the number twice.\n",
  })
  let folder = book
  const { search: reader, asked } = open(() => folder)
  const before = await reader.answer("number", {}, 8)
  assert.ok(before.shown.every(({ url }) => url !== undefined))
  folder = later
  // Words that are not in memory yet: their files are gone, the new ones are there.
  const { shown, isIncomplete } = await reader.answer("message", {}, 8)
  assert.equal(isIncomplete, false)
  assert.deepEqual(shown.map(({ title }) => title.map((piece) => piece.text).join("")), ["Leave a short message"])
  assert.equal(asked.filter((path) => path === "index.json").length, 2)
})

test("an index that stays as it is, with a part missing, is asked once more and no more", async () => {
  const { search: reader, asked } = open(book, (path) => (path.startsWith("postings-") ? "missing" : false))
  await reader.find("message")
  const { isIncomplete } = await reader.answer("message", {}, 8)
  assert.equal(isIncomplete, true)
  assert.equal(asked.filter((path) => path === "index.json").length, 2)
})
