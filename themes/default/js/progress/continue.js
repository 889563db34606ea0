// <continue-reading> leads back to where the reader was. Its line is there, empty, before this module has run.
import { el } from "../lib/dom.js"
import { wordsOf } from "../lib/words.js"
import { siteUrl } from "../quiz/rich.js"
import { openLessons, whereNext } from "./lessons.js"

export default class ContinueReading extends HTMLElement {
  connectedCallback() {
    const place = whereNext(openLessons().read())
    if (!place?.url) return
    const say = wordsOf(this)
    this.replaceChildren(`${say("continue_at")} `, el("a", { href: siteUrl(place.url) }, place.title))
  }
}
