// The log in this browser: an IndexedDB, read once into memory, written entry by entry, the same in every tab.
//
// What cannot be read is set aside in a table of its own. Where the browser refuses to keep anything, or has no more room, the log
// lives as long as the page, and that is said once.
import { isEntry } from "./entry.js"

const VERSION = 1

const name = () => `ringback:${document.documentElement.dataset.base ?? "/"}:log`

/** Opens the log; `onTrouble("refused" | "full" | "damaged")` is called at most once a kind. */
export async function openLog(onTrouble) {
  const log = new Log(onTrouble)
  await log.open()
  return log
}

class Log {
  constructor(onTrouble) {
    this.entries = new Map()
    this.listeners = new Set()
    const told = new Set()
    this.tell = (kind) => {
      if (!told.has(kind)) onTrouble(kind)
      told.add(kind)
    }
  }

  async open() {
    try {
      this.database = await openDatabase()
      await this.load()
    } catch {
      this.database = null
      this.tell("refused")
      return
    }
    this.channel = new BroadcastChannel(name())
    this.channel.addEventListener("message", async () => {
      await this.load().catch(() => this.tell("refused"))
      this.changed()
    })
  }

  async load() {
    const records = await this.run("readonly", (entries) => entries.getAll())
    const good = records.filter(isEntry)
    if (good.length < records.length) await this.setAside(records.filter((record) => !isEntry(record)))
    // What could not be written is newer than what was.
    this.entries = new Map([...good.map((entry) => [entry.id, entry]), ...(this.unsaved ?? [])])
  }

  async setAside(records) {
    this.tell("damaged")
    await this.run("readwrite", (entries, aside) => {
      for (const record of records) {
        aside.put({ at: Date.now(), record })
        if (record?.id !== undefined) entries.delete(record.id)
      }
    })
  }

  /** All entries, in no order. */
  all() {
    return [...this.entries.values()]
  }

  get(id) {
    return this.entries.get(id)
  }

  /** Adds entries or puts them in place of those with their ids. */
  async put(list) {
    for (const entry of list) this.entries.set(entry.id, entry)
    this.changed()
    await this.write((entries) => list.forEach((entry) => entries.put(entry)), () => {
      this.unsaved ??= new Map()
      for (const entry of list) this.unsaved.set(entry.id, entry)
    })
  }

  /** Takes entries away; the answer is what was there, to bring it back with `put`. */
  async remove(ids) {
    const gone = ids.flatMap((id) => this.entries.get(id) ?? [])
    for (const id of ids) {
      this.entries.delete(id)
      this.unsaved?.delete(id)
    }
    this.changed()
    await this.write((entries) => ids.forEach((id) => entries.delete(id)), () => {})
    return gone
  }

  async write(change, onFailure) {
    if (!this.database) return
    try {
      await this.run("readwrite", change)
      this.channel?.postMessage("changed")
    } catch (error) {
      onFailure()
      this.tell(error?.name === "QuotaExceededError" ? "full" : "refused")
    }
  }

  /** Calls `listener` after every change, in this tab or another. */
  subscribe(listener) {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  changed() {
    for (const listener of this.listeners) listener()
  }

  close() {
    this.channel?.close()
    this.database?.close()
  }

  /** One transaction; the answer is that of the last request. */
  run(mode, work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(["entries", "aside"], mode)
      const request = work(transaction.objectStore("entries"), transaction.objectStore("aside"))
      transaction.oncomplete = () => resolve(request?.result)
      transaction.onabort = () => reject(transaction.error ?? new Error("aborted"))
      transaction.onerror = () => reject(transaction.error)
    })
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name(), VERSION)
    request.onupgradeneeded = () => {
      request.result.createObjectStore("entries", { keyPath: "id" })
      request.result.createObjectStore("aside", { autoIncrement: true })
    }
    request.onsuccess = () => {
      // Another tab with a newer version must not wait for this one.
      request.result.onversionchange = () => request.result.close()
      resolve(request.result)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error("blocked"))
  })
}
