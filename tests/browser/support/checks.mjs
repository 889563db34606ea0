// What every page must hold, as functions that answer with a list of complaints.
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8")
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

/** axe's findings: WCAG 2.2 A and AA and its best practices. */
export async function axeFindings(page) {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(tags => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"] }), TAGS)
  return violations.flatMap(({ id, help, nodes }) => nodes.map(node => `axe ${id}: ${help}: ${node.html.slice(0, 160)} ${node.any[0]?.message ?? ""}`))
}

/** Elements that stick out to the side, when the page can be scrolled sideways. */
export function sidewaysScroll(page) {
  return page.evaluate(() => {
    const root = document.documentElement
    if (Math.max(root.scrollWidth, document.body.scrollWidth) <= root.clientWidth) return []
    const sticksOut = element => element.getBoundingClientRect().right > root.clientWidth + 0.5
    const inScroller = element => element.closest("pre, .table, [data-scroll], [tabindex='0']")
    const culprits = [...document.body.querySelectorAll("*")].filter(element => sticksOut(element) && !inScroller(element))
    const names = culprits.slice(0, 3).map(element => element.outerHTML.slice(0, 120))
    return [`scrolls sideways: ${root.scrollWidth} px wide in ${root.clientWidth}: ${names.join(" | ")}`]
  })
}

/** What the policy of the page allows beyond its own files. */
export function looseness(page) {
  return page.evaluate(() => {
    const policy = document.querySelector("meta[http-equiv='Content-Security-Policy']")?.content
    if (!policy) return ["no Content-Security-Policy"]
    const directives = new Map(policy.split(";").map(text => text.trim().split(/\s+/)).map(([name, ...values]) => [name, values.join(" ")]))
    const complaints = []
    for (const name of ["script-src", "style-src"]) {
      if (directives.get(name) !== "'self'") complaints.push(`${name} is ${directives.get(name) ?? "missing"}`)
    }
    if (/unsafe|\*|https?:/.test(policy)) complaints.push(`the policy is loose: ${policy}`)
    return complaints
  })
}

/** Our own scripts and styles that lack an integrity hash. */
export function unguarded(page) {
  return page.evaluate(() => [...document.querySelectorAll("script[src], link[rel='stylesheet'], link[rel='modulepreload']")]
    .filter(element => !/^sha(256|384|512)-/.test(element.integrity))
    .map(element => `no integrity: ${element.outerHTML}`))
}

/** Ids used twice, and labels or links that point at none. */
export function brokenReferences(page) {
  return page.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map(element => element.id)
    const twice = [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].map(id => `id twice: ${id}`)
    const names = ["aria-labelledby", "aria-describedby", "aria-controls", "for"]
    const dangling = names.flatMap(name => [...document.querySelectorAll(`[${name}]`)]
      .flatMap(element => element.getAttribute(name).split(/\s+/))
      .filter(id => id && !ids.includes(id)).map(id => `${name} names no element: ${id}`))
    const anchors = [...document.querySelectorAll("a[href^='#']")].map(link => decodeURIComponent(link.hash.slice(1)))
      .filter(id => id && !ids.includes(id)).map(id => `link to nowhere on this page: #${id}`)
    return [...twice, ...dangling, ...new Set(anchors)]
  })
}

/**
 * Targets under 24 by 24 px (WCAG 2.5.8; axe measures neither inputs nor links): a link in a line of text may be small, and what is
 * alone in a circle of 24 px around its middle.
 */
export function smallTargets(page) {
  return page.evaluate(() => {
    const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [role='button']")]
      .filter(element => !element.disabled && element.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
      .map(element => [element, element.closest("label")?.getBoundingClientRect() ?? element.getBoundingClientRect()])
      .filter(([, box]) => box.width > 1 && box.height > 1)
    const inText = element => element.tagName === "A" && getComputedStyle(element).display.startsWith("inline")
      && (element.closest("sup") ?? element).parentElement.textContent.trim().length > element.textContent.trim().length
    const near = (box, x, y) => Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom)) < 12
    const isAlone = (element, { left, right, top, bottom }) => element.tagName === "A"
      // What a scroller cuts off may lie, unseen, over what follows it.
      && !targets.some(([other, box]) => other !== element && other.closest(".table") === element.closest(".table") && near(box, (left + right) / 2, (top + bottom) / 2))
    return targets.filter(([element, box]) => (box.width < 24 || box.height < 24) && !inText(element) && !isAlone(element, box))
      .map(([element, box]) => `target of ${Math.round(box.width)} × ${Math.round(box.height)} px: ${element.outerHTML.slice(0, 120)}`)
  })
}

/**
 * Focuses everything that takes the focus, down the page and up again: each has a ring, is in sight and not under something else
 * (WCAG 2.4.7 and 2.4.11).
 */
export async function unseenFocus(page) {
  // From here on the browser takes what is focused for focused by the keyboard.
  await page.keyboard.press("Tab")
  return page.evaluate(() => {
    // A page that holds a whole book repeats what others have: the first ones will do.
    const takers = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
      .filter(element => !element.disabled && element.checkVisibility({ visibilityProperty: true })).slice(0, 150)
    const complaints = new Set()
    for (const element of [...takers, ...takers.toReversed()]) {
      element.focus()
      if (document.activeElement !== element) continue
      // A radio that is drawn by its label has its ring there.
      const drawn = [element, element.nextElementSibling, element.closest("label"), element.parentElement].filter(Boolean)
      const ring = drawn.some(one => {
        const style = getComputedStyle(one)
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || one === element && style.boxShadow !== "none"
      })
      // As much as the standard asks: a part of it is in sight, whatever its size.
      const own = element.closest("label") ?? element
      const boxes = [...own.getClientRects()].filter(box => box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth)
      const within = (from, to, end) => [0.1, 0.5, 0.9].map(part => Math.min(Math.max(from + (to - from) * part, 1), end - 1))
      const tops = boxes.flatMap(box => within(box.left, box.right, innerWidth)
        .flatMap(x => within(Math.max(box.top, 0), Math.min(box.bottom, innerHeight), innerHeight).map(y => document.elementFromPoint(x, y))))
      const name = element.outerHTML.slice(0, 120)
      if (!ring) complaints.add(`no ring: ${name}`)
      if (boxes.length === 0) complaints.add(`focused out of sight: ${name}`)
      else if (!tops.some(top => own.contains(top))) complaints.add(`covered by ${tops[0]?.outerHTML.slice(0, 60)}: ${name}`)
    }
    return [...complaints]
  })
}

/** Words that a box cuts off. */
export function cutOff(page) {
  return page.evaluate(() => [...document.querySelectorAll("body *")]
    .filter(element => element.checkVisibility({ visibilityProperty: true }) && element.textContent.trim() && !element.closest(".visually-hidden"))
    .filter(element => {
      const style = getComputedStyle(element)
      const cuts = (overflow, inside, room) => ["hidden", "clip"].includes(overflow) && inside > room + 2
      return cuts(style.overflowX, element.scrollWidth, element.clientWidth) || cuts(style.overflowY, element.scrollHeight, element.clientHeight)
    })
    .map(element => `cut off: ${element.outerHTML.slice(0, 120)}`))
}
