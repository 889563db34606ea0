// Runs the automaton over the tokens, every phrase of one level in one pass. Mirrors src/engine/search.rs.

import { GAP_WORDS, WANT, unique } from "./automaton.js";
import { startingAt } from "./hits.js";
import { GAP, IS } from "./tokens.js";
import { UNKNOWN } from "./vocabulary.js";

const STEPS = 100_000;
const WINDOW = 64;
const NONE = -1;
// Up to so many word edges are looked through one by one.
const FEW = 4;

const add = (map, key, value) => {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
};

// Where the phrases of one level begin: states to enter.
export class Level {
  constructor(firsts, states, words) {
    const [byWord, byCapital, bySlot] = [new Map(), new Map(), new Map()];
    const [byPlace, always] = [[], []];
    for (const edge of firsts) {
      if (edge.want === WANT.WORD) add(byWord, edge.a, edge.to);
      else if (edge.want === WANT.CAPITAL) add(byCapital, edge.a, edge.to);
      else if (edge.want === WANT.SLOT) add(bySlot, edge.a, edge.to);
      else if (edge.want === WANT.PLACE) byPlace.push(edge);
      else if (edge.want !== WANT.ACCEPT) always.push(edge);
    }
    this.isEmpty = firsts.length === 0;
    const united = (map) => new Map([...map].map(([key, targets]) => [key, union(states, targets)]));
    this.byWord = arrayOf(united(byWord), words);
    this.byCapital = arrayOf(united(byCapital), words);
    this.bySlot = [...united(bySlot)];
    this.byPlace = stateOf(states, byPlace);
    this.always = unique(always);
  }
}

// The state of each of so many words: every token asks at every level.
function arrayOf(states, words) {
  const list = new Int32Array(words).fill(NONE);
  for (const [word, state] of states) list[word] = state;
  return list;
}

// One state for several.
function union(states, targets) {
  return targets.length === 1 ? targets[0] : stateOf(states, targets.flatMap((target) => states.list[target]));
}

const stateOf = (states, edges) => (edges.length === 0 ? NONE : states.with(edges));

const NO_EDGES = [];

// A state as a search wants it: edges that want a word apart, found by it; `ends` is a set where a phrase only ends.
export function rowOf(edges) {
  if (edges.length === 1) {
    const { want, a } = edges[0];
    if (want === WANT.ACCEPT) return { ends: a };
    const isWord = want === WANT.WORD || want === WANT.CAPITAL;
    return { ends: NONE, words: isWord ? edges : NO_EDGES, byWord: null, others: isWord ? NO_EDGES : edges };
  }
  const words = edges.filter((edge) => edge.want === WANT.WORD || edge.want === WANT.CAPITAL);
  const others = edges.filter((edge) => edge.want !== WANT.WORD && edge.want !== WANT.CAPITAL);
  let byWord = null;
  if (words.length > FEW) {
    byWord = new Map();
    for (const edge of words) add(byWord, edge.a, edge);
  }
  return { ends: NONE, words, byWord, others };
}

// The longest match of each set at each starting token. One object serves many runs.
export class Matches {
  #states = [];
  #places = [];
  // For each state: the search that entered it last, and at which tokens from its start (two words of bits).
  #seen;
  #early;
  #late;
  #search = 0;

  constructor(sets, states) {
    this.ofSet = Array.from({ length: sets }, () => []);
    this.#seen = new Int32Array(states);
    this.#early = new Int32Array(states);
    this.#late = new Int32Array(states);
  }

  // Forgets everything.
  clear() {
    for (let set = 0; set < this.ofSet.length; set += 1) {
      if (this.ofSet[set].length > 0) this.ofSet[set] = [];
    }
  }

  // Finds all phrases of a level. `view` has tokens, table, slots, noCapitals.
  search(view, level) {
    const { list } = view.tokens;
    const begun = [];
    for (const [slot, state] of level.bySlot) {
      for (const hit of view.slots[slot]) begun.push({ start: hit.start, slot, state, end: hit.end });
    }
    begun.sort((a, b) => a.start - b.start);
    let next = 0;
    for (let start = 0; start < list.length; start += 1) {
      const token = list[start];
      if (this.#search === 0x7fffffff) {
        this.#seen.fill(0);
        this.#search = 0;
      }
      this.#search += 1;
      if (token.word !== UNKNOWN) {
        this.#enter(view, level.byWord[token.word], start, start + 1);
        if ((token.kind & IS.CAPITAL) !== 0) this.#enter(view, level.byCapital[token.word], start, start + 1);
      }
      let last = NONE;
      while (next < begun.length && begun[next].start === start) {
        // Of several hits of one slot at one token the longest comes first and counts.
        if (begun[next].slot !== last) this.#enter(view, begun[next].state, start, begun[next].end);
        last = begun[next].slot;
        next += 1;
      }
      if (start === 0 || (token.before & (GAP.STOP | GAP.LINE)) !== 0 || view.noCapitals) {
        this.#enter(view, level.byPlace, start, start);
      }
      for (const edge of level.always) {
        if (edge.want === WANT.CLASS) {
          if (isClass(token.kind, edge.a)) this.#enter(view, edge.to, start, start + 1);
        } else if (edge.want === WANT.COMMA) {
          if ((token.before & GAP.COMMA) !== 0) this.#enter(view, edge.to, start, start);
        } else if (edge.want === WANT.GAP) {
          this.#skip(view, edge.to, start, start);
        }
      }
      if (this.#states.length > 0) this.#follow(view, start, list);
    }
  }

  // Enters a state, once at each token near the start. One in which a phrase only ends is done with at once; one from which no
  // word leads on here is not entered.
  #enter(view, state, start, at) {
    if (state === NONE) return;
    const row = view.table[state];
    if (row.ends !== NONE) {
      this.#accept(row.ends, start, at);
      return;
    }
    if (row.others.length === 0) {
      const token = readable(view.tokens.list, start, at);
      if (token === null || !fits(row, token.word)) return;
    }
    const offset = at - start;
    if (offset < WINDOW) {
      if (this.#seen[state] !== this.#search) {
        this.#seen[state] = this.#search;
        this.#early[state] = 0;
        this.#late[state] = 0;
      }
      const bits = offset < 32 ? this.#early : this.#late;
      const bit = 1 << (offset & 31);
      if ((bits[state] & bit) !== 0) return;
      bits[state] |= bit;
    }
    this.#states.push(state);
    this.#places.push(at);
  }

