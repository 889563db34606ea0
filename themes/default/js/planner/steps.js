// The steps of a sequence while they are changed. Days stay in order: moving a step exchanges it with its neighbour and leaves
// the days where they are. Every function answers with new steps.

/** As a new step begins: a voicemail some days after the last. */
export function added(steps) {
  const last = steps.at(-1)
  return [...steps, { day: last ? Math.min(last.day + 4, MOST_DAYS) : 0, channel: "voicemail", at: null, note: "", script: null }]
}

export const MOST_DAYS = 730

export function removed(steps, index) {
  return steps.filter((_, at) => at !== index)
}

/** The step at `index` one place up (-1) or down (1). */
export function moved(steps, index, by) {
  const other = index + by
  if (other < 0 || other >= steps.length) return steps
  const out = [...steps]
  out[other] = { ...steps[index], day: steps[other].day }
  out[index] = { ...steps[other], day: steps[index].day }
  return out
}

/** With one value of one step changed; a new day may give the step a new place. Also answers where it now is. */
export function changed(steps, index, values) {
  const step = { ...steps[index], ...values }
  const out = steps.map((one, at) => (at === index ? step : one))
  out.sort((a, b) => a.day - b.day)
  return { steps: out, index: out.indexOf(step) }
}

/** Steps that somebody else may have written: those that are none are left out, everything is bounded. */
export function cleanSteps(steps) {
  if (!Array.isArray(steps)) return []
  const text = (value, most) => (typeof value === "string" ? value.slice(0, most) : "")
  const whole = (value, most) => (Number.isInteger(value) && value >= 0 && value <= most ? value : null)
  const clean = steps.slice(0, 1000).flatMap((step) => {
    const day = whole(step?.day, MOST_DAYS)
    if (day === null || !["voicemail", "email"].includes(step.channel)) return []
    const { script } = step
    const isScript = typeof script === "object" && script !== null && typeof script.title === "string"
    return [{
      day,
      channel: step.channel,
      at: whole(step.at, 1439),
      note: text(step.note, 500),
      script: isScript ? { title: text(script.title, 200), url: text(script.url, 500), text: text(script.text, 20_000) } : null,
    }]
  })
  return clean.sort((a, b) => a.day - b.day)
}
