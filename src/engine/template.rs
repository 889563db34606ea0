//! Messages with places to fill: `{match}`, `{count}`, a parameter's name.

use std::collections::BTreeMap;

use super::report::Mark;

/// A list in a message names no more.
pub(super) const MOST_LISTED: usize = 5;

/// Names that every rule's messages may use, beside its parameters.
pub const NAMES: [&str; 7] = ["match", "matches", "count", "kinds", "values", "seconds", "words"];

/// What a message may say.
pub(super) struct Facts<'a> {
    pub(super) marks: &'a [Mark],
    pub(super) count: i64,
    pub(super) kinds: Vec<String>,
    pub(super) values: Vec<String>,
    pub(super) seconds: i64,
    pub(super) words: i64,
    pub(super) params: Option<&'a BTreeMap<String, i32>>,
}

/// Fills a template. `{{` is a brace; a name that is not known stays as it is.
pub(super) fn fill(template: &str, facts: &Facts<'_>) -> String {
    let mut out = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open + 1..];
        if let Some(after) = rest.strip_prefix('{') {
            out.push('{');
            rest = after;
            continue;
        }
        let Some(close) = rest.find('}') else {
            out.push('{');
            break;
        };
        let name = &rest[..close];
        if let Some(value) = value(name, facts) {
            out.push_str(&value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

fn value(name: &str, facts: &Facts<'_>) -> Option<String> {
    Some(match name {
        "match" => facts.marks.first().map_or_else(String::new, |mark| one_line(&mark.quote)),
        "matches" => {
            let quotes: Vec<String> =
                facts.marks.iter().take(MOST_LISTED).map(|mark| one_line(&mark.quote)).collect();
            quotes.join(", ")
        }
        "count" => facts.count.to_string(),
        "kinds" => facts.kinds.join(", "),
        "values" => facts.values.join(", "),
        "seconds" => facts.seconds.to_string(),
        "words" => facts.words.to_string(),
        _ => facts.params?.get(name)?.to_string(),
    })
}

/// Line ends become spaces.
fn one_line(quote: &str) -> String {
    quote.replace('\n', " ")
}
