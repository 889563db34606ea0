// The lab as a reader meets it: from a keystroke on a script of 200 words to its marks on the screen, in Chromium, also with the CPU
// slowed four times; and the bytes of the lab page, each file by gzip. Builds the playbook of this repository with $RINGBACK.
//
// A keystroke's time is the work between the browser's input event and the painted frame, without the wait for the screen's next
// turn: what the handlers take until the marks are laid out, and what the frame then takes to style, lay out and paint. The first
// keystroke after the page has come to rest is shown apart, and so are 20,000 characters pasted into it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const root = fileURLToPath(new URL("../", import.meta.url));
const ringback = process.env.RINGBACK ?? join(root, "target/release/ringback");
const folder = mkdtempSync(join(tmpdir(), "ringback-lab-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
execFileSync(ringback, ["--root", root, "build", "--quiet", "--output", join(folder, "site")]);

const SENTENCE =
  "Hi Maren, it's Kyle at Lakeshore Motors, 555 0142. You asked about the green one with the hitch, and I have found it. " +
  "We are the best dealer in town, but call me when you have two minutes, and I'll try you tomorrow at noon. ";
const script = SENTENCE.repeat(5).split(" ").slice(0, 200).join(" ");

const types = { ".css": "text/css", ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };
const sent = new Map();
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const file = join(folder, "site", pathname.endsWith("/") ? `${pathname}index.html` : pathname);
  try {
    const bytes = readFileSync(file);
    sent.set(pathname, gzipSync(bytes, { level: 9 }).length);
    response.setHeader("content-type", types[extname(file)] ?? "text/plain");
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));

const inTests = new URL("tests/browser/node_modules/playwright-core/index.mjs", `file://${root}`).href;
const playwright = await import("playwright-core").catch(() => import(inTests)).catch(() => null);
if (!playwright) {
  console.log("not measured: playwright-core is not installed");
  process.exit(0);
}
const browser = await playwright.chromium.launch({
  executablePath: process.env.CHROMIUM ?? process.env.CHROME ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
// The worker would fetch the whole core of the site; what counts here is what the page itself asks for.
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, serviceWorkers: "block" });
await page.goto(`http://127.0.0.1:${server.address().port}/lab/`);
await page.waitForSelector("script-lab[data-ready]", { state: "attached" });
await page.waitForTimeout(500);
report();

await listen();
const session = await page.context().newCDPSession(page);
await page.locator("script-lab textarea").press("Control+End");
await page.waitForTimeout(1000);
await page.keyboard.press("a");
await page.waitForTimeout(300);
console.log(`lab, the first keystroke: ${(await page.evaluate(() => globalThis.times)).map(([handler, frame]) => `${handler.toFixed(2)} ms, frame ${frame.toFixed(2)} ms`).join()}`);
for (const [name, rate] of [["lab", 1], ["lab, CPU slowed four times", 4]]) {
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  const { handlers, frames, sums } = await typed();
  console.log(`${name}: keystroke to marks laid out: ${show(handlers)}; style, layout and paint of the frame: ${show(frames)}; both: ${show(sums)}`);
}
const long = SENTENCE.repeat(100).slice(0, 20_000);
for (const rate of [1, 4]) {
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  const [pasted, keys, graded] = await longScript();
  console.log(`20,000 characters, CPU slowed ${rate} times: pasted in ${pasted.toFixed(0)} ms; ${show(keys)} a keystroke; its grade after a pause ${graded.toFixed(0)} ms`);
}
await browser.close();
server.close();

/** Pastes a long script, types into its middle, and waits for the grade that comes with a pause. */
async function longScript() {
  await page.locator("script-lab textarea").focus();
  await page.evaluate(() => { [globalThis.pasting, globalThis.times] = [true, []]; });
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(long);
  await page.waitForTimeout(3000);
  const pasted = await page.evaluate(() => {
    globalThis.pasting = false;
    document.activeElement.setSelectionRange(9000, 9000);
    return globalThis.times.splice(0);
  });
  for (const letter of "a word or two more, typed in the middle") await page.keyboard.press(letter === " " ? "Space" : letter, { delay: 0 });
  const keys = await page.evaluate(() => globalThis.times.splice(0));
  const graded = await page.evaluate(async () => {
    const { lab } = document.querySelector("script-lab");
    const start = performance.now();
    lab.grade();
    return performance.now() - start;
  });
  return [pasted.reduce((sum, [handler, frame]) => sum + handler + frame, 0), keys.map(([handler, frame]) => handler + frame), graded];
}

/** Notes in the page how long each keystroke took. */
async function listen() {
  await page.evaluate(() => {
    const layer = document.querySelector("script-lab .lab-marks");
    globalThis.times = [];
    let began = 0;
    addEventListener("input", () => { began = performance.now(); }, true);
    addEventListener("input", (event) => {
      // Words put in at once are no keystroke.
      if (event.data?.length !== 1 && !globalThis.pasting) return;
      layer.getBoundingClientRect();
      const handler = performance.now() - began;
      requestAnimationFrame(() => {
        const start = performance.now();
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => globalThis.times.push([handler, performance.now() - start]);
        port2.postMessage(0);
      });
    });
  });
}

/** Types the last forty characters one by one, again and again, with real key events. */
async function typed() {
  const field = page.locator("script-lab textarea");
  for (let round = 0; round < 6; round += 1) {
    await field.fill(script.slice(0, -40));
    await field.press("Control+End");
    await page.waitForTimeout(300);
    if (round < 2) await page.evaluate(() => { globalThis.times = []; });
    for (const letter of script.slice(-40)) await page.keyboard.press(letter === " " ? "Space" : letter, { delay: 0 });
    await page.waitForTimeout(200);
  }
  const times = await page.evaluate(() => globalThis.times.splice(0));
  return { handlers: times.map(([one]) => one), frames: times.map(([, other]) => other), sums: times.map(([one, other]) => one + other) };
}

function show(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return `median ${sorted[sorted.length >> 1].toFixed(2)} ms, p99 ${sorted[Math.floor(sorted.length * 0.99)].toFixed(2)} ms (${sorted.length})`;
}

/** What the page has loaded, by kind. */
function report() {
  const kinds = { "page": /\/$/, "style": /\.css$/, "program": /program-/, "engine": /./ };
  const engine = new Set(execFileSync("sh", ["-c", "cd themes/default/js/engine && find . -name '*.js' | sed 's,.*/,,; s,\\.js$,,'"], { cwd: root }).toString().split("\n").filter(Boolean));
  const sums = {};
  for (const [path, bytes] of sent) {
    if (extname(path) === ".svg" || path.endsWith(".ico")) continue;
    const stem = path.split("/").pop().replace(/-[0-9a-f]{10}\.js$/, "");
    const kind = Object.keys(kinds).slice(0, 3).find((one) => kinds[one].test(path)) ?? (engine.has(stem) && path.endsWith(".js") ? "engine" : "scripts");
    sums[kind] = (sums[kind] ?? 0) + bytes;
  }
  const total = Object.values(sums).reduce((sum, bytes) => sum + bytes, 0);
  const parts = Object.entries(sums).map(([kind, bytes]) => `${kind} ${bytes}`).join(", ");
  console.log(`lab page: ${total} bytes with gzip (${parts}), ${sent.size} files`);
}
