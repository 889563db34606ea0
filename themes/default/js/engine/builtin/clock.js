// Clock times, and which half of the day is meant. Mirrors src/engine/builtin/clock.rs.

import { numberHit } from "../hits.js";
import { EXACT, GAP, IS, only } from "../tokens.js";
import { ROLE } from "../vocabulary.js";

const PERIOD_REACH = 5;
const [DOT, COLON, COMMA, HYPHEN] = [".", ":", ",", "-"].map(only);
const MONEY = new Set(["$", "£", "€"]);

export function findClocks(script, phones) {
  const out = [];
  let [at, phone] = [0, 0];
  while (at < script.tokens.list.length) {
    while (phones[phone] && phones[phone].end <= at) phone += 1;
    if (phones[phone] && phones[phone].start <= at) {
      at = phones[phone].end;
      continue;
    }
    const time = said(script, at);
    if (time) {
      const { value, end } = minutes(script, at, time);
      out.push(numberHit(at, end, value));
      at = end;
    } else {
      at += 1;
    }
  }
  return out;
}

const has = (script, at, roles) => script.vocabulary.hasRole(script.tokens.list[at], roles);
const continues = (script, at) => {
  const token = script.tokens.list[at];
  return token !== undefined && (token.before & GAP.STOP) === 0;
};

// A number of one or two figures, or a word for one up to 59; -1 if there is none.
function small(script, at) {
  const token = script.tokens.list[at];
  if (!token) return -1;
  if ((token.kind & IS.DIGITS) !== 0) return token.text.length <= 2 ? Number(token.text) : -1;
  const value = script.vocabulary.number(token);
  return value < 60 ? value : -1;
}

const hour = (script, at) => {
  const value = small(script, at);
  return value >= 1 && value <= 12 ? value : -1;
};

// am, p.m.: whether afternoon, and the end.
function half(script, at) {
  const { list } = script.tokens;
  const token = list[at];
  if (!token || (token.before & (GAP.STOP | GAP.COMMA)) !== 0) return null;
  const { text } = token;
  if (text === "am" || text === "pm") return { afternoon: text === "pm", end: at + 1 };
  if (text !== "a" && text !== "p") return null;
  const next = list[at + 1];
  if (!next || next.text !== "m" || (next.exact !== DOT && next.exact !== EXACT.SPACE)) return null;
  return { afternoon: text === "p", end: at + 2 };
}

const time = (hourOf, minute, end, exact = false) => ({ hour: hourOf, minute, end, exact });

// A time that begins here.
function said(script, at) {
  const { list } = script.tokens;
  const roles = script.vocabulary.roles(list[at]);
  if ((roles & ROLE.CLOCK_NOON) !== 0) return time(12, 0, at + 1, true);
  if ((roles & ROLE.CLOCK_MIDNIGHT) !== 0) return time(0, 0, at + 1, true);
  const prepared =
    at > 0 && continues(script, at) && has(script, at - 1, ROLE.CLOCK_AT | ROLE.CLOCK_BEFORE | ROLE.CLOCK_AFTER);
  if ((roles & (ROLE.CLOCK_HALF | ROLE.CLOCK_QUARTER)) !== 0) {
    return halfOrQuarter(script, at, (roles & ROLE.CLOCK_HALF) !== 0 ? 30 : 15, prepared);
  }
  const value = small(script, at);
  if (value < 0) return null;
  const digits = (list[at].kind & IS.DIGITS) !== 0;
  const found = relative(script, at, value, prepared) ?? (digits && value <= 24 ? withMinutes(script, at, value, prepared) : null);
  if (found) return found;
  if (value < 1 || value > 12) return null;
  const next = half(script, at + 1);
  if (next) return time(value, 0, at + 1);
  if (has(script, at + 1, ROLE.CLOCK_OCLOCK) && continues(script, at + 1)) return time(value, 0, at + 2);
  const spelled = digits ? null : spelledMinutes(script, at, value, prepared);
  return spelled ?? (prepared && follows(script, at + 1) ? time(value, 0, at + 1) : null);
}

function halfOrQuarter(script, at, minute, prepared) {
  const link = at + 1;
  if (!continues(script, link)) return null;
  const after = hour(script, at + 2);
  if (has(script, link, ROLE.CLOCK_PAST)) return after < 0 ? null : time(after, minute, at + 3);
  if (minute === 15 && has(script, link, ROLE.CLOCK_TO)) return after < 0 ? null : to(after, 15, at + 3);
  if (minute === 30 && prepared) {
    const own = hour(script, link);
    if (own < 0 || (script.tokens.list[link].kind & IS.DIGITS) !== 0) return null;
    return time(own, minute, link + 1);
  }
  return null;
}

const to = (hourOf, before, end) => time(hourOf === 1 ? 12 : hourOf - 1, 60 - before, end);

