// The time from a keystroke to the grade: the JavaScript engine on a script of 200 words, in Node and in Chromium, there also
// with the CPU slowed four times. Needs $RINGBACK; Chromium only if playwright-core and /usr/bin/chromium are there.

import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { load, run } from "../themes/default/js/engine/index.js";

const root = new URL("../", import.meta.url);
const program = execFileSync(process.env.RINGBACK ?? "target/release/ringback", ["program"], { cwd: root, maxBuffer: 1 << 28 }).toString();
console.log(`program: ${program.length} bytes, ${gzipSync(program, { level: 9 }).length} with gzip`);

const SENTENCE =
  "Hi Maren, it's Kyle at Lakeshore Motors, 555 0142. You asked about the green one with the hitch, and I have found it. " +
  "We are the best dealer in town, but call me when you have two minutes, and I'll try you tomorrow at noon. ";
const script = SENTENCE.repeat(5).split(" ").slice(0, 200).join(" ");

// The same in both places: type the last forty characters one by one, again and again.
function measure(grade, now) {
  const times = [];
  for (let round = 0; round < 12; round += 1) {
    for (let cut = 40; cut >= 0; cut -= 1) {
      const start = now();
      grade(script.slice(0, script.length - cut));
      if (round > 1) times.push(now() - start);
    }
  }
  times.sort((a, b) => a - b);
  return { median: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] };
}

const show = (where, { median, p99 }) => console.log(`${where}: median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`);

const machine = load(program);
show("node", measure((text) => run(machine, "voicemail", text, {}), () => performance.now()));

const inTests = new URL("tests/browser/node_modules/playwright-core/index.mjs", root).href;
const playwright = await import("playwright-core").catch(() => import(inTests)).catch(() => null);
if (!playwright) {
  console.log("chromium: not measured, playwright-core is not installed");
} else {
  const types = { js: "text/javascript", json: "application/json" };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    response.setHeader("content-type", types[pathname.split(".").pop()] ?? "text/html");
    if (pathname === "/") response.end("<!doctype html><title>keystroke</title>");
    else if (pathname === "/program.json") response.end(program);
    else if (pathname.startsWith("/engine/") && !pathname.includes("..")) {
      response.end(readFileSync(new URL(`themes/default/js${pathname}`, root)));
    } else {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await playwright.chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const inPage = async () =>
    page.evaluate(
      async ([source, text]) => {
        const engine = await import("/engine/index.js");
        const loaded = engine.load(await (await fetch("/program.json")).text());
        const measured = new Function("script", `return ${source}`)(text);
        return measured((words) => engine.run(loaded, "voicemail", words, {}), () => performance.now());
      },
      [measure.toString(), script],
    );
  show("chromium", await inPage());
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  show("chromium, CPU slowed four times", await inPage());
  await browser.close();
  server.close();
}
