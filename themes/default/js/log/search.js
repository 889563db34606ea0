// Finds entries of the log by number or by words. What is compared is made once an entry, so a thousand take no time.
import { digitsOf, matchDigits, numberIn } from "./phone.js"

/** Words that surround a name or a number when somebody asks aloud. */
const ASKING = new Set("someone somebody is are was calling called rang ringing from who whos the a".split(" "))

/** Lower case, without accents and apostrophes; everything but letters and digits is a blank. */
export function folded(text) {
  return String(text ?? "").normalize("NFKD").toLowerCase().replace(/[\p{M}'’‘]/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim()
}

/** What an entry is compared by. */
export function keysOf(entry) {
  return {
    digits: digitsOf(entry.number),
    name: ` ${folded(entry.name)} ${folded(entry.company)} `,
    rest: ` ${folded(`${entry.script} ${entry.promised} ${entry.next} ${entry.notes}`)} `,
  }
}

/** Whether a question asks for a number. */
export function asksForNumber(question) {
  return numberIn(question) !== "" && wordsOf(question).length === 0
}

/** The words of a question, without its digits and without the words of asking. */
function wordsOf(question) {
  const words = folded(question).split(" ").filter((word) => word && !/^\d+$/.test(word))
  const telling = words.filter((word) => !ASKING.has(word))
  return telling
}

/**
 * Places of the entries that answer a question, best first and newest first among equals. `keys` are those of `keysOf` in the same
 * order as the entries, `times` their moments as sortable text. An empty question has all, newest first.
 */
export function find(question, keys, times) {
  const digits = numberIn(question)
  const words = wordsOf(question)
  // Two digits or a year among words are words.
  const texts = digits ? words : folded(question).split(" ").filter((word) => word && !ASKING.has(word))
  const found = []
  keys.forEach((key, at) => {
    let score = 1
    if (digits) {
      const fits = matchDigits(digits, key.digits)
      if (!fits && !key.rest.includes(digits)) return
      score += fits * 10
    }
    for (const word of texts) {
      if (key.name.includes(` ${word}`)) score += 3
      else if (key.rest.includes(` ${word}`)) score += 1
      else if (/^\d+$/.test(word) && key.digits.includes(word)) score += 2
      else return
    }
    found.push([at, score])
  })
  found.sort((a, b) => b[1] - a[1] || (times[b[0]] > times[a[0]] ? 1 : times[b[0]] < times[a[0]] ? -1 : b[0] - a[0]))
  return found.map(([at]) => at)
}
