// E-mail addresses and web addresses, written or spoken. Mirrors src/engine/builtin/address.rs.

import { wordsHit } from "../hits.js";
import { EXACT, GAP, IS, only } from "../tokens.js";
import { ROLE } from "../vocabulary.js";

const LONGEST = 40;
const DOT = only(".");
const SLASH = only("/");
const codes = (characters) => [...characters].map(only);
const [NOTHING, LOCAL, DOMAIN, HOST] = [[], codes(".-_+'"), codes(".-_"), codes(".-")];

const solid = (script, at) => ((script.tokens.list[at]?.kind ?? 0) & (IS.WORD | IS.DIGITS)) !== 0;
const textAt = (script, at) => script.tokens.list[at]?.text;
const isDomainEnd = (script, at) => script.vocabulary.hasRole(script.tokens.list[at], ROLE.TOP_DOMAINS);
const glued = (script, at, characters) => {
  const token = script.tokens.list[at];
  return token !== undefined && (token.exact === EXACT.NONE || characters.includes(token.exact));
};

export function findEmails(script) {
  const out = [];
  let free = 0;
  for (let at = 1; at < script.tokens.list.length; at += 1) {
    if (at < free) continue;
    let hit = null;
    if (textAt(script, at) === "@") {
      if (glued(script, at, NOTHING) && glued(script, at + 1, NOTHING)) hit = written(script, at, free);
    } else if (textAt(script, at) === "at") {
      const end = spokenDomain(script, at + 1);
      if (end !== null && solid(script, at - 1)) hit = { start: at - 1, end };
    }
    if (hit) {
      out.push(wordsHit(hit.start, hit.end));
      free = hit.end;
    }
  }
  return out;
}

function written(script, sign, free) {
  const { list } = script.tokens;
  let start = sign - 1;
  if (!solid(script, start) || !solid(script, sign + 1)) return null;
  while (start > free && sign - start < LONGEST && glued(script, start, LOCAL) && solid(script, start - 1)) start -= 1;
  let [end, dots] = [sign + 2, 0];
  while (end - sign < LONGEST && solid(script, end) && glued(script, end, DOMAIN)) {
    if (list[end].exact === DOT) dots += 1;
    end += 1;
  }
  return dots > 0 ? { start, end } : null;
}

// novexa dot com: the end, if that begins here.
function spokenDomain(script, start) {
  const { list } = script.tokens;
  for (let at = start; at < start + 8 && solid(script, at); at += 2) {
    const token = list[at + 1];
    if (!token) return null;
    if (token.text === "dot" && (token.before & GAP.STOP) === 0 && isDomainEnd(script, at + 2)) {
      let end = at + 3;
      while (textAt(script, end) === "dot" && isDomainEnd(script, end + 1)) end += 2;
      return end;
    }
    if (token.text !== "dot") return null;
  }
  return null;
}

export function findUrls(script, emails) {
  const count = script.tokens.list.length;
  const out = [];
  let [at, email] = [0, 0];
  while (at < count) {
    while (emails[email] && emails[email].end <= at) email += 1;
    if (emails[email] && emails[email].start <= at) {
      at = emails[email].end;
      continue;
    }
    const limit = Math.min(emails[email]?.start ?? count, at + LONGEST);
    const end = url(script, at, limit);
    if (end === null) {
      at += 1;
    } else {
      out.push(wordsHit(at, end));
      at = end;
    }
  }
  return out;
}

function url(script, at, limit) {
  const { list } = script.tokens;
  if (!solid(script, at)) return null;
  const { text } = list[at];
  const next = list[at + 1];
  if (!next) return null;
  if ((text === "http" || text === "https") && (next.before & GAP.SPACE) === 0) return path(script, at + 1, limit);
  if (text === "www" && next.text === "dot") return spokenDomain(script, at + 2);
  let [end, domain] = [at + 1, null];
  while (end < limit && solid(script, end) && glued(script, end, HOST) && list[end].exact !== EXACT.NONE) {
    if (list[end].exact === DOT && isDomainEnd(script, end)) domain = end + 1;
    end += 1;
  }
  if (domain !== null) return list[domain]?.exact === SLASH ? path(script, domain, limit) : domain;
  if (text === "www" && end > at + 1) return end;
  return next.text === "dot" ? spokenDomain(script, at) : null;
}

// Runs to the next white space.
function path(script, from, limit) {
  let at = from;
  while (at < limit && (script.tokens.list[at].before & GAP.SPACE) === 0) at += 1;
  return at;
}
