// <on-this-page> marks the heading that is being read. Without this module it is a plain list of links.
export class OnThisPage extends HTMLElement {
  connectedCallback() {
    this.links = new Map()
    for (const link of this.querySelectorAll("a")) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)))
      if (heading) this.links.set(heading, link)
    }
    this.observer = new IntersectionObserver(() => this.mark(), { rootMargin: "-80px 0px -60% 0px", threshold: [0, 1] })
    for (const heading of this.links.keys()) this.observer.observe(heading)
  }

  disconnectedCallback() {
    this.observer.disconnect()
  }

  mark() {
    let current
    for (const [heading, link] of this.links) {
      if (!current || heading.getBoundingClientRect().top < innerHeight * 0.4) current = link
    }
    for (const link of this.links.values()) {
      if (link === current) link.setAttribute("aria-current", "location")
      else link.removeAttribute("aria-current")
    }
  }
}
