// <search-page> answers on the page of search: all results, narrowed by kind, method and channel, with an address
// that can be shared. Without this module the page says what there is instead.
import { leaveFound, make, remarks, remember, resultParts, say, searchIn } from "./search-client.js"

const SHOWN = 20
const QUIET = 300

export default class SearchPage extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    this.input = this.form.elements.q
    this.answer = this.querySelector(".search-answer")
    this.folder = new URL(this.answer.dataset.index, location.href)
    this.search = searchIn(this.folder)
    this.turn = 0
    this.form.addEventListener("submit", this)
    this.form.addEventListener("input", this)
    window.addEventListener("popstate", this)
    this.start()
  }

  disconnectedCallback() {
    window.removeEventListener("popstate", this)
    clearTimeout(this.timer)
  }

  handleEvent(event) {
    if (event.type === "popstate") return this.read()
    if (event.type === "submit") {
      event.preventDefault()
      remember(this.input.value)
      this.write("pushState")
      return this.ask()
    }
    this.limit = SHOWN
    return this.ask().then(() => this.write("replaceState"))
  }

  async start() {
    const offline = document.querySelector(".search-open")?.dataset.offline ?? ""
    try {
      this.manifest = await this.search.open()
    } catch {
      const again = make("p", "search-note search-warning", offline)
      again.setAttribute("role", "status")
      this.answer.prepend(again)
      this.answer.querySelector(".search-without").hidden = true
      return
    }
    this.words = this.manifest.words
    this.build()
    this.read()
  }

  build() {
    const { kinds, methods, channels } = this.manifest
    const facets = [
      ["kind", this.querySelector(".search-answer").dataset.kind, kinds.map(([id, title]) => [id, title])],
      ["method", this.querySelector(".search-answer").dataset.method, methods],
      ["channel", this.querySelector(".search-answer").dataset.channel, channels],
    ]
    const used = facets.filter(([, , options]) => options.length > 1)
    const row = make("div", "filters search-facets", ...used.map(([name, title, options]) => {
      const select = make("select", "", option("", this.words.all), ...options.map(([id, text]) => option(id, text)))
      select.name = name
      return make("label", "", title, select)
    }))
    this.form.append(row)
    this.status = make("p", "filters-count")
    this.status.setAttribute("role", "status")
    this.notes = make("div", "search-notes")
    this.list = make("ol", "search-results")
    this.more = make("button", "button", this.words.search_more)
    this.more.type = "button"
    this.more.hidden = true
    this.more.addEventListener("click", () => this.showMore())
    this.list.addEventListener("click", (event) => {
      const link = event.target.closest("a")
      if (!link) return
      remember(this.input.value)
      leaveFound(link.href, this.found)
    })
    this.answer.replaceChildren(this.status, this.notes, this.list, this.more)
  }

  /** From the address to the form. */
  read() {
    const wanted = new URLSearchParams(location.search)
    for (const field of this.form.querySelectorAll("[name]")) field.value = wanted.get(field.name) ?? ""
    this.limit = SHOWN
    return this.ask()
  }

  /** From the form to the address. */
  write(how) {
    const query = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => value))
    const address = query.size ? `?${query}` : location.pathname
    if (address !== location.search) history[how](null, "", address)
  }

  async ask() {
    if (!this.words) return
    const turn = ++this.turn
    const { q = "", ...filter } = Object.fromEntries(new FormData(this.form))
    const answer = await this.search.answer(q, filter, this.limit)
    if (turn !== this.turn) return
    this.found = answer.found
    this.notes.replaceChildren(...remarks(this.words, answer, q, (text) => {
      this.input.value = text
      this.input.focus()
      this.form.requestSubmit()
    }))
    this.list.replaceChildren(...answer.shown.flatMap((one) => (one.url === undefined ? [] : [this.item(one.hit, one)])))
    this.more.hidden = answer.hits.length <= this.limit
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.status.textContent = answer.isEmpty ? "" : say(this.words, "search_count", { n: answer.hits.length })
    }, QUIET)
  }

  item(hit, shown) {
    const [title, ...rest] = resultParts(this.manifest, hit, shown)
    const link = make("a", "", title)
    link.href = new URL(shown.url, new URL("../", this.folder))
    return make("li", "search-result", link, ...rest)
  }

  async showMore() {
    const { length } = this.list.children
    this.limit += SHOWN
    await this.ask()
    this.list.children[length]?.querySelector("a").focus()
  }
}

function option(value, text) {
  const element = make("option", "", text)
  element.value = value
  return element
}
