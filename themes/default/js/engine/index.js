// The engine: runs a program on a script and reports findings, seconds and grades. No DOM, no clock, no locale.
//
// Mirrors src/engine/mod.rs: on any text and any program both give the same report, byte for byte.
// docs/content/03-grading/text-model.md is the specification.

import { CLASSES, PLACES } from "./automaton.js";
import { NAMES } from "./builtin/index.js";
import { Machine } from "./machine.js";
import { runMachine } from "./run.js";
import { ROLE_LISTS } from "./vocabulary.js";

export { LONGEST_SCRIPT } from "./run.js";
export { CAP } from "./score.js";

// Milliseconds at a stretch.
const PIECE = 5;

// Makes a program (an object, or its JSON) ready to run; throws on a version that this engine does not know.
export function load(program) {
  return new Machine(typeof program === "string" ? JSON.parse(program) : program);
}

// The same in pieces of some milliseconds by `clock`, so that a page stays responsive: `rest` is waited for after each.
export async function loadInPieces(program, clock, rest) {
  const machine = new Machine(program, true);
  let began = clock();
  for (const _ of machine.steps()) {
    if (clock() - began < PIECE) continue;
    await rest();
    began = clock();
  }
  return machine;
}

// Runs a loaded program: run(machine, "voicemail", "Hi …", {pace: 147, answers: {}}).
export function run(machine, channel, text, settings) {
  return runMachine(machine, channel, text, settings);
}

// All operations by name, for the test that both engines have the same.
export const OPERATIONS = {
  builtins: NAMES,
  classes: CLASSES,
  places: PLACES,
  roles: ROLE_LISTS,
  constraints: [
    "present", "absent", "count", "within", "both-ends", "order", "spoken-seconds", "words", "sentences", "ratio",
    "reading-ease", "all", "any", "not",
  ],
  filters: [
    "has", "lacks", "sentence-has", "sentence-lacks", "text-has", "text-lacks", "inside", "in", "after", "before",
    "near", "value", "first", "last",
  ],
};
