// Opens what is folded while the page is printed: paper has nothing to click. Closes it again afterwards.
export function unfoldOnPaper() {
  let opened = []
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")]
    for (const details of opened) details.open = true
  })
  addEventListener("afterprint", () => {
    for (const details of opened) details.open = false
  })
}
