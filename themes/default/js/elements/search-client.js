// What the search dialog and the page of search share: the index over the network, what was searched before, and
// the words that the next page is to mark. Storage that is refused is done without.
import { Search } from "../search/search.js"

// Sites of one origin live under different paths and keep apart what their readers searched for.
const scope = () => `ringback:${document.documentElement.dataset.base ?? "/"}:`
const MOST_RECENT = 6

let shared

/** The search over the index in a folder, one a page. */
export function searchIn(folder) {
  shared ??= new Search(async (path, type) => {
    const response = await fetch(new URL(path, folder), path === "index.json" ? { cache: "no-cache" } : {})
    if (!response.ok) throw new Error(`${response.status} ${path}`)
    if (type === "json") return response.json()
    return type === "text" ? response.text() : new Uint8Array(await response.arrayBuffer())
  })
  return shared
}

/** Earlier searches, the latest first. */
export function recentSearches() {
  try {
    const list = JSON.parse(localStorage.getItem(`${scope()}searches`) ?? "[]")
    return Array.isArray(list) ? list.filter((one) => typeof one === "string").slice(0, MOST_RECENT) : []
  } catch {
    return []
  }
}

/** Puts a search first among the earlier ones; nothing forgets them all. */
export function remember(query) {
  const text = query?.trim().slice(0, 100)
  const list = text ? [text, ...recentSearches().filter((one) => one !== text)] : []
  keep("localStorage", `${scope()}searches`, text === undefined ? undefined : JSON.stringify(list.slice(0, MOST_RECENT)))
}

/** Takes the words that the last search left, once. */
export function takeFound() {
  try {
    const text = sessionStorage.getItem(`${scope()}found`)
    sessionStorage.removeItem(`${scope()}found`)
    const left = JSON.parse(text)
    return Array.isArray(left?.words) ? left : undefined
  } catch {
    return undefined
  }
}

/** Leaves the found words for the page at `url` to mark. */
export function leaveFound(url, found) {
  const { pathname } = new URL(url, location.href)
  keep("sessionStorage", `${scope()}found`, JSON.stringify({ pathname, words: [...found].slice(0, 100) }))
  // A result on this very page does not load it again.
  if (pathname === location.pathname) import("./found-words.js").then(({ markFound }) => markFound())
}

function keep(storage, name, value) {
  try {
    if (value === undefined) window[storage].removeItem(name)
    else window[storage].setItem(name, value)
  } catch {
    // Refused or full: the search works without it.
  }
}

/** A sentence of the interface with values in its braces; a counted one by its `n`. */
export function say(words, name, values = {}) {
  const form = words[name] ?? ""
  const text = typeof form === "string" ? form : values.n === 1 ? form.one : form.other
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
}

/** An element with a class and text or children. */
export function make(tag, className, ...children) {
  const element = document.createElement(tag)
  if (className) element.className = className
  element.append(...children)
  return element
}

/** Text in pieces, the found ones in <mark>. */
export function marked(pieces) {
  return pieces.map(({ text, isFound }) => (isFound ? make("mark", "found", text) : text))
}

/** What was taken for what, what may have been meant, and what could not be looked at: short paragraphs. */
export function remarks(words, answer, query, ask) {
  const out = []
  for (const { word, other } of answer.instead) {
    out.push(make("p", "search-note", say(words, "search_instead", { word, other })))
  }
  if (answer.suggestion) {
    const [before, after] = say(words, "search_did_you_mean", { query: "\n" }).split("\n")
    const button = make("button", "search-meant", answer.suggestion)
    button.type = "button"
    button.addEventListener("click", () => ask(answer.suggestion))
    out.push(make("p", "search-note", before, button, after ?? ""))
  }
  if (answer.hits.length && answer.coverage < 0.75) out.push(make("p", "search-note", words.search_some_words))
  if (answer.isIncomplete) out.push(make("p", "search-note search-warning", words.search_incomplete))
  if (answer.isEmpty && query.trim()) out.push(make("p", "search-note", words.search_no_words))
  else if (!answer.hits.length && !answer.isEmpty) {
    out.push(make("p", "search-note", make("strong", "", say(words, "search_none", { query: query.slice(0, 60) })), ` ${words.search_none_help}`))
  }
  return out
}

/** The inside of a result: its kind, its title, the section, and the words around what was found. */
export function resultParts(manifest, hit, shown) {
  const kind = manifest.kinds.find(([id]) => id === hit.kind)?.[1] ?? ""
  const facts = [kind, ...shown.methods.slice(0, 2), ...shown.channels].filter(Boolean).join(" · ")
  const title = make("span", "result-title", ...marked(shown.title))
  const parts = [title, make("span", "result-facts", facts)]
  const excerpt = make("span", "result-excerpt")
  if (shown.heading) excerpt.append(make("span", "result-heading", shown.heading), " ")
  excerpt.append(...marked(shown.pieces))
  if (excerpt.childNodes.length) parts.push(excerpt)
  return parts
}
