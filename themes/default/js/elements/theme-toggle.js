// <theme-toggle> steps through the system's colours, light and dark, and keeps the choice in this browser.
// Without this module the system's scheme is used; the button is not shown.
const KEY = "ringback:scheme"
const STEPS = ["system", "light", "dark"]

export class ThemeToggle extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button")
    this.button.addEventListener("click", this)
    this.show(document.documentElement.dataset.theme ?? "system")
  }

  disconnectedCallback() {
    this.button.removeEventListener("click", this)
  }

  handleEvent() {
    const next = STEPS[(STEPS.indexOf(this.dataset.scheme) + 1) % STEPS.length]
    const root = document.documentElement
    if (next === "system") delete root.dataset.theme
    else root.dataset.theme = next
    try {
      if (next === "system") localStorage.removeItem(KEY)
      else localStorage.setItem(KEY, next)
    } catch {
      // Storage is refused: the choice holds for this page.
    }
    this.show(next)
  }

  show(scheme) {
    this.dataset.scheme = scheme
    const { label, ...names } = this.button.dataset
    const text = label.replace("{name}", names[scheme])
    this.button.setAttribute("aria-label", text)
    this.button.title = text
  }
}
