// The site as `ringback serve` gives it, at the root and under a path: the same pages, and nothing goes wrong in them.
import assert from "node:assert/strict"
import { spawn } from "node:child_process"
import { after, test } from "node:test"
import { startBrowser } from "./support/chromium.mjs"
import * as checks from "./support/checks.mjs"
import { openPage, visit } from "./support/page.mjs"
import { REPOSITORY, RINGBACK } from "./support/site.mjs"

const browser = await startBrowser()

/** Starts the server; answers with the address that it prints. */
function serve(...more) {
  const child = spawn(RINGBACK, ["--root", process.env.PLAYBOOK ?? REPOSITORY, "serve", "--port", "0", ...more], { stdio: ["ignore", "pipe", "pipe"] })
  after(() => child.kill())
  return new Promise((resolve, reject) => {
    let printed = ""
    const read = data => {
      printed += data
      const address = printed.match(/http:\/\/[^\s:]+:\d+\/\S*/)
      if (address) resolve(address[0])
    }
    child.stdout.on("data", read)
    child.stderr.on("data", read)
    child.on("exit", code => reject(new Error(`the server ended with ${code}: ${printed}`)))
  })
}

for (const [where, path, ...more] of [["at the root", "/"], ["under a path", "/team/playbook/", "--base-url", "https://host.example/team/playbook/"]]) {
  test(`pages served ${where} load whole and lead to one another`, async () => {
    const home = await serve(...more)
    assert.equal(new URL(home).pathname, path)
    const { page, context, problems } = await openPage(browser)
    await visit(page, home)
    const links = await page.evaluate(() => [...document.querySelectorAll("main a[href], .sidebar a[href]")].map(link => link.href.split("#")[0]))
    const inside = [...new Set(links)].filter(href => href.startsWith(home)).slice(0, 25)
    assert.ok(inside.length > 5, `only ${inside.length} links on the home page`)
    for (const href of inside) {
      const response = await visit(page, href)
      assert.equal(response.status(), 200, href)
      problems.push(...await checks.looseness(page), ...await checks.unguarded(page))
    }
    const lost = await visit(page, `${home}no/such/page/`)
    assert.equal(lost.status(), 404)
    assert.ok(await page.locator(`a[href="${path}"]`).count() > 0, "the page for the lost leads home")
    assert.deepEqual(problems, [])
    await context.close()
  })
}
