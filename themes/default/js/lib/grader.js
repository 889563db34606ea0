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

async function load(url) {
  const [engine, response] = await Promise.all([import("../engine/index.js"), fetch(url)])
  if (!response.ok) throw new Error(`${response.status} ${url}`)
  const machine = engine.load(await response.json())
  return { program: machine.program, grade: (channel, text, settings) => engine.run(machine, channel, text, settings) }
}
