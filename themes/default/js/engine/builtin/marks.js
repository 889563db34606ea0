// Marks and manners: questions, exclamations, capitals, a broken-off end. Mirrors src/engine/builtin/marks.rs.

import { numberHit, wordsHit } from "../hits.js";
import { IS } from "../tokens.js";
import { ROLE } from "../vocabulary.js";

const SURELY_SHOUTED = 6;

// The hits of the slots from "question" on, in the order of NAMES.
export function findMarks(script) {
  const { list, gaps } = script.tokens;
  const sentence = script.sentences.map((one) => wordsHit(one.start, one.end));
  const question = script.sentences.filter((one) => one.question).map((one) => wordsHit(one.start, one.end));
  const [exclamation, capitals, unfinished, emoji, line, asterisks] = [[], [], [], [], [], []];
  let lineStart = 0;
  for (let at = 0; at < list.length; at += 1) {
    const marks = gaps[at + 1].exclamations;
    if (marks > 0) exclamation.push(numberHit(at, at + 1, marks));
    if ((list[at].kind & IS.EMOJI) !== 0) emoji.push(wordsHit(at, at + 1));
    if ((list[at].kind & IS.SYMBOL) !== 0 && list[at].text === "***") asterisks.push(wordsHit(at, at + 1));
    if (isShouted(script, list[at])) capitals.push(wordsHit(at, at + 1));
    if (list[at + 1]?.line !== list[at].line) {
      line.push(wordsHit(lineStart, at + 1));
      lineStart = at + 1;
    }
  }
  const broken = brokenOff(script);
  if (broken !== null) unfinished.push(wordsHit(broken, list.length));
  return [question, exclamation, capitals, unfinished, emoji, sentence, line, asterisks];
}

// A word in capitals for emphasis.
function isShouted(script, token) {
  if ((token.kind & IS.UPPER) === 0 || (token.kind & IS.PLACEHOLDER) !== 0) return false;
  const roles = script.vocabulary.roles(token);
  if ((roles & ROLE.ACRONYMS) !== 0) return false;
  if ((roles & (ROLE.SHOUT_WORDS | ROLE.FUNCTION_WORDS)) !== 0) return true;
  let [letters, vowels] = [0, 0];
  for (const letter of token.text) {
    if (letter !== "'") letters += 1;
    if ("aeiouy".includes(letter)) vowels += 1;
  }
  return (letters >= SURELY_SHOUTED && vowels > 0) || (letters === SURELY_SHOUTED - 1 && vowels > 1);
}

// Where the last words begin, if the script breaks off after them.
function brokenOff(script) {
  const { list, gaps } = script.tokens;
  const last = list.at(-1);
  if (!last) return null;
  const end = gaps.at(-1);
  const closed = end.dots === 1 || end.question || end.exclamations > 0;
  const broken = (end.dashLast && end.dots !== 1) || end.dots > 1 || end.ellipsis;
  const cut = !closed && script.vocabulary.hasRole(last, ROLE.FUNCTION_WORDS) && (last.kind & IS.PLACEHOLDER) === 0;
  return broken || cut ? Math.max(list.length - 3, 0, script.sentences.at(-1).start) : null;
}
