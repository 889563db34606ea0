// <script-lab> grades a script while it is written. On the lab's own page its modules come at once; in a lesson they come when
// the reader first touches the block, which until then shows the grade that the build has given.
const TOUCH = ["focusin", "pointerdown", "input"]

export default class ScriptLab extends HTMLElement {
  connectedCallback() {
    if ("whole" in this.dataset) this.load()
    else for (const type of TOUCH) this.addEventListener(type, this)
  }

  disconnectedCallback() {
    for (const type of TOUCH) this.removeEventListener(type, this)
    this.lab?.stop()
  }

  handleEvent() {
    for (const type of TOUCH) this.removeEventListener(type, this)
    this.load()
  }

  async load() {
    const { Lab } = await import("../lab/lab.js")
    this.lab = new Lab(this)
    await this.lab.start()
    this.dataset.ready = ""
  }
}
