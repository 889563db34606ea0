// Sets the chosen colour scheme before anything is painted, says that scripts run, and where the site begins.
// A classic script in <head>: small, blocking, same origin.
(() => {
  const root = document.documentElement
  root.dataset.js = ""
  // In a package for a learning system the base is relative: every page of it gets the same name for one place.
  root.dataset.base = new URL(root.dataset.base ?? "/", location.href).pathname
  try {
    const scheme = localStorage.getItem("ringback:scheme")
    if (scheme === "light" || scheme === "dark") root.dataset.theme = scheme
  } catch {
    // Storage is refused: the system's scheme stays.
  }
})()
