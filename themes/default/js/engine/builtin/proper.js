// Runs of capitalised words that read as a name. Mirrors src/engine/builtin/proper.rs.

import { wordsHit } from "../hits.js";
import { GAP, IS } from "../tokens.js";
import { ROLE } from "../vocabulary.js";

const LONGEST = 7;
const BREAK = GAP.STOP | GAP.LINE | GAP.COMMA;

export function findProper(script) {
  const { list } = script.tokens;
  const out = [];
  let at = 0;
  while (at < list.length) {
    if (!begins(script, at)) {
      at += 1;
      continue;
    }
    let end = at + 1;
    while (end < list.length && end - at < LONGEST && (list[end].before & BREAK) === 0) {
      if (isPart(script, end)) end += 1;
      else if (isLink(script, end) && end + 1 < list.length && joined(list, end + 1) && isPart(script, end + 1)) end += 2;
      else break;
    }
    out.push(wordsHit(at, end));
    at = end;
  }
  return out;
}

const joined = (list, at) => (list[at].before & BREAK) === 0;
const isWord = (token) => (token.kind & IS.WORD) !== 0 && (token.kind & IS.PLACEHOLDER) === 0;

// A token that a name may begin with.
function begins(script, at) {
  const { list } = script.tokens;
  const token = list[at];
  const roles = script.vocabulary.roles(token);
  if (!isWord(token)) return false;
  if (script.noCapitals) return (roles & (ROLE.FIRST_NAMES | ROLE.NOT_NAMES)) === ROLE.FIRST_NAMES;
  if ((token.kind & IS.CAPITAL) === 0 || (roles & ROLE.TITLES) !== 0) return false;
  if ((roles & ROLE.NOT_NAMES) === 0) return true;
  // Will, May, Grant: a name where a sentence does not begin, or before another one.
  const first = at === 0 || (token.before & GAP.STOP) !== 0;
  const following = list[at + 1];
  const next =
    following !== undefined && joined(list, at + 1) && (following.kind & IS.CAPITAL) !== 0 &&
    (script.vocabulary.roles(following) & (ROLE.NOT_NAMES | ROLE.TITLES)) === 0;
  return (roles & ROLE.FIRST_NAMES) !== 0 && (!first || next);
}

// A token that a name may go on with.
function isPart(script, at) {
  const token = script.tokens.list[at];
  const roles = script.vocabulary.roles(token);
  return (
    isWord(token) && !script.noCapitals && (token.kind & IS.CAPITAL) !== 0 && (roles & ROLE.TITLES) === 0 &&
    ((roles & ROLE.NOT_NAMES) === 0 || (roles & ROLE.FIRST_NAMES) !== 0)
  );
}

// &, de, van; of after a possessive or a word like Bank.
function isLink(script, at) {
  const { list } = script.tokens;
  const { text } = list[at];
  if (text === "&" || script.vocabulary.hasRole(list[at], ROLE.NAME_LINKS)) return true;
  if (text !== "of") return false;
  return list[at - 1].text.endsWith("'s") || script.vocabulary.hasRole(list[at - 1], ROLE.OF_HEADS);
}
