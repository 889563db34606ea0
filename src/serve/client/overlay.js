// <ringback-live> lies over the page: a light that says how things stand, and behind it every mistake with its place, the
// line itself and what to type. It opens by itself for mistakes that are new, never takes the focus, and closes with Escape.

export class LivePanel extends HTMLElement {
  constructor() {
    super()
    this.root = this.attachShadow({ mode: "open" })
    this.isThere = true
    this.isOpen = false
    this.follow = false
    /** The mistakes that the reader has put away. */
    this.dismissed = ""
  }

  connectedCallback() {
    this.said = el("p", { class: "said", role: "status" })
    this.light = el("button", { type: "button", class: "light", "aria-expanded": "false", "aria-controls": "panel", onclick: () => this.toggle() })
    this.panel = el("section", { id: "panel", class: "panel", "aria-labelledby": "title", hidden: true })
    this.root.append(el("link", { rel: "stylesheet", href: new URL("overlay.css", import.meta.url).pathname }), this.said, this.panel, this.light)
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return
      event.stopPropagation()
      this.put(false)
      this.light.focus()
    })
  }

  /** Shows a state; `path` is the site path of the page behind. */
  show(state, path) {
    const before = this.state
    ;[this.state, this.path] = [state, path]
    const marks = signature(state)
    if (marks === "") {
      this.dismissed = ""
      if (this.isOpen && before && signature(before) !== "") this.isOpen = false
    } else if (marks !== this.dismissed && (!before || marks !== signature(before))) this.isOpen = true
    if (before && marks !== signature(before)) this.said.textContent = this.summary()
    this.draw()
  }

  /** The server is there, or is not. */
  link(isThere) {
    this.isThere = isThere
    this.said.textContent = isThere ? "" : this.say("live_lost")
    this.draw()
  }

  toggle() {
    this.put(!this.isOpen)
  }

  put(open) {
    this.isOpen = open
    if (!open) this.dismissed = signature(this.state)
    this.draw()
  }

  say(name, values = {}) {
    const form = this.state?.words[name] ?? name
    const text = typeof form === "string" ? form : values.n === 1 ? form.one : form.other
    return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole)
  }

  summary() {
    const { errors, warnings, failed } = this.state
    if (failed) return this.say("live_failed")
    const parts = [errors && this.say("live_errors", { n: errors }), warnings && this.say("live_warnings", { n: warnings })].filter(Boolean)
    return parts.length ? parts.join(", ") : this.say("live_fine")
  }

  draw() {
    if (!this.state) return
    const { errors, warnings, failed } = this.state
    const tone = !this.isThere ? "lost" : errors || failed ? "broken" : warnings ? "asking" : "fine"
    // Part of what the label says.
    const count = failed ? 0 : errors || warnings
    const label = this.isThere ? this.summary() : this.say("live_lost")
    this.light.dataset.tone = tone
    this.light.setAttribute("aria-expanded", String(this.isOpen))
    this.light.setAttribute("aria-label", `${this.say("live_title")}: ${label}`)
    this.light.title = label
    this.light.replaceChildren(el("span", { class: "dot", "aria-hidden": "true" }), ...(count ? [el("span", { "aria-hidden": "true" }, String(count))] : []))
    this.panel.hidden = !this.isOpen
    if (this.isOpen) this.fill(tone, label)
  }

  fill(tone, label) {
    const { state } = this
    const hide = el("button", { type: "button", class: "hide", onclick: () => { this.put(false); this.light.focus() } }, this.say("live_hide"))
    const box = el("input", { type: "checkbox", onchange: (event) => {
      this.follow = event.target.checked
      this.dispatchEvent(new CustomEvent("live:follow", { detail: this.follow }))
    } })
    box.checked = this.follow
    const isOwn = (one) => one.page === this.path
    const mistakes = [...state.mistakes].sort((a, b) => isOwn(b) - isOwn(a))
    const more = state.errors + state.warnings - mistakes.length
    const kept = this.root.activeElement
    const [was, scroll] = [kept?.className ?? kept?.type, this.panel.querySelector(".list")?.scrollTop ?? 0]
    this.panel.dataset.tone = tone
    this.panel.replaceChildren(
      el("header", {}, el("h2", { id: "title" }, label), hide),
      el("div", { class: "list", tabindex: "0", role: "group", "aria-labelledby": "title" },
        state.failed && el("p", { class: "failed" }, state.failed),
        (state.allHeld || state.held.includes(this.path)) && el("p", { class: "held" }, this.say("live_held")),
        mistakes.map((one) => this.mistake(one)),
        more > 0 && el("p", {}, this.say("live_more", { n: more }))),
      el("footer", {}, el("label", {}, box, el("span", {}, this.say("live_follow")))),
    )
    this.panel.querySelector(".list").scrollTop = scroll
    if (kept && !kept.isConnected) [...this.panel.querySelectorAll("button, input")].find((one) => (one.className || one.type) === was)?.focus()
  }

  mistake(one) {
    return el("article", { class: "mistake", "data-severity": one.severity },
      el("p", { class: "message" }, el("code", { class: "code", title: one.title }, one.code), " ", ...this.ticked(one.message)),
      this.place(one.place),
      one.help && el("p", { class: "help" }, el("b", {}, this.say("live_help")), " ", ...this.ticked(one.help)),
      one.related && el("div", { class: "related" }, el("p", {}, ...this.ticked(one.related.message)), this.place(one.related)),
    )
  }

  place({ path, line, column, words, editor }) {
    const text = line ? `${path}:${line}:${column}` : path
    const name = editor ? el("a", { href: editor, class: "place", title: this.say("live_open") }, text) : el("span", { class: "place" }, text)
    return [
      el("p", { class: "where" }, name),
      words && el("pre", { tabindex: "0", "aria-label": text }, el("span", { class: "line", "aria-hidden": "true" }, `${line} `), words.before, el("mark", { "data-empty": words.marked === "" }, words.marked), words.after),
    ]
  }

  /** Words with what stands between backticks as code. */
  ticked(text) {
    return text.split("`").map((piece, at) => at % 2 ? el("code", {}, piece) : piece)
  }
}

/** What tells these mistakes from others. */
function signature({ failed, mistakes }) {
  return [failed ?? "", ...mistakes.map((one) => `${one.code} ${one.place.path} ${one.message}`)].join("\n").trim()
}

function el(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value)
    else element.setAttribute(key, value === true ? "" : value)
  }
  element.append(...children.flat(3).filter((child) => child !== false && child !== null && child !== undefined))
  return element
}
