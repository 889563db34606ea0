// The script lab under test: opening it, writing in it, reading what it shows.
import { openPage, visit } from "./page.mjs"

/** Opens a page with a lab and waits until it grades. */
export async function openLab(browser, url, circumstances = {}) {
  const opened = await openPage(browser, circumstances)
  await visit(opened.page, url)
  await ready(opened.page)
  return opened
}

export const ready = page => page.waitForSelector("script-lab[data-ready]", { state: "attached" })

/** Selects all that is there and types over it. */
export async function write(page, text) {
  await page.locator("script-lab textarea").focus()
  await page.keyboard.press("Control+a")
  await page.keyboard.insertText(text)
}

export const text = page => page.locator("script-lab textarea").inputValue()

/** The marks as they stand in the layer: `[{ start, end, tone, words }]`. */
export function marks(page) {
  return page.evaluate(() => {
    let at = 0
    const found = []
    for (const node of document.querySelector("script-lab .lab-marks").childNodes) {
      const words = node.textContent
      if (node.nodeName === "MARK") found.push({ start: at, end: at + words.length, tone: node.className.split("-").at(-1), words })
      at += words.length
    }
    return found
  })
}

/** Waits until everything that follows a pause in typing has been shown. */
export const calm = page => page.waitForTimeout(250)

/** The two layers hold the same words, and each line of one lies on the same line of the other. */
export function layersDiffer(page) {
  return page.evaluate(() => {
    const field = document.querySelector("script-lab textarea")
    const layer = document.querySelector("script-lab .lab-marks")
    if (layer.textContent !== `${field.value}\n`) return `the layer says ${JSON.stringify(layer.textContent.slice(0, 80))}`
    const [a, b] = [getComputedStyle(field), getComputedStyle(layer)]
    const names = ["fontFamily", "fontSize", "fontWeight", "fontStyle", "fontKerning", "fontVariantLigatures", "letterSpacing", "wordSpacing", "lineHeight", "textIndent",
      "paddingTop", "paddingLeft", "paddingRight", "borderLeftWidth", "borderTopWidth", "whiteSpace", "overflowWrap", "wordBreak", "tabSize", "width", "direction", "textAlign"]
    const styles = names.filter(name => a[name] !== b[name])
    if (styles.length) return `styles differ: ${styles.map(name => `${name} ${a[name]} ${b[name]}`)}`
    // The words without marks, set as the field sets them, take the same lines.
    const plain = layer.cloneNode(false)
    plain.textContent = `${field.value}\n`
    plain.removeAttribute("id")
    layer.parentElement.append(plain)
    const lines = root => {
      const range = document.createRange()
      range.selectNodeContents(root)
      const tops = new Map()
      for (const box of range.getClientRects()) {
        const top = Math.round(box.top)
        const [left, right] = tops.get(top) ?? [Infinity, -Infinity]
        tops.set(top, [Math.min(left, box.left), Math.max(right, box.right)])
      }
      return [...tops].sort(([one], [other]) => one - other).map(([top, [left, right]]) => [top, left, right])
    }
    // Half a pixel: the browser rounds the edges of a marked run and of a plain one apart.
    const same = (one, other) => other && one.every((edge, at) => Math.abs(edge - other[at]) <= 0.75)
    const [marked, unmarked] = [lines(layer), lines(plain)]
    const height = plain.scrollHeight
    plain.remove()
    const off = marked.findIndex((line, at) => !same(line, unmarked[at]))
    if (off >= 0 || marked.length !== unmarked.length) return `lines differ: ${marked[off]} and ${unmarked[off]}, ${marked.length} and ${unmarked.length}`
    if (field.scrollHeight > field.clientHeight + 1) return `the field scrolls: ${field.scrollHeight} in ${field.clientHeight}`
    const rest = height > 300 ? Math.abs(field.scrollHeight - layer.scrollHeight) : 0
    return rest > 1 ? `heights differ: ${field.scrollHeight} and ${layer.scrollHeight}` : ""
  })
}
