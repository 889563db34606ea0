// The words that the program knows, their roles and their numbers. Mirrors src/engine/vocabulary.rs.

export const UNKNOWN = -1;

// Word lists that the engine's own code asks for, in the order of their bits.
const LISTS = [
  ["NOT_NAMES", "not-names"], ["FIRST_NAMES", "first-names"], ["ACRONYMS", "acronyms"], ["NUMBER_REFS", "number-refs"],
  ["NUMBER_REF_LINKS", "number-ref-links"], ["FUNCTION_WORDS", "function-words"], ["ABBREVIATIONS", "abbreviations"],
  ["PLACEHOLDER_WORDS", "placeholder-words"], ["NAME_LINKS", "name-links"], ["OF_HEADS", "of-heads"],
  ["TOP_DOMAINS", "top-domains"], ["SHOUT_WORDS", "shout-words"], ["DOUBLE_WORDS", "double-words"],
  ["TRIPLE_WORDS", "triple-words"], ["CLOCK_PAST", "clock-past"], ["CLOCK_TO", "clock-to"], ["CLOCK_HALF", "clock-half"],
  ["CLOCK_QUARTER", "clock-quarter"], ["CLOCK_OCLOCK", "clock-oclock"], ["CLOCK_NOON", "clock-noon"],
  ["CLOCK_MIDNIGHT", "clock-midnight"], ["CLOCK_AT", "clock-at"], ["CLOCK_BEFORE", "clock-before"],
  ["CLOCK_AFTER", "clock-after"], ["CLOCK_MORNING", "clock-morning"], ["CLOCK_EVENING", "clock-evening"],
  ["CLOCK_FOLLOW", "clock-follow"], ["TITLES", "titles"], ["ZERO_WORDS", "zero-words"], ["MINUTE_WORDS", "minute-words"],
];

export const ROLE = Object.fromEntries(LISTS.map(([name], bit) => [name, 1 << bit]));
export const ROLE_LISTS = LISTS.map(([, list]) => list);

export class Vocabulary {
  #ids = new Map();
  #roles = [];
  #numbers = [];

  constructor(roles, numbers) {
    for (const [name, words] of Object.entries(roles)) {
      const bit = ROLE_LISTS.indexOf(name);
      if (bit < 0) continue;
      for (const word of words.split(" ")) {
        if (word !== "") this.#roles[this.add(word)] |= 1 << bit;
      }
    }
    for (const [word, number] of Object.entries(numbers)) {
      this.#numbers[this.add(word)] = number;
    }
  }

  add(word) {
    let id = this.#ids.get(word);
    if (id === undefined) {
      id = this.#roles.length;
      this.#ids.set(word, id);
      this.#roles.push(0);
      this.#numbers.push(-1);
    }
    return id;
  }

  find(word) {
    return this.#ids.get(word) ?? UNKNOWN;
  }

  get size() {
    return this.#roles.length;
  }

  // The roles of a token, those of its text without 's among them.
  roles(token) {
    return (this.#roles[token.word] ?? 0) | (this.#roles[token.base] ?? 0);
  }

  hasRole(token, roles) {
    return token !== undefined && (this.roles(token) & roles) !== 0;
  }

  // The value of a number word, or -1.
  number(token) {
    return this.#numbers[token.word] ?? -1;
  }
}
