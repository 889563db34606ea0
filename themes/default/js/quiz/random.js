// Chance that can be had again: the same seed gives the same shuffle on every machine.
//
// The generator is mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to mix options, not for secrets. A text
// is turned into its state by FNV-1a, 32 bits, over its UTF-16 units, followed by one round of mixing.

/** A function that gives numbers from 0 up to, not including, 1. */
export function randomFrom(seed) {
  let state = hash(String(seed))
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** The items in another order (Fisher–Yates); the list itself stays as it is. */
export function shuffled(items, seed) {
  const random = randomFrom(seed)
  const out = [...items]
  for (let last = out.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    ;[out[last], out[other]] = [out[other], out[last]]
  }
  return out
}

/** Shuffled, but never in the order it had: for questions whose given order is the answer. */
export function disordered(items, seed) {
  if (items.length < 2) return [...items]
  for (let round = 0; round < 8; round += 1) {
    const out = shuffled(items, `${seed}:${round}`)
    if (out.some((item, at) => item !== items[at])) return out
  }
  return [...items.slice(1), items[0]]
}

/** A new seed, eight letters and digits. */
export function newSeed() {
  return Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => "abcdefghjkmnpqrstuvwxyz23456789"[byte % 31]).join("")
}

function hash(text) {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return (value ^ (value >>> 15)) | 0
}
