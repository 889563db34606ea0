// The player: shows the site in a frame, hears what happens in it, keeps the state of the course, and reports to the learning
// system. Without one the site works as it does anywhere, and nothing is sent.
import { State } from "./state.js"
import { openScorm } from "./scorm.js"
import { openCmi5 } from "./cmi5.js"

const QUIET = 1500
const words = JSON.parse(document.body.dataset.words)
const frame = document.querySelector("iframe")
const line = document.querySelector(".said")
const root = new URL("./", location.href)
const scope = `ringback:${root.pathname}:`
const say = (word) => { line.textContent = words[word] ?? word }

const course = await (await fetch("lms/course.json")).json()
const state = new State(course)
const session = await open().catch((error) => {
  console.warn(error)
  return undefined
})
let page = ""
let timer

if (session) {
  session.onTrouble = () => say("lms_trouble")
  const { learner, saved, page: last } = await session.start()
  takeUp(learner, saved)
  page = inside(last) ? last : ""
} else {
  say("lms_alone")
}
frame.addEventListener("load", listen)
frame.src = page || frame.dataset.start
addEventListener("pagehide", finish, { once: true })

function open() {
  return course.format === "cmi5" ? openCmi5() : Promise.resolve(openScorm(course.format))
}

/** Makes the browser's own records those of this learner: another one may have sat here before. */
function takeUp(learner, saved) {
  let whole
  try {
    whole = JSON.parse(saved)
  } catch {
    whole = undefined
  }
  state.take(whole?.state ?? saved)
  try {
    if (localStorage.getItem(`${scope}learner`) === learner) return
    for (const key of Object.keys(localStorage).filter((name) => name.startsWith(scope))) localStorage.removeItem(key)
    localStorage.setItem(`${scope}learner`, learner)
    for (const [name, record] of Object.entries(records(whole?.records))) localStorage.setItem(scope + name, JSON.stringify(record))
  } catch {
    // Storage is refused: the course goes on, the site's own pages forget.
  }
}

/** The site's own records: those that were saved, and in them no lesson less than the course counts as read. */
function records(kept = {}) {
  const made = state.records(Date.now())
  const lessons = kept.lessons?.value?.read ? { ...kept.lessons, value: { ...kept.lessons.value, read: { ...made.lessons.value.read, ...kept.lessons.value.read } } } : made.lessons
  return { ...made, ...kept, lessons }
}

/** All that is known as text: with the site's records where there is room, else what counts alone. */
function saved() {
  const records = {}
  for (const name of ["lessons", "quizzes", "drill"]) {
    try {
      const text = localStorage.getItem(scope + name)
      if (text) records[name] = JSON.parse(text)
    } catch {
      // Refused or damaged: left out.
    }
  }
  const whole = JSON.stringify({ state: state.text(), records })
  return session.limit > 4096 && whole.length <= session.limit ? whole : state.text(session.limit)
}

/** Hears a page of the site; its links to folders get the name of their file. */
function listen() {
  const { contentDocument: inner, contentWindow } = frame
  if (!inner) return
  page = inside(contentWindow.location.href) ?? page
  document.title = inner.title || document.title
  inner.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]")
    if (link && inside(link.href) !== undefined) link.href = named(link.href)
  }, true)
  inner.addEventListener("lesson:read", ({ detail }) => happened(() => state.lesson(detail.url) && session.lesson(detail)))
  inner.addEventListener("quiz:answered", ({ detail }) => happened(() => {
    state.answered(detail.quiz, detail.question, detail.score)
    session.answered(detail, new Date())
  }))
  inner.addEventListener("quiz:finished", ({ detail }) => happened(() => state.finished(detail.quiz, detail.score)))
  inner.addEventListener("lab:graded", ({ detail }) => happened(() => session.graded(detail)))
  happened(() => {})
}

function happened(what) {
  if (!session) return
  what()
  clearTimeout(timer)
  timer = setTimeout(report, QUIET)
}

function report() {
  clearTimeout(timer)
  session.report(state.sum(), saved(), page)
}

function finish() {
  if (!session) return
  report()
  session.end()
}

/** The path of an address inside the package, or undefined. */
function inside(address) {
  if (!address) return undefined
  const url = new URL(address, root)
  return url.origin === root.origin && url.pathname.startsWith(root.pathname) ? url.pathname.slice(root.pathname.length) + url.search + url.hash : undefined
}

function named(address) {
  const url = new URL(address)
  if (url.pathname.endsWith("/")) url.pathname += "index.html"
  return url.href
}
