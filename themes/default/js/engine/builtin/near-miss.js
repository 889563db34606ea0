// Words one slip of the finger away from a known word. Mirrors src/engine/builtin/near_miss.rs.

import { plain, wordsHit } from "../hits.js";
import { IS } from "../tokens.js";

const SHORTEST = 6;
const LONGEST = 24;
const ENDINGS = ["s", "es", "d", "ed", "ing", "ly", "r", "er", "ers", "al", "y", "n"];

const keysOf = (letters) => [letters.join(""), ...letters.map((_, out) => letters.toSpliced(out, 1).join(""))];

// Known words and all that is left of them with one letter out.
export class NearMiss {
  #known = new Set();
  #words = [];
  #less = new Map();

  constructor(list) {
    for (const word of list.split(" ")) {
      if (word === "") continue;
      this.#known.add(word);
      const letters = [...word];
      if (letters.length < SHORTEST || letters.length > LONGEST) continue;
      for (const key of new Set(keysOf(letters))) {
        const entry = this.#less.get(key);
        if (entry) entry.push(this.#words.length);
        else this.#less.set(key, [this.#words.length]);
      }
      this.#words.push(letters);
    }
  }

  // Finds near misses.
  find(script) {
    const out = [];
    script.tokens.list.forEach((token, at) => {
      if ((token.kind & IS.WORD) === 0) return;
      const letters = [...plain(token.text)];
      if (letters.length >= SHORTEST && letters.length <= LONGEST && this.#isNear(letters)) out.push(wordsHit(at, at + 1));
    });
    return out;
  }

  #isNear(letters) {
    const word = letters.join("");
    if (this.#known.has(word) || this.#isInflected(word)) return false;
    return keysOf(letters).some((key) =>
      (this.#less.get(key) ?? []).some((index) => isOneSlip(letters, this.#words[index])),
    );
  }

  // schedules, scheduled, scheduling: forms of a known word.
  #isInflected(word) {
    return (
      this.#known.has(word + "s") ||
      ENDINGS.some((ending) => {
        if (!word.endsWith(ending) || word.length <= ending.length) return false;
        const stem = word.slice(0, -ending.length);
        const doubled = [...stem].length > 2 && [...stem].at(-1) === [...stem].at(-2);
        return (
          this.#known.has(stem) ||
          this.#known.has(stem + "e") ||
          this.#known.has(stem.endsWith("i") ? stem.slice(0, -1) + "y" : stem) ||
          (doubled && this.#known.has([...stem].slice(0, -1).join("")))
        );
      })
    );
  }
}

// One letter more, less or other, or two neighbours swapped; the first letter is right.
function isOneSlip(a, b) {
  if (a[0] !== b[0]) return false;
  let front = 0;
  while (front < a.length && front < b.length && a[front] === b[front]) front += 1;
  let back = 0;
  while (back < a.length - front && back < b.length - front && a[a.length - 1 - back] === b[b.length - 1 - back]) back += 1;
  const [restA, restB] = [a.slice(front, a.length - back), b.slice(front, b.length - back)];
  if (restA.length + restB.length === 1 || (restA.length === 1 && restB.length === 1)) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
