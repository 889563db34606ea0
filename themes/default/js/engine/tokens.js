// The text model: a script becomes tokens with gaps between them. Mirrors src/engine/tokens.rs.

import * as fold from "./fold.js";
import { ROLE, UNKNOWN } from "./vocabulary.js";

export const IS = { WORD: 1, DIGITS: 2, SYMBOL: 4, EMOJI: 8, CAPITAL: 16, UPPER: 32, PLACEHOLDER: 64 };
export const GAP = { COMMA: 1, STOP: 2, LINE: 4, SPACE: 8, QUESTION: 16 };
// All that a gap holds: nothing, white space alone, anything else; or the code of its one ASCII character (NUL has 0).
export const EXACT = { NONE: -1, SPACE: -2, MIXED: -3 };
export const only = (character) => character.charCodeAt(0);

const LONGEST_PLACEHOLDER = 8;
const OPENING = { 0x29: 0x28, 0x5d: 0x5b, 0x7d: 0x7b, 0x3e: 0x3c };
const NO_PLACEHOLDER = new Set(["@", "http", "https", "www"]);
const STAR = only("*");
const UNDERSCORE = only("_");
const APOSTROPHE = only("'");
const BACKTICK = only("`");

const newGap = () => ({
  dots: 0, ellipsis: false, question: false, exclamations: 0, openAfter: false, newlines: 0, bullet: false,
  comma: false, hardComma: false, space: false, lineLength: 0, dashLast: false, exact: EXACT.NONE,
});

const isDash = (cp) => cp === 0x2d || (cp >= 0x2010 && cp <= 0x2015) || cp === 0x2026;
const isBullet = (cp) => cp === STAR || cp === 0x2d || cp === 0x2022 || cp === 0xb7 || cp === 0x2013;

// Reads a script; lone surrogates have been replaced before.
export function readTokens(text, vocabulary) {
  const reader = new Reader(text, vocabulary);
  reader.read();
  return { list: reader.list, gaps: reader.gaps, placeholders: reader.placeholders, length: text.length };
}

class Reader {
  list = [];
  gaps = [];
  placeholders = [];
  #opens = [];
  #gap = newGap();
  #lineStart = 0;
  #at = 0;

  constructor(text, vocabulary) {
    this.text = text;
    this.vocabulary = vocabulary;
  }

