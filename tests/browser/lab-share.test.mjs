// Scripts in links: what goes in comes out, however odd; what nobody of ours has made does no harm; examples open in the lab.
import assert from "node:assert/strict"
import { test } from "node:test"
import { deflateRawSync } from "node:zlib"
import { startBrowser } from "./support/chromium.mjs"
import { openLab, ready, text, write } from "./support/lab.mjs"
import { openPage, visit } from "./support/page.mjs"
import { buildAndServe } from "./support/site.mjs"

const site = await buildAndServe()
const browser = await startBrowser()
const LAB = `${site.url}lab/`

const link = (payload, mark = "#s=1.") => mark + deflateRawSync(typeof payload === "string" || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload)).toString("base64url")

async function open(hash, options) {
  const opened = await openPage(browser, options)
  await visit(opened.page, LAB + hash)
  await ready(opened.page)
  return opened
}

const SCRIPTS = {
  "quotes and markup": `"Hi" 'there' <b>&amp; </textarea><script>alert(1)</script> \\ \`\${x}\``,
  "emoji and other alphabets": "👩‍👩‍👧‍👦 Zoë, 日本語, שלום, \u202Egnirts\u202C, é\u0301, \u{1F3F4}\u{E0067}\u{E0062}",
  "five kilobytes": Array.from({ length: 700 }, (_, n) => `w${(n * 7919) % 1000}`).join(" ").padEnd(5200, " end"),
  "line ends": "one\n\ntwo\n\tthree  \n",
}

for (const [name, words] of Object.entries(SCRIPTS)) {
  test(`a link brings back ${name}`, async () => {
    const { page, context, problems } = await openLab(browser, LAB)
    await write(page, words)
    assert.equal(await text(page), words)
    await page.locator(".lab-method input").first().check()
    const method = await page.locator(".lab-method input").first().inputValue()
    await page.getByLabel("E-mail").check()
    await page.locator("[data-do=share]").click()
    const address = await page.locator("dialog input").inputValue()
    assert.ok(address.startsWith(`${LAB}#s=1.`) && /^[\w.=-]+$/.test(address.split("#")[1]), address)
    assert.deepEqual(problems, [])
    await context.close()
    const other = await open(address.slice(LAB.length))
    assert.equal(await text(other.page), words)
    assert.equal(await other.page.locator(".lab-method input:checked").inputValue(), method)
    assert.equal(await other.page.locator(".lab-channel input:checked").inputValue(), "email")
    assert.deepEqual(other.problems, [])
    await other.context.close()
  })
}

const HOSTILE = {
  "no base64": "#s=1.%%%",
  "nothing": "#s=1.",
  "not deflated": `#s=1.${Buffer.from("hello").toString("base64url")}`,
  "another version": link(["sell-the-call", "voicemail", "x"], "#s=2."),
  "no JSON": link("{"),
  "other types": link([{ toString: "x" }, ["voicemail"], 7]),
  "an object with a prototype": link('{"__proto__":{"text":"x"},"text":"x"}'),
  "too many parts": link(["a", "b", "c", "d"]),
  "broken UTF-8": link(Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d])),
  "a bomb": link(Buffer.alloc(40_000_000, 0x20)),
  "a script that is too long": link(["a", "voicemail", "x".repeat(20_001)]),
  "a very long address": `#s=1.${"A".repeat(1_000_000)}`,
}

test("a link that holds no script is said, and changes nothing", async () => {
  const fresh = await openLab(browser, LAB)
  const first = await text(fresh.page)
  await fresh.context.close()
  for (const [name, hash] of Object.entries(HOSTILE)) {
    const { page, context, problems } = await open(hash)
    assert.equal(await text(page), first, name)
    assert.match(await page.locator(".notice").innerText(), /holds no script/, name)
    assert.deepEqual(problems, [], name)
    await context.close()
  }
})

test("a link's words are text and its names are only looked up", async () => {
  const words = `<img src=x onerror=alert(1)><svg onload=alert(2)>javascript:alert(3)`
  const { page, context, problems } = await open(link([`"]{}<b>constructor`, "__proto__", words]))
  page.on("dialog", () => problems.push("a dialog opened"))
  assert.equal(await text(page), words)
  assert.equal(await page.locator("script-lab img, script-lab .lab-marks svg, script-lab b").count(), 0)
  assert.equal(await page.locator(".lab-method input:checked").count(), 1)
  await page.locator("[data-do=keep]").click()
  await page.locator("[data-do=drafts]").click()
  assert.equal(await page.locator("dialog img, dialog b").count(), 0)
  assert.deepEqual(problems, [])
  await context.close()
})

test("a link takes nothing away from the draft that was there", async () => {
  const { page, context } = await openLab(browser, LAB)
  await write(page, "Hi Dana, this is mine.")
  await page.waitForTimeout(500)
  await visit(page, "about:blank")
  await visit(page, LAB + link(["sell-the-call", "voicemail", "Hello, this is theirs."]))
  await ready(page)
  assert.equal(await text(page), "Hello, this is theirs.")
  await page.locator("script-lab textarea").press("Control+End")
  await page.keyboard.type(" And more.")
  await page.waitForTimeout(500)
  assert.equal(new URL(page.url()).hash, "")
  await page.locator("[data-do=drafts]").click()
  await page.locator("dialog h3").first().waitFor()
  const names = await page.locator("dialog h3").allInnerTexts()
  assert.equal(names.length, 2, names.join())
  await context.close()
})

test("an example opens in the lab with its own side and method", async () => {
  const { page, context, problems } = await openPage(browser)
  await visit(page, `${site.url}examples/`)
  await page.locator(".card h2 a").first().click()
  const side = page.locator("article.script-after")
  const words = (await side.locator(".script-text").evaluate(one => {
    const copy = one.cloneNode(true)
    for (const number of copy.querySelectorAll(".span-ref")) number.remove()
    return copy.textContent
  })).trim()
  const score = await side.locator(".score span[aria-hidden]").first().innerText()
  await side.getByRole("link", { name: "Open in the script lab" }).click()
  await ready(page)
  assert.equal((await text(page)).trim(), words)
  assert.equal(await page.locator(".score span[aria-hidden]").innerText(), score)
  await visit(page, `${LAB}?example=no-such-thing&side=after`)
  await ready(page)
  assert.ok((await text(page)).length > 20)
  assert.deepEqual(problems, [])
  await context.close()
})
