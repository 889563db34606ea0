// Makes elements. Text stays text: nothing here reads markup.

/** `el("button", { type: "button", class: "tool", onclick: f, hidden: true }, "Words", other)`; false and null children are left out. */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value)
    else element.setAttribute(key, value === true ? "" : value)
  }
  element.append(...children.flat().filter((child) => child !== false && child !== null && child !== undefined))
  return element
}
