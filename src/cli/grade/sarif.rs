//! Grades as SARIF 2.1.0: a result for each mark, so that a review shows them on the script's lines.

use super::{Graded, Scene};
use crate::engine::{Finding, Mark, Verdict};
use crate::source::Position;
use serde_json::{Value, json};

pub(super) fn render(scene: &Scene<'_>, graded: &[Graded]) -> String {
    let rules: Vec<Value> = scene
        .rulebook
        .rules
        .iter()
        .map(|rule| {
            json!({
                "id": rule.id,
                "shortDescription": { "text": rule.title },
                "fullDescription": { "text": rule.why },
                "help": { "text": rule.suggest },
            })
        })
        .collect();
    let mut results = Vec::new();
    for one in graded {
        for finding in scene.findings(&one.report) {
            results.extend(result(scene, one, finding));
        }
    }
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "ringback", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut text = serde_json::to_string_pretty(&log).unwrap_or_default();
    text.push('\n');
    text
}

fn result(scene: &Scene<'_>, graded: &Graded, finding: &Finding) -> Option<Value> {
    let level = match finding.verdict {
        Verdict::Broken => "warning",
        Verdict::NotFound => "note",
        Verdict::Kept | Verdict::NotApplicable => return None,
    };
    let index = scene.rulebook.rules.iter().position(|rule| rule.id == finding.rule);
    let locations: Vec<Value> = if finding.marks.is_empty() {
        vec![location(graded, None)]
    } else {
        finding.marks.iter().map(|mark| location(graded, Some(mark))).collect()
    };
    Some(json!({
        "ruleId": finding.rule,
        "ruleIndex": index,
        "level": level,
        "message": { "text": format!("{} {}", finding.message, finding.suggestion).trim() },
        "locations": locations,
    }))
}

fn location(graded: &Graded, mark: Option<&Mark>) -> Value {
    let uri = if graded.name == "-" {
        "stdin".to_owned()
    } else {
        graded.name.replace('\\', "/").replace(' ', "%20")
    };
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    if let Some(mark) = mark {
        let start = Position::of(&graded.text, mark.from as usize);
        let end = Position::of(&graded.text, mark.to as usize);
        physical["region"] = json!({
            "startLine": start.line, "startColumn": start.column,
            "endLine": end.line, "endColumn": end.column,
        });
    }
    json!({ "physicalLocation": physical })
}
