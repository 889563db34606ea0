// Changes a live tree by as much as its HTML has changed, and leaves alone what scripts and readers did to it.
//
// Three trees are compared: the HTML that the page came from (was), the new HTML (will), and what stands in the page (live).
// 1. What is equal in `was` and `will` stays as it is in the page, with open details, typed words, focus.
// 2. Where they differ, children are paired: equal ones first (longest common subsequence), then those of one name and id in
//    between. The same pairing of `was` and `live` tells which live node came from which; others were added by scripts.
// 3. Of paired elements only attributes and children that differ are touched. New nodes are copied in, old ones taken out.
// An element with a state of its own (data-live, quiz-card, script-lab) is kept whole until its own data change.

const LIVE = "[data-live], quiz-card, script-lab"
const SOURCES = ["data-live", "data-src", "data-start"]
/** More comparisons than this are not worth the wait: the nodes are paired by place. */
const MOST = 400_000

/** Brings `live`, which came from `was`, to `will`. */
export function follow(live, was, will) {
  if (was.isEqualNode(will)) return
  if (was.nodeType !== Node.ELEMENT_NODE) {
    live.data = will.data
    return
  }
  if (was.matches(LIVE) && will.matches(LIVE)) {
    const keeps = SOURCES.every((name) => was.getAttribute(name) === will.getAttribute(name))
    if (!keeps) live.replaceWith(copy(will))
    return
  }
  attributes(live, was, will)
  children(live, was, will)
}

function attributes(live, was, will) {
  const names = new Set([...was.getAttributeNames(), ...will.getAttributeNames()])
  for (const name of names) {
    const [before, after] = [was.getAttribute(name), will.getAttribute(name)]
    if (before === after) continue
    if (name === "class") {
      live.classList.remove(...was.classList)
      live.classList.add(...will.classList)
    } else if (after === null) live.removeAttribute(name)
    else live.setAttribute(name, after)
  }
}

function children(live, was, will) {
  const liveOf = pair([...was.childNodes], [...live.childNodes])
  const wasOf = pair([...will.childNodes], [...was.childNodes])
  const kept = new Set(wasOf.values())
  const first = [...was.childNodes].map((node) => liveOf.get(node)).find(Boolean) ?? null
  let last
  const add = (node) => {
    if (last) last.after(node)
    else live.insertBefore(node, first)
    last = node
  }
  for (const next of will.childNodes) {
    const before = wasOf.get(next)
    const here = before && liveOf.get(before)
    if (here) {
      const beside = here.nextSibling
      follow(here, before, next)
      last = here.isConnected || here.parentNode === live ? here : (beside?.previousSibling ?? live.lastChild)
    } else if (!before || !before.isEqualNode(next)) add(copy(next))
    // Else a script has taken it away, and it has not changed.
  }
  for (const node of was.childNodes) {
    if (!kept.has(node)) liveOf.get(node)?.remove()
  }
}

function copy(node) {
  return document.importNode(node, true)
}

/** Pairs nodes of two lists in order: a map from those of `a` to those of `b`. */
export function pair(a, b) {
  const pairs = new Map()
  const [keysA, keysB] = [a.map(key), b.map(key)]
  let start = 0
  while (start < a.length && start < b.length && keysA[start] === keysB[start]) pairs.set(a[start], b[start++])
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && keysA[endA - 1] === keysB[endB - 1]) pairs.set(a[--endA], b[--endB])
  let [fromA, fromB] = [start, start]
  for (const [i, j] of common(keysA.slice(start, endA), keysB.slice(start, endB))) {
    similar(a.slice(fromA, start + i), b.slice(fromB, start + j), pairs)
    pairs.set(a[start + i], b[start + j])
    ;[fromA, fromB] = [start + i + 1, start + j + 1]
  }
  similar(a.slice(fromA, endA), b.slice(fromB, endB), pairs)
  return pairs
}

function key(node) {
  return node.nodeType === Node.ELEMENT_NODE ? node.outerHTML : `${node.nodeType} ${node.data}`
}

/** Places of a longest common subsequence. */
function common(a, b) {
  if (a.length * b.length > MOST) return []
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] = a[i] === b[j]
        ? lengths[(i + 1) * width + j + 1] + 1
        : Math.max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
    }
  }
  const places = []
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) places.push([i++, j++])
    else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) i += 1
    else j += 1
  }
  return places
}

/** Pairs nodes of one name and id, in order. */
function similar(a, b, pairs) {
  let from = 0
  for (const node of a) {
    const at = b.findIndex((other, place) => place >= from && other.nodeName === node.nodeName && other.id === node.id)
    if (at < 0) continue
    pairs.set(node, b[at])
    from = at + 1
  }
}
