// A program made ready to run. Mirrors src/engine/machine.rs.

import { Builder, States, WANT } from "./automaton.js";
import { NAMES } from "./builtin/index.js";
import { NearMiss } from "./builtin/near-miss.js";
import { namesOf } from "./constraints.js";
import { asksForIntroduction } from "./regions.js";
import { Level, Matches, rowOf } from "./search.js";
import { Vocabulary } from "./vocabulary.js";

// The only version of the format that this engine knows.
export const VERSION = 1;

const PHRASE_FILTERS = new Set(["has", "lacks", "sentence-has", "sentence-lacks", "text-has", "text-lacks"]);
const SLOT_FILTERS = new Set(["inside", "after", "before"]);

// Makes a program ready; throws on one that this engine does not understand.
export class Machine {
  finders = [];
  settled = [];
  sets = 0;
  slots = new Map(NAMES.map((name, at) => [name, at]));
  #levelsOf = NAMES.map(() => 0);
  #firsts = [];
  #states = new States();
  #needed;

  // `later` leaves the making to whoever calls `steps`, in pieces.
  constructor(program, later = false) {
    if (program?.version !== VERSION) {
      throw new Error(`the program has version ${program?.version}, this engine knows ${VERSION}`);
    }
    this.program = {
      ...program, detectors: program.detectors ?? [], rules: program.rules ?? [], methods: program.methods ?? [],
    };
    this.vocabulary = new Vocabulary(program.roles ?? {}, program.numbers ?? {});
    if (!later) for (const _ of this.steps());
  }

  // Makes it ready, with a rest after each detector, each level and some hundred states.
  *steps() {
    for (const detector of this.program.detectors) {
      this.#detector(detector);
      yield;
    }
    this.levels = [];
    for (let level = 0; level < Math.max(this.settled.length, this.#firsts.length); level += 1) {
      this.levels.push(new Level(this.#firsts[level] ?? [], this.#states, this.vocabulary.size));
      this.settled[level] ??= [];
      yield;
    }
    this.table = [];
    for (const edges of this.#states.list) {
      this.table.push(rowOf(edges));
      if (this.table.length % 500 === 0) yield;
    }
    // They were the scaffold; a page that grades keeps the machine for long.
    [this.#states, this.#firsts] = [undefined, undefined];
    this.matches = new Matches(this.sets, this.table.length);
    this.introduction = this.slots.get("introduction");
    this.#check();
    this.#needed = new Map(["voicemail", "email"].map((channel) => [channel, this.#needs(channel)]));
  }

  // Whether a slot can matter to a rule of the channel; the others need not be found.
  isNeeded(channel, slot) {
    return this.#needed.get(channel)?.has(slot) ?? false;
  }

  #needs(channel) {
    const rules = this.program.rules.filter((rule) => rule.channels.includes(channel));
    const names = rules.flatMap((rule) => [
      ...[...rule.require, ...(rule.when ? [rule.when] : [])].flatMap(namesOf), ...(rule.place?.after ? [rule.place.after] : []),
    ]);
    // Any region may ask where the introduction ends.
    const waiting = [...names.map((name) => this.slots.get(name)), this.introduction].filter((slot) => slot !== undefined);
    const needed = new Set();
    while (waiting.length > 0) {
      const slot = waiting.pop();
      if (needed.has(slot)) continue;
      needed.add(slot);
      if (slot >= NAMES.length) waiting.push(...this.finders[slot - NAMES.length].uses);
    }
    return needed;
  }

  // Every name in rules and methods is known.
  #check() {
    const { rules, methods } = this.program;
    for (const rule of rules) {
      if (rule.require.length === 0) throw new Error(`rule ${rule.id} has no constraint`);
      for (const name of [...rule.require, ...(rule.when ? [rule.when] : [])].flatMap(namesOf)) {
        if (!this.slots.has(name)) throw new Error(`no detector is called ${name}`);
      }
    }
    for (const used of methods.flatMap((method) => method.rules)) {
      if (rules[used.rule]?.require[used.variant ?? 0] === undefined) {
        throw new Error("a method uses a rule that the program does not have");
      }
    }
  }

  #detector(detector) {
    const work = { level: 0, inner: [], uses: [] };
    const slot = this.#levelsOf.length;
    const groups = (detector.find ?? []).map((group) => this.#set(group.phrases, work));
    const inner = work.inner;
    work.inner = [];
    const finder = {
      slot,
      groups,
      inner,
      uses: work.uses,
      unless: detector.unless ? this.#set(detector.unless, work) : null,
      take: detector.take ? this.#slot(detector.take, work) : null,
      filters: (detector.filters ?? []).map((filter) => this.#sieve(filter, work)),
      nearMiss: detector.near_miss ? new NearMiss(detector.near_miss) : null,
      echo: detector.echo ?? null,
    };
    (this.settled[work.level] ??= []).push(this.finders.length);
    this.finders.push(finder);
    this.#levelsOf.push(work.level + 1);
    if (this.slots.has(detector.name)) throw new Error(`the program has two detectors called ${detector.name}`);
    this.slots.set(detector.name, slot);
  }

  // A filter with numbers for names: {is, ...}.
  #sieve(filter, work) {
    if (typeof filter === "string") return { is: filter };
    const [[is, value]] = Object.entries(filter);
    if (PHRASE_FILTERS.has(is)) return { is, set: this.#set(value, work) };
    if (SLOT_FILTERS.has(is)) return { is, slot: this.#slot(value, work) };
    if (is === "near") return { is, slot: this.#slot(value[0], work), words: value[1] };
    if (is === "value") return { is, from: value[0], to: value[1] };
    if (is === "in") {
      if (value.some(asksForIntroduction) && this.slots.has("introduction")) this.#slot("introduction", work);
      return { is, regions: value };
    }
    throw new Error(`no filter is called ${is}`);
  }

  #slot(name, work) {
    const slot = this.slots.get(name);
    if (slot === undefined) throw new Error(`no detector is called ${name}`);
    work.level = Math.max(work.level, this.#levelsOf[slot]);
    work.uses.push(slot);
    return slot;
  }

  // Adds a set of phrases at the level that its slots ask for.
  #set(phrases, work) {
    const set = this.sets;
    this.sets += 1;
    const { list } = this.#states;
    const before = list.length;
    const builder = new Builder(this.vocabulary, (name) => this.slots.get(name), this.#states);
    const firsts = [];
    for (const phrase of phrases.split("\n")) {
      if (phrase !== "") firsts.push(...builder.phrase(phrase, set));
    }
    let level = 0;
    for (let state = before; state < list.length; state += 1) {
      for (const edge of list[state]) {
        if (edge.want !== WANT.SLOT) continue;
        level = Math.max(level, this.#levelsOf[edge.a]);
        work.uses.push(edge.a);
        if (!work.inner.includes(edge.a)) work.inner.push(edge.a);
      }
    }
    work.level = Math.max(work.level, level);
    (this.#firsts[level] ??= []).push(...firsts);
    return set;
  }
}
