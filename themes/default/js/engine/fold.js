// Characters: one fold table and one set of classes. Mirrors src/engine/fold.rs.

import { FOLDS } from "./fold-table.js";

export const LETTER = 0;
export const DIGIT = 1;
export const MARK = 2;
export const APOSTROPHE = 3;
export const SYMBOL = 4;
export const EMOJI = 5;
export const OTHER = 6;

const APOSTROPHES = new Set([0x27, 0x60, 0xb4, 0x2b9, 0x2bc, 0x2018, 0x2019, 0x201b, 0x2032, 0xff07]);
const between = (cp, from, to) => cp >= from && cp <= to;

// What a code point is to the tokeniser.
export function classOf(cp) {
  if (cp < 0x80) {
    return ASCII[cp];
  }
  if (APOSTROPHES.has(cp)) return APOSTROPHE;
  if (cp === 0xa3 || cp === 0x20ac) return SYMBOL;
  if (
    cp === 0xad || between(cp, 0x300, 0x36f) || between(cp, 0x1ab0, 0x1aff) || between(cp, 0x1dc0, 0x1dff) ||
    between(cp, 0x200b, 0x200f) || between(cp, 0x202a, 0x202e) || between(cp, 0x2060, 0x2064) ||
    between(cp, 0x20d0, 0x20ff) || between(cp, 0xfe00, 0xfe0f) || between(cp, 0xfe20, 0xfe2f) || cp === 0xfeff ||
    between(cp, 0xe0000, 0xe0fff)
  ) {
    return MARK;
  }
  if (between(cp, 0x2600, 0x27bf) || between(cp, 0x2b00, 0x2bff) || between(cp, 0x1f000, 0x1faff)) return EMOJI;
  if (cp === 0xaa || cp === 0xb5 || cp === 0xba) return LETTER;
  if (
    cp <= 0xbf || cp === 0xd7 || cp === 0xf7 || between(cp, 0x2000, 0x2bff) || between(cp, 0x3000, 0x3004) ||
    between(cp, 0x3008, 0x3020) || between(cp, 0xd800, 0xf8ff) || between(cp, 0xfe10, 0xfe1f) ||
    between(cp, 0xfe30, 0xfe6f) || between(cp, 0xff00, 0xff0f) || between(cp, 0xff1a, 0xff20) ||
    between(cp, 0xfff0, 0xffff)
  ) {
    return OTHER;
  }
  return LETTER;
}

const ASCII = Array.from({ length: 0x80 }, (_, cp) => {
  if (between(cp, 0x30, 0x39)) return DIGIT;
  if (between(cp, 0x41, 0x5a) || between(cp, 0x61, 0x7a)) return LETTER;
  if (APOSTROPHES.has(cp)) return APOSTROPHE;
  return between(cp, 0x23, 0x26) || cp === 0x2b || cp === 0x40 ? SYMBOL : OTHER;
});

function entry(cp) {
  if (between(cp, 0xaa, 0x24f)) return FOLDS[cp - 0xaa];
  if (between(cp, 0x370, 0x4ff)) return FOLDS[cp - 0x370 + 0x1a6];
  if (between(cp, 0x1e00, 0x1fff)) return FOLDS[cp - 0x1e00 + 0x336];
  return undefined;
}

// The folded letter, "^" before it if it was a capital.
export function foldLetter(cp) {
  if (between(cp, 0x41, 0x5a)) return "^" + String.fromCharCode(cp + 32);
  return entry(cp) ?? String.fromCodePoint(cp);
}

export function isSpace(cp) {
  return (
    cp === 32 || between(cp, 9, 13) || cp === 0x85 || cp === 0xa0 || cp === 0x1680 || between(cp, 0x2000, 0x200a) ||
    cp === 0x2028 || cp === 0x2029 || cp === 0x202f || cp === 0x205f || cp === 0x3000
  );
}
