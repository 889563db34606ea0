// What html-validate and Google's CSP evaluator say about a page; the rules we do not share are named with the reason.
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js"
import { Severity } from "csp_evaluator/dist/finding.js"
import { CspParser } from "csp_evaluator/dist/parser.js"
import { HtmlValidate } from "html-validate"

/** In characters; only the page of everything has more. */
const LARGE = 400_000

const validate = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Lower case is as valid, and what the minifier writes.
    "doctype-style": ["error", { style: "lowercase" }],
    // The minifier leaves out quotes that say nothing.
    "attr-quotes": ["error", { unquoted: true }],
    // A list or a quotation may have a name; an element that may not is still found.
    "aria-label-misuse": ["error", { allowAnyNamable: true }],
    // A quiz is an element of its own with the role of a section.
    "prefer-native-element": ["error", { exclude: ["region"] }],
    // HTML allows an id to begin with a digit, as a numbered heading does.
    "valid-id": ["error", { relaxed: true }],
    // A form that filters or plans while one types has nothing to send.
    "wcag/h32": "off",
    // Spaces at the end of a line are an author's, in a script that is shown as it was written.
    "no-trailing-whitespace": "off",
  },
})

/** Findings about a page's markup, each with its place. The page of everything, for paper, is read article by article: as one it takes minutes. */
export function markupFindings(html, name) {
  const pieces = html.length < LARGE ? [html] : cut(html)
  const found = pieces.flatMap((piece) => validate.validateStringSync(piece, name).results.flatMap(({ messages }) => messages))
  const said = found.map(({ ruleId, message, line, column, selector }) => `${ruleId}: ${message} (${line}:${column} ${selector ?? ""})`)
  return pieces.length > 1 ? [...said, ...idsTwice(html)] : said
}

/** The page without its articles, and each of them. */
function cut(html) {
  const [before, ...articles] = html.split(/(?=<article class="?print-page\b)/)
  const last = articles.pop()
  const end = last.search(/<\/div>\s*<\/main>/)
  return [before + last.slice(end), ...articles, last.slice(0, end)]
}

function idsTwice(html) {
  const ids = [...html.matchAll(/\sid=("[^"]*"|[^\s>]+)/g)].map(([, id]) => id.replaceAll('"', ""))
  const seen = new Set()
  return ids.filter((id) => seen.has(id) || !seen.add(id)).map((id) => `no-dup-id: ${id} stands twice`)
}

/** Findings about a policy that are more than a hint. That `'self'` may hold what others uploaded is none: a built site holds its own files. */
export function policyFindings(policy) {
  return new CspEvaluator(new CspParser(policy).csp).evaluate()
    .filter(({ severity, value }) => severity < Severity.INFO && value !== "'self'")
    .map(({ directive, value, description }) => `${directive} ${value ?? ""}: ${description}`)
}

/** The policies that hold on a page: of its meta tag, and of the header where there is one. */
export function policiesOf(html, headers) {
  const [, meta] = /<meta http-equiv="?Content-Security-Policy"? content="([^"]+)"/i.exec(html) ?? []
  return [meta ?? "", ...(headers?.has("content-security-policy") ? [headers.get("content-security-policy")] : [])]
}
