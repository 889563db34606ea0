//! Grades as JSON: an array, one object a script, with everything that a report says.

use super::{Graded, Scene};
use anyhow::Result;
use serde_json::{Value, json};

pub(super) fn render(scene: &Scene<'_>, graded: &[Graded]) -> Result<String> {
    let list = graded.iter().map(|one| value(scene, one)).collect::<Result<Vec<Value>>>()?;
    let mut text = serde_json::to_string_pretty(&list)?;
    text.push('\n');
    Ok(text)
}

fn value(scene: &Scene<'_>, graded: &Graded) -> Result<Value> {
    let report = &graded.report;
    let mut grades = Vec::with_capacity(report.grades.len());
    for grade in &report.grades {
        let line = |line: &crate::engine::Line| {
            let finding = &report.findings[line.finding];
            json!({
                "rule": finding.rule,
                "verdict": finding.verdict,
                "severity": line.severity,
                "weight": line.weight,
                "points": line.points,
            })
        };
        let fix =
            grade.fix.and_then(|at| grade.lines.get(at)).and_then(|line| report.findings.get(line.finding));
        grades.push(json!({
            "method": grade.method,
            "score": grade.score,
            "high": grade.high,
            "capped": grade.capped,
            "fix": fix.map(|finding| &finding.rule),
            "ledger": grade.lines.iter().map(line).collect::<Vec<_>>(),
        }));
    }
    let findings: Vec<&crate::engine::Finding> = scene.findings(report).collect();
    Ok(json!({
        "file": graded.name,
        "channel": scene.channel,
        "refused": report.refused,
        "words": report.words,
        "seconds": report.seconds,
        "findings": serde_json::to_value(findings)?,
        "grades": grades,
    }))
}
