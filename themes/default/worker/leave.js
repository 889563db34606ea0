// The worker of a site that is not kept in the browser: removes one that an earlier site has left there, with all it kept.
const prefix = `ringback:${new URL(registration.scope).pathname}:`
addEventListener("install", () => skipWaiting())
addEventListener("activate", (event) => event.waitUntil(leave()))

async function leave() {
  const ours = (await caches.keys()).filter((name) => name.startsWith(prefix))
  await Promise.all(ours.map((name) => caches.delete(name)))
  await registration.unregister()
}
