// Short answers made comparable: case, accents, punctuation, articles and spaces do not count.

const ARTICLES = new Set(["a", "an", "the"])

/** "The  Phone-number!" and "phone number" become one. An answer of nothing but an article stays what it is. */
export function normalise(text) {
  const plain = String(text).normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase().replace(/['’`]/gu, "")
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const telling = words.filter((word) => !ARTICLES.has(word))
  return (telling.length ? telling : words).join(" ")
}
