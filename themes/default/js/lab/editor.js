// A plain text field with marks under its words: a second layer behind it holds the same text in the same type, invisible but for
// its marks. Nothing is ever done to the field itself, so undo, spelling, input methods, selection and screen readers are the
// browser's own. Both layers lie in one grid cell that the layer behind makes as tall as the text, so neither ever scrolls.

/** Keeps `layer` the same as `field`; `onEdit()` is called after each change of the text. */
export class Editor {
  constructor(field, layer, onEdit) {
    Object.assign(this, { field, layer, onEdit, segments: [] })
    this.text = field.value
    layer.replaceChildren(document.createTextNode("\n"))
    this.show([])
    field.addEventListener("input", () => this.read())
    // A form that is reset or a page that comes back from the browser's memory changes the field without an event.
    addEventListener("pageshow", () => this.read())
  }

  read() {
    if (this.field.value === this.text) return
    const before = this.text
    this.text = this.field.value
    this.show(moved(this.marks, before, this.text))
    this.onEdit()
  }

  /** Shows marks, `[{ start, end, tone, rules }]` in order and apart. Only what differs from before is touched. */
  show(marks) {
    this.marks = marks
    const now = cut(this.text, marks)
    const old = this.segments
    let head = 0
    while (head < old.length && head < now.length && same(old[head], now[head])) head += 1
    let tail = 0
    while (tail < old.length - head && tail < now.length - head && same(old.at(-1 - tail), now.at(-1 - tail))) tail += 1
    for (let at = 0; at < tail; at += 1) now[now.length - 1 - at].node = old[old.length - 1 - at].node
    for (let at = 0; at < head; at += 1) now[at].node = old[at].node
    const gone = old.slice(head, old.length - tail)
    const come = now.slice(head, now.length - tail)
    for (const segment of come) {
      const free = gone.findIndex((one) => one.tone === segment.tone)
      segment.node = free < 0 ? nodeOf(segment) : refill(gone.splice(free, 1)[0].node, segment.text)
    }
    for (const { node } of gone) node.remove()
    let next = now[now.length - tail]?.node ?? this.layer.lastChild
    for (const { node } of come.reverse()) {
      if (node.nextSibling !== next) this.layer.insertBefore(node, next)
      next = node
    }
    this.segments = now
  }

  /** The mark at a place of the text. */
  markAt(place) {
    return this.marks.find((mark) => mark.start <= place && place <= mark.end)
  }

  /** Puts other words in, as if typed, so that undo brings the old ones back. */
  replace(text, { focus = true } = {}) {
    const { field } = this
    if (!focus) {
      field.value = text
      return this.read()
    }
    field.focus({ preventScroll: true })
    field.select()
    // The one way that keeps the browser's own undo; where it is missing the words are set.
    const command = text === "" ? "delete" : "insertText"
    if (field.value !== text && !document.execCommand?.(command, false, text)) field.value = text
    field.setSelectionRange(0, 0)
    this.read()
  }

  /** Selects words and brings them into view. */
  select(start, end) {
    this.field.focus({ preventScroll: true })
    this.field.setSelectionRange(start, end)
    const range = document.createRange()
    let at = 0
    for (const { text, node } of this.segments) {
      const words = node.firstChild ?? node
      if (start >= at && start <= at + text.length) range.setStart(words, start - at)
      at += text.length
    }
    const box = range.getBoundingClientRect()
    if (box.top < 80 || box.bottom > innerHeight - 40) scrollBy({ top: box.top - innerHeight / 3 })
  }
}

/** Marks after an edit, before the new ones are known: those behind the edit move with their words, those it touches go. */
export function moved(marks, before, after) {
  const least = Math.min(before.length, after.length)
  let head = 0
  while (head < least && before.charCodeAt(head) === after.charCodeAt(head)) head += 1
  let tail = 0
  while (tail < least - head && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail += 1
  const [touched, by] = [before.length - tail, after.length - before.length]
  return marks.flatMap((mark) => {
    if (mark.end <= head) return [mark]
    return mark.start >= touched ? [{ ...mark, start: mark.start + by, end: mark.end + by }] : []
  })
}

function cut(text, marks) {
  const segments = []
  let at = 0
  const add = (end, tone) => {
    if (end > at) segments.push({ text: text.slice(at, end), tone })
    at = Math.max(at, end)
  }
  for (const { start, end, tone } of marks) {
    add(start, "")
    add(end, tone)
  }
  add(text.length, "")
  return segments
}

const same = (a, b) => a.tone === b.tone && a.text === b.text

function nodeOf({ text, tone }) {
  const words = document.createTextNode(text)
  if (!tone) return words
  const mark = document.createElement("mark")
  mark.className = `span span-${tone}`
  mark.append(words)
  return mark
}

function refill(node, text) {
  const words = node.firstChild ?? node
  if (words.data !== text) words.data = text
  return node
}
