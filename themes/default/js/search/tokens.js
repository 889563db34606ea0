// Text to words, the same as src/search/tokens.rs; tests/search/tokens.json holds both to it.
// A word is a longest run of letters, digits and marks of the folded text, without apostrophes and a possessive.
// Scripts without spaces give overlapping pairs.

const MAX_LETTERS = 40
const DROPPED = /[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u1ab0-\u1aff\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u2064\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]/g
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", þ: "th", ı: "i", ς: "σ" }
const SPACELESS = "\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0ece\u1000-\u103f\u1050-\u109d\u1780-\u17d3\u3005-\u3007\u3041-\u3096\u3099\u309a\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}"
const LETTER = `(?![${SPACELESS}ʻʼ])[\\p{Alphabetic}\\p{N}\\p{M}]`
const RUNS = new RegExp(`[${SPACELESS}]+|(?:${LETTER})+(?:['‘’ʻʼ](?:${LETTER})+)*`, "gu")
const IS_SPACELESS = new RegExp(`^[${SPACELESS}]`, "u")

/** Case, accents, width and ligatures folded. */
export function fold(text) {
  if (/^[\0-\x7f]*$/.test(text)) return text.toLowerCase()
  const plain = text.normalize("NFKD").toLowerCase().replace(DROPPED, "").normalize("NFC")
  return plain.replace(/[ßæœøđðłþıς]/g, (letter) => LETTERS[letter])
}

/** The words of a text, as the index has them. */
export function tokens(text) {
  // Most calls are about one plain word: a page's text is looked through word by word.
  if (/^[A-Za-z0-9]+$/.test(text)) return [text.slice(0, MAX_LETTERS).toLowerCase()]
  const words = []
  for (const run of fold(text).match(RUNS) ?? []) {
    if (IS_SPACELESS.test(run)) words.push(...pairs(run))
    else words.push(word(run))
  }
  return words
}

/** The words of a query: a run without spaces is the pairs alone, one after the other. Each element is a list. */
export function queryTokens(text) {
  return (fold(text).match(RUNS) ?? []).map((run) => {
    if (!IS_SPACELESS.test(run)) return [word(run)]
    const all = pairs(run)
    return all.length > 1 ? all.slice(0, -1) : all
  })
}

function word(run) {
  const parts = run.split(/['‘’ʻʼ]/)
  const whole = parts.length > 1 && parts.at(-1) === "s" ? parts.slice(0, -1).join("") : parts.join("")
  return whole.length > MAX_LETTERS ? [...whole].slice(0, MAX_LETTERS).join("") : whole
}

function pairs(run) {
  const letters = [...run]
  return letters.map((letter, at) => letter + (letters[at + 1] ?? ""))
}
