// The grader, fetched when it is first needed: the engine's modules and the program of the rules, once a page and program.

const loading = new Map()

/** Grades scripts: `const { program, grade } = await loadGrader(url); grade("voicemail", text, settings)` gives the engine's report. */
export function loadGrader(url) {
  if (!loading.has(url)) {
    loading.set(url, load(url).catch((error) => {
      loading.delete(url)
      throw error
    }))
  }
  return loading.get(url)
}

/** Lets the page answer and paint; a message, unlike a timer, comes as soon in a tab that nobody sees. */
export const rest = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    port1.close()
    done()
  }
  port2.postMessage(0)
})

async function load(url) {
  const [engine, response] = await Promise.all([import("../engine/index.js"), fetch(url)])
  if (!response.ok) throw new Error(`${response.status} ${url}`)
  const machine = await engine.loadInPieces(await response.json(), () => performance.now(), rest)
  return { program: machine.program, grade: (channel, text, settings) => engine.run(machine, channel, text, settings) }
}
