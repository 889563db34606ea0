// Detectors turn matches into hits: vetoes, filters, values, echoes. Mirrors src/engine/detect.rs.

import { disjoint, partition, plain, sortHits, startingAt, wordsHit } from "./hits.js";
import { ranges } from "./regions.js";
import { IS } from "./tokens.js";

const MOST_ECHOES = 8;

// Settles one detector: returns the hits of its slot.
export function settle(machine, run, finder) {
  let found = [];
  finder.groups.forEach((set, kind) => {
    const matches = run.matches.ofSet[set];
    if (matches.length === 0) return;
    const left = disjoint(finder.unless === null ? matches : veto(matches, run.matches.ofSet[finder.unless]));
    for (const one of left) found.push(wordsHit(one.start, one.end, kind));
  });
  if (finder.nearMiss) {
    let hits = finder.nearMiss.find(run.script);
    if (finder.unless !== null) hits = veto(hits, run.matches.ofSet[finder.unless]);
    found = found.concat(hits);
  }
  if (finder.groups.length > 1 || finder.nearMiss) sortHits(found);
  if (found.length === 0) return found;
  found = values(run, finder, found);
  for (const sieve of finder.filters) found = filter(machine, run, sieve, found);
  return finder.echo === null ? found : again(run, finder.echo, found);
}

// Drops hits that overlap a vetoing match.
function veto(hits, vetoes) {
  if (vetoes.length === 0) return hits;
  const reach = [];
  let furthest = 0;
  for (const one of vetoes) {
    furthest = Math.max(furthest, one.end);
    reach.push(furthest);
  }
  return hits.filter((hit) => {
    const before = partition(vetoes, (one) => one.start < hit.end);
    return before === 0 || reach[before - 1] <= hit.start;
  });
}

// A hit as wide as a slot inside it takes that slot's value; with `take` it shrinks to it.
function values(run, finder, found) {
  if (finder.take !== null) {
    const inner = run.slots[finder.take];
    const taken = [];
    for (const hit of found) {
      const one = inner[partition(inner, (other) => other.start < hit.start)];
      if (one && one.end <= hit.end) taken.push({ ...one, kind: hit.kind });
    }
    sortHits(taken);
    return taken.filter((hit, at) => {
      const last = taken[at - 1];
      return !last || last.start !== hit.start || last.end !== hit.end || last.kind !== hit.kind;
    });
  }
  for (const slot of finder.inner) {
    const inner = run.slots[slot];
    if (inner.length === 0) continue;
    for (const hit of found) {
      const one = startingAt(inner, hit.start);
      if (one && one.end === hit.end) {
        hit.number = one.number;
        hit.from = one.from;
        hit.to = one.to;
      }
    }
  }
  return found;
}

function filter(machine, run, sieve, found) {
  const matches = sieve.set === undefined ? [] : run.matches.ofSet[sieve.set];
  const others = sieve.slot === undefined ? [] : run.slots[sieve.slot];
  switch (sieve.is) {
    case "has":
      return found.filter((hit) => holds(matches, hit));
    case "lacks":
      return found.filter((hit) => !holds(matches, hit));
    case "sentence-has":
      return found.filter((hit) => sentenceHolds(run, matches, hit));
    case "sentence-lacks":
      return found.filter((hit) => !sentenceHolds(run, matches, hit));
    case "text-has":
      return matches.length === 0 ? [] : found;
    case "text-lacks":
      return matches.length === 0 ? found : [];
    case "inside": {
      let [furthest, next] = [0, 0];
      return found.filter((hit) => {
        while (next < others.length && others[next].start <= hit.start) {
          furthest = Math.max(furthest, others[next].end);
          next += 1;
        }
        return hit.end <= furthest;
      });
    }
    case "in": {
      const wanted = ranges(machine, run, sieve.regions);
      return found.filter((hit) => wanted.some(([start, end]) => hit.start >= start && hit.start < end));
    }
    case "after":
      return others.length === 0 ? [] : found.filter((hit) => hit.start >= others[0].end);
    case "before":
      return others.length === 0 ? [] : found.filter((hit) => hit.end <= others[0].start);
    case "near":
      return found.filter((hit) => isNear(run, others, hit, sieve.words));
    case "value":
      return found.filter((hit) => hit.number !== null && hit.number >= sieve.from && hit.number <= sieve.to);
    case "first":
      return found.slice(0, 1);
    default:
      return found.slice(-1);
  }
}

// A match lies inside the hit.
function holds(matches, hit) {
  for (let at = partition(matches, (one) => one.start < hit.start); at < matches.length; at += 1) {
    if (matches[at].start >= hit.end) return false;
    if (matches[at].end <= hit.end) return true;
  }
  return false;
}

// A match begins in the hit's sentence.
function sentenceHolds(run, matches, hit) {
  const sentence = run.script.sentences[run.script.tokens.list[hit.start].sentence];
  if (!sentence) return false;
  const one = matches[partition(matches, (match) => match.start < sentence.start)];
  return one !== undefined && one.start < sentence.end;
}

function isNear(run, others, hit, words) {
  const { list } = run.script.tokens;
  const after = partition(others, (other) => other.start < hit.start);
  const from = Math.max(after - 1, 0);
  return others.slice(from, from + 2).some((other) => {
    const apart = other.start >= hit.end ? other.start - hit.end : Math.max(hit.start - other.end, 0);
    return apart <= words && list[other.start].sentence === list[hit.start].sentence;
  });
}

// Adds the places where the words of a hit occur again.
function again(run, echo, found) {
  const { list } = run.script.tokens;
  const wanted = [];
  for (const hit of found) {
    if (hit.number !== null) continue;
    // The first word of a placeholder is no name: all of it occurs again, or nothing.
    if (echo === "first-word" && (list[hit.from].kind & IS.PLACEHOLDER) === 0) hit.to = hit.from + 1;
    const words = list.slice(hit.from, hit.to).map((token) => plain(token.text));
    const known = wanted.some((one) => one.words.length === words.length && one.words.every((word, at) => word === words[at]));
    if (!known && wanted.length < MOST_ECHOES) wanted.push({ words, hit: { ...hit } });
  }
  const more = [];
  const capital = (at) => list[at].kind & IS.CAPITAL;
  for (let at = 0; at < list.length; at += 1) {
    for (const { words, hit } of wanted) {
      if (saysAt(list, at, words) && capital(at) >= capital(hit.start)) more.push({ ...hit, start: at, end: at + words.length });
    }
  }
  // What was found in the first place wins over its echo.
  const covered = (one) => {
    const at = partition(found, (hit) => hit.start <= one.start);
    return (at > 0 && found[at - 1].end > one.start) || (at < found.length && found[at].start < one.end);
  };
  return disjoint(sortHits(found.concat(more.filter((one) => !covered(one)))));
}

// Whether the tokens from `at` on are these words.
function saysAt(list, at, words) {
  if (at + words.length > list.length) return false;
  for (let offset = 0; offset < words.length; offset += 1) {
    if (plain(list[at + offset].text) !== words[offset]) return false;
  }
  return true;
}
