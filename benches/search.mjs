#!/usr/bin/env node
// What search costs, at several sizes: to build, to publish, to fetch, to wait for; beside Pagefind over the same site.
//
//     node benches/search.mjs [N…]        100, 1000 and 10000 lessons unless told
//
// RINGBACK names the release binary, CHROME the browser, PAGEFIND the native program (left out where it is not set). Built in a memory
// filesystem, each time cold. Bytes are gzip -6. Waiting is from the last key of a query to the list of results in Chromium, from a
// server on the loopback that compresses; every query in a browser context of its own, so nothing is cached.
import { execFileSync, spawnSync } from "node:child_process"
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs"
import { createServer } from "node:http"
import { tmpdir } from "node:os"
import { extname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { gzipSync } from "node:zlib"

const here = fileURLToPath(new URL(".", import.meta.url))
const ringback = process.env.RINGBACK ?? join(here, "../target/release/ringback")
const sizes = process.argv.slice(2).map(Number)
const room = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "ringback-search-"))
process.on("exit", () => rmSync(room, { recursive: true, force: true }))
/** A common word, two words, a rare word of the corpus, a typing error in the common one. */
const queries = (corpus) => ["engineer", "careful engineer", rareWord(corpus), "enginere"]
// Slow: the round trip and the speed that Lighthouse takes for a phone on a slow fourth-generation network.
const NETWORK = { none: null, slow: { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 750_000 / 8 } }
/** Seconds after which a program is not run again. */
const LONG = 15
const TYPES = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml", ".txt": "text/plain" }

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1]
const row = (...cells) => console.log(`| ${cells.join(" | ")} |`)

