// The score under a method, and its ledger. Mirrors src/engine/score.rs.

// A broken `must` holds the score here.
export const CAP = 59;

// The grade under a method.
export function grade(machine, method, words, findings) {
  const { rules } = machine.program;
  const lines = method.rules.map((used) => ({
    finding: indexOf(rules, used.rule, used.variant ?? 0), severity: used.severity, weight: used.weight, points: 0,
  }));
  const verdict = (line) => findings[line.finding].verdict;
  const applies = shareOut(lines, (line) => verdict(line) !== "not-applicable");
  const sum = (wanted) => lines.reduce((total, line) => total + (verdict(line) === wanted ? line.points : 0), 0);
  const [kept, asked] = [sum("kept"), sum("not-found")];
  const capped = method.rules.some(
    (used, at) => verdict(lines[at]) === "broken" && (lines[at].severity === "must" || rules[used.rule].house === true),
  );
  const cap = capped ? CAP : 100;
  const scored = applies && words >= method.min_words;
  return {
    method: method.id,
    score: scored ? Math.min(kept, cap) : null,
    high: scored ? Math.min(kept + asked, cap) : null,
    capped,
    lines,
    fix: nextFix(lines, verdict),
  };
}

// Where the finding of a rule under other parameters stands.
function indexOf(rules, rule, variant) {
  if (variant === 0) return rule;
  const before = rules.slice(0, rule).reduce((sum, one) => sum + one.require.length - 1, 0);
  return rules.length + before + variant - 1;
}

// Gives out a hundred points by weight, largest remainder first; ties go to the earlier line.
function shareOut(lines, applies) {
  const total = lines.reduce((sum, line) => sum + (applies(line) ? line.weight : 0), 0);
  if (total === 0) return false;
  const rests = [];
  let given = 0;
  for (const line of lines) {
    if (!applies(line)) continue;
    line.points = Math.floor((line.weight * 100) / total);
    given += line.points;
    rests.push({ rest: (line.weight * 100) % total, line });
  }
  rests.sort((a, b) => b.rest - a.rest);
  for (const { line } of rests.slice(0, 100 - given)) line.points += 1;
  return true;
}

// The heaviest broken `must`, else the heaviest broken rule, else the heaviest that was not found.
function nextFix(lines, verdict) {
  const rank = (line) => {
    if (verdict(line) === "broken") return line.severity === "must" ? 3 : 2;
    return verdict(line) === "not-found" ? 1 : 0;
  };
  let best = null;
  lines.forEach((line, at) => {
    if (rank(line) === 0) return;
    const other = best === null ? null : lines[best];
    if (!other || rank(line) > rank(other) || (rank(line) === rank(other) && line.weight > other.weight)) best = at;
  });
  return best;
}
