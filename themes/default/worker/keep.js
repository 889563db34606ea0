// Keeps the site in the browser, so that it opens without a network. The build puts `SITE` before this text and publishes it as
// `sw.js`: version (of every file of the site), core (paths fetched at once), own (files without a hash in their names), later
// (where the list of what may be fetched in quiet is), marks (what every page of this version names).
//
// A cache holds files of one version, whole: what the network gives is kept only if the site out there is still that version. A
// page that is kept is answered from there; a newer site is fetched beside it and takes over when the reader says so, or goes to
// another page with no other tab open. Names of caches begin with the site's own path, so other sites of one origin are left alone.

const scope = registration.scope
const prefix = `ringback:${new URL(scope).pathname}:`
const name = prefix + SITE.version
/** Pages kept on top of the core, the latest visited. */
const MOST_PAGES = 200

addEventListener("install", (event) => event.waitUntil(install()))
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())))
addEventListener("message", (event) => {
  if (event.data?.take) skipWaiting()
  if (event.data?.visited) event.waitUntil(visited(event.data.visited).then(fetchLater))
})
addEventListener("fetch", (event) => {
  const { request } = event
  if (request.method !== "GET" || !request.url.startsWith(scope) || request.headers.has("range")) return
  const path = pathOf(request.url)
  if (request.mode === "navigate") event.respondWith(page(event))
  else if (isNamedByHash(path)) event.respondWith(lasting(request))
  else if (SITE.core.includes(path) || SITE.own.includes(path)) event.respondWith(changing(event))
})

const pathOf = (url) => url.slice(scope.length).split(/[?#]/)[0]
const isNamedByHash = (path) => /-[0-9a-f]{8,}(\.\w+$|\/\d+\.json$)/.test(path)
const ours = async () => (await caches.keys()).filter((one) => one.startsWith(prefix))

/** All of the core, and what was visited in the version before, or nothing. */
async function install() {
  const before = (await ours()).filter((one) => one !== name)
  const cache = await caches.open(name)
  try {
    await Promise.all(SITE.core.map((path) => fetchInto(cache, scope + path)))
    const again = before.length ? await (await caches.open(before.at(-1))).keys() : []
    const pages = again.map(({ url }) => url).filter((url) => url.endsWith("/") && !SITE.core.includes(pathOf(url)))
    // A page that is gone is no reason to stay with the old site.
    await Promise.all(pages.slice(-MOST_PAGES).map((url) => fetchInto(cache, url).catch(() => {})))
    if (!(await isCurrent())) throw new Error("the site changed meanwhile")
  } catch (error) {
    await caches.delete(name)
    throw error
  }
}

async function fetchInto(cache, url) {
  const isLasting = isNamedByHash(pathOf(url))
  const response = (isLasting && (await kept(url))) || (await fetch(url, { cache: isLasting ? "default" : "no-cache" }))
  if (!response.ok || response.redirected) throw new Error(`${response.status} ${url}`)
  await cache.put(url, response)
}

/** Forgets all versions but this one and the one before, whose pages may still be open in other tabs. */
async function tidy() {
  const others = (await ours()).filter((one) => one !== name)
  await Promise.all(others.slice(0, -1).map((one) => caches.delete(one)))
}

/** Whether the site out there is the one of this worker. */
async function isCurrent() {
  const response = await fetch(`${scope}version.json`, { cache: "no-store" })
  const isSame = response.ok && (await response.json()).version === SITE.version
  if (!isSame) registration.update().catch(() => {})
  return isSame
}

/** A file named by its hash from any of our caches: it never changes. */
async function kept(url) {
  for (const one of [name, ...(await ours()).reverse()]) {
    const found = await caches.match(url, { cacheName: one, ignoreVary: true })
    if (found) return found
  }
}

async function lasting(request) {
  const found = await kept(request.url)
  if (found) return found
  const response = await fetch(request)
  if (response.ok) put(request.url, response.clone()).catch(() => {})
  return response
}

/** A file whose name stays while its content changes: of this version from the cache, else from the network. */
async function changing(event) {
  const url = event.request.url.split(/[?#]/)[0]
  const found = await caches.match(url, { cacheName: name, ignoreVary: true })
  if (found) return found
  const response = await fetch(event.request)
  if (response.ok) event.waitUntil(keep(url, response.clone()).catch(() => {}))
  return response
}

async function page(event) {
  // Nothing of the old site is open but the page that is being left: a good moment for the new one.
  if (registration.waiting && (await clients.matchAll()).length < 2) {
    registration.waiting.postMessage({ take: true })
    return new Response("", { headers: { refresh: "0", "content-type": "text/html" } })
  }
  const url = event.request.url.split(/[?#]/)[0]
  const found = await caches.match(url, { cacheName: name, ignoreVary: true })
  if (found) return found
  try {
    const response = await fetch(event.request, { cache: "no-cache" })
    if (response.ok && !response.redirected) event.waitUntil(keepPage(url, response.clone()).catch(() => {}))
    return response
  } catch (error) {
    const nothing = await caches.match(`${scope}offline.html`, { cacheName: name })
    if (!nothing) throw error
    return new Response(nothing.body, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } })
  }
}

/** Keeps a page if it is one of this site and of this version. */
async function keepPage(url, response) {
  const text = await response.clone().text()
  if (SITE.marks.every((mark) => text.includes(mark))) await keep(url, response)
}

async function keep(url, response) {
  if (!(await isCurrent()) || !(await caches.has(name))) return
  await put(url, response)
  const cache = await caches.open(name)
  const pages = (await cache.keys()).filter((one) => one.url.endsWith("/") && !SITE.core.includes(pathOf(one.url)))
  await Promise.all(pages.slice(0, -MOST_PAGES).map((one) => cache.delete(one)))
}

/** Into the cache of this version, unless a later worker has taken it away. */
async function put(url, response) {
  if (await caches.has(name)) await (await caches.open(name)).put(url, response)
}

/** The page that installed this worker, and what it had fetched before. */
async function visited(urls) {
  const wanted = urls.filter((url) => url.startsWith(scope)).map((url) => url.split(/[?#]/)[0])
  for (const url of new Set(wanted)) {
    const path = pathOf(url)
    if (await caches.match(url, { cacheName: name })) continue
    if (isNamedByHash(path)) await lasting(new Request(url)).catch(() => {})
    else if (SITE.own.includes(path)) await changing({ request: new Request(url), waitUntil: () => {} }).catch(() => {})
    else if (url.endsWith("/")) await fetch(url, { cache: "no-cache" }).then((response) => keepPage(url, response)).catch(() => {})
  }
}

/** The index of a playbook that is not large, so that the search works without a network. */
async function fetchLater() {
  if (!SITE.later || navigator.connection?.saveData) return
  const list = await (await lasting(new Request(scope + SITE.later))).json()
  for (const path of list) await lasting(new Request(scope + path)).catch(() => {})
}
