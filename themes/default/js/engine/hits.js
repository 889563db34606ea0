// Hits: where a detector found something, and what it is worth. Mirrors src/engine/hits.rs.

// A hit is worth its words (of the tokens from `from` to `to`), or a number.
export const wordsHit = (start, end, kind = 0) => ({ start, end, from: start, to: end, number: null, kind });
export const numberHit = (start, end, number) => ({ start, end, from: start, to: end, number, kind: 0 });

// A value as text: what {values} shows and what distinct and same compare.
export function valueOf(tokens, hit) {
  return hit.number === null ? words(tokens, hit.from, hit.to) : String(hit.number);
}

export const plain = (text) => (text.endsWith("'s") ? text.slice(0, -2) : text);

function words(tokens, start, end) {
  let out = "";
  for (let at = start; at < end; at += 1) {
    if (at > start) out += " ";
    out += at + 1 === end ? plain(tokens.list[at].text) : tokens.list[at].text;
  }
  return out;
}

// The first index at which `after(item)` is false; items for which it holds come first.
export function partition(list, holds) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle])) low = middle + 1;
    else high = middle;
  }
  return low;
}

// The first hit that begins at a token; hits are sorted.
export function startingAt(hits, at) {
  let [low, high] = [0, hits.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (hits[middle].start < at) low = middle + 1;
    else high = middle;
  }
  const hit = hits[low];
  return hit !== undefined && hit.start === at ? hit : undefined;
}

// Keeps, from left to right, the longest hit that overlaps no earlier one.
export function disjoint(hits) {
  let end = 0;
  return hits.filter((hit) => {
    const keep = hit.start >= end;
    if (keep) end = hit.end;
    return keep;
  });
}

// Sorts by start, the longest first.
export const sortHits = (hits) => hits.sort((a, b) => a.start - b.start || b.end - a.end || a.kind - b.kind);
