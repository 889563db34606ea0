// The sound of a script over time: a bar a word, at the second at which it is said. Draws what src/render/wave.rs draws.
const [WORD, DIGIT, COMMA, STOP] = [36, 42, 35, 55]
const MIDDLE = 12
const MOST_WORDS = 2000

/** Two paths of an SVG, one unit a tenth of a second: words, and those on which a mark lies. */
export function drawWave(text, marks, milliseconds) {
  const words = [...text.matchAll(/\S+/gu)]
  const total = words.reduce((sum, [word]) => sum + share(word) + pause(word), 0)
  const paths = { plain: "", broken: "" }
  if (words.length > MOST_WORDS || total === 0) return paths
  let [at, next] = [0, 0]
  for (const { 0: word, index } of words) {
    while (next < marks.length && marks[next].end <= index) next += 1
    const path = next < marks.length && marks[next].start < index + word.length ? "broken" : "plain"
    const digits = digitsOf(word)
    const bars = digits || 1
    const height = digits ? 5 : Math.min(2 + [...word].length, MIDDLE - 1)
    const step = Math.floor(share(word) / bars)
    for (let bar = 0; bar < bars; bar += 1) {
      const x = Math.floor(Math.floor(((at + step * bar + Math.floor(step / 2)) * milliseconds) / total) / 100)
      paths[path] += `M${x} ${MIDDLE - height}v${2 * height}`
    }
    at += share(word) + pause(word)
  }
  return paths
}

/** When each word begins to be said: `[{ start, end, time }]`, in UTF-16 units and milliseconds. */
export function timesOf(text, milliseconds) {
  const words = [...text.matchAll(/\S+/gu)]
  const total = words.reduce((sum, [word]) => sum + share(word) + pause(word), 0)
  let said = 0
  return words.map(({ 0: word, index }) => {
    const time = (said * milliseconds) / total
    said += share(word) + pause(word)
    return { start: index, end: index + word.length, time }
  })
}

const digitsOf = (word) => word.match(/[0-9]/g)?.length ?? 0
const share = (word) => (digitsOf(word) ? DIGIT * digitsOf(word) : WORD)

function pause(word) {
  const last = word.replace(/["”)’]+$/u, "").at(-1) ?? ""
  if (!last) return 0
  if (".!?…".includes(last)) return STOP
  return ",;:–—".includes(last) ? COMMA : 0
}
