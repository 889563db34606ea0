// Where sentences and lines end. Mirrors src/engine/sentences.rs.

import { GAP, IS, only } from "./tokens.js";
import { ROLE } from "./vocabulary.js";

const SHORT_LINE = 45;
const DOT = only(".");

// Fills in the flags of the gaps and the numbers of sentences and lines; returns the sentences.
export function divide(tokens, vocabulary) {
  const { list, gaps } = tokens;
  const sentences = [];
  let [start, line] = [0, 0];
  for (let at = 0; at <= list.length; at += 1) {
    const held = gaps[at];
    const stops = at > 0 && endsSentence(list, at, held, vocabulary);
    if (stops) {
      sentences.push({ start, end: at, question: held.question });
      start = at;
    }
    if (at === list.length) break;
    if (held.newlines > 0 && at > 0) line += 1;
    const token = list[at];
    token.before =
      (held.comma || held.dots > 1 || held.ellipsis ? GAP.COMMA : 0) |
      (stops ? GAP.STOP : 0) |
      (held.newlines > 0 ? GAP.LINE : 0) |
      (held.space ? GAP.SPACE : 0) |
      (stops && held.question ? GAP.QUESTION : 0);
    token.sentence = sentences.length;
    token.line = line;
  }
  return sentences;
}

function endsSentence(list, at, held, vocabulary) {
  const next = list[at];
  if (next === undefined) return true;
  if (held.newlines > 1 || (held.newlines === 1 && (held.bullet || held.lineLength < SHORT_LINE))) return true;
  if (!held.openAfter) return false;
  const capitalNext = (next.kind & IS.CAPITAL) !== 0;
  if (held.question || held.exclamations > 0) return true;
  if (held.dots > 1 || held.ellipsis) return capitalNext;
  const last = list[at - 1];
  if (vocabulary.hasRole(last, ROLE.ABBREVIATIONS)) return false;
  if (at > 1 && last.exact === DOT && last.text === "m") return capitalNext;
  const initial = (last.kind & IS.CAPITAL) !== 0 && isOneCharacter(last.text) && last.text !== "i";
  return !initial;
}

const isOneCharacter = (text) => text.length === (text.codePointAt(0) > 0xffff ? 2 : 1);

