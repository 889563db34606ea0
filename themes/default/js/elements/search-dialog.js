// The search over every page: a field with its list of results, worked by arrows, Enter and Escape.
// The field is a combobox and keeps the focus; the list is its listbox. Answers that come too late are dropped.
import { leaveFound, make, recentSearches, remarks, remember, resultParts, say, searchIn } from "./search-client.js"

const SHOWN = 8
const QUIET = 500

let dialog

/** Opens the search of the site whose page of search `form` leads to. */
export async function openDialog(form) {
  dialog ??= new SearchDialog(form)
  dialog.open()
}

class SearchDialog {
  constructor(form) {
    this.page = form.action
    this.search = searchIn(form.action)
    this.turn = 0
    this.options = []
    this.current = -1
    this.build(form)
  }

  build(form) {
    const { label, hint, close } = form.dataset
    this.input = Object.assign(make("input"), {
      type: "search", placeholder: hint, maxLength: 300, autocomplete: "off", spellcheck: false, enterKeyHint: "go", name: "q",
    })
    const state = {
      role: "combobox", "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "search-list",
      autocapitalize: "off",
    }
    for (const [name, value] of Object.entries(state)) this.input.setAttribute(name, value)
    this.list = make("div", "search-list")
    this.list.id = "search-list"
    this.list.setAttribute("role", "listbox")
    this.list.setAttribute("aria-label", label)
    this.notes = make("div", "search-notes")
    this.status = make("p", "visually-hidden")
    this.status.setAttribute("role", "status")
    const closer = make("button", "search-close", close)
    closer.type = "button"
    closer.addEventListener("click", () => this.element.close())
    const field = make("div", "search-field", form.querySelector("svg").cloneNode(true), this.input)
    this.all = make("a", "search-all")
    this.all.hidden = true
    this.scroller = make("div", "search-scroller", this.notes, this.list)
    this.element = make("dialog", "search-dialog", make("div", "search-head", field, closer), this.status, this.scroller, this.all)
    this.element.setAttribute("aria-label", label)
    document.body.append(this.element)
    this.input.addEventListener("input", () => this.ask())
    this.input.addEventListener("keydown", (event) => this.key(event))
    this.list.addEventListener("click", (event) => this.leave(event))
    this.all.addEventListener("click", () => remember(this.input.value))
    this.element.addEventListener("click", (event) => event.target === this.element && this.element.close())
    this.element.addEventListener("close", () => this.closed())
  }

  open() {
    if (!this.element.open) this.element.showModal()
    this.input.select()
    this.ask()
  }

  async ask() {
    const query = this.input.value
    const turn = ++this.turn
    let manifest
    try {
      manifest = await this.search.open()
    } catch {
      if (turn === this.turn) this.offline()
      return
    }
    this.words = manifest.words
    if (turn !== this.turn) return
    if (!query.trim()) return this.showRecent()
    const answer = await this.search.answer(query, {}, SHOWN)
    if (turn !== this.turn) return
    this.notes.replaceChildren(...remarks(this.words, answer, query, (text) => this.type(text)))
    this.fill(answer.shown.flatMap((one) => (one.url === undefined ? [] : [this.option(manifest, one.hit, one)])))
    this.found = answer.found
    const more = answer.hits.length > this.options.length
    this.all.hidden = !more
    this.all.href = `${this.page}?q=${encodeURIComponent(query)}`
    this.all.textContent = `${this.words.search_all_results}: ${answer.hits.length}`
    this.announce(answer.hits.length ? say(this.words, "search_count", { n: answer.hits.length }) : say(this.words, "search_none", { query: query.slice(0, 60) }))
  }

  option(manifest, hit, shown) {
    const link = make("a", "search-result", ...resultParts(manifest, hit, shown))
    link.href = new URL(shown.url, new URL("../", this.page))
    return link
  }

  showRecent() {
    const recent = recentSearches()
    const button = make("button", "search-meant", this.words.search_forget)
    button.type = "button"
    button.addEventListener("click", () => {
      remember(undefined)
      this.input.focus()
      this.showRecent()
    })
    this.notes.replaceChildren(...(recent.length ? [make("p", "search-note", make("strong", "", this.words.search_recent), " ", button)] : []))
    this.all.hidden = true
    this.fill(recent.map((query) => {
      const link = make("a", "search-result search-again", query)
      link.href = `${this.page}?q=${encodeURIComponent(query)}`
      link.dataset.again = query
      return link
    }))
  }

  offline() {
    const { offline } = document.querySelector(".search-open").dataset
    this.notes.replaceChildren(make("p", "search-note search-warning", offline))
    this.fill([])
    this.announce(offline)
  }

  fill(options) {
    options.forEach((option, at) => {
      option.id = `search-option-${at}`
      option.setAttribute("role", "option")
      option.setAttribute("aria-selected", "false")
      option.tabIndex = -1
    })
    this.options = options
    this.list.replaceChildren(...options)
    this.list.hidden = !options.length
    this.input.setAttribute("aria-expanded", String(options.length > 0))
    this.scroller.scrollTop = 0
    this.choose(-1)
  }

  choose(at) {
    this.options[this.current]?.setAttribute("aria-selected", "false")
    this.current = at
    const option = this.options[at]
    if (!option) return this.input.removeAttribute("aria-activedescendant")
    option.setAttribute("aria-selected", "true")
    option.scrollIntoView({ block: "nearest" })
    this.input.setAttribute("aria-activedescendant", option.id)
  }

  key(event) {
    const { length } = this.options
    const steps = { ArrowDown: 1, ArrowUp: -1 }
    if (event.key in steps && length) {
      event.preventDefault()
      // The field itself is one more stop, between the last and the first.
      this.choose(((this.current + 1 + steps[event.key] + length + 1) % (length + 1)) - 1)
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault()
      const option = this.options[Math.max(0, this.current)]
      if (option) option.click()
    } else if (event.key === "Escape") {
      // A search field would be emptied first.
      event.preventDefault()
      this.element.close()
    }
  }

  closed() {
    clearTimeout(this.timer)
    // Else the hidden field would still have the keyboard, and / would be a letter for it.
    this.input.blur()
  }

  leave(event) {
    const link = event.target.closest("a")
    if (!link) return
    if (link.dataset.again) {
      event.preventDefault()
      return this.type(link.dataset.again)
    }
    remember(this.input.value)
    this.element.close()
    leaveFound(link.href, this.found)
  }

  type(text) {
    this.input.value = text
    this.input.focus()
    this.ask()
  }

  announce(text) {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => { this.status.textContent = text }, QUIET)
  }
}
