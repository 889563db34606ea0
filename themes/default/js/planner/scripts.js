// Scripts that a step can be given: the playbook's examples, and the reader's own drafts from the lab if there are any.
import { notice } from "../lib/notice.js"
import { openStore } from "../lib/store.js"

/** Groups `{ title, scripts: [{ title, channel, url, text }] }`; examples that cannot be fetched are missing, and that is said. */
export async function loadScripts(url, say) {
  const groups = []
  const drafts = labDrafts()
  if (drafts.length) groups.push({ title: say("planner_scripts_lab"), scripts: drafts })
  try {
    const response = await fetch(url)
    if (!response.ok) throw new Error(String(response.status))
    groups.push({ title: say("planner_scripts_examples"), scripts: (await response.json()).map((one) => ({ ...one, url: new URL(one.url, new URL("../", new URL(url, location.href))).pathname })) })
  } catch {
    notice("planner-scripts", say("planner_scripts_failed"), { close: say("close"), brief: true })
  }
  return groups
}

/** What the lab keeps, read and never written. */
function labDrafts() {
  // A record that is not as expected is the lab's to judge: nothing here may set it aside.
  const { drafts } = openStore("lab", { empty: () => ({ drafts: [] }), check: () => true, migrate: () => ({ drafts: [] }) }).read() ?? {}
  if (!Array.isArray(drafts)) return []
  return drafts.filter((one) => typeof one?.text === "string" && one.text.trim()).slice(0, 100).map((one) => ({
    title: (typeof one.name === "string" && one.name) || one.text.trim().slice(0, 40),
    channel: ["voicemail", "email"].includes(one.channel) ? one.channel : undefined,
    url: "",
    text: one.text,
  }))
}
