// The page's own HTML, as it was and as it is now: fetched, compared, and put into the page without loading it anew.
//
// Styles are exchanged when the new ones are there, so nothing flickers. Where scripts or the policy have changed, only a
// whole load is safe: elements cannot be defined twice. What the reader has opened, typed and scrolled to comes along.
import { follow } from "./morph.js"

/** The server's own way to a page's HTML: an address without a page answers there without an error. */
const PAGE = "/_ringback/page?"
const CARRY = "ringback:live-carry"
const STYLES = "link[rel~='stylesheet']"
/** A style that does not come is not waited for longer than this, in milliseconds. */
const PATIENCE = 3_000

export class Page {
  /** `build` names the build that the page is from. */
  constructor(build) {
    this.build = build
    this.was = this.read().then(({ page, build: from }) => from === build ? page : null).catch(() => null)
  }

  /** The site path of this page, as the server names it. */
  path(base) {
    const path = decodeURIComponent(location.pathname)
    return path.startsWith(base) ? path.slice(base.length).replace(/(^|\/)index\.html$/, "$1") : path
  }

  async read() {
    const answer = await fetch(PAGE + location.pathname, { cache: "no-store" })
    if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`)
    return parse(await answer.text())
  }

  /** Brings the page to the state of a build, if that can have changed it. */
  async update(state) {
    if (state.build === this.build) return
    const isNext = state.previous === this.build
    const path = this.path(state.base)
    this.build = state.build
    const was = await this.was
    if (isNext && was && state.changed && !state.changed.includes(path) && !state.held.includes(path)) return
    const { page: will, build } = await this.read()
    // A build later than the one we were told of: the next state finds nothing left to do.
    this.build = build
    this.was = Promise.resolve(will.cloneNode(true))
    if (!was || needsLoading(was, will)) return reload()
    const leaveStyles = await exchangeStyles(will)
    for (const page of [was, will]) page.querySelectorAll(STYLES).forEach((link) => link.remove())
    follow(document.documentElement, was.documentElement, will.documentElement)
    leaveStyles()
    // The page's own modules may have new elements to look after.
    document.dispatchEvent(new CustomEvent("page:patched"))
  }
}

/** A document without our own module, and the build that it is from. A served page is as trusted as the page that it replaces: both are the server's. */
function parse(html) {
  const page = new DOMParser().parseFromString(html, "text/html")
  const own = page.querySelector("script[data-ringback]")
  own?.remove()
  return { page, build: own?.dataset.ringback }
}

function needsLoading(was, will) {
  const essence = (page) => [
    page.documentElement.dataset.base,
    page.querySelector("meta[http-equiv='Content-Security-Policy']")?.content,
    ...[...page.querySelectorAll("script")].map((script) => script.outerHTML),
  ].join("\n")
  return essence(was) !== essence(will)
}

/** Loads styles that are not there yet beside the old ones; the answer takes the old ones out. */
async function exchangeStyles(will) {
  const wanted = [...will.querySelectorAll(STYLES)]
  const here = [...document.head.querySelectorAll(STYLES)]
  const address = (link) => link.getAttribute("href")
  const fresh = wanted.filter((link) => !here.some((other) => address(other) === address(link)))
  const copies = fresh.map((link) => document.importNode(link))
  const arrivals = copies.map((link) => new Promise((resolve) => {
    link.addEventListener("load", () => resolve(true))
    link.addEventListener("error", () => resolve(false))
    setTimeout(resolve, PATIENCE, false)
  }))
  ;(here.at(-1) ?? document.head.lastElementChild).after(...copies)
  const came = await Promise.all(arrivals)
  return () => {
    if (came.includes(false)) return
    for (const link of here) {
      if (!wanted.some((other) => address(other) === address(link))) link.remove()
    }
  }
}

const fields = () => [...document.querySelectorAll("main :is(input, textarea, select)")].filter((field) => field.type !== "password")
const details = () => [...document.querySelectorAll("details")]

/** Loads the page anew, with what the reader has done to it. */
function reload() {
  const state = {
    address: location.pathname,
    scroll: [scrollX, scrollY],
    open: details().map((one) => one.open),
    fields: fields().map((field) => [field.value, field.checked ?? null]),
  }
  try {
    sessionStorage.setItem(CARRY, JSON.stringify(state))
  } catch {
    // Storage is full: the page comes back as new.
  }
  location.reload()
}

/** Gives back what `reload` has kept. */
export function restore() {
  const text = sessionStorage.getItem(CARRY)
  sessionStorage.removeItem(CARRY)
  const state = text && JSON.parse(text)
  if (!state || state.address !== location.pathname) return
  const all = details()
  if (all.length === state.open.length) all.forEach((one, at) => { one.open = state.open[at] })
  scrollTo({ left: state.scroll[0], top: state.scroll[1], behavior: "instant" })
  // Some fields are made by modules that load later.
  let tries = 0
  const fill = () => {
    const here = fields()
    if (here.length !== state.fields.length) return (tries += 1) < 20 && setTimeout(fill, 150)
    here.forEach((field, at) => {
      const [value, checked] = state.fields[at]
      if (field.value === value && (field.checked ?? null) === checked) return
      if (field.type !== "file") field.value = value
      if (checked !== null) field.checked = checked
      field.dispatchEvent(new Event("input", { bubbles: true }))
      field.dispatchEvent(new Event("change", { bubbles: true }))
    })
  }
  fill()
}
