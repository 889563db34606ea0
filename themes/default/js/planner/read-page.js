// The published sequences as the page shows them in its tables.
import { minutesOf } from "./dates.js"
import { cleanSteps } from "./steps.js"

/** Every sequence of the page: `{ id, title, steps }`. */
export function readSequences(root) {
  return [...root.querySelectorAll("[data-sequence]")].map((section) => ({
    id: section.dataset.sequence,
    title: section.querySelector("h3").textContent,
    steps: cleanSteps([...section.querySelectorAll("tr[data-day]")].map(readStep)),
  }))
}

function readStep(row) {
  const script = row.querySelector(".plan-script")
  return {
    day: Number(row.dataset.day),
    channel: row.dataset.channel,
    at: minutesOf(row.dataset.at),
    note: row.querySelector("[data-note]").textContent,
    script: script && {
      title: script.querySelector("summary").textContent,
      url: script.dataset.url ?? "",
      text: script.querySelector("blockquote").textContent,
    },
  }
}
