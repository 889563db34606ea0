// What a reader does, kept in this browser: one record a name, versioned, shared by all tabs of this site.
//
// A change reads what is there, changes it and writes it back in one step, so two tabs do not undo each other's work. A record
// that cannot be read, or that a later version wrote, is set aside under a name of its own and said, never thrown away and never
// written over. Where storage is refused or full, the record lives as long as the page and that is said once.

const memory = new Map()
const MOST_ASIDE = 5

/** The site's own names: other sites of one origin live under other paths. */
const scope = () => `ringback:${document.documentElement.dataset.base ?? "/"}:`

/**
 * Opens a record. `migrate(value, version)` turns an older value into the current one or throws; `check(value)` is false for what
 * no version of ours has written; `onTrouble("refused" | "full" | "damaged")` is called at most once a page and kind.
 */
export function openStore(name, { version = 1, empty = () => ({}), migrate = tooOld, check = isRecord, onTrouble = () => {} } = {}) {
  const key = scope() + name
  const told = new Set()
  const tell = (kind) => {
    if (told.has(kind)) return
    told.add(kind)
    onTrouble(kind)
  }
  const read = () => {
    // What could not be written is newer than what was.
    let text = memory.get(key) ?? null
    try {
      text ??= localStorage.getItem(key)
    } catch {
      tell("refused")
    }
    if (text === null) return empty()
    try {
      return open(text)
    } catch {
      setAside(key, text)
      tell("damaged")
      return empty()
    }
  }
  const open = (text) => {
    const record = JSON.parse(text)
    if (record.version > version) throw new Error("a later version wrote this")
    const value = record.version === version ? record.value : migrate(record.value, record.version)
    if (!check(value)) throw new Error("no record of ours")
    return value
  }
  const write = (value) => {
    const text = JSON.stringify({ version, value })
    try {
      localStorage.setItem(key, text)
      memory.delete(key)
    } catch (error) {
      memory.set(key, text)
      tell(error?.name === "QuotaExceededError" ? "full" : "refused")
    }
  }
  const listeners = new Set()
  addEventListener("storage", (event) => {
    if (listeners.size && (event.key === key || event.key === null)) listeners.forEach((listener) => listener(read()))
  })
  return {
    version,
    read,
    /** Changes the record: `change` gets the value as it is now and may change it in place or return another. */
    update(change) {
      const now = read()
      const next = change(now) ?? now
      write(next)
      listeners.forEach((listener) => listener(next))
      return next
    },
    /** A value that came from outside, of this version or an older one, made current; throws where it is none of ours. */
    accept: (value, from) => open(JSON.stringify({ version: from, value })),
    /** Calls `listener` with the new value after every change, in this tab or another; the answer ends it. */
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Keeps what could not be read under the first free name; where all are taken, the newest takes the last. */
function setAside(key, text) {
  memory.delete(key)
  try {
    const names = Array.from({ length: MOST_ASIDE }, (_, at) => `${key}:aside${at ? `-${at + 1}` : ""}`)
    const free = names.find((name) => [null, text].includes(localStorage.getItem(name))) ?? names.at(-1)
    localStorage.setItem(free, text)
    localStorage.removeItem(key)
  } catch {
    // Refused or full: the old text stays where it is until something is written.
  }
}

function tooOld() {
  throw new Error("an older version wrote this, and nothing says how to read it")
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
