// <example-gallery> filters the cards by method, rule, channel and verdict, and keeps the choice in the address.
// Without this module every card is shown and the form is not shown.
export default class ExampleGallery extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form")
    this.cards = [...this.querySelectorAll(".card")]
    this.count = this.querySelector(".filters-count")
    const wanted = new URLSearchParams(location.search)
    for (const select of this.form.elements) {
      const value = wanted.get(select.name)
      if (value && [...select.options].some((option) => option.value === value)) select.value = value
    }
    this.form.addEventListener("change", this)
    this.form.addEventListener("submit", this)
    if ([...this.form.elements].some((select) => select.value)) this.apply()
  }

  disconnectedCallback() {
    this.form.removeEventListener("change", this)
    this.form.removeEventListener("submit", this)
  }

  handleEvent(event) {
    event.preventDefault()
    this.apply()
    const query = new URLSearchParams([...new FormData(this.form)].filter(([, value]) => value))
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname)
  }

  apply() {
    const wanted = Object.fromEntries(new FormData(this.form))
    let shown = 0
    for (const card of this.cards) {
      card.hidden = !matches(card.dataset, wanted)
      if (!card.hidden) shown += 1
    }
    const { one, other, none } = this.count.dataset
    this.count.textContent = shown ? (shown === 1 ? one : other).replace("{n}", shown) : none
    this.count.hidden = false
  }
}

function matches({ method, channel, kept = "", broken = "" }, wanted) {
  const has = (list, value) => list.split(" ").includes(value)
  if (wanted.method && method !== wanted.method) return false
  if (wanted.channel && !has(channel, wanted.channel)) return false
  const lists = wanted.verdict === "kept" ? [kept] : wanted.verdict === "broken" ? [broken] : [kept, broken]
  if (!wanted.rule) return !wanted.verdict || lists[0] !== ""
  return lists.some((list) => has(list, wanted.rule))
}
