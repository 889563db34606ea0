// Constraints: what a rule wants, and what it marks. Mirrors src/engine/constraints.rs.

import { disjoint, sortHits, valueOf } from "./hits.js";
import { countWords, readingEase } from "./readability.js";
import { ranges } from "./regions.js";

// Whole seconds, half up.
export const wholeSeconds = (milliseconds) => Math.floor((milliseconds + 500) / 1000);

const outcome = (holds, missing, marks) => ({ holds, missing: missing && !holds, marks, count: marks.length, kinds: [] });
const figure = (holds, count) => ({ holds, missing: false, marks: [], count, kinds: [] });
const inBounds = (bounds, value) => (bounds.min ?? -Infinity) <= value && value <= (bounds.max ?? Infinity);

// All names in a constraint.
export function namesOf(constraint) {
  const [[is, value]] = Object.entries(constraint);
  switch (is) {
    case "present":
    case "absent":
      return [value];
    case "count":
    case "within":
    case "both-ends":
      return [value.of];
    case "order":
      return value;
    case "words":
      return value.outside;
    case "ratio":
      return typeof value.per === "object" ? [value.of, value.per.hits] : [value.of];
    case "all":
    case "any":
      return value.flatMap(namesOf);
    case "not":
      return namesOf(value);
    case "spoken-seconds":
    case "sentences":
    case "reading-ease":
      return [];
    default:
      throw new Error(`no constraint is called ${is}`);
  }
}

// Judges a constraint: {holds, missing, marks, count, kinds}.
export function judge(machine, run, constraint) {
  const hits = (name) => run.slots[machine.slots.get(name)];
  const [[is, value]] = Object.entries(constraint);
  switch (is) {
    case "present":
      return outcome(hits(value).length > 0, true, hits(value));
    case "absent":
      return outcome(hits(value).length === 0, false, hits(value));
    case "count":
      return count(machine, run, value, hits(value.of));
    case "within": {
      const wanted = ranges(machine, run, value.regions);
      const inside = (hit) => wanted.some(([start, end]) => (value.by_end ? hit.end > start && hit.end <= end : hit.start >= start && hit.start < end));
      const within = hits(value.of).filter(inside);
      if (within.length > 0) return outcome(true, false, within);
      return outcome(false, true, hits(value.of).filter((hit) => !inside(hit)));
    }
    case "both-ends":
      return bothEnds(machine, run, value, hits(value.of));
    case "order": {
      const both = value.flatMap((name) => hits(name).slice(0, 1));
      return both.length === 2 ? outcome(both[0].start < both[1].start, false, both) : outcome(false, true, both);
    }
    case "spoken-seconds": {
      const slack = value.slack * 1000;
      const { min, max } = value.bounds;
      const long = max === undefined || run.milliseconds <= max * 1000 + slack;
      return figure((min === undefined || run.milliseconds >= min * 1000 - slack) && long, wholeSeconds(run.milliseconds));
    }
    case "words": {
      const words = countWords(run, value.outside.map(hits));
      return figure(inBounds(value.bounds, words), words);
    }
    case "sentences":
      return figure(inBounds(value, run.script.sentences.length), run.script.sentences.length);
    case "ratio":
      return ratio(run, value, hits);
    case "reading-ease": {
      const ease = readingEase(run);
      return figure(inBounds(value, ease), ease);
    }
    case "all":
      return all(value.map((one) => judge(machine, run, one)));
    case "any":
      return any(value.map((one) => judge(machine, run, one)));
    default: {
      const inner = judge(machine, run, value);
      return { ...inner, holds: !inner.holds, missing: false };
    }
  }
}

function ratio(run, value, hits) {
  const { tokens, sentences } = run.script;
  let whole;
  if (value.per === "words") whole = tokens.list.length;
  else if (value.per === "sentences") whole = sentences.length;
  else whole = hits(value.per.hits).length;
  if (whole === 0) return figure(true, 0);
  const share = Math.floor((hits(value.of).length * 100) / whole);
  const holds = inBounds(value.bounds, share);
  const over = value.bounds.max !== undefined && share > value.bounds.max;
  return { ...outcome(holds, !over, holds || over ? hits(value.of) : []), count: share };
}

function count(machine, run, { of, what, bounds }, hits) {
  const groups = group(run, hits, what);
  const kinds = what === "kinds" ? kindNames(machine, of, groups) : [];
  let number = hits.length;
  if (what === "distinct" || what === "kinds") number = groups.length;
  else if (what === "same") number = groups.reduce((most, one) => Math.max(most, one.length), 0);
  const holds = inBounds(bounds, number);
  const over = bounds.max !== undefined && number > bounds.max;
  let marks = hits;
  if (over && what === "matches") {
    marks = hits.slice(Math.max(bounds.max, 0));
  } else if (over && what !== "same") {
    marks = groups.map((one) => one[0]);
  } else if (over) {
    marks = groups.reduce((best, one) => (one.length >= best.length ? one : best), []);
  }
  return { holds, missing: !holds && !over, marks, count: number, kinds };
}

// Hits that share a value or a kind, in the order of their first.
function group(run, hits, what) {
  const groups = new Map();
  if (what === "matches") return [];
  for (const hit of hits) {
    const key = what === "kinds" ? hit.kind : valueOf(run.script.tokens, hit);
    const known = groups.get(key);
    if (known) known.push(hit);
    else groups.set(key, [hit]);
  }
  return [...groups.values()];
}

function kindNames(machine, of, groups) {
  const detector = machine.program.detectors.find((one) => one.name === of);
  return detector ? groups.flatMap((one) => detector.find[one[0].kind]?.kind ?? []) : [];
}

function bothEnds(machine, run, value, hits) {
  const [start, end] = [ranges(machine, run, value.first), ranges(machine, run, value.last)];
  const firsts = new Map();
  for (const hit of hits) {
    const key = value.same ? valueOf(run.script.tokens, hit) : "";
    const first = firsts.get(key);
    if (first && end.some((one) => hit.end > one[0] && hit.end <= one[1])) return outcome(true, false, [first, hit]);
    if (!first && start.some((one) => hit.start >= one[0] && hit.start < one[1])) firsts.set(key, hit);
  }
  return outcome(false, true, hits);
}

function all(outcomes) {
  if (outcomes.every((one) => one.holds)) return merged(outcomes, true);
  // A breach that can be shown weighs more than something not seen.
  const broken = outcomes.filter((one) => !one.holds);
  const shown = broken.some((one) => !one.missing);
  return merged(broken.filter((one) => !shown || !one.missing), false);
}

function any(outcomes) {
  if (outcomes.some((one) => one.holds)) return merged(outcomes.filter((one) => one.holds), true);
  return { ...merged(outcomes, false), missing: outcomes.some((one) => one.missing) };
}

function merged(outcomes, holds) {
  return {
    holds,
    missing: !holds && outcomes.every((one) => one.missing),
    marks: disjoint(sortHits(outcomes.flatMap((one) => one.marks))),
    count: outcomes[0]?.count ?? 0,
    kinds: outcomes.flatMap((one) => one.kinds),
  };
}
