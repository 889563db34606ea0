// The last takes, kept on request in this browser only: sound, seconds, the answer and the notes. IndexedDB, because sound is large.

export const MOST_TAKES = 10

const name = () => `ringback:${document.documentElement.dataset.base ?? "/"}:takes`

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name(), 1)
    request.onupgradeneeded = () => request.result.createObjectStore("takes", { keyPath: "id" })
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error("blocked"))
  })
}

async function use(mode, act) {
  const db = await open()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = db.transaction("takes", mode)
      const request = act(transaction.objectStore("takes"))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  } finally {
    db.close()
  }
}

/** All takes, the newest first; none where the browser keeps nothing. */
export async function allTakes() {
  try {
    return (await use("readonly", (takes) => takes.getAll())).sort((a, b) => b.at - a.at)
  } catch {
    return []
  }
}

/** Keeps a take; the oldest beyond the most goes. Throws where there is no room or no leave. */
export async function keepTake(take) {
  await use("readwrite", (takes) => takes.put(take))
  for (const { id } of (await allTakes()).slice(MOST_TAKES)) await removeTake(id)
}

export const removeTake = (id) => use("readwrite", (takes) => takes.delete(id))
