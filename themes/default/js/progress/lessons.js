// Which lessons have been read, and where the reader was last: one small record.
import { openStore } from "../lib/store.js"

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value)
const isPlace = (place) => isRecord(place) && typeof place.url === "string" && typeof place.title === "string"

/** Opens the record: { read: { url: { at } }, last: { url, title, next, at } }. Addresses are paths inside the site. */
export function openLessons(onTrouble) {
  return openStore("lessons", {
    version: 1,
    empty: () => ({ read: {}, last: null }),
    check: (value) => isRecord(value) && isRecord(value.read) && Object.values(value.read).every((one) => Number.isFinite(one?.at))
      && (value.last === null || (isPlace(value.last) && (!value.last.next || isPlace(value.last.next)))),
    onTrouble,
  })
}

/** The path of an address inside the site, or undefined outside of it. */
export function pathInside(address) {
  const { pathname, origin } = new URL(address, location.href)
  const base = document.documentElement.dataset.base ?? "/"
  return origin === location.origin && pathname.startsWith(base) ? decodeURI(pathname.slice(base.length)) : undefined
}

/** Where to go on: the last lesson, or the one after it if that was read to its end. */
export function whereNext({ read, last }) {
  if (!last) return undefined
  return Object.hasOwn(read, last.url) ? last.next ?? undefined : last
}
