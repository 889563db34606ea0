// Spoken seconds, in whole milliseconds. Mirrors src/engine/seconds.rs.

import { digitsValue, spokenWords } from "./builtin/numbers.js";
import { GAP, IS, only } from "./tokens.js";

const LETTER = 84;
const MOST_LETTERS = 24;
// A word of which only the number is known: a number said in words, a dot in an address.
const WORD = 360;
const DIGIT = 350;
const STOP = 620;
const PAUSE = 400;
// The pace at which the constants were taken, words a minute.
export const PACE = 147;

const DOT = only(".");
const COMMA = only(",");

// The moment at which each token has been said, and the whole length.
export function spoken(tokens, phones, pace) {
  const { list } = tokens;
  const moments = [];
  let [time, phone] = [0, 0];
  list.forEach((token, at) => {
    while (phones[phone] && phones[phone].end <= at) phone += 1;
    const inside = phones[phone] !== undefined && phones[phone].start <= at;
    if (at > 0) time += pause(token, inside && phones[phone].start < at);
    time += said(list, at, inside);
    moments.push(Math.floor((time * PACE) / pace));
  });
  return { moments, milliseconds: list.length === 0 ? 0 : Math.floor(((time + STOP) * PACE) / pace) };
}

function pause(token, inNumber) {
  if ((token.before & GAP.STOP) !== 0) return STOP;
  return (token.before & GAP.COMMA) !== 0 || (inNumber && (token.kind & IS.DIGITS) !== 0) ? PAUSE : 0;
}

function said(list, at, inNumber) {
  const token = list[at];
  const { text } = token;
  const dot = token.exact === DOT && !inNumber ? WORD : 0;
  if ((token.kind & IS.DIGITS) !== 0) {
    if (inNumber || text.length > 9) return DIGIT * text.length;
    const value = digitsValue(text);
    const scale = list[at + 1]?.exact === COMMA && (list[at + 1].kind & IS.DIGITS) !== 0;
    const words = token.exact === COMMA && value === 0 ? 0 : spokenWords(value, text.length) + (scale ? 1 : 0);
    return WORD * words + dot;
  }
  if ((token.kind & IS.EMOJI) !== 0 || text === "***" || text === "___") return 0;
  if (inNumber && (token.kind & IS.WORD) !== 0) return DIGIT;
  return LETTER * letters(text) + dot;
}

// Characters of a word, up to the most that count.
function letters(text) {
  let count = 0;
  for (const _ of text) {
    count += 1;
    if (count === MOST_LETTERS) break;
  }
  return count;
}
