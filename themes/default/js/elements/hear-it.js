// <hear-it> reads a script aloud with the browser's own voice. Without speech synthesis there is no button.
import { wordsOf } from "./copy-button.js"

export default class HearIt extends HTMLElement {
  connectedCallback() {
    if (!("speechSynthesis" in globalThis)) {
      this.hidden = true
      return
    }
    this.button = this.querySelector("button")
    this.label = this.button.querySelector("span")
    this.text = this.label.textContent
    this.button.addEventListener("click", this)
    addEventListener("pagehide", this)
  }

  disconnectedCallback() {
    this.button?.removeEventListener("click", this)
    removeEventListener("pagehide", this)
    if (this.speaking) speechSynthesis.cancel()
  }

  handleEvent(event) {
    if (event.type === "pagehide" || this.speaking) speechSynthesis.cancel()
    else this.speak()
  }

  speak() {
    speechSynthesis.cancel()
    const utterance = new SpeechSynthesisUtterance(spoken(wordsOf(document.getElementById(this.dataset.from))))
    utterance.lang = document.documentElement.lang
    utterance.onend = () => this.show(false)
    utterance.onerror = () => this.show(false)
    this.show(true)
    speechSynthesis.speak(utterance)
  }

  show(speaking) {
    this.speaking = speaking
    this.label.textContent = speaking ? this.button.dataset.stop : this.text
  }
}

/** A telephone number is said digit by digit. */
function spoken(text) {
  return text.replace(/\d[\d\s().-]{5,}\d/gu, (number) => number.replace(/\D+/gu, ", ").replace(/\d(?=\d)/gu, "$& "))
}
