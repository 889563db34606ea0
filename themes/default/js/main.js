// Defines every element, in one list. The page works without any of them.
// Elements that few pages use are fetched when one is there.
import { ThemeToggle } from "./elements/theme-toggle.js"
import { NavDrawer } from "./elements/nav-drawer.js"
import { CopyButton } from "./elements/copy-button.js"
import { OnThisPage } from "./elements/on-this-page.js"
import { focusScrollers } from "./elements/scrollers.js"
import { unfoldOnPaper } from "./elements/paper.js"
import { listenForSearch } from "./elements/search-open.js"

const elements = {
  "theme-toggle": ThemeToggle,
  "nav-drawer": NavDrawer,
  "copy-button": CopyButton,
  "on-this-page": OnThisPage,
}

const rare = {
  "hear-it": () => import("./elements/hear-it.js"),
  "example-gallery": () => import("./elements/example-gallery.js"),
  "script-lab": () => import("./elements/script-lab.js"),
  "message-log": () => import("./elements/message-log.js"),
  "cadence-planner": () => import("./elements/cadence-planner.js"),
  "search-page": () => import("./elements/search-page.js"),
  "quiz-card": () => import("./quiz/card.js"),
  "drill-page": () => import("./drill/page.js"),
  "progress-page": () => import("./progress/page.js"),
  "continue-reading": () => import("./progress/continue.js"),
}

for (const [name, element] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, element)
}

function prepare() {
  for (const [name, load] of Object.entries(rare)) {
    if (document.querySelector(name) && !customElements.get(name)) {
      load().then((module) => customElements.get(name) ?? customElements.define(name, module.default))
    }
  }
  focusScrollers(document)
}

prepare()
// The live preview has put something new into the page.
document.addEventListener("page:patched", prepare)
unfoldOnPaper()
listenForSearch()
if (document.body.classList.contains("lesson")) import("./progress/read.js").then(({ watchLesson }) => watchLesson())

const { worker } = document.documentElement.dataset
if (worker && navigator.serviceWorker) {
  addEventListener("load", () => import("./lib/offline.js").then(({ keepOffline }) => keepOffline(worker)))
}
