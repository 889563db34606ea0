// What a report says under one method, ready to be shown. No DOM.

/** The rows of the ledger, what costs points first: `{ line, rule, finding, tone, points }`. */
export function rowsOf(report, grade, program) {
  const rules = new Map(program.rules.map((rule) => [rule.id, rule]))
  const rows = grade.lines.map((line) => {
    const finding = report.findings[line.finding]
    return { line, finding, rule: rules.get(finding.rule), tone: TONES[finding.verdict] }
  })
  return rows.sort((a, b) => ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone))
}

const TONES = { broken: "broken", "not-found": "asking", kept: "kept", "not-applicable": "off" }
const ORDER = ["broken", "asking", "kept", "off"]
// Where marks meet, the first of these wins.
const WEIGHT = ["broken", "pointed", "kept"]

/** The marks of a script, in order and apart; each knows the rules that it stands for. `pointed` are words that the learner named. */
export function marksOf(rows, { kept = true, pointed = [] } = {}) {
  const all = []
  for (const { finding, tone } of rows) {
    if (tone !== "broken" && !(tone === "kept" && kept)) continue
    for (const { start, end } of finding.marks) if (end > start) all.push({ start, end, tone, rule: finding.rule })
  }
  for (const { start, end, rule } of pointed) all.push({ start, end, tone: "pointed", rule })
  return apart(all)
}

/** Cuts overlapping marks into pieces. */
function apart(all) {
  all.sort((a, b) => a.start - b.start || b.end - a.end)
  const edges = [...new Set(all.flatMap(({ start, end }) => [start, end]))].sort((a, b) => a - b)
  const pieces = []
  let [first, open] = [0, []]
  edges.forEach((start, at) => {
    while (first < all.length && all[first].start <= start) open.push(all[first++])
    open = open.filter((mark) => mark.end > start)
    if (open.length === 0) return
    const tone = WEIGHT.find((one) => open.some((mark) => mark.tone === one))
    const rules = [...new Set(open.filter((mark) => mark.tone === tone).map((mark) => mark.rule))]
    const last = pieces.at(-1)
    if (last?.end === start && last.tone === tone && last.rules.join() === rules.join()) last.end = edges[at + 1]
    else pieces.push({ start, end: edges[at + 1], tone, rules })
  })
  return pieces
}

/** The longest that a voicemail may be under a method, in seconds; the least where several rules say. */
export function limitOf(program, method) {
  const limits = (program.methods.find((one) => one.id === method)?.rules ?? []).flatMap(({ rule, variant = 0 }) => {
    const max = program.rules[rule]?.require[variant]?.["spoken-seconds"]?.bounds?.max
    return max === undefined ? [] : [max]
  })
  return limits.length ? Math.min(...limits) : undefined
}

/** A grade in figures: "84", "72–84", or nothing. */
export function scoreText(say, grade) {
  if (!grade || grade.score === null) return ""
  return grade.score === grade.high ? String(grade.score) : say("score_range", { low: grade.score, high: grade.high })
}
