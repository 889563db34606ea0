// <copy-button> copies the text of the element that data-from names, or of the code block around it.
// Marks' numbers and line numbers are left out. Without this module there is no button.
export class CopyButton extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) {
      this.hidden = true
      return
    }
    this.button = this.querySelector("button")
    this.label = this.button.querySelector("span") ?? this.button
    this.text = this.label.textContent
    this.label.setAttribute("aria-live", "polite")
    this.button.addEventListener("click", this)
  }

  disconnectedCallback() {
    this.button?.removeEventListener("click", this)
    clearTimeout(this.timer)
  }

  async handleEvent() {
    const { done, failed } = this.button.dataset
    let said = done
    try {
      await navigator.clipboard.writeText(this.source())
    } catch {
      said = failed
    }
    this.label.textContent = said
    clearTimeout(this.timer)
    this.timer = setTimeout(() => { this.label.textContent = this.text }, 2000)
  }

  source() {
    const { from } = this.dataset
    const source = from ? document.getElementById(from) : this.parentElement.querySelector("pre")
    return wordsOf(source)
  }
}

/** The words of a script without the numbers of its notes. */
export function wordsOf(element) {
  const copy = element.cloneNode(true)
  for (const number of copy.querySelectorAll(".span-ref")) number.remove()
  return copy.textContent.trim()
}
