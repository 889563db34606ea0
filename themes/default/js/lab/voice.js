// The browser's own voice reads a script at about the chosen pace. Where there is none, there is no button.
import { el } from "../lib/dom.js"

// What speech synthesis calls rate 1 is about this many words a minute.
const PLAIN_PACE = 160

/** A button that reads and stops; `tell` is given why it cannot. */
export function makeVoice(say, text, pace, tell) {
  const button = el("button", { type: "button", class: "button" }, say("lab_hear"))
  if (!("speechSynthesis" in globalThis)) {
    button.hidden = true
    return { button, stop() {} }
  }
  let isSpeaking = false
  const show = (now) => {
    isSpeaking = now
    button.textContent = say(now ? "lab_hear_stop" : "lab_hear")
  }
  const stop = () => {
    if (isSpeaking) speechSynthesis.cancel()
    show(false)
  }
  button.addEventListener("click", () => {
    if (isSpeaking) return stop()
    const utterance = new SpeechSynthesisUtterance(spelled(text))
    utterance.lang = document.documentElement.lang
    utterance.rate = Math.min(Math.max(pace / PLAIN_PACE, 0.5), 2)
    utterance.onend = () => show(false)
    utterance.onerror = ({ error }) => {
      show(false)
      if (error !== "canceled" && error !== "interrupted") tell(say("lab_voice_failed"))
    }
    speechSynthesis.cancel()
    speechSynthesis.speak(utterance)
    return show(true)
  })
  return { button, stop }
}

/** A telephone number is said digit by digit. */
const spelled = (text) => text.replace(/\d[\d\s().-]{5,}\d/gu, (number) => number.replace(/\D+/gu, ", ").replace(/\d(?=\d)/gu, "$& "))
