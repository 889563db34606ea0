// Keeps the site in this browser by its worker, and offers a newer site when there is one. Loaded after the page, for the next ones.
import { notice } from "./notice.js"
import { wordsOf } from "./words.js"

/** Registers the worker at `address`; where workers are refused, the site is as it was. */
export async function keepOffline(address) {
  const { serviceWorker } = navigator
  const isFirst = !serviceWorker.controller
  const registration = await serviceWorker.register(address, { updateViaCache: "none" }).catch(() => undefined)
  if (!registration) return
  const offer = () => registration.waiting && serviceWorker.controller && offerUpdate(registration)
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer))
  offer()
  const { active } = await serviceWorker.ready
  const resources = isFirst ? performance.getEntriesByType("resource").map((entry) => entry.name) : []
  active?.postMessage({ visited: [location.href, ...resources] })
}

function offerUpdate(registration) {
  const say = wordsOf(document.querySelector(".site-footer"))
  let asked = false
  navigator.serviceWorker.addEventListener("controllerchange", () => asked && location.reload())
  const run = () => {
    asked = true
    registration.waiting?.postMessage({ take: true })
  }
  notice("offline-update", say("offline_update"), { close: say("close"), action: { label: say("offline_take"), run } })
}
