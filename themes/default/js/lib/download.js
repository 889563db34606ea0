// Hands a text to the browser as a file.
import { el } from "./dom.js"

/** Downloads `text` under a name. */
export function download(name, type, text) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }))
  const link = document.body.appendChild(el("a", { href: url, download: name, hidden: true }))
  link.click()
  link.remove()
  // Safari still reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

/** A name for a file: letters, digits and hyphens of a text, at most forty. */
export function fileName(text, ending) {
  const name = text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 40)
  return `${name.toLowerCase() || "file"}.${ending}`
}
