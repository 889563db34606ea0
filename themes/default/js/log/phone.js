// Telephone numbers compared by their digits, whatever stands between them and whatever prefix one of them lacks.

/** The fewest digits that say something. */
const LEAST = 3

/**
 * The digits that a number has in common in all of its forms: `+44 (0)20 7946 0958`, `0044 20 7946 0958` and `020 7946 0958` all end
 * in `2079460958`. An extension is left out. The international prefix and leading zeros go; a country's code stays, because
 * the other number may have it too: `isSame` compares from the end.
 */
export function digitsOf(number) {
  const text = String(number ?? "").normalize("NFKC")
    .replace(/(?:ext(?:ension)?\.?|x|durchwahl|poste|#)\s*:?\s*\d{1,6}\s*$/i, "")
    .replace(/\(\s*0\s*\)/g, "")
  return text.replace(/\D/g, "").replace(/^0+/, "")
}

/** How well a number that somebody gives fits one of the log: 3 the same, 2 one ends with the other, 1 the digits are in it, 0 not. */
export function matchDigits(wanted, digits) {
  if (wanted.length < LEAST || digits.length < LEAST) return 0
  if (wanted === digits) return 3
  if (digits.endsWith(wanted) || (digits.length >= 7 && wanted.endsWith(digits))) return 2
  // `1 919 555 …` typed from the front, where the log has no 1; and the front of a number while it is typed.
  if (digits.includes(wanted)) return 1
  const bare = /^(1|44)(\d{3,})$/.exec(wanted)
  return bare && digits.includes(bare[2]) ? 1 : 0
}

/** The digits of a question, if it asks for a number: `someone is calling from 555 0142`. */
export function numberIn(text) {
  const found = String(text).normalize("NFKC").match(/\+?\(?\d[\d\s().\-–/·]*\d/g) ?? []
  const longest = found.map(digitsOf).reduce((best, one) => (one.length > best.length ? one : best), "")
  return longest.length >= LEAST ? longest : ""
}
