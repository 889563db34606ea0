// Decimal numbers as people type them, compared exactly: 0.1 + 0.2 is 0.3 here.

const NUMBER = /^[+\-−]?(\d+(\.\d*)?|\.\d+)$/

/** The number in a text as `{ digits, scale }` (digits ÷ 10^scale), or undefined. Knows "1,000", "1 000.5", "3,5", "$45" and "45 s". */
export function decimal(text) {
  let plain = String(text).normalize("NFKC").trim().replace(/[\s_'’]/gu, "")
  plain = plain.replace(/^([+\-−]?)[$€£¥]/u, "$1").replace(/(%|[$€£¥]|\p{L}+\.?)$/u, "")
  if (/^[+\-−]?\d{1,3}(,\d{3})+(\.\d*)?$/.test(plain)) plain = plain.replaceAll(",", "")
  else plain = plain.replace(/^([^,]*),(\d*)$/, "$1.$2")
  if (!NUMBER.test(plain)) return undefined
  const [whole, part = ""] = plain.replace("−", "-").replace("+", "").split(".")
  const isBelow = whole.startsWith("-")
  const digits = BigInt((whole.replace("-", "") || "0") + part)
  return { digits: isBelow ? -digits : digits, scale: part.length }
}

export const compare = {
  /** Whether a typed number is an answer, give or take the tolerance. */
  isWithin(typed, answer, tolerance = "0") {
    const numbers = [typed, answer, tolerance].map(decimal)
    if (numbers.includes(undefined)) return false
    const scale = Math.max(...numbers.map((number) => number.scale))
    const [a, b, most] = numbers.map((number) => number.digits * 10n ** BigInt(scale - number.scale))
    const gap = a > b ? a - b : b - a
    return gap <= (most < 0n ? -most : most)
  },
}
