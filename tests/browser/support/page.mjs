// Opens a page and collects everything that goes wrong in it: console errors, policy violations, exceptions, failed requests.

/** A fresh page (own storage) in the given circumstances, with `problems` filled as it is used. Nothing moves unless asked. */
export async function openPage(browser, { width = 1280, height = 900, scheme = "light", ...circumstances } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, reducedMotion: "reduce", serviceWorkers: "block", ...circumstances })
  const page = await context.newPage()
  const problems = []
  page.on("console", message => {
    // The browser reports the page's own status when a lost reader's address is opened; that is the answer asked for.
    const own = message.location().url === page.url() && message.text().includes("404")
    // Where a test keeps the worker out, the driver says so whenever the page comes to register it.
    const kept = message.text().includes("Service Worker registration blocked")
    if (["error", "warning"].includes(message.type()) && !own && !kept) problems.push(`console ${message.type()}: ${message.text()}`)
  })
  page.on("pageerror", error => problems.push(`exception: ${error.message}`))
  page.on("requestfailed", request => {
    const reason = request.failure()?.errorText
    // Leaving a page cancels what it was still loading.
    if (reason !== "net::ERR_ABORTED") problems.push(`request failed: ${request.url()} ${reason}`)
  })
  page.on("response", response => {
    if (response.status() >= 400 && response.request().resourceType() !== "document") problems.push(`${response.status()}: ${response.url()}`)
  })
  page.on("request", request => {
    const url = new URL(request.url())
    if (url.protocol.startsWith("http") && url.hostname !== "127.0.0.1") problems.push(`asks a third party: ${url}`)
  })
  if (circumstances.javaScriptEnabled !== false) {
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", event => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}:${event.lineNumber ?? ""}`)
      })
    })
  }
  return { page, context, problems }
}

/** Goes to an address; at the load event modules have run and styles are there. */
export function visit(page, url) {
  return page.goto(url, { waitUntil: "load" })
}

/** What the page is: the template's own word, what a lesson holds, and how deep its address is. */
export async function kindOf(page, base) {
  const word = (await page.locator("body").getAttribute("class") ?? "plain").split(" ")[0]
  const depth = new URL(page.url()).pathname.slice(base.length).split("/").filter(Boolean).length
  const parts = word !== "lesson" ? [] : await page.evaluate(() => Object.entries({ quiz: "quiz-card", lab: "script-lab", cadence: ".cadence" })
    .filter(([, selector]) => document.querySelector(`main ${selector}`)).map(([name]) => ` with ${name}`))
  return `${word}${parts.join("")} at depth ${depth}`
}
