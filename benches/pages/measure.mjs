#!/usr/bin/env node
// Every kind of page of the shipped playbook as it is published: Lighthouse, a slowed phone, axe, validators and bytes, a row each.
//
//     node benches/pages/measure.mjs [KIND…]        all kinds unless told; a word names every kind that begins with it
//
// RINGBACK names the release binary, CHROME the browser; FAST=1 leaves Lighthouse out. A production build with compressed copies, from a
// server on the loopback that sends them with the headers of `_headers`. Lighthouse is 12 with its mobile preset, which simulates a slow
// fourth-generation network; LCP and CLS are then measured in Chromium with a cold cache on a line of 1.6 Mbit/s with 150 ms a round
// trip, the median of three and the worst of four, the last with this machine's CPU slowed four times. Bytes are gzip, as sent. Of scripts, the first figure is what has come before
// anyone touched the page, the second what its modules can still fetch when they are used, search among them.
import { execFileSync } from "node:child_process"
import { mkdtempSync, rmSync } from "node:fs"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { join, posix } from "node:path"
import { fileURLToPath } from "node:url"
import lighthouse from "lighthouse"
import { axeFindings } from "../../tests/browser/support/checks.mjs"
import { chromium } from "../../tests/browser/support/playwright.mjs"
import { markupFindings, policiesOf, policyFindings } from "../../tests/pages/support/validators.mjs"
import { startHost } from "./host.mjs"
import { pageKinds } from "./kinds.mjs"

const root = fileURLToPath(new URL("../..", import.meta.url))
const ringback = process.env.RINGBACK ?? join(root, "target/release/ringback")
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"]
const PHONE = { viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true }
const LINE = { offline: false, latency: 150, downloadThroughput: 1_638_400 / 8, uploadThroughput: 750_000 / 8 }

const folder = mkdtempSync(join(tmpdir(), "ringback-pages-"))
process.on("exit", () => rmSync(folder, { recursive: true, force: true }))
const host = await startHost()
const site = join(folder, "site")
execFileSync(ringback, ["--root", root, "build", "--quiet", "--precompress", "--output", site, "--base-url", `${host.origin}/`], { stdio: "inherit" })
host.serve(site)

const port = await freePort()
const browser = await chromium.launch({
  executablePath: process.env.CHROME ?? "/usr/bin/chromium",
  args: [
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    `--remote-debugging-port=${port}`,
  ],
  chromiumSandbox: process.getuid?.() !== 0,
})

const row = (...cells) => console.log(`| ${cells.join(" | ")} |`)
row("kind of page", "page", "Lighthouse: performance, accessibility, best practices, SEO", "LCP ms", "LCP ms, CPU slowed", "CLS", "axe", "markup", "policy", "HTML", "CSS", "JS", "JS in all", "images")
row(..."- - -: -: -: -: -: -: -: -: -: -: -: -:".split(" ").map((cell) => cell.replace("-", "---")))

const remarks = []
const wanted = process.argv.slice(2)
for (const [kind, { path, html }] of pageKinds(site)) {
  if (wanted.length && !wanted.some((word) => kind.startsWith(word))) continue
  const url = host.origin + path
  const found = { markup: markupFindings(html, path), policy: policiesOf(html, host.headers(path)).flatMap(policyFindings), axe: await accessible(url) }
  const runs = [await onSlowLine(url), await onSlowLine(url), await onSlowLine(url)].sort((a, b) => a.lcp - b.lcp)
  const { lcp, scripts, ...loaded } = runs[1]
  runs.push(await onSlowLine(url, 4))
  const cls = Math.max(...runs.map((run) => run.cls))
  const scores = process.env.FAST ? "not run" : await graded(url, kind)
  for (const [name, findings] of Object.entries(found)) remarks.push(...findings.map((finding) => `${kind}: ${name}: ${finding}`))
  if (cls > 0) remarks.push(`${kind}: moves: ${runs.map(({ moved }) => moved).join("; ")}`)
  row(kind, path, scores, Math.round(lcp), Math.round(runs[3].lcp), cls.toFixed(3), found.axe.length, found.markup.length, found.policy.length,
    host.size(path), loaded.css, sum(scripts), sum(reachable(scripts)), loaded.images)
}
console.log(remarks.length ? `\n${remarks.map((remark) => `- ${remark}`).join("\n")}` : "\nnothing found")
await browser.close()
host.close()

