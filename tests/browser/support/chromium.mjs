// Starts the system's Chromium for a test file, and ends it with the file.
import { accessSync, constants } from "node:fs"
import { after } from "node:test"
import { chromium } from "playwright-core"

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge"]
const PLACES = [...(process.env.PATH ?? "").split(":"), "/Applications/Google Chrome.app/Contents/MacOS"]

/** The browser's path: $CHROME, or the first known name on the path. */
export function findBrowser() {
  const candidates = PLACES.flatMap(place => [...NAMES, "Google Chrome"].map(name => `${place}/${name}`))
  const found = [process.env.CHROME, ...candidates].find(path => path && isProgram(path))
  if (!found) throw new Error("no Chromium found: install one, or name it in $CHROME")
  return found
}

/** A browser for this test file. `fontSize` is the reader's own setting for text, 16 by default; `args` are switches on top. */
export async function startBrowser({ fontSize = 16, args = [] } = {}) {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [
      "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
      "--disable-sync", `--blink-settings=defaultFontSize=${fontSize},defaultFixedFontSize=${Math.round(fontSize * 13 / 16)}`,
      ...args,
    ],
    // A container's root cannot have the sandbox.
    chromiumSandbox: process.getuid?.() !== 0,
  })
  after(() => browser.close())
  return browser
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