// ten to nine, twenty-five minutes past 5.
function relative(script, at, value, prepared) {
  const { list } = script.tokens;
  let [next, minute] = [at + 1, value];
  if (value === 20 && continues(script, next) && small(script, next) === 5) {
    minute = 25;
    next += 1;
  }
  const named = has(script, next, ROLE.MINUTE_WORDS) && continues(script, next);
  if (named) next += 1;
  if (minute < 1 || minute > 29 || (!named && minute % 5 !== 0) || !continues(script, next)) return null;
  const past = has(script, next, ROLE.CLOCK_PAST);
  if ((!past && !has(script, next, ROLE.CLOCK_TO)) || !continues(script, next + 1)) return null;
  const hourOf = hour(script, next + 1);
  if (hourOf < 0) return null;
  const end = next + 2;
  const sure = named || (past && list[next].text === "past") || prepared || (follows(script, end) && at > 0);
  if (!sure || (at > 0 && !past && list[at - 1].text === "from")) return null;
  return past ? time(hourOf, minute, end) : to(hourOf, minute, end);
}

// 5:30, 5.30 pm, 17:15.
function withMinutes(script, at, hourOf, prepared) {
  const { list } = script.tokens;
  const next = list[at + 1];
  if (!next || (next.kind & IS.DIGITS) === 0 || next.text.length !== 2) return null;
  const minute = Number(next.text);
  if (minute >= 60) return null;
  const end = at + 2;
  const after = list[end];
  const longer = after && (after.kind & IS.DIGITS) !== 0 && [DOT, COLON, COMMA, HYPHEN].includes(after.exact);
  const priced = at > 0 && MONEY.has(list[at - 1].text);
  const dotted = (prepared && follows(script, end)) || half(script, end) !== null;
  const holds = next.exact === COLON || (next.exact === DOT && dotted && !priced);
  if (!holds || longer) return null;
  return time(hourOf, minute, end, hourOf > 12 || hourOf === 0 || list[at].text.startsWith("0"));
}

// eight thirty, nine oh five, seven forty-five.
function spelledMinutes(script, at, hourOf, prepared) {
  if (!continues(script, at + 1)) return null;
  const first = small(script, at + 1);
  const second = continues(script, at + 2) ? small(script, at + 2) : -1;
  const unit = second >= 1 && second <= 9 ? second : -1;
  let [minute, end] = [first, at + 2];
  if (has(script, at + 1, ROLE.ZERO_WORDS)) {
    if (unit < 0) return null;
    [minute, end] = [unit, at + 3];
  } else if (first === 20 || first === 30 || first === 40 || first === 50) {
    if (unit >= 0) [minute, end] = [first + unit, at + 3];
  } else if (first < 10 || first > 19) {
    return null;
  }
  const sure = (prepared && follows(script, end)) || half(script, end) !== null;
  return sure ? time(hourOf, minute, end) : null;
}

// What may stand after a bare hour.
function follows(script, at) {
  const token = script.tokens.list[at];
  if (!token || (token.before & (GAP.STOP | GAP.COMMA)) !== 0) return true;
  return script.vocabulary.hasRole(token, ROLE.CLOCK_FOLLOW | ROLE.CLOCK_OCLOCK) || half(script, at) !== null;
}

// Minutes after midnight, and where the hit ends.
function minutes(script, at, found) {
  let { end } = found;
  if (has(script, end, ROLE.CLOCK_OCLOCK) && continues(script, end)) end += 1;
  const twelve = found.hour % 12;
  const stated = found.exact ? null : half(script, end);
  let hourOf;
  if (found.exact) {
    hourOf = found.hour % 24;
  } else if (stated) {
    end = stated.end;
    hourOf = twelve + (stated.afternoon ? 12 : 0);
  } else {
    const later = period(script, at, end) ?? !(found.hour >= 7 && found.hour <= 11);
    hourOf = twelve + (later ? 12 : 0);
  }
  let value = hourOf * 60 + found.minute;
  if (at > 0 && continues(script, at)) {
    if (has(script, at - 1, ROLE.CLOCK_BEFORE)) value -= 1;
    else if (has(script, at - 1, ROLE.CLOCK_AFTER)) value += 1;
  }
  return { value: Math.min(Math.max(value, 0), 1439), end };
}

// A word nearby that says which half of the day: whether the later one, or null.
function period(script, start, end) {
  const judge = (at) => {
    if (has(script, at, ROLE.CLOCK_MORNING)) return false;
    return has(script, at, ROLE.CLOCK_EVENING) ? true : null;
  };
  for (let at = end; at < end + PERIOD_REACH && continues(script, at); at += 1) {
    const found = judge(at);
    if (found !== null) return found;
  }
  for (let at = start; at > 0 && start - at < PERIOD_REACH && continues(script, at); ) {
    at -= 1;
    const found = judge(at);
    if (found !== null) return found;
  }
  return null;
}
