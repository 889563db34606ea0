// Phone numbers in every grouping. Mirrors src/engine/builtin/phone.rs.

import { numberHit } from "../hits.js";
import { EXACT, GAP, IS, only } from "../tokens.js";
import { ROLE } from "../vocabulary.js";

const MOST_GROUPS = 40;
const JOINERS = new Set([EXACT.NONE, EXACT.SPACE, only("-"), only("."), only("/"), only("("), only(")")]);
const HYPHEN = only("-");
const KEYPAD = "22233344455566677778889999";
const MONEY = new Set(["$", "£", "€", "#"]);

export function findPhones(script) {
  const out = [];
  const { list } = script.tokens;
  let at = 0;
  while (at < list.length) {
    const groups = [];
    let digits = 0;
    for (let found = group(script, at, groups, 0); found; found = group(script, at, groups, digits)) {
      at = found.end;
      groups.push(found);
      digits += found.digits.length;
    }
    if (groups.length === 0) at += 1;
    else run(script, groups, out);
  }
  return out;
}

const digitsOf = (groups) => groups.map((one) => one.digits).join("");
const isCrossed = (text) => text.length >= 2 && text.length <= 6 && text === "xxxxxx".slice(0, text.length);

// The group of digits that begins at a token and continues the run.
function group(script, at, groups, soFar) {
  const token = script.tokens.list[at];
  if (!token) return null;
  let found;
  if ((token.kind & IS.DIGITS) !== 0) {
    found = { start: at, end: at + 1, digits: token.text, spelled: false };
  } else if (isCrossed(token.text)) {
    found = { start: at, end: at + 1, digits: "0".repeat(token.text.length), spelled: false };
  } else {
    const piece = spelledDigits(script, at);
    if (!piece) return null;
    found = { start: at, end: piece.end, digits: piece.digits, spelled: true };
  }
  const last = groups.at(-1);
  return last && !joins(script, token, last, found, soFar) ? null : found;
}

function joins(script, token, last, next, soFar) {
  const spelled = last.spelled && next.spelled;
  if ((token.before & GAP.STOP) !== 0) return spelled && soFar < 7 && (token.before & GAP.LINE) === 0;
  if ((token.before & GAP.LINE) !== 0) return false;
  if (JOINERS.has(token.exact)) return true;
  if (token.exact !== EXACT.MIXED) return false;
  if (spelled) return soFar < 10;
  const gap = script.tokens.gaps[next.start];
  return !gap.question && gap.exclamations === 0 && gap.dots === 0 && !(gap.hardComma && last.end === next.start);
}

// Reads one spelled piece: oh, double five, eight hundred, twenty-one.
function spelledDigits(script, at) {
  const { list } = script.tokens;
  const { vocabulary } = script;
  const roles = vocabulary.roles(list[at]);
  const times = (roles & ROLE.DOUBLE_WORDS) !== 0 ? 2 : (roles & ROLE.TRIPLE_WORDS) !== 0 ? 3 : 1;
  const first = times === 1 ? at : at + 1;
  const token = list[first];
  if (!token) return null;
  let value;
  if (vocabulary.hasRole(token, ROLE.ZERO_WORDS)) value = 0;
  else if (times > 1 && (token.kind & IS.DIGITS) !== 0 && token.text.length === 1) value = Number(token.text);
  else value = vocabulary.number(token);
  if (value < 0) return null;
  const follows = (index) => {
    const next = list[index];
    return next && (next.before & (GAP.STOP | GAP.COMMA)) === 0 ? vocabulary.number(next) : -1;
  };
  if (value <= 9) {
    const scale = times === 1 ? follows(first + 1) : -1;
    if (scale === 100) return { digits: `${value}00`, end: first + 2 };
    if (scale === 1000) return { digits: `${value}000`, end: first + 2 };
    return { digits: String(value).repeat(times), end: first + 1 };
  }
  if (value <= 99 && times === 1) {
    const unit = value >= 20 && value % 10 === 0 ? follows(first + 1) : -1;
    const joined = unit >= 1 && unit <= 9;
    return { digits: String(value + (joined ? unit : 0)), end: first + 1 + (joined ? 1 : 0) };
  }
  return null;
}

