// Messages with places to fill. Mirrors src/engine/template.rs.

// A list in a message names no more.
export const MOST_LISTED = 5;

// Fills a template. "{{" is a brace; a name that is not known stays as it is.
export function fill(template, facts) {
  let out = "";
  let at = 0;
  for (;;) {
    const open = template.indexOf("{", at);
    if (open < 0) return out + template.slice(at);
    out += template.slice(at, open);
    at = open + 1;
    if (template[at] === "{") {
      out += "{";
      at += 1;
      continue;
    }
    const close = template.indexOf("}", at);
    if (close < 0) return out + "{" + template.slice(at);
    const name = template.slice(at, close);
    out += value(name, facts) ?? `{${name}}`;
    at = close + 1;
  }
}

function value(name, facts) {
  switch (name) {
    case "match":
      return facts.marks.length === 0 ? "" : oneLine(facts.marks[0].quote);
    case "matches":
      return facts.marks.slice(0, MOST_LISTED).map((mark) => oneLine(mark.quote)).join(", ");
    case "count":
      return String(facts.count);
    case "kinds":
      return facts.kinds.join(", ");
    case "values":
      return facts.values.join(", ");
    case "seconds":
      return String(facts.seconds);
    case "words":
      return String(facts.words);
    default:
      return Object.hasOwn(facts.params, name) ? String(facts.params[name]) : undefined;
  }
}

const oneLine = (quote) => quote.replaceAll("\n", " ");
