// Marks a lesson as read when its end has been on the screen for a moment, and remembers where the reader was.
import { el } from "../lib/dom.js"
import { openLessons, pathInside } from "./lessons.js"

const MOMENT = 1200

/** Watches the lesson of this page. */
export function watchLesson() {
  const article = document.querySelector("main article")
  const end = article?.querySelector(".prose")?.lastElementChild
  if (!end) return
  const store = openLessons()
  const url = pathInside(location.href)
  const title = article.querySelector("h1").textContent.trim()
  const link = document.querySelector(".pager-next")
  const next = link && { url: pathInside(link.href), title: link.lastChild.textContent.trim() }
  store.update((record) => { record.last = { url, title, next, at: Date.now() } })
  // A last piece may be taller than the screen: what counts is what comes after it.
  const line = el("span", { "aria-hidden": "true" })
  end.after(line)
  let timer
  const observer = new IntersectionObserver(([entry]) => {
    clearTimeout(timer)
    if (entry.isIntersecting) timer = setTimeout(() => mark(), MOMENT)
  })
  observer.observe(line)

  function mark() {
    observer.disconnect()
    line.remove()
    const isNew = !Object.hasOwn(store.read().read, url)
    store.update((record) => { record.read[url] = { at: Date.now() } })
    if (isNew) article.dispatchEvent(new CustomEvent("lesson:read", { bubbles: true, detail: { url, title } }))
  }
}
