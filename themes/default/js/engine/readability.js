// Counting words, and the Flesch reading ease in whole points. Mirrors src/engine/readability.rs.

import { IS } from "./tokens.js";

// Words of the script that lie in none of the lists of hits. A run of digits is a word.
export function countWords(run, outside) {
  const next = outside.map(() => 0);
  const { list } = run.script.tokens;
  let words = 0;
  for (let at = 0; at < list.length; at += 1) {
    let inside = false;
    for (let which = 0; which < outside.length; which += 1) {
      const hits = outside[which];
      while (hits[next[which]] && hits[next[which]].end <= at) next[which] += 1;
      inside ||= hits[next[which]] !== undefined && hits[next[which]].start <= at;
    }
    if (!inside && (list[at].kind & (IS.WORD | IS.DIGITS)) !== 0) words += 1;
  }
  return words;
}

export function readingEase(run) {
  const { words } = run;
  const sentences = run.script.sentences.length;
  if (words === 0 || sentences === 0) return 100;
  let syllables = 0;
  for (const token of run.script.tokens.list) syllables += syllablesOf(token.text);
  const aSentence = Math.floor((words * 1000) / sentences);
  const aWord = Math.floor((syllables * 1000) / words);
  return Math.floor((206_835 - Math.floor((1015 * aSentence) / 1000) - Math.floor((84_600 * aWord) / 1000)) / 1000);
}

// Groups of vowels, a silent e at the end left out; at least one.
function syllablesOf(word) {
  let [groups, before] = [0, false];
  for (const letter of word) {
    const vowel = "aeiouy".includes(letter);
    if (vowel && !before) groups += 1;
    before = vowel;
  }
  if (groups > 1 && word.endsWith("e") && !word.endsWith("le")) groups -= 1;
  return Math.max(groups, 1);
}