/** The scores, and why one is under 100. */
async function graded(url, kind) {
  const run = () => lighthouse(url, { port, logLevel: "error", output: "json", onlyCategories: CATEGORIES })
  let { lhr } = await run()
  // Now and then its trace misses the beginning of the page.
  if (lhr.runtimeError) ({ lhr } = await run())
  if (lhr.runtimeError) remarks.push(`${kind}: Lighthouse: ${lhr.runtimeError.message}`)
  for (const category of CATEGORIES.map((id) => lhr.categories[id]).filter(({ score }) => score < 1)) {
    const short = category.auditRefs.filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    const items = (id) => (lhr.audits[id].details?.items ?? []).slice(0, 3).map((item) => item.node?.snippet ?? item.url ?? "").join(" ")
    remarks.push(`${kind}: ${category.title}: ${short.map(({ id }) => `${id} ${lhr.audits[id].displayValue ?? ""} ${items(id)}`.trim()).join("; ")}`)
  }
  return CATEGORIES.map((id) => Math.round((lhr.categories[id].score ?? 0) * 100)).join(" ")
}

/** Opens the page on a slow line by a phone that has nothing of it yet, and waits until it is at rest. */
async function onSlowLine(url, rate = 1) {
  const context = await browser.newContext(PHONE)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send("Network.enable")
  await session.send("Network.emulateNetworkConditions", LINE)
  await session.send("Emulation.setCPUThrottlingRate", { rate })
  const sent = new Map()
  page.on("response", (response) => sent.set(new URL(response.url()).pathname, response.request().resourceType()))
  await page.goto(url, { waitUntil: "networkidle" })
  const seen = await page.evaluate(() => new Promise((done) => {
    const seen = { lcp: 0, cls: 0, moved: "" }
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) seen.lcp = entry.startTime }).observe({ type: "largest-contentful-paint", buffered: true })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        seen.cls += entry.value
        seen.moved += entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.nodeName ?? "in a shadow tree").join(", ")
      }
    }).observe({ type: "layout-shift", buffered: true })
    setTimeout(() => done(seen), 500)
  }))
  await context.close()
  const of = (type) => [...sent].filter(([, one]) => one === type).map(([path]) => path)
  return { ...seen, css: sum(of("stylesheet")), images: sum(of("image")), scripts: of("script") }
}

/** axe, in both schemes. */
async function accessible(url) {
  const findings = []
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ ...PHONE, colorScheme, reducedMotion: "reduce", serviceWorkers: "block" })
    const page = await context.newPage()
    await page.goto(url, { waitUntil: "networkidle" })
    findings.push(...await axeFindings(page))
    await context.close()
  }
  return findings
}

/** Scripts and what they import, now or later. What `main.js` has not fetched at once is for other pages, but for search. */
function reachable(scripts) {
  const all = new Set(scripts)
  for (const path of all) {
    for (const [, name] of host.text(path).matchAll(/["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g)) {
      const other = posix.join(posix.dirname(path), name)
      if (!/\/main-\w+\.js$/.test(path) || /\/search/.test(other)) all.add(other)
    }
  }
  return [...all]
}

function sum(paths) {
  return paths.reduce((total, path) => total + host.size(path), 0)
}

/** Lighthouse wants to be told the port before the browser runs. */
function freePort() {
  return new Promise((ready) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address()
      server.close(() => ready(port))
    })
  })
}
