// Sets the chosen colour scheme before anything is painted, and says that scripts run.
// A classic script in <head>: small, blocking, same origin.
(() => {
  const root = document.documentElement
  root.dataset.js = ""
  try {
    const scheme = localStorage.getItem("ringback:scheme")
    if (scheme === "light" || scheme === "dark") root.dataset.theme = scheme
  } catch {
    // Storage is refused: the system's scheme stays.
  }
})()