  #accept(set, start, end) {
    if (end === start) return;
    const list = this.ofSet[set];
    const last = list[list.length - 1];
    if (last !== undefined && last.start === start) last.end = Math.max(last.end, end);
    else list.push({ start, end });
  }

  #follow(view, start, list) {
    const { table, slots } = view;
    for (let steps = 1; this.#states.length > 0; steps += 1) {
      if (steps > STEPS) {
        this.#states.length = 0;
        this.#places.length = 0;
        return;
      }
      const { words, byWord, others } = table[this.#states.pop()];
      const at = this.#places.pop();
      const token = readable(list, start, at);
      if (token !== null && words.length > 0) {
        const edges = byWord === null ? words : byWord.get(token.word);
        if (edges !== undefined) this.#words(view, edges, token, start, at);
      }
      for (let index = 0; index < others.length; index += 1) {
        const edge = others[index];
        switch (edge.want) {
          case WANT.ACCEPT:
            this.#accept(edge.a, start, at);
            break;
          case WANT.GAP:
            this.#skip(view, edge.to, start, at);
            break;
          case WANT.PLACE:
            if (isPlace(view, edge.a, at, list)) this.#enter(view, edge.to, start, at);
            break;
          case WANT.COMMA:
            if (at < list.length && (list[at].before & GAP.COMMA) !== 0) this.#enter(view, edge.to, start, at);
            break;
          case WANT.CLASS:
            if (token !== null && isClass(token.kind, edge.a)) this.#enter(view, edge.to, start, at + 1);
            break;
          default: {
            const hit = token === null || slots[edge.a].length === 0 ? undefined : startingAt(slots[edge.a], at);
            if (hit !== undefined) this.#enter(view, edge.to, start, hit.end);
          }
        }
      }
    }
  }

  #words(view, edges, token, start, at) {
    for (let index = 0; index < edges.length; index += 1) {
      const edge = edges[index];
      if (edge.a === token.word && (edge.want === WANT.WORD || (token.kind & IS.CAPITAL) !== 0)) {
        this.#enter(view, edge.to, start, at + 1);
      }
    }
  }

  #skip(view, state, start, at) {
    const { list } = view.tokens;
    for (let skipped = 0; skipped <= GAP_WORDS; skipped += 1) {
      const here = at + skipped;
      if (skipped > 0) {
        const last = here - 1;
        if (last >= list.length || (last > start && (list[last].before & GAP.STOP) !== 0)) return;
      }
      this.#enter(view, state, start, here);
    }
  }
}

// The token that a state at `at` may read: none behind the end of a sentence, unless the phrase begins there.
function readable(list, start, at) {
  return at < list.length && (at === start || (list[at].before & GAP.STOP) === 0) ? list[at] : null;
}

// Whether an edge of the state wants the word.
function fits(row, word) {
  return row.byWord === null ? row.words.some((edge) => edge.a === word) : row.byWord.has(word);
}

function isClass(kind, wanted) {
  switch (wanted) {
    case 0:
      return (kind & IS.WORD) !== 0;
    case 1:
      return (kind & IS.CAPITAL) !== 0;
    case 2:
      return (kind & IS.UPPER) !== 0;
    case 3:
      return (kind & IS.WORD) !== 0 && (kind & IS.CAPITAL) === 0;
    case 4:
      return (kind & IS.DIGITS) !== 0;
    default:
      return true;
  }
}

function isPlace(view, place, at, list) {
  switch (place) {
    case 0:
      return at < list.length && isAfter(GAP.STOP, at, list);
    case 1:
      return at > 0 && isAfter(GAP.STOP, at, list);
    case 2:
      return at < list.length && isAfter(GAP.LINE, at, list);
    case 3:
      return at > 0 && isAfter(GAP.LINE, at, list);
    case 4:
      return at === 0;
    case 5:
      return at >= list.length;
    default:
      return view.noCapitals;
  }
}

// The gap before a token has one of the flags; both ends of the text have them all.
function isAfter(flags, at, list) {
  return at === 0 || at >= list.length || (list[at].before & flags) !== 0;
}
