// A machine that is made in pieces is the one that is made at once.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { load, loadInPieces, run } from "../../themes/default/js/engine/index.js";

const repository = new URL("../..", import.meta.url).pathname;
const program = JSON.parse(execFileSync(process.env.RINGBACK ?? `${repository}target/debug/ringback`, ["--root", repository, "program"], { maxBuffer: 1 << 24 }));
const SCRIPT = "Hi Dana, it's Sam at Elm Tools, 555 0142. Your saw order is ready. Two minutes before noon? 555 0142.";

test("pieces make the same machine, and the page gets its turn between them", async () => {
  let now = 0;
  let rests = 0;
  // Every look at the clock takes three milliseconds.
  const machine = await loadInPieces(program, () => (now += 3), async () => { rests += 1; });
  assert.ok(rests > 20, `${rests} rests`);
  const atOnce = load(program);
  for (const channel of ["voicemail", "email"]) assert.deepEqual(run(machine, channel, SCRIPT, {}), run(atOnce, channel, SCRIPT, {}));
});

test("a program that this engine does not know is refused in pieces too", async () => {
  await assert.rejects(loadInPieces({ version: 99 }, () => 0, async () => {}), /version 99/);
});
