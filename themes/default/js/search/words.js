// What makes two words alike: a common stem, few typing errors, a common beginning. No word list, no DOM.

/** A word without its English ending, so that call, calls, called and calling are one; other languages keep theirs. */
export function stem(word, language = "en") {
  if (!/^en\b/i.test(language) || word.length < 4 || /[^a-z]/.test(word)) return word
  let root = word
  if (root.endsWith("ies")) root = root.slice(0, -3) + "y"
  else if (/(ss|x|z|ch|sh)es$/.test(root)) root = root.slice(0, -2)
  else if (/[^su]s$/.test(root)) root = root.slice(0, -1)
  const bare = root.replace(/(ing|ied|ed)$/, (ending) => (ending === "ied" ? "y" : ""))
  if (bare !== root && bare.length > 2 && /[aeiouy]/.test(bare)) root = bare.replace(/([^aeiouylsz])\1$/, "$1")
  if (root.length > 3) root = root.replace(/e$/, "")
  if (root.length > 3) root = root.replace(/y$/, "i")
  // British and American spellings: honour and honor, personalise and personalize, centre and center.
  if (root.length > 4) root = root.replace(/our$/, "or").replace(/is$/, "iz").replace(/tr$/, "ter")
  return root
}

/** Typing errors that are forgiven in a word of this length. */
export const allowance = (length) => (length < 4 ? 0 : length < 8 ? 1 : 2)

/**
 * The least number of letters to insert, delete, change or swap with a neighbour, or `limit + 1` if it takes more.
 * With `prefix` the end of `word` costs nothing: the distance from `typed` to the nearest beginning of `word`.
 */
export function distance(typed, word, limit, prefix = false) {
  if (!prefix && Math.abs(typed.length - word.length) > limit) return limit + 1
  if (typed.length - word.length > limit) return limit + 1
  const width = Math.min(word.length, typed.length + limit)
  let before = [], last = [], row = Array.from({ length: width + 1 }, (_, at) => at)
  for (let i = 1; i <= typed.length; i += 1) {
    [before, last, row] = [last, row, [i]]
    let least = i
    for (let j = 1; j <= width; j += 1) {
      const same = typed[i - 1] === word[j - 1]
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]
      if (swapped) cost = Math.min(cost, before[j - 2] + 1)
      row.push(cost)
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
  }
  return Math.min(limit + 1, prefix ? Math.min(...row) : row[width])
}

/** Bits for the letters of a word: two words within n errors differ in at most 2n of them. */
export function letters(word) {
  let bits = 0
  for (let at = 0; at < word.length; at += 1) bits |= 1 << (word.charCodeAt(at) & 31)
  return bits
}

/** How many bits are set. */
export function countBits(bits) {
  let n = 0
  for (let rest = bits; rest; rest &= rest - 1) n += 1
  return n
}
