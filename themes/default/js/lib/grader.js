// The grader, fetched when it is first needed: the engine's modules and the program of the rules, once a page.

let loading

/** Grades scripts: `const { program, grade } = await loadGrader(url); grade("voicemail", text, settings)` gives the engine's report. */
export function loadGrader(url) {
  loading ??= load(url).catch((error) => {
    loading = undefined
    throw error
  })
  return loading
}

async function load(url) {
  const [engine, response] = await Promise.all([import("../engine/index.js"), fetch(url)])
  if (!response.ok) throw new Error(`${response.status} ${url}`)
  const machine = engine.load(await response.json())
  return { program: machine.program, grade: (channel, text, settings) => engine.run(machine, channel, text, settings) }
}
