// Phrases in the core language become one automaton over tokens. Mirrors src/engine/automaton.rs.

export const GAP_WORDS = 5;
const DEEPEST = 24;

// What an edge wants.
export const WANT = { WORD: 0, CAPITAL: 1, CLASS: 2, SLOT: 3, PLACE: 4, COMMA: 5, GAP: 6, ACCEPT: 7 };
export const CLASSES = ["word", "capitalised", "upper", "lower", "digits", "token"];
export const PLACES = ["start", "end", "line-start", "line-end", "text-start", "text-end", "no-capitals"];

const edge = (want, a, to) => ({ want, a, to });

// The states of all phrases, each a list of edges. Two with the same edges are one: phrases are built from their ends, so common
// endings are shared.
export class States {
  list = [];
  // The newest state of each hash, and for each state the one before it of the same hash.
  #newest = new Map();
  #before = [];

  // The state with these edges, each edge once, in order.
  with(edges) {
    const own = unique(edges);
    const hash = hashOf(own);
    const newest = this.#newest.get(hash) ?? -1;
    for (let state = newest; state >= 0; state = this.#before[state]) {
      if (areSame(this.list[state], own)) return state;
    }
    const state = this.list.push(own) - 1;
    this.#newest.set(hash, state);
    this.#before.push(newest);
    return state;
  }
}

const isSame = (one, other) => one.to === other.to && one.a === other.a && one.want === other.want;

function areSame(list, others) {
  if (list.length !== others.length) return false;
  for (let at = 0; at < list.length; at += 1) {
    if (!isSame(list[at], others[at])) return false;
  }
  return true;
}

// A small whole number, the same for the same edges.
function hashOf(edges) {
  let hash = 0;
  for (const { want, a, to } of edges) hash = Math.imul(Math.imul(Math.imul(hash, 31) + to, 31) + a, 31) + want;
  return hash & 0x3fffffff;
}

// So many edges are compared each with each.
const FEW = 8;

// Each edge once, in order.
export function unique(edges) {
  if (edges.length < 2) return edges;
  if (edges.length > FEW) return uniqueOfMany(edges);
  for (let at = 1; at < edges.length; at += 1) {
    for (let earlier = 0; earlier < at; earlier += 1) {
      if (isSame(edges[at], edges[earlier])) return uniqueOfMany(edges);
    }
  }
  return edges;
}

function uniqueOfMany(edges) {
  const byName = new Map();
  for (const one of edges) {
    // 3 bits, 24 bits, 24 bits.
    const name = (one.to * 0x1000000 + one.a) * 8 + one.want;
    if (!byName.has(name)) byName.set(name, one);
  }
  return byName.size === edges.length ? edges : [...byName.values()];
}

// Builds states from phrases.
export class Builder {
  constructor(vocabulary, slot, states) {
    this.vocabulary = vocabulary;
    this.slot = slot;
    this.states = states;
  }

  // Adds a phrase to a set; returns the edges out of its first state.
  phrase(text, set) {
    const source = { text, at: 0 };
    const items = sequence(source, 0);
    if (source.at !== text.length) throw malformed(text);
    const accept = this.#state([edge(WANT.ACCEPT, set, 0)]);
    return this.states.list[this.#items(items, accept)];
  }

  #state(edges) {
    return this.states.with(edges);
  }

  #items(items, next) {
    for (let at = items.length - 1; at >= 0; at -= 1) next = this.#item(items[at], next);
    return next;
  }

  #item(item, next) {
    switch (item.is) {
      case "word":
        return this.#state([edge(WANT.WORD, this.vocabulary.add(item.word), next)]);
      case "capital":
        return this.#state([edge(WANT.CAPITAL, this.vocabulary.add(item.word), next)]);
      case "comma":
        return this.#state([edge(WANT.COMMA, 0, next)]);
      case "gap":
        return this.#state([edge(WANT.GAP, 0, next)]);
      case "slot":
        return this.#slot(item.name, next);
      case "group": {
        const edges = [];
        for (const branch of item.branches) edges.push(...this.states.list[this.#items(branch, next)]);
        return this.#state(edges);
      }
      default: {
        const start = this.#item(item.inner, next);
        return this.#state([...this.states.list[start], ...this.states.list[next]]);
      }
    }
  }

  #slot(name, next) {
    if (CLASSES.includes(name)) return this.#state([edge(WANT.CLASS, CLASSES.indexOf(name), next)]);
    if (PLACES.includes(name)) return this.#state([edge(WANT.PLACE, PLACES.indexOf(name), next)]);
    const slot = this.slot(name);
    if (slot === undefined) throw new Error(`no slot is called ${name}`);
    return this.#state([edge(WANT.SLOT, slot, next)]);
  }
}

const malformed = (text) => new Error(`a phrase of the program is malformed: ${text}`);

function sequence(source, depth) {
  const { text } = source;
  if (depth > DEEPEST) throw malformed(text);
  const items = [];
  while (source.at < text.length) {
    const c = text[source.at];
    if (c === " ") {
      source.at += 1;
      continue;
    }
    if (c === "|" || c === ")") break;
    let item = one(source, c, depth);
    if (text[source.at] === "?") {
      source.at += 1;
      item = { is: "maybe", inner: item };
    }
    items.push(item);
  }
  return items;
}

function one(source, c, depth) {
  const { text } = source;
  switch (c) {
    case "(": {
      const branches = [];
      while (text[source.at] === "(" || text[source.at] === "|") {
        source.at += 1;
        branches.push(sequence(source, depth + 1));
      }
      if (text[source.at] !== ")") throw malformed(text);
      source.at += 1;
      return { is: "group", branches };
    }
    case "{": {
      const end = text.indexOf("}", source.at);
      if (end < 0) throw malformed(text);
      const name = text.slice(source.at + 1, end);
      source.at = end + 1;
      return { is: "slot", name };
    }
    case ",":
      source.at += 1;
      return { is: "comma" };
    case "^":
      source.at += 1;
      return { is: "capital", word: word(source) };
    default:
      if (text.startsWith("...", source.at)) {
        source.at += 3;
        return { is: "gap" };
      }
      return { is: "word", word: word(source) };
  }
}

function word(source) {
  let end = source.at;
  while (end < source.text.length && !" ()|{}?,^".includes(source.text[end])) end += 1;
  if (end === source.at) throw malformed(source.text);
  const found = source.text.slice(source.at, end);
  source.at = end;
  return found;
}
