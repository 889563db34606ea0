// The bytes of the index to lists; the mirror of src/search/postings.rs and src/search/shards.rs. Bytes that end too
// soon throw, so that a truncated file counts as missing.

/** The so many words of a shard, and how many bits the number of documents of each has. */
export function decodeTerms(text, count) {
  const words = [], common = []
  let word = ""
  for (const [, shared, rest, magnitude] of text.matchAll(/(.)([^A-Z]*)([A-Z])/gsu)) {
    word = word.slice(0, shared.charCodeAt(0) - 48) + rest
    words.push(word)
    common.push(magnitude.charCodeAt(0) - 65)
  }
  if (words.length !== count) throw new Error("a shard is cut short")
  return { words, common }
}

/** Numbers of seven bits a byte; throws where the bytes end too soon. */
function reader(bytes) {
  let at = 0
  return {
    more: () => at < bytes.length,
    at: () => at,
    next() {
      let number = 0
      for (let shift = 0; ; shift += 7) {
        if (at >= bytes.length) throw new Error("a shard is cut short")
        const byte = bytes[at++]
        number += (byte & 127) * 2 ** shift
        if (byte < 128) return number
      }
    },
  }
}

/** A function from a word's place in a shard to its bytes. */
export function cutBlobs(bytes, count) {
  const head = reader(bytes)
  const ends = []
  let sum = 0
  for (let n = 0; n < count; n += 1) ends.push((sum += head.next()))
  const from = head.at()
  if (from + sum !== bytes.length) throw new Error("a shard is cut short")
  return (index) => bytes.subarray(from + (index ? ends[index - 1] : 0), from + ends[index])
}

/** Document, field and density of each posting. */
export function decodePostings(bytes) {
  const numbers = reader(bytes)
  const postings = []
  let document = -1
  while (numbers.more()) {
    const number = numbers.next()
    document += Math.floor(number / 16) + 1
    postings.push([document, (number >> 2) & 3, number & 3])
  }
  return postings
}

/** Places of a word, a list for each of its documents. */
export function decodePlaces(bytes) {
  const numbers = reader(bytes)
  const all = []
  while (numbers.more()) {
    const places = []
    let place = 0
    for (let step = numbers.next(); step; step = numbers.next()) places.push((place += step))
    all.push(places)
  }
  return all
}
