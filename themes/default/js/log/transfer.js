// The log as a table, in and out.
import { readCsv, writeCsv } from "../lib/csv.js"
import { fromRows, newAmong, orderOf, toRows } from "./entry.js"

/** A file of more is no log that was written by hand. */
export const MOST_BYTES = 10_000_000

/** The entries as a CSV file, newest first. */
export function exportText(entries) {
  return writeCsv(toRows([...entries].sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1))))
}

/** What a file would add: `{ fresh, known, empty }`, or null if it holds no log. */
export function readImport(text, present) {
  const read = fromRows(readCsv(text))
  if (!read) return null
  const fresh = newAmong(read.entries, present)
  return { fresh, known: read.entries.length - fresh.length, empty: read.empty }
}

/** A file's text: UTF-8 or UTF-16 by its mark, else UTF-8 if it is, else the old Windows encoding of spreadsheets. */
export async function textOf(file) {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes)
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}
