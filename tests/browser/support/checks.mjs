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

/** Focusable things of the page whose target is under 24 by 24 px, links in running text aside (axe measures neither inputs nor spacing). */
export function smallTargets(page) {
  return page.evaluate(() => [...document.querySelectorAll("button, input, select, summary, [role='button']")]
    .filter(element => !element.disabled && element.checkVisibility({ visibilityProperty: true }))
    .map(element => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
    .map(([element, box]) => `target of ${Math.round(box.width)} × ${Math.round(box.height)} px: ${element.outerHTML.slice(0, 120)}`))
}
