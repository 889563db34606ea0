// The JavaScript engine on the shared vectors. Run with: node --test tests/js/

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { OPERATIONS, load, run } from "../../themes/default/js/engine/index.js";

const folder = new URL("../vectors/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".json") && name !== "schema.json");
const vectors = files.map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));

for (const vector of vectors) {
  const machine = load(vector.program);
  for (const one of vector.cases) {
    test(`${vector.title}: ${one.title}`, () => {
      const report = run(machine, one.channel ?? "voicemail", one.text.repeat(one.repeat ?? 1), one.settings ?? {});
      assert.equal(report.refused, one.refused);
      const finding = (rule) => report.findings.find((found) => found.rule === rule);
      const grade = (method) => report.grades.find((found) => found.method === method);
      const each = (wanted, actual) => {
        for (const [name, value] of Object.entries(wanted ?? {})) assert.deepEqual(actual(name), value, name);
      };
      each(one.verdicts, (rule) => finding(rule).verdict);
      each(one.quotes, (rule) => finding(rule).marks.map((mark) => mark.quote));
      each(one.marks, (rule) => finding(rule).marks.map((mark) => [mark.start, mark.end]));
      each(one.messages, (rule) => finding(rule).message);
      each(one.scores, (method) => grade(method).score);
      each(one.highs, (method) => grade(method).high);
      each(one.fixes, (method) => {
        const { fix, lines } = grade(method);
        return fix === null ? null : report.findings[lines[fix].finding].rule;
      });
      if (one.words !== undefined) assert.equal(report.words, one.words);
      if (one.milliseconds !== undefined) assert.equal(report.milliseconds, one.milliseconds);
    });
  }
}

test("every operation has a vector", () => {
  const tested = new Set(vectors.flatMap((vector) => vector.operations));
  for (const kind of ["builtins", "classes", "places", "constraints", "filters"]) {
    for (const name of OPERATIONS[kind]) assert.ok(tested.has(`${kind}/${name}`), `no vector names ${kind}/${name}`);
  }
});

test("a program of another version is refused", () => {
  for (const version of [0, 2, "1", undefined]) assert.throws(() => load({ version }), /version/);
});

test("lone surrogates count as U+FFFD", () => {
  const machine = load(vectors.find((vector) => vector.title.startsWith("Phrases")).program);
  const [lone, replaced] = ["\ud800call me\udc00", "\ufffdcall me\ufffd"].map((text) => run(machine, "email", text, {}));
  assert.deepEqual(lone, replaced);
});
