// Regions of a script as ranges of tokens. Mirrors src/engine/regions.rs.

// Whether a region can be told only where the introduction is known.
export const asksForIntroduction = (region) =>
  region === "rest" || region === "introduction" || (typeof region === "object" && "after" in region);

// The ranges of several regions, each [start, end].
export const ranges = (machine, run, regions) => regions.map((region) => range(machine, run, region));

function range(machine, run, region) {
  const count = run.script.tokens.list.length;
  if (region === "rest") return [introductionEnd(machine, run), count];
  if (region === "introduction") return [0, introductionEnd(machine, run)];
  const [[is, [number, unit]]] = Object.entries(region);
  if (is === "first") return [0, forward(run, 0, number, unit)];
  if (is === "last") return [backward(run, number, unit), count];
  const start = introductionEnd(machine, run);
  return [start, forward(run, start, number, unit)];
}

// The token after the sentence in which the introduction ends.
function introductionEnd(machine, run) {
  const hit = machine.introduction === undefined ? undefined : run.slots[machine.introduction][0];
  if (!hit) return 0;
  return run.script.sentences[run.script.tokens.list[hit.end - 1].sentence]?.end ?? 0;
}

function forward(run, start, number, unit) {
  const { list } = run.script.tokens;
  const first = list[start];
  if (!first) return list.length;
  const until = (past) => {
    for (let at = start; at < list.length; at += 1) if (past(at)) return at;
    return list.length;
  };
  switch (unit) {
    case "words":
      return Math.min(start + number, list.length);
    case "percent":
      return Math.min(start + share(list.length - start, number), list.length);
    case "sentences":
      return until((at) => list[at].sentence >= first.sentence + number);
    case "lines":
      return until((at) => list[at].line >= first.line + number);
    default: {
      const before = start === 0 ? 0 : run.moments[start - 1];
      return until((at) => run.moments[at] > before + number * 1000);
    }
  }
}

function backward(run, number, unit) {
  const { list } = run.script.tokens;
  const last = list.at(-1);
  if (!last) return 0;
  const from = (inside) => {
    const at = list.findIndex((_, index) => inside(index));
    return at < 0 ? list.length : at;
  };
  switch (unit) {
    case "words":
      return Math.max(list.length - number, 0);
    case "percent":
      return list.length - share(list.length, number);
    case "sentences":
      return from((at) => list[at].sentence + number > last.sentence);
    case "lines":
      return from((at) => list[at].line + number > last.line);
    default: {
      const end = run.moments[list.length - 1];
      return from((at) => run.moments[at] > end - number * 1000);
    }
  }
}

// So many hundredths, rounded up.
const share = (count, percent) => Math.floor((count * percent + 99) / 100);
