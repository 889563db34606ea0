// The rehearsal: the script as a teleprompter, a clock against the limit, a recording to play back, real seconds, and the
// question that decides: would I return this call? Works with a clock alone where there is no microphone.
import { el } from "../lib/dom.js"
import { openDialog } from "./dialog.js"
import { makePrompter } from "./prompter.js"
import { cannotRecord, openMicrophone, reasonOf, spokenSeconds } from "./recorder.js"
import { showResult, showTakes } from "./takes-view.js"
import { makeVoice } from "./voice.js"

const LONGEST = 180_000
const COUNT_IN = 3

/** Opens the rehearsal of what is on the desk. */
export function openRehearsal(lab, opener) {
  const { say, editor } = lab
  if (!lab.report || !editor.text.trim()) {
    lab.parts.status.textContent = say("lab_rehearse_nothing")
    editor.field.focus()
    return
  }
  new Rehearsal(lab, opener)
}

class Rehearsal {
  constructor(lab, opener) {
    const { say, report, limit, editor } = lab
    Object.assign(this, { lab, say, state: "ready", text: editor.text, expected: report.milliseconds / 1000, limit })
    this.prompter = makePrompter(this.text, report.milliseconds, say("lab_prompt"))
    this.clock = el("p", { class: "rehearse-clock", role: "timer", "aria-live": "off" })
    this.bar = el("progress", { class: "rehearse-bar", max: limit ?? Math.ceil(this.expected), value: 0, "aria-label": say("lab_time") })
    this.go = el("button", { type: "button", class: "button button-main rehearse-go", onclick: () => this.press() })
    this.status = el("p", { role: "status", class: "rehearse-status" })
    this.record = el("input", { type: "checkbox", checked: !cannotRecord(), disabled: Boolean(cannotRecord()) })
    this.result = el("section", { class: "rehearse-result", hidden: true, tabindex: "-1", "aria-label": say("lab_take") })
    this.kept = el("section", { class: "rehearse-kept", hidden: true })
    this.voice = makeVoice(say, this.text, lab.settings.pace, (text) => { this.status.textContent = text })
    const why = cannotRecord()
    if (why) this.status.textContent = say(`lab_mic_${why}`)
    this.dialog = openDialog({ title: say("lab_rehearse"), close: say("close"), kind: "lab-wide rehearse", opener, onClose: () => this.end() },
      el("div", { class: "rehearse-stage" }, this.prompter.element,
        el("div", { class: "rehearse-side" }, this.clock, this.bar,
          el("p", { class: "lab-facts" }, limit ? say("lab_rehearse_limit", { limit, n: report.seconds }) : say("lab_rehearse_about", { n: report.seconds })),
          this.go, el("label", { class: "field-check" }, this.record, el("span", {}, say("lab_record"))), this.voice.button, this.status)),
      this.result, this.kept)
    this.show()
    this.go.focus()
    showTakes(this)
  }

  press() {
    if (this.state === "ready") this.begin()
    else if (this.state === "running") this.finish()
    else this.cancel()
  }

  /** Asks for the microphone, counts in, runs. */
  async begin() {
    this.voice.stop()
    this.prompter.reset()
    this.result.hidden = true
    this.state = "asking"
    this.show()
    if (this.record.checked) {
      this.status.textContent = this.say("lab_mic_asking")
      try {
        const microphone = await openMicrophone()
        if (this.state !== "asking") return microphone.drop()
        this.microphone = microphone
      } catch (error) {
        this.record.checked = false
        this.status.textContent = this.say(`lab_mic_${reasonOf(error)}`)
        if (this.state === "asking") this.back()
        return undefined
      }
    }
    this.state = "counting"
    this.status.textContent = this.say("lab_count_in")
    this.count(COUNT_IN)
    return undefined
  }

  count(n) {
    if (this.state !== "counting") return
    if (n === 0) return this.run()
    this.clock.textContent = n
    this.timer = setTimeout(() => this.count(n - 1), 800)
  }

  run() {
    this.state = "running"
    this.isOver = false
    this.status.textContent = this.say(this.microphone ? "lab_recording" : "lab_running")
    this.microphone?.start()
    this.began = performance.now()
    this.show()
    this.tick()
  }

  tick() {
    if (this.state !== "running") return
    const now = performance.now() - this.began
    this.prompter.show(now)
    this.clock.textContent = (now / 1000).toFixed(1)
    this.bar.value = now / 1000
    if (this.limit && !this.isOver && now > this.limit * 1000) {
      this.isOver = true
      this.status.textContent = this.say("lab_over_limit", { limit: this.limit })
      this.dialog.dataset.over = ""
    }
    if (now > LONGEST) this.finish()
    else this.frame = requestAnimationFrame(() => this.tick())
  }

  async finish() {
    const pressed = (performance.now() - this.began) / 1000
    this.state = "ready"
    cancelAnimationFrame(this.frame)
    this.show()
    const sound = await this.microphone?.stop()
    this.microphone = undefined
    // From the first sound to the last, where there is a recording: the finger on the button is slower than the voice.
    const heard = sound && await spokenSeconds(sound)
    const seconds = heard && heard > pressed / 3 ? heard : pressed
    const said = this.say("lab_stopped", { n: seconds.toFixed(1) })
    this.status.textContent = said
    this.clock.textContent = seconds.toFixed(1)
    showResult(this, { seconds, sound })
  }

  cancel() {
    this.microphone?.drop()
    this.microphone = undefined
    this.status.textContent = ""
    this.back()
  }

  back() {
    clearTimeout(this.timer)
    this.state = "ready"
    this.show()
  }

  show() {
    const { state, say } = this
    const running = state === "running"
    this.go.textContent = say({ ready: "lab_go", running: "lab_stop" }[state] ?? "lab_cancel")
    this.go.toggleAttribute("data-running", running)
    this.record.disabled = state !== "ready" || Boolean(cannotRecord())
    this.voice.button.disabled = state !== "ready"
    this.dialog.toggleAttribute("data-running", running)
    delete this.dialog.dataset.over
    if (state === "ready") {
      this.clock.textContent = "0.0"
      this.bar.value = 0
    }
  }

  end() {
    this.state = "ended"
    clearTimeout(this.timer)
    cancelAnimationFrame(this.frame)
    this.microphone?.drop()
    this.voice.stop()
    for (const url of this.urls ?? []) URL.revokeObjectURL(url)
  }

  /** An address for a sound, as long as the dialog is open. */
  addressOf(blob) {
    const url = URL.createObjectURL(blob)
    this.urls = [...(this.urls ?? []), url]
    return url
  }
}
