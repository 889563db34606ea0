// Runs the automaton over the tokens, every phrase of one level in one pass. Mirrors src/engine/search.rs.

import { GAP_WORDS, WANT } from "./automaton.js";
import { startingAt } from "./hits.js";
import { GAP, IS } from "./tokens.js";

const STEPS = 100_000;
const WINDOW = 64;

// Where the phrases of one level begin.
export class Level {
  byWord = new Map();
  bySlot = [];
  byPlace = [];
  always = [];

  constructor(firsts) {
    for (const edge of firsts) {
      switch (edge.want) {
        case WANT.WORD:
        case WANT.CAPITAL: {
          const known = this.byWord.get(edge.a);
          if (known) known.push(edge);
          else this.byWord.set(edge.a, [edge]);
          break;
        }
        case WANT.SLOT: {
          const known = this.bySlot.find(([slot]) => slot === edge.a);
          if (known) known[1].push(edge);
          else this.bySlot.push([edge.a, [edge]]);
          break;
        }
        case WANT.PLACE:
          this.byPlace.push(edge);
          break;
        case WANT.ACCEPT:
          break;
        default:
          this.always.push(edge);
      }
    }
  }

  get isEmpty() {
    return this.byWord.size + this.bySlot.length + this.byPlace.length + this.always.length === 0;
  }
}

// The longest match of each set at each starting token.
export class Matches {
  #edges = [];
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

  // Finds all phrases of a level. `view` has tokens, states, slots, noCapitals.
  search(view, level) {
    const { list } = view.tokens;
    const live = level.bySlot.filter(([slot]) => view.slots[slot].length > 0);
    for (let start = 0; start < list.length; start += 1) {
      const token = list[start];
      this.#edges.length = 0;
      this.#places.length = 0;
      const byWord = level.byWord.get(token.word);
      if (byWord) this.#push(byWord, start);
      for (const [slot, edges] of live) {
        if (startingAt(view.slots[slot], start)) this.#push(edges, start);
      }
      if (start === 0 || (token.before & (GAP.STOP | GAP.LINE)) !== 0 || view.noCapitals) {
        this.#push(level.byPlace, start);
      }
      this.#push(level.always, start);
      if (this.#edges.length > 0) this.#follow(view, start, list);
    }
  }

  #push(edges, at) {
    for (let index = 0; index < edges.length; index += 1) {
      this.#edges.push(edges[index]);
      this.#places.push(at);
    }
  }

  // Enters a state, once at each token near the start.
  #enter(states, state, start, at) {
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
    this.#push(states[state], at);
  }

  #accept(set, start, end) {
    if (end === start) return;
    const list = this.ofSet[set];
    const last = list[list.length - 1];
    if (last !== undefined && last.start === start) last.end = Math.max(last.end, end);
    else list.push({ start, end });
  }

  #follow(view, start, list) {
    const { states, slots } = view;
    this.#search += 1;
    for (let steps = 1; this.#edges.length > 0; steps += 1) {
      if (steps > STEPS) return;
      const edge = this.#edges.pop();
      const at = this.#places.pop();
      if (edge.want === WANT.ACCEPT) {
        this.#accept(edge.a, start, at);
        continue;
      }
      if (edge.want === WANT.GAP) {
        this.#skip(view, edge, start, at, list);
        continue;
      }
      let next = -1;
      if (edge.want === WANT.PLACE) {
        if (isPlace(view, edge.a, at, list)) next = at;
      } else if (edge.want === WANT.COMMA) {
        if (at < list.length && (list[at].before & GAP.COMMA) !== 0) next = at;
      } else if (at < list.length && (at === start || (list[at].before & GAP.STOP) === 0)) {
        const token = list[at];
        if (edge.want === WANT.WORD) {
          if (token.word === edge.a) next = at + 1;
        } else if (edge.want === WANT.CAPITAL) {
          if (token.word === edge.a && (token.kind & IS.CAPITAL) !== 0) next = at + 1;
        } else if (edge.want === WANT.CLASS) {
          if (isClass(token.kind, edge.a)) next = at + 1;
        } else {
          const hit = startingAt(slots[edge.a], at);
          if (hit) next = hit.end;
        }
      }
      if (next >= 0) this.#enter(states, edge.to, start, next);
    }
  }

  #skip(view, edge, start, at, list) {
    for (let skipped = 0; skipped <= GAP_WORDS; skipped += 1) {
      const here = at + skipped;
      if (skipped > 0) {
        const last = here - 1;
        if (last >= list.length || (last > start && (list[last].before & GAP.STOP) !== 0)) return;
      }
      this.#enter(view.states, edge.to, start, here);
    }
  }
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
  const before = (flags) => at === 0 || at >= list.length || (list[at].before & flags) !== 0;
  switch (place) {
    case 0:
      return at < list.length && before(GAP.STOP);
    case 1:
      return at > 0 && before(GAP.STOP);
    case 2:
      return at < list.length && before(GAP.LINE);
    case 3:
      return at > 0 && before(GAP.LINE);
    case 4:
      return at === 0;
    case 5:
      return at >= list.length;
    default:
      return view.noCapitals;
  }
}
