// Which kinds of pages a built site has, and the heaviest page of each: that one is measured.
import { readdirSync, readFileSync } from "node:fs"
import { join, sep } from "node:path"

/** What may stand in a lesson and brings styles, scripts or pictures with it. */
const PARTS = { glossary: "<dt id=", quiz: "quiz-card", lab: "script-lab", cadence: "class=cadence", picture: "<img" }

/** Kind of page to `{ path, html }`, in order of their names. */
export function pageKinds(folder) {
  const kinds = new Map()
  const files = readdirSync(folder, { recursive: true }).map((file) => String(file).split(sep).join("/")).filter((file) => file.endsWith(".html"))
  for (const file of files.sort()) {
    const html = readFileSync(join(folder, file), "utf8")
    const kind = kindOf(file, html)
    if (!kind) continue
    const heavier = (kinds.get(kind)?.html.length ?? 0) < html.length
    if (heavier) kinds.set(kind, { path: `/${file.replace(/index\.html$/, "")}`, html })
  }
  return new Map([...kinds].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The template's own word, the folder where templates are shared, and what a lesson holds. */
function kindOf(file, html) {
  const [, word] = /<body class="?([\w-]+)/.exec(html) ?? []
  // What is left at an old address has no page of its own.
  if (!word || /http-equiv="?refresh/i.test(html)) return undefined
  const folders = file.split("/").slice(0, -1)
  if (word === "reference") return `${folders[0].replace(/s$/, "")}${folders.length > 1 ? "" : "s"}`
  if (word === "lost") return file.replace(".html", "")
  if (word !== "lesson") return word
  const body = html.slice(html.indexOf("<main"), html.indexOf("</main"))
  const parts = Object.entries(PARTS).filter(([, sign]) => body.includes(sign) || body.includes(sign.replace("=", "=\""))).map(([name]) => name)
  return [word, ...parts].join(" + ")
}
