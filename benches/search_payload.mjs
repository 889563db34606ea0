#!/usr/bin/env node
// What a browser fetches before the first search result, from the first touch on: modules, manifest, shards, fragment.
//
//     node benches/search_payload.mjs SITE QUERY…        SITE is a published folder
//
// Sizes are gzip -6, a request a file. The queries of one call are cold each: nothing is kept from the one before.
import { readdirSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { Search } from "../themes/default/js/search/search.js"

const [site, ...queries] = process.argv.slice(2)
const kib = (bytes) => (bytes / 1024).toFixed(1).padStart(6)
const zipped = (bytes) => gzipSync(bytes, { level: 6 }).length

const modules = new Map()
const assets = readdirSync(join(site, "assets"))
follow(assets.find((name) => name.startsWith("search-dialog-")))
const scripts = [...modules.values()].reduce((sum, bytes) => sum + bytes, 0)

/** A module and all that it imports; what every page has already is not counted. */
function follow(name) {
  if (modules.has(name)) return
  const text = readFileSync(join(site, "assets", name), "utf8")
  modules.set(name, zipped(text))
  for (const [, next] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) follow(next)
}

const files = readdirSync(join(site, "search"), { recursive: true }).map((name) => join(site, "search", String(name))).filter((path) => statSync(path).isFile())
const total = files.reduce((sum, path) => sum + statSync(path).size, 0)
console.log(`index: ${files.length} files, ${(total / 2 ** 20).toFixed(1)} MiB; modules: ${modules.size} files, ${kib(scripts)} KiB gzip`)
console.log("| query | results | requests | KiB gzip | of it shards | eight results | ms, cold, here |\n|---|---:|---:|---:|---:|---:|---:|")
for (const query of queries) {
  const log = []
  const search = new Search(async (path, type) => {
    const bytes = readFileSync(join(site, "search", path))
    log.push(zipped(bytes))
    return type === "json" ? JSON.parse(bytes) : type === "text" ? bytes.toString() : new Uint8Array(bytes)
  })
  const began = performance.now()
  const { hits, found } = await search.find(query)
  if (hits.length) await search.present(hits[0], found)
  const took = performance.now() - began
  const sum = () => log.reduce((a, b) => a + b, 0)
  const [n, first] = [log.length + modules.size, sum()]
  await Promise.all(hits.slice(1, 8).map((hit) => search.present(hit, found)))
  console.log(`| ${query} | ${hits.length} | ${n} | ${kib(first + scripts)} | ${kib(first)} | ${kib(sum() + scripts)} | ${took.toFixed(0)} |`)
}
