// A built playbook with quizzes whose data the tests write themselves: one page, one card, any JSON.
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { REPOSITORY } from "./site.mjs"

/** The quiz that has one question of every kind. */
export const allKinds = () => JSON.parse(readFileSync(join(REPOSITORY, "tests/quiz/all-kinds.json"), "utf8"))

/** One of its questions, as a quiz of its own. */
export function quizOf(ids, more = {}) {
  const quiz = allKinds()
  return { ...quiz, shuffle: "none", ...more, questions: ids.map((id) => quiz.questions.find((question) => question.id === id)) }
}

/** Puts other data behind a card of the built site: what an author's edit and a new build would do. */
export function putQuiz(site, src, quiz) {
  writeFileSync(join(site.folder, src.slice(site.base.length)), JSON.stringify(quiz))
}
