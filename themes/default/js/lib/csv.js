// Tables as text (RFC 4180), written so that a spreadsheet runs nothing, and read however a spreadsheet wrote them.

/** What a spreadsheet may take for a formula, also behind apostrophes that were put before it. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/** A cell's text: an apostrophe before what looks like a formula, so that it stays text. */
function guarded(text) {
  return FORMULA.test(text) ? `'${text}` : text
}

/** Takes one apostrophe of `guarded` away again. */
function unguarded(text) {
  return text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text
}

/** Rows of texts as a file: a byte order mark so that spreadsheets read UTF-8, CR LF, quotes where they are needed. */
export function writeCsv(rows) {
  const cell = (value) => {
    const text = guarded(String(value ?? ""))
    return /[",;\r\n\t]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }
  return `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`
}

/** Rows of texts from a file: any line ends, comma, semicolon or tab between cells, quotes around line ends, with or without a mark. */
export function readCsv(text) {
  const source = text.startsWith("\ufeff") ? text.slice(1) : text
  const separator = separatorOf(source)
  const rows = []
  let row = []
  let cell = ""
  let quoted = false
  const endCell = () => {
    row.push(unguarded(cell))
    cell = ""
  }
  const endRow = () => {
    endCell()
    if (row.length > 1 || row[0] !== "") rows.push(row)
    row = []
  }
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at]
    if (quoted) {
      if (character !== '"') cell += character
      else if (source[at + 1] === '"') {
        cell += '"'
        at += 1
      } else quoted = false
    } else if (character === '"' && cell === "") quoted = true
    else if (character === separator) endCell()
    else if (character === "\n" || character === "\r") {
      if (character === "\r" && source[at + 1] === "\n") at += 1
      endRow()
    } else cell += character
  }
  if (cell !== "" || row.length) endRow()
  return rows
}

/** The separator that the first line, outside quotes, has most of. */
function separatorOf(text) {
  const counts = new Map([[",", 0], [";", 0], ["\t", 0]])
  let quoted = false
  for (const character of text) {
    if (character === '"') quoted = !quoted
    else if (!quoted && (character === "\n" || character === "\r")) break
    else if (!quoted && counts.has(character)) counts.set(character, counts.get(character) + 1)
  }
  return [...counts].reduce((best, one) => (one[1] > best[1] ? one : best))[0]
}
