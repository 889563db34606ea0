// What a reader does, kept in this browser: one record a name, versioned, shared by all tabs of this site.
//
// A change reads what is there, changes it and writes it back in one step, so two tabs do not undo each other's work. A record
// that cannot be read is set aside under another name and said, never thrown away. Where storage is refused or full, the record
// lives as long as the page and that is said once.

const memory = new Map()

/** The site's own names: other sites of one origin live under other paths. */
const scope = () => `ringback:${document.documentElement.dataset.base ?? "/"}:`

/**
 * Opens a record. `migrate(value, version)` turns an older value into the current one or throws; `check(value)` is false for what
 * no version of ours has written; `onTrouble("refused" | "full" | "damaged")` is called at most once a page and kind.
 */
export function openStore(name, { version = 1, empty = () => ({}), migrate = (value) => value, check = isRecord, onTrouble = () => {} } = {}) {
  const key = scope() + name
  const told = new Set()
  const tell = (kind) => {
    if (!told.has(kind)) onTrouble(kind)
    told.add(kind)
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
      const record = JSON.parse(text)
      const value = record.version === version ? record.value : migrate(record.value, record.version)
      if (!check(value)) throw new Error("no record of ours")
      return value
    } catch {
      setAside(key, text)
      tell("damaged")
      return empty()
    }
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
    if (event.key === key || event.key === null) listeners.forEach((listener) => listener(read()))
  })
  return {
    read,
    /** Changes the record: `change` gets the value as it is now and may change it in place or return another. */
    update(change) {
      const now = read()
      const next = change(now) ?? now
      write(next)
      listeners.forEach((listener) => listener(next))
      return next
    },
    /** Calls `listener` with the new value after every change, in this tab or another; the answer ends it. */
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Keeps what could not be read, under a name of its own, once. */
function setAside(key, text) {
  memory.delete(key)
  try {
    if (localStorage.getItem(`${key}:aside`) !== text) localStorage.setItem(`${key}:aside`, text)
    localStorage.removeItem(key)
  } catch {
    // Refused: nothing can be kept.
  }
}

function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
