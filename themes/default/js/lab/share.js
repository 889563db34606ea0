// A script in a link: behind the #, so that no server sees it. Version 1 is `#s=1.` and, in the letters of URLs, the deflated JSON
// of [method, channel, text]. What a link brings is bounded while it is unpacked, checked by type, and only ever becomes the text of
// a text field; a method or channel that is not among ours is left alone.
import { el } from "../lib/dom.js"
import { notice } from "../lib/notice.js"
import { openDialog } from "./dialog.js"
import { LONGEST_LINK } from "./lab.js"

const MARK = "#s=1."
const MOST_PACKED = 60_000
const MOST_BYTES = 100_000

/** The part of an address that holds a script. */
export async function packed({ method, channel, text }) {
  const bytes = new TextEncoder().encode(JSON.stringify([method, channel, text]))
  const small = await through(bytes, new CompressionStream("deflate-raw"))
  let letters = ""
  for (const byte of small) letters += String.fromCharCode(byte)
  return MARK + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "")
}

/** The script in such a part; throws on anything that is none. */
export async function unpacked(hash) {
  if (!hash.startsWith(MARK) || hash.length > MOST_PACKED) throw new Error("no script of ours")
  const letters = atob(hash.slice(MARK.length).replaceAll("-", "+").replaceAll("_", "/"))
  const bytes = await through(Uint8Array.from(letters, (letter) => letter.charCodeAt(0)), new DecompressionStream("deflate-raw"))
  const script = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  if (!Array.isArray(script) || script.length !== 3 || script.some((part) => typeof part !== "string")) throw new Error("no script of ours")
  const [method, channel, text] = script
  if (text.length > LONGEST_LINK) throw new Error("too long")
  return { method, channel, text }
}

async function through(bytes, stream) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader()
  const parts = []
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.length
    if (length > MOST_BYTES) {
      await reader.cancel()
      throw new Error("too long")
    }
    parts.push(value)
  }
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** What the address brings, or nothing, which is said. */
export async function readLink({ say }, hash) {
  try {
    return await unpacked(hash)
  } catch {
    notice("lab-link", say("lab_link_broken"), { close: say("close") })
    return undefined
  }
}

/** Leads from a lesson to the lab's page with what was written. */
export async function openInLab(lab, link) {
  location.href = link.href.split("#")[0] + await packed({ ...lab.script, text: lab.editor.text })
}

/** Shows the link of what is on the desk. */
export async function openShare(lab, opener) {
  const { say, editor } = lab
  if (editor.text.length > LONGEST_LINK) return notice("lab-share", say("lab_share_long", { n: LONGEST_LINK }), { close: say("close"), again: true })
  const link = location.origin + location.pathname + await packed({ ...lab.script, text: editor.text })
  const field = el("input", { type: "text", readonly: true, value: link, "aria-label": say("lab_share_link"), onfocus: () => field.select() })
  const told = el("p", { role: "status", class: "lab-facts" })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      told.textContent = say("copied")
    } catch {
      field.select()
      told.textContent = say("lab_share_by_hand")
    }
  }
  const send = navigator.share && el("button", { type: "button", class: "button", onclick: () => navigator.share({ url: link }).catch(() => {}) }, say("lab_share_send"))
  openDialog({ title: say("lab_share"), close: say("close"), opener },
    el("p", {}, say("lab_share_why")), el("label", { class: "field" }, say("lab_share_link"), field),
    el("p", { class: "lab-facts" }, say("lab_share_length", { n: link.length })),
    el("p", { class: "button-row" }, el("button", { type: "button", class: "button button-main", onclick: copy }, say("copy")), send), told)
  return undefined
}
