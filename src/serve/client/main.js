// Keeps a served page as its sources are: listens for builds, changes the page in place, shows mistakes, follows edits.
// Only `ringback serve` adds this module to a page; a build never holds it.
import { Page, restore } from "./patch.js"
import { listen } from "./wire.js"
import { LivePanel } from "./overlay.js"

const FOLLOW = "ringback:live-follow"

restore()
const page = new Page(document.querySelector("script[data-ringback]").dataset.ringback)
customElements.define("ringback-live", LivePanel)
const panel = document.createElement("ringback-live")
panel.follow = sessionStorage.getItem(FOLLOW) === "on"
panel.addEventListener("live:follow", ({ detail }) => sessionStorage.setItem(FOLLOW, detail ? "on" : "off"))
// Beside the body, so that what changes the page does not meet it.
document.documentElement.append(panel)

/** Builds that this tab has heard of. */
let heard = page.build

listen({
  async state(state) {
    panel.show(state, page.path(state.base))
    const isNews = state.build !== heard
    heard = state.build
    if (isNews && panel.follow && state.follow !== null && state.follow !== page.path(state.base)) {
      location.assign(state.base + state.follow.split("/").map(encodeURIComponent).join("/"))
      return
    }
    await page.update(state)
  },
  link(isThere) {
    panel.link(isThere)
  },
})
