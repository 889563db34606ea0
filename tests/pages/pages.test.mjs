// Every page of the shipped playbook and of the documentation, as it is written: html-validate and the CSP evaluator find nothing.
// They are sorry judges when they see nothing, so each is first shown a page and a policy that are wrong.
import assert from "node:assert/strict"
import { execFileSync } from "node:child_process"
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { after, test } from "node:test"
import { fileURLToPath } from "node:url"
import { markupFindings, policiesOf, policyFindings } from "./support/validators.mjs"

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url))
const RINGBACK = process.env.RINGBACK ?? join(REPOSITORY, "target/debug/ringback")
const room = mkdtempSync(join(tmpdir(), "ringback-pages-"))
after(() => rmSync(room, { recursive: true, force: true }))

/** Path and text of every page. */
function pages(root) {
  const site = join(room, root ? "docs" : "playbook")
  execFileSync(RINGBACK, ["--root", join(REPOSITORY, root), "build", "--quiet", "--output", site, "--base-url", "https://host.example/team/"], { stdio: "inherit" })
  const files = readdirSync(site, { recursive: true }).map(String).filter((file) => file.endsWith(".html"))
  const header = /Content-Security-Policy: (.*)/.exec(readFileSync(join(site, "_headers"), "utf8"))[1]
  return { files: files.sort().map((file) => [file, readFileSync(join(site, file), "utf8")]), headers: new Map([["content-security-policy", header]]) }
}

test("what is wrong is found", () => {
  const findings = markupFindings("<!doctype html><html lang=en><head><title>x</title></head><body><h1>x</h1><button type=button></button><p id=a></p><p id=a></p></body></html>", "x.html")
  assert.deepEqual(findings.map((finding) => finding.split(":")[0]).sort(), ["no-dup-id", "text-content"])
  assert.notDeepEqual(policyFindings("default-src 'none'; script-src 'self' 'unsafe-inline'; base-uri 'none'"), [])
  assert.notDeepEqual(policyFindings(policiesOf("<p>no policy</p>")[0]), [])
})

for (const [name, root, least] of [["the playbook", "", 100], ["the documentation", "docs", 20]]) {
  test(`${name}: every page is valid and its policy strict`, (t) => {
    const { files, headers } = pages(root)
    assert.ok(files.length >= least, `only ${files.length} pages`)
    const judged = new Map()
    const complaints = files.flatMap(([file, html]) => [
      ...markupFindings(html, file),
      ...policiesOf(html, headers).flatMap((policy) => {
        if (!judged.has(policy)) judged.set(policy, policyFindings(policy))
        return judged.get(policy)
      }),
    ].map((finding) => `${file}: ${finding}`))
    t.diagnostic(`${files.length} pages, ${judged.size} policies`)
    assert.ok(complaints.length === 0, `${complaints.length} complaints\n${complaints.slice(0, 50).join("\n")}`)
  })
}
