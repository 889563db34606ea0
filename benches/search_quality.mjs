#!/usr/bin/env node
// How often search puts the right page first: the mean reciprocal rank of the table over the shipped playbook.
//
//     node benches/search_quality.mjs [--all]        --all prints every query, else only those that are not first
//
// RINGBACK names the program; SITE, a served site, stands in for a build. The engine is the one that browsers load.
import { execFileSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { readFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Search } from "../themes/default/js/search/search.js"

const here = fileURLToPath(new URL(".", import.meta.url))
const folder = mkdtempSync(join(tmpdir(), "ringback-search-"))
const program = process.env.RINGBACK ?? join(here, "../target/release/ringback")
const served = process.env.SITE
if (!served) execFileSync(program, ["--root", join(here, ".."), "build", "--quiet", "--output", join(folder, "site")], { stdio: "inherit" })

const search = new Search(async (path, type) => {
  const bytes = served ? Buffer.from(await (await fetch(`${served}search/${path}`)).arrayBuffer()) : await readFile(join(folder, "site/search", path))
  return type === "json" ? JSON.parse(bytes) : type === "text" ? bytes.toString() : new Uint8Array(bytes)
})

let group = ""
const sums = new Map()
for (const line of readFileSync(join(here, "search_quality.yaml"), "utf8").split("\n")) {
  if (/^\w+:$/.test(line)) group = line.slice(0, -1)
  const entry = line.match(/^ {2}- \{ query: (.*), page: (?:\[(.*)\]|(.*)) \}$/)
  if (!entry) continue
  const query = entry[1].replace(/^'(.*)'$/, "$1")
  const pages = (entry[2] ?? entry[3]).split(", ")
  const { hits, found, coverage } = await search.find(query)
  const urls = []
  for (const hit of hits.slice(0, 20)) urls.push((await search.present(hit, found)).url.replace(/#.*/, ""))
  const at = urls.findIndex((url) => pages.includes(url))
  const value = at < 0 ? 0 : 1 / (at + 1)
  const sum = sums.get(group) ?? { n: 0, value: 0, first: 0 }
  sums.set(group, { n: sum.n + 1, value: sum.value + value, first: sum.first + (at === 0 ? 1 : 0) })
  if (at || process.argv.includes("--all")) {
    console.log(`${value.toFixed(2)}  ${query}  → ${urls.slice(0, 3).join("  ")}  (${hits.length}, ${coverage.toFixed(2)})`)
  }
}
const all = [...sums.values()].reduce((a, b) => ({ n: a.n + b.n, value: a.value + b.value, first: a.first + b.first }))
console.log("\n| queries | how many | right page first | mean reciprocal rank |\n|---|---:|---:|---:|")
for (const [name, sum] of [...sums, ["all", all]]) {
  console.log(`| ${name} | ${sum.n} | ${sum.first} | ${(sum.value / sum.n).toFixed(3)} |`)
}
rmSync(folder, { recursive: true })