// Judges a run of groups: one number, the same number twice, or none.
function run(script, groups, out) {
  if (groups.length > MOST_GROUPS) return;
  const half = Math.floor(groups.length / 2);
  const [front, back] = [digitsOf(groups.slice(0, half)), digitsOf(groups.slice(half))];
  if (groups.length % 2 === 0 && front.length >= 7 && front === back) {
    judge(script, groups.slice(0, half), out);
    judge(script, groups.slice(half), out);
    return;
  }
  if (judge(script, groups, out) || groups.length < 2) return;
  if (digitsOf(groups.slice(1)).length >= 7) run(script, groups.slice(1), out);
}

function judge(script, groups, out) {
  const { list } = script.tokens;
  const start = groups[0].start;
  const digits = digitsOf(groups);
  const lettered = letters(script, groups.at(-1).end, digits);
  const holds = isShape(script, groups, digits) || (lettered.value.length >= 10 && lettered.end > groups.at(-1).end);
  if (!holds || isReference(script, start)) return false;
  const plus = start > 0 && list[start - 1].text === "+" && list[start].exact === EXACT.NONE;
  out.push(numberHit(plus ? start - 1 : start, lettered.end, Number(lettered.value.slice(-7))));
  return true;
}

// Whether sizes and separators are those of a phone number.
function isShape(script, groups, digits) {
  const { list } = script.tokens;
  const start = groups[0].start;
  const money = start > 0 && list[start].exact === EXACT.NONE && MONEY.has(list[start - 1].text);
  const total = digits.length;
  if (money || total > 15) return false;
  if (groups.every((one) => one.spelled)) return total >= 7 && groups.length >= 4;
  const sizes = groups.map((one) => one.digits.length);
  if (sizes.length === 3 && sizes.every((size) => size === 2)) return digits.startsWith("13");
  if (total < 7) return false;
  if (sizes.length === 1) {
    return total === 7 || (total >= 10 && total <= 13) || ((total === 8 || total === 9) && !"12".includes(digits[0]));
  }
  const year = (at) => digits.startsWith("19", at) || digits.startsWith("20", at);
  const [a, b, c] = sizes;
  const date =
    (sizes.length === 3 && a === 4 && b === 2 && c === 2 && year(0)) ||
    (sizes.length === 3 && a <= 2 && b <= 2 && c === 4 && year(a + b)) ||
    (sizes.length === 2 && a === 4 && b === 4 && year(0) && year(4));
  const longest = Math.max(...sizes);
  return !date && longest >= 3 && longest <= 11 && sizes.filter((size) => size <= 1).length <= 2;
}

// 1-800-FLOWERS: letters after a hyphen stand for digits.
function letters(script, end, digits) {
  const { list } = script.tokens;
  let [at, value] = [end, digits];
  while (list[at]) {
    const token = list[at];
    if ((token.kind & IS.UPPER) === 0 || token.exact !== HYPHEN || digits.length < 3 || at - end === 3) break;
    for (const letter of token.text) {
      if (letter >= "a" && letter <= "z") value += KEYPAD[letter.charCodeAt(0) - 97];
    }
    at += 1;
  }
  return { end: at, value };
}

// order 4471 9020, reference number is 12345678.
function isReference(script, start) {
  for (let back = 1; back <= Math.min(4, start); back += 1) {
    const roles = script.vocabulary.roles(script.tokens.list[start - back]);
    if ((roles & ROLE.NUMBER_REFS) !== 0) return true;
    if ((roles & ROLE.NUMBER_REF_LINKS) === 0) return false;
  }
  return false;
}