/** Wall seconds and peak MiB of a program, the median of three, each into a new folder; one run where that takes long. */
function timed(command, args, folder) {
  const times = []
  while (times.length < 3 && !(times[0]?.[0] > LONG)) {
    rmSync(folder, { recursive: true, force: true })
    const { status, stdout, stderr } = spawnSync("python3", ["-c", `
import os, sys, time, subprocess, resource
began = time.perf_counter()
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
sys.exit(code)`, command, ...args], { encoding: "utf8" })
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stderr}`)
    times.push(stdout.trim().split(" ").map(Number))
  }
  return { seconds: median(times.map(([seconds]) => seconds)), peak: median(times.map(([, peak]) => peak)) }
}

/** Of the words of seven letters or more the one that the fewest lessons have, the first by letters. */
function rareWord(corpus) {
  const lessons = new Map()
  const paths = readdirSync(join(corpus, "content"), { recursive: true }).map(String).filter((path) => path.endsWith(".md"))
  for (const path of paths) {
    const words = readFileSync(join(corpus, "content", path), "utf8").match(/\b[a-z]{7,}\b/g) ?? []
    for (const word of new Set(words)) lessons.set(word, (lessons.get(word) ?? 0) + 1)
  }
  return [...lessons].sort((a, b) => a[1] - b[1] || (a[0] < b[0] ? -1 : 1))[0][0]
}

function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name))).filter((path) => statSync(path).isFile())
  return `${(files.reduce((sum, path) => sum + statSync(path).size, 0) / 2 ** 20).toFixed(1)} MiB in ${files.length} files`
}

/** Serves a folder on a free port, compressed where the browser takes it. */
async function serve(folder) {
  const zipped = new Map()
  const server = createServer((request, response) => {
    const path = join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname))
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path
    if (!existsSync(file)) return response.writeHead(404).end()
    if (!zipped.has(file)) zipped.set(file, gzipSync(readFileSync(file), { level: 6 }))
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream", "content-encoding": "gzip" })
    response.end(zipped.get(file))
  })
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready))
  return server
}

/** Milliseconds from the last key of a query to its results, cold, and again with the query typed once more. */
async function wait(browser, address, query, rate, network) {
  const context = await browser.newContext({ serviceWorkers: "block" })
  const page = await context.newPage()
  await page.goto(address)
  const session = await context.newCDPSession(page)
  await session.send("Emulation.setCPUThrottlingRate", { rate })
  await session.send("Network.enable")
  if (network) await session.send("Network.emulateNetworkConditions", network)
  const type = async () => {
    await page.evaluate(() => {
      globalThis.shown = new Promise((resolve) => {
        const began = { at: 0 }
        addEventListener("input", () => { began.at = performance.now() }, { capture: true })
        const look = () => {
          const input = document.querySelector(".search-dialog input")
          const first = document.querySelector(".search-dialog .search-result:not(.search-again)")
          if (first && input.value.length === globalThis.wanted && !document.querySelector("[data-stale]")) resolve(performance.now() - began.at)
          else requestAnimationFrame(look)
        }
        look()
      })
    })
    await page.evaluate((length) => { globalThis.wanted = length; document.querySelector(".search-dialog .search-result")?.remove() }, query.length)
    await page.keyboard.insertText(query)
    return page.evaluate(() => globalThis.shown)
  }
  await page.keyboard.press("/")
  await page.waitForSelector(".search-dialog[open] input")
  const cold = await type()
  await page.fill(".search-dialog input", "")
  await page.waitForFunction(() => !document.querySelector(".search-dialog .search-result:not(.search-again)"))
  const warm = await type()
  await context.close()
  return { cold, warm }
}

/** The binary that makes a corpus; the same that ./bench build uses. */
function corpusMaker() {
  execFileSync("cargo", ["build", "--release", "--quiet", "--manifest-path", join(here, "Cargo.toml"), "--target-dir", join(here, "target")], { stdio: "inherit" })
  return join(here, "target/release/corpus")
}

async function openBrowser() {
  const playwright = await import("playwright-core").catch(() => import(new URL("../tests/browser/node_modules/playwright-core/index.mjs", import.meta.url).href)).catch(() => null)
  return playwright?.chromium.launch({
    executablePath: process.env.CHROME ?? "/usr/bin/chromium", chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  })
}

const maker = corpusMaker()
const browser = await openBrowser()
if (!browser) console.log("Chromium is not driven: playwright-core is not installed")
for (const lessons of sizes.length ? sizes : [100, 1000, 10000]) {
  console.log(`\n## ${lessons} lessons\n`)
  const [corpus, site] = [join(room, "corpus"), join(room, "site")]
  execFileSync(maker, [String(lessons), corpus])
  const build = ["--root", corpus, "build", "--quiet", "--output", site]
  const on = timed(ringback, [...build, "--base-url", "https://host.example/"], site)
  const index = sizeOf(join(site, "search"))
  appendFileSync(join(corpus, "book.toml"), "\n[search]\nenabled = false\n")
  const off = timed(ringback, build, site)
  row("", "seconds", "peak MiB", "index")
  row("---", "---:", "---:", "---")
  row("ringback, search on", on.seconds.toFixed(3), on.peak.toFixed(0), index)
  row("ringback, search off", off.seconds.toFixed(3), off.peak.toFixed(0), "")
  rmSync(corpus, { recursive: true })
  execFileSync(maker, [String(lessons), corpus])
  rmSync(site, { recursive: true, force: true })
  execFileSync(ringback, build)
  const asked = queries(corpus)
  if (process.env.PAGEFIND) {
    const pagefind = timed(process.env.PAGEFIND, ["--site", site, "--output-path", join(room, "pagefind")], join(room, "pagefind"))
    row("pagefind over the same site", pagefind.seconds.toFixed(3), pagefind.peak.toFixed(0), sizeOf(join(room, "pagefind")))
  }
  console.log(`\n${execFileSync(process.execPath, [join(here, "search_payload.mjs"), site, ...asked], { encoding: "utf8" })}`)
  if (browser) {
    const server = await serve(site)
    const address = `http://127.0.0.1:${server.address().port}/contents/`
    row("query", "ms, cold", "ms, typed again", "CPU slowed 4 ×, cold", "again", "slow connection, cold", "again")
    row("---", "---:", "---:", "---:", "---:", "---:", "---:")
    for (const query of asked) {
      const cells = []
      for (const [rate, network] of [[1, NETWORK.none], [4, NETWORK.none], [1, NETWORK.slow]]) {
        const runs = []
        for (let run = 0; run < 5; run += 1) runs.push(await wait(browser, address, query, rate, network))
        cells.push(median(runs.map(({ cold }) => cold)).toFixed(0), median(runs.map(({ warm }) => warm)).toFixed(0))
      }
      row(query, ...cells)
    }
    server.close()
    server.closeAllConnections()
  }
  rmSync(corpus, { recursive: true })
  rmSync(site, { recursive: true })
}
await browser?.close()
