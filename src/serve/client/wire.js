// The way to the server: one connection for all tabs of the site, made again whenever it breaks or falls silent.
//
// A browser keeps few connections to one server, and each listening tab would hold one. So one tab, the holder of a lock,
// listens and tells the others; when it closes, the next takes over. Where there are no locks (a page that is neither
// encrypted nor on this machine) each tab listens for itself while it is looked at.

const EVENTS = "/_ringback/events"
const STATE = "/_ringback/state"
const NAME = "ringback-live"
/** The server beats every five seconds; silence of this many milliseconds is a broken line, as after sleep. */
const SILENCE = 12_000
/** How often that is looked at. */
const LOOK = 2_000
/** A server that starts again is away for a moment; only a longer absence is said. */
const GRACE = 1_500

/** Calls `state` with every new state, in order, and `link` when the server is lost or found. */
export function listen({ state, link }) {
  let queue = Promise.resolve()
  let newest = ""
  const deliver = (text) => {
    if (text === newest) return
    newest = text
    queue = queue.then(() => text === newest && state(JSON.parse(text))).catch((error) => console.error(error))
  }
  const channel = new BroadcastChannel(NAME)
  channel.addEventListener("message", ({ data }) => {
    if ("text" in data) deliver(data.text)
    else link(data.isThere)
  })
  const source = new Source({
    text(text) {
      channel.postMessage({ text })
      deliver(text)
    },
    link(isThere) {
      channel.postMessage({ isThere })
      link(isThere)
    },
  })
  const ask = () => fetch(STATE, { cache: "no-store" }).then((answer) => answer.text()).then(deliver).catch(() => {})
  // A tab that was asleep has missed what was told.
  const wake = () => {
    if (document.visibilityState !== "visible") return
    ask()
    source.check()
  }
  for (const name of ["pageshow", "online", "focus"]) addEventListener(name, wake)
  document.addEventListener("visibilitychange", wake)
  document.addEventListener("resume", wake)
  if (navigator.locks) {
    navigator.locks.request(NAME, () => new Promise(() => source.open())).catch(() => source.open())
  } else {
    const look = () => document.visibilityState === "visible" ? source.open() : source.close()
    document.addEventListener("visibilitychange", look)
    look()
  }
}

/** An EventSource that does not give up. */
class Source {
  constructor(tell) {
    this.tell = tell
    this.isThere = true
  }

  open() {
    this.close()
    this.last = Date.now()
    this.events = new EventSource(EVENTS)
    this.events.addEventListener("open", () => this.heard())
    this.events.addEventListener("beat", () => this.heard())
    this.events.addEventListener("state", ({ data }) => {
      this.heard()
      this.tell.text(data)
    })
    this.events.addEventListener("error", () => this.broken())
    this.timer = setInterval(() => this.check(), LOOK)
  }

  close() {
    this.events?.close()
    this.events = undefined
    clearInterval(this.timer)
  }

  heard() {
    this.last = Date.now()
    clearTimeout(this.grace)
    this.grace = undefined
    if (!this.isThere) this.tell.link(true)
    this.isThere = true
  }

  broken() {
    this.grace ??= setTimeout(() => {
      this.isThere = false
      this.tell.link(false)
    }, GRACE)
    // The browser tries again by itself, unless the answer was none of events.
    if (this.events?.readyState === EventSource.CLOSED) setTimeout(() => this.events && this.open(), 1_000)
  }

  /** Begins anew after a silence: a line may be dead without an error. */
  check() {
    if (this.events && Date.now() - this.last > SILENCE) this.open()
  }
}
