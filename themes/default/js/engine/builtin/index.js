// The slots that the engine finds by itself. Mirrors src/engine/builtin/mod.rs.

import { wordsHit } from "../hits.js";
import { findEmails, findUrls } from "./address.js";
import { findClocks } from "./clock.js";
import { findMarks } from "./marks.js";
import { findNumbers } from "./numbers.js";
import { findPhones } from "./phone.js";
import { findProper } from "./proper.js";

// Names of the built-in slots, in the order of their numbers.
export const NAMES = [
  "phone", "clock", "number", "email-address", "url", "placeholder", "proper", "question", "exclamation", "capitals",
  "unfinished", "emoji", "sentence", "line", "asterisks",
];

// The hits of all built-ins, a list for each name. `script` has tokens, vocabulary, sentences, noCapitals.
export function findBuiltins(script) {
  const emails = findEmails(script);
  const urls = findUrls(script, emails);
  const phones = findPhones(script);
  const clocks = findClocks(script, phones);
  const numbers = findNumbers(script, phones, clocks);
  const placeholders = script.tokens.placeholders.map(([start, end]) => wordsHit(start, end));
  return [phones, clocks, numbers, emails, urls, placeholders, findProper(script), ...findMarks(script)];
}
