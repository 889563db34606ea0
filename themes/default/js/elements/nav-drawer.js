// <nav-drawer> is the sidebar. On a phone the menu link opens it as a drawer: focus goes in and stays in,
// Escape, the close button, a tap outside or a chosen link closes it, and focus returns.
// Without this module the menu link leads to the same navigation below the text.
export class NavDrawer extends HTMLElement {
  connectedCallback() {
    this.opener = document.querySelector(`[aria-controls="${this.id}"]`)
    // Without this module it is a link; now it opens something.
    this.opener?.setAttribute("role", "button")
    this.opener?.setAttribute("aria-expanded", "false")
    this.opener?.addEventListener("click", this)
    this.opener?.addEventListener("keydown", this)
    this.addEventListener("click", this)
    document.addEventListener("keydown", this)
    document.addEventListener("pointerdown", this)
    // On a desk the current lesson may lie below the fold of a long list.
    const current = this.querySelector("ul ul [aria-current]")
    if (current && current.offsetTop > this.clientHeight) this.scrollTop = current.offsetTop - this.clientHeight / 2
  }

  disconnectedCallback() {
    this.opener?.removeEventListener("click", this)
    this.opener?.removeEventListener("keydown", this)
    document.removeEventListener("keydown", this)
    document.removeEventListener("pointerdown", this)
  }

  get isOpen() {
    return this.hasAttribute("data-open")
  }

  handleEvent(event) {
    if (event.currentTarget === this.opener) this.onOpener(event)
    else if (event.type === "click") {
      if (event.target.closest(".drawer-close, a")) this.close()
    } else if (this.isOpen && event.type === "keydown") this.onKey(event)
    else if (this.isOpen && !this.contains(event.target)) {
      event.preventDefault()
      this.close()
    }
  }

  onOpener(event) {
    if (event.type === "keydown" && event.key !== " ") return
    event.preventDefault()
    if (this.isOpen) this.close()
    else this.open()
  }

  onKey(event) {
    if (event.key === "Escape") this.close()
    if (event.key !== "Tab") return
    const stops = [...this.querySelectorAll("a, button")]
    const edge = event.shiftKey ? stops[0] : stops.at(-1)
    if (document.activeElement !== edge) return
    event.preventDefault()
    const other = event.shiftKey ? stops.at(-1) : stops[0]
    other.focus()
  }

  open() {
    this.toggle(true)
    this.querySelector(".drawer-close").focus()
  }

  close() {
    if (!this.isOpen) return
    this.toggle(false)
    this.opener?.focus()
  }

  toggle(open) {
    this.toggleAttribute("data-open", open)
    document.documentElement.toggleAttribute("data-drawer", open)
    this.opener?.setAttribute("aria-expanded", String(open))
  }
}