  read() {
    const { text } = this;
    while (this.#at < text.length) {
      const start = this.#at;
      const cp = text.codePointAt(start);
      switch (fold.classOf(cp)) {
        case fold.LETTER:
          this.#word(start);
          break;
        case fold.DIGIT:
          while (isDigit(text.charCodeAt(this.#at))) this.#at += 1;
          this.#push(IS.DIGITS, text.slice(start, this.#at), start);
          break;
        case fold.SYMBOL:
          this.#at += 1;
          this.#push(IS.SYMBOL, text.slice(start, this.#at), start);
          break;
        case fold.EMOJI:
          this.#emoji(start);
          break;
        case fold.MARK:
          this.#advance(cp);
          break;
        case fold.APOSTROPHE:
          this.#gap.exact = EXACT.MIXED;
          this.#advance(cp);
          break;
        default:
          if (!((cp === STAR || cp === UNDERSCORE) && this.#row(cp, start))) {
            this.#other(cp, start);
            this.#advance(cp);
          }
      }
    }
    this.gaps.push(this.#gap);
  }

  #advance(cp) {
    this.#at += cp > 0xffff ? 2 : 1;
  }

  #word(start) {
    if (this.#plainWord(start)) return;
    let [folded, kind, letters, capitals] = ["", IS.WORD, 0, 0];
    while (this.#at < this.text.length) {
      const cp = this.text.codePointAt(this.#at);
      const is = fold.classOf(cp);
      if (is === fold.LETTER) {
        let letter = fold.foldLetter(cp);
        if (letter.charCodeAt(0) === 0x5e) {
          letter = letter.slice(1);
          if (letters === 0) kind |= IS.CAPITAL;
          capitals += 1;
        }
        folded += letter;
        letters += 1;
      } else if (is === fold.APOSTROPHE) {
        const next = this.text.codePointAt(this.#at + 1);
        if (next === undefined || fold.classOf(next) !== fold.LETTER) break;
        folded += "'";
      } else if (is !== fold.MARK) {
        break;
      }
      this.#advance(cp);
    }
    if (letters >= 2 && capitals === letters) kind |= IS.UPPER;
    this.#push(kind, folded, start);
  }

  // Most words are ASCII letters, with straight apostrophes between them: those are cut out and need no folding letter by letter.
  #plainWord(start) {
    const { text } = this;
    let [at, kind, letters, capitals] = [start, IS.WORD, 0, 0];
    for (; at < text.length; at += 1) {
      const unit = text.charCodeAt(at);
      if (isCapital(unit)) {
        if (letters === 0) kind |= IS.CAPITAL;
        capitals += 1;
        letters += 1;
      } else if (isSmall(unit)) {
        letters += 1;
      } else if (unit === APOSTROPHE && at + 1 < text.length) {
        const next = text.charCodeAt(at + 1);
        if (next >= 0x80) return false;
        if (!isCapital(next) && !isSmall(next)) break;
      } else if (unit >= 0x80 || unit === BACKTICK) {
        return false;
      } else {
        break;
      }
    }
    if (letters >= 2 && capitals === letters) kind |= IS.UPPER;
    this.#at = at;
    const word = text.slice(start, at);
    this.#push(kind, capitals === 0 ? word : word.toLowerCase(), start);
    return true;
  }

  #emoji(start) {
    let folded = "";
    while (this.#at < this.text.length) {
      const cp = this.text.codePointAt(this.#at);
      const is = fold.classOf(cp);
      if (is === fold.EMOJI) folded += String.fromCodePoint(cp);
      else if (is !== fold.MARK) break;
      this.#advance(cp);
    }
    this.#push(IS.EMOJI, folded, start);
  }

  // Three asterisks or underscores and more are a token.
  #row(cp, start) {
    let end = start;
    while (this.text.charCodeAt(end) === cp) end += 1;
    if (end - start < 3) return false;
    this.#at = end;
    this.#push(IS.SYMBOL, String.fromCharCode(cp).repeat(3), start);
    return true;
  }

  #push(kind, text, start) {
    const possessive = (kind & (IS.WORD | IS.SYMBOL)) !== 0 && text.endsWith("'s");
    this.list.push({
      start, end: this.#at, text, word: this.vocabulary.find(text),
      base: possessive ? this.vocabulary.find(text.slice(0, -2)) : UNKNOWN,
      kind, before: 0, exact: this.#gap.exact, sentence: 0, line: 0,
    });
    this.gaps.push(this.#gap);
    this.#gap = newGap();
  }

  // Notes what a character of a gap means.
  #other(cp, at) {
    const gap = this.#gap;
    const space = fold.isSpace(cp);
    const terminated = gap.dots > 0 || gap.ellipsis || gap.question || gap.exclamations > 0;
    if (cp === 0x0a) gap.exact = EXACT.MIXED;
    else if (space && (gap.exact === EXACT.NONE || gap.exact === EXACT.SPACE)) gap.exact = EXACT.SPACE;
    else if (!space && gap.exact === EXACT.NONE && cp < 0x80) gap.exact = cp;
    else gap.exact = EXACT.MIXED;
    if (space) {
      gap.space = true;
      gap.openAfter ||= terminated;
      if (cp === 0x0a) {
        if (gap.newlines === 0) gap.lineLength = at - this.#lineStart;
        gap.newlines += 1;
        this.#lineStart = at + 1;
      }
      return;
    }
    gap.dashLast = isDash(cp);
    if (cp === 0x2e) gap.dots += 1;
    else if (cp === 0x2026) gap.ellipsis = true;
    else if (cp === 0x3f) gap.question = true;
    else if (cp === 0x21) gap.exclamations += 1;
    else if (cp === 0x2c || cp === 0x3b || cp === 0x3a) gap.comma = gap.hardComma = true;
    else if (cp >= 0x2012 && cp <= 0x2015) gap.comma = true;
    else if (cp === 0x2d) gap.comma ||= gap.space || gap.exact === EXACT.MIXED;
    if (gap.newlines > 0 && isBullet(cp)) gap.bullet = true;
    if (cp === 0x28 || cp === 0x5b || cp === 0x7b || cp === 0x3c) {
      gap.comma = true;
      if (this.#opens.length === LONGEST_PLACEHOLDER) this.#opens.shift();
      this.#opens.push({ bracket: cp, at, token: this.list.length });
    } else if (OPENING[cp] !== undefined) {
      gap.comma = true;
      this.#close(OPENING[cp], at);
    }
  }

  // Sees whether a closing bracket ends a placeholder.
  #close(bracket, at) {
    const index = this.#opens.findLastIndex((open) => open.bracket === bracket);
    if (index < 0) return;
    const open = this.#opens[index];
    this.#opens.length = index;
    const [first, last] = [open.token, this.list.length];
    if (first === last || last - first > LONGEST_PLACEHOLDER) return;
    const inside = this.list.slice(first, last);
    for (let token = first + 1; token < last; token += 1) {
      if (this.gaps[token].newlines > 0) return;
    }
    const role = (token) => this.vocabulary.hasRole(token, ROLE.PLACEHOLDER_WORDS);
    if (bracket === 0x28 && !role(inside[0]) && !role(inside[inside.length - 1])) return;
    if (bracket === 0x3c && inside.some((token) => NO_PLACEHOLDER.has(token.text))) return;
    const known = this.placeholders.at(-1);
    if (!known || known[0] !== first || known[1] !== last) {
      while (this.placeholders.length > 0 && this.placeholders.at(-1)[0] >= first) this.placeholders.pop();
      this.placeholders.push([first, last]);
    }
    for (const token of inside) token.kind |= IS.PLACEHOLDER;
    inside[0].start = open.at;
    inside[inside.length - 1].end = at + 1;
  }
}

const isDigit = (unit) => unit >= 0x30 && unit <= 0x39;
const isCapital = (unit) => unit >= 0x41 && unit <= 0x5a;
const isSmall = (unit) => unit >= 0x61 && unit <= 0x7a;
