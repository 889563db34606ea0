// Numbers, in digits and in words. Mirrors src/engine/builtin/numbers.rs.

import { numberHit } from "../hits.js";
import { GAP, IS, only } from "../tokens.js";

const LARGEST = 1_000_000_000_000;
const COMMA = only(",");
const DOT = only(".");

export const digitsValue = (text, value = 0) => {
  for (const digit of text) value = Math.min(value * 10 + Number(digit), LARGEST);
  return value;
};

// Finds numbers that are no part of a phone or a clock time.
export function findNumbers(script, phones, clocks) {
  const out = [];
  let [phone, clock, at] = [0, 0, 0];
  while (at < script.tokens.list.length) {
    while (phones[phone] && phones[phone].end <= at) phone += 1;
    while (clocks[clock] && clocks[clock].end <= at) clock += 1;
    const inside = [phones[phone], clocks[clock]].find((hit) => hit && hit.start <= at);
    if (inside) {
      at = inside.end;
      continue;
    }
    const found = digits(script, at) ?? words(script, at);
    if (found) {
      out.push(numberHit(at, found.end, found.value));
      at = found.end;
    } else {
      at += 1;
    }
  }
  return out;
}

function digits(script, start) {
  const { list } = script.tokens;
  if ((list[start].kind & IS.DIGITS) === 0) return null;
  let value = digitsValue(list[start].text);
  let end = start + 1;
  while (list[end] && (list[end].kind & IS.DIGITS) !== 0) {
    const next = list[end];
    if (next.exact === COMMA && next.text.length === 3) {
      value = digitsValue(next.text, value);
    } else if (next.exact === DOT) {
      end += 1;
      break;
    } else {
      break;
    }
    end += 1;
  }
  return { value, end };
}

function words(script, start) {
  const { list } = script.tokens;
  let [total, group, end, last] = [0, 0, start, Infinity];
  if (list[start].text === "a" && valueAt(script, start, start + 1) >= 100) {
    group = 1;
    end += 1;
  }
  for (;;) {
    const value = valueAt(script, start, end);
    if (value < 0) {
      const joined = end > start && last >= 100 && list[end]?.text === "and";
      const after = joined ? valueAt(script, start, end + 1) : -1;
      if (after >= 0 && after < 100) {
        end += 1;
        continue;
      }
      break;
    }
    if (value >= 1000) {
      total = Math.min(total + Math.max(group, 1) * value, LARGEST);
      group = 0;
    } else if (value === 100) {
      group = Math.min(Math.max(group, 1) * 100, LARGEST);
    } else if (last === Infinity || last >= 100 || (last >= 20 && value < 10 && value > 0)) {
      group += value;
    } else {
      break;
    }
    last = value;
    end += 1;
  }
  return end > start && last !== Infinity ? { value: total + group, end } : null;
}

// The value of the number word at a token, in the sentence that the number begins in, or -1.
function valueAt(script, start, at) {
  const token = script.tokens.list[at];
  if (!token || (at > start && (token.before & GAP.STOP) !== 0)) return -1;
  return script.vocabulary.number(token);
}

// How many words it takes to say a number of so many digits with this value.
export function spokenWords(value, digitCount) {
  if (digitCount === 4 && value >= 1100 && value < 2100 && value % 1000 >= 10) {
    const rest = value % 100;
    return belowHundred(Math.floor(value / 100)) + (rest === 0 ? 1 : belowHundred(rest) + (rest < 10 ? 1 : 0));
  }
  if (value === 0) return 1;
  let [words, scale] = [0, 0];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 1000)) {
    const group = rest % 1000;
    if (group > 0) {
      words += (group >= 100 ? 2 : 0) + (group % 100 > 0 ? belowHundred(group % 100) : 0) + (scale > 0 ? 1 : 0);
    }
    scale += 1;
  }
  return words;
}

const belowHundred = (value) => (value > 20 && value % 10 !== 0 ? 2 : 1);
