// The words of the interface that an element was given in its `data-words`, with values put in and the right form for a number.

/** `const say = wordsOf(this); say("quiz_right", { n: 3 })`. A word that is not there is shown by its name. */
export function wordsOf(element) {
  const words = JSON.parse(element.closest("[data-words]")?.dataset.words ?? "{}")
  return (name, values = {}) => {
    const form = words[name] ?? name
    const text = typeof form === "string" ? form : values.n === 1 ? form.one : form.other
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
  }
}
