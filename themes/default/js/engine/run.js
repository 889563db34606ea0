// One run: a script in, a report out. Mirrors src/engine/run.rs.

import { findBuiltins } from "./builtin/index.js";
import { judge, wholeSeconds } from "./constraints.js";
import { settle } from "./detect.js";
import { valueOf } from "./hits.js";
import { countWords } from "./readability.js";
import { grade } from "./score.js";
import { PACE, spoken } from "./seconds.js";
import { divide } from "./sentences.js";
import { MOST_LISTED, fill } from "./template.js";
import { IS, readTokens } from "./tokens.js";

// A longer script, in UTF-16 units, is refused.
export const LONGEST_SCRIPT = 2_000_000;
const MOST_MARKS = 500;

// Runs all rules and methods on a script. Settings: pace (words a minute), answers (rule → whether it is there),
// keptMarks (whether kept rules carry the words that keep them; default true).
export function runMachine(machine, channel, script, settings = {}) {
  const text = wellFormed(script);
  if (text.length > LONGEST_SCRIPT) {
    return { refused: "too-long", words: 0, milliseconds: 0, seconds: 0, findings: [], grades: [] };
  }
  const run = detectAll(machine, channel, text, settings);
  const { rules, methods } = machine.program;
  const findings = rules.map((rule) => finding(machine, run, channel, text, settings, rule, 0));
  for (const rule of rules) {
    for (let variant = 1; variant < rule.require.length; variant += 1) {
      findings.push(finding(machine, run, channel, text, settings, rule, variant));
    }
  }
  const { words } = run;
  const grades = methods.map((method) => grade(machine, method, words, findings));
  return { words, milliseconds: run.milliseconds, seconds: wholeSeconds(run.milliseconds), findings, grades };
}

// Cuts the text up and finds the hits of every detector that a rule of the channel looks at.
function detectAll(machine, channel, text, settings) {
  const tokens = readTokens(text, machine.vocabulary);
  const sentences = divide(tokens, machine.vocabulary);
  const script = { tokens, vocabulary: machine.vocabulary, sentences, noCapitals: hasNoCapitals(tokens) };
  const slots = findBuiltins(script);
  while (slots.length < machine.slots.size) slots.push([]);
  const pace = Math.min(Math.max(settings.pace ?? PACE, 60), 300);
  const run = { script, slots, matches: machine.matches, ...spoken(tokens, slots[0], pace) };
  run.words = countWords(run, []);
  run.matches.clear();
  const view = { tokens, table: machine.table, slots, noCapitals: script.noCapitals };
  machine.levels.forEach((level, at) => {
    if (!level.isEmpty) run.matches.search(view, level);
    for (const index of machine.settled[at]) {
      const finder = machine.finders[index];
      if (machine.isNeeded(channel, finder.slot)) slots[finder.slot] = settle(machine, run, finder);
    }
  });
  return run;
}

// Written with hardly a capital, or in nothing else: capitals tell no names.
function hasNoCapitals(tokens) {
  let [words, capitals, uppers] = [0, 0, 0];
  for (const token of tokens.list) {
    if ((token.kind & IS.WORD) === 0 || token.text === "i") continue;
    words += 1;
    if ((token.kind & IS.CAPITAL) !== 0) capitals += 1;
    if ((token.kind & IS.UPPER) !== 0) uppers += 1;
  }
  return words >= 5 && (capitals * 25 <= words || uppers * 10 >= words * 7);
}

function finding(machine, run, channel, text, settings, rule, variant) {
  const none = { rule: rule.id, verdict: "not-applicable", marks: [], message: "", suggestion: "" };
  if (!rule.channels.includes(channel)) return none;
  if (rule.when && !judge(machine, run, rule.when).holds) return none;
  const outcome = judge(machine, run, rule.require[variant]);
  const verdict = verdictOf(outcome, rule, settings.answers ?? {});
  const wanted = verdict !== "kept" || settings.keptMarks !== false;
  const marks = wanted ? outcome.marks.slice(0, MOST_MARKS).map((hit) => markOf(text, run, hit)) : [];
  if (verdict === "kept") return { ...none, verdict, marks };
  const facts = {
    marks, count: outcome.count, kinds: outcome.kinds, values: valuesOf(run, outcome),
    seconds: wholeSeconds(run.milliseconds), words: run.words, params: rule.params?.[variant] ?? {},
  };
  const asks = verdict === "not-found" && rule.ask;
  return {
    rule: rule.id,
    verdict,
    marks,
    ...(outcome.missing ? { place: placeOf(machine, run, rule.place ?? "start") } : {}),
    message: fill(asks ? rule.ask : rule.message, facts),
    suggestion: fill(rule.suggest, facts),
  };
}

function verdictOf(outcome, rule, answers) {
  if (outcome.holds) return "kept";
  if (!outcome.missing || rule.asks !== true) return "broken";
  if (!Object.hasOwn(answers, rule.id)) return "not-found";
  return answers[rule.id] ? "kept" : "broken";
}

function valuesOf(run, outcome) {
  return [...new Set(outcome.marks.slice(0, MOST_LISTED).map((hit) => valueOf(run.script.tokens, hit)))];
}

// The place of a hit in the text.
function markOf(text, run, hit) {
  const { list } = run.script.tokens;
  let [start, end] = [list[hit.start].start, list[hit.end - 1].end];
  // "(02) 5550 1234" begins with its bracket.
  const words = text.slice(start, end);
  const close = words.indexOf(")");
  if (close >= 0 && !words.slice(0, close).includes("(") && text[start - 1] === "(") start -= 1;
  return { start, end, quote: text.slice(start, end) };
}

function placeOf(machine, run, place) {
  const { list } = run.script.tokens;
  if (place === "start") return 0;
  if (place === "end") return list.at(-1)?.end ?? 0;
  const hit = run.slots[machine.slots.get(place.after)]?.[0];
  return hit ? list[hit.end - 1].end : 0;
}

// Lone surrogates become U+FFFD, as they are in UTF-8.
function wellFormed(text) {
  let [out, from] = ["", 0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(at + 1);
    if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) {
      at += 1;
    } else {
      out += text.slice(from, at) + "\ufffd";
      from = at + 1;
    }
  }
  return from === 0 ? text : out + text.slice(from);
}
