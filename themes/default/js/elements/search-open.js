// Opens the search from its button, with / or with Ctrl K, and marks found words on the page that a result led to.
// Nothing else of the search is fetched before that. Without this module the button leads to the page of search.
export function listenForSearch() {
  const form = document.querySelector(".search-open")
  if (!form) return
  const open = () => {
    const field = document.querySelector("search-page input")
    if (field) return field.select()
    return import("./search-dialog.js").then(({ openDialog }) => openDialog(form), () => form.submit())
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault()
    open()
  })
  document.addEventListener("keydown", (event) => {
    const isSlash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)
    const isK = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "k"
    if (!isSlash && !isK) return
    event.preventDefault()
    open()
  })
  if (hasFound()) import("./found-words.js").then(({ markFound }) => markFound())
}

const isTyping = (element) => element.getClientRects().length > 0 && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName))

function hasFound() {
  try {
    return sessionStorage.getItem(`ringback:${document.documentElement.dataset.base ?? "/"}:found`) !== null
  } catch {
    return false
  }
}
