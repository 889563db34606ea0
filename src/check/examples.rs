//! Examples are tests: what `breaks`, `keeps` and annotations claim has to be what the grader says.

use crate::book::{Annotation, Book, Claim, Example, Side};
use crate::diag::{Code, Diagnostics};
use crate::engine::{Mark, Verdict};
use crate::source::Span;

/// Holds every claim of every example against its report.
pub(super) fn check(book: &Book, diagnostics: &mut Diagnostics) {
    for example in &book.examples {
        for side in [&example.before, &example.after] {
            for claim in &side.claims {
                check_claim(example, side, claim, diagnostics);
            }
            for annotation in &side.annotations {
                check_annotation(example, side, annotation, diagnostics);
            }
        }
    }
}

fn check_claim(example: &Example, side: &Side, claim: &Claim, diagnostics: &mut Diagnostics) {
    let Some(finding) = side.report.finding_under(&example.method, &claim.rule) else { return };
    let rule = &claim.rule;
    let so = match (claim.broken, finding.verdict) {
        // A rule that asks when it finds nothing never says "broken"; here the trainer answers: no.
        (true, verdict) => matches!(verdict, Verdict::Broken | Verdict::NotFound),
        (false, Verdict::NotApplicable) => claim.sweeping,
        (false, verdict) => verdict == Verdict::Kept,
    };
    if so {
        return;
    }
    if claim.broken {
        let (message, help) = match finding.verdict {
            Verdict::NotApplicable => {
                (format!("`{rule}` does not apply to this script"), "take it out of `breaks`")
            }
            _ => (format!("this script keeps `{rule}`"), "take it out of `breaks`, or break it in the text"),
        };
        let one = diagnostics.report(Code::ClaimNotSo, claim.span, message).help(help);
        if let Some(mark) = finding.marks.first() {
            one.related(place(side, mark), format!("these words keep it: “{}”", mark.quote));
        }
        return;
    }
    match finding.verdict {
        Verdict::NotFound => {
            diagnostics
                .report(
                    Code::ClaimNotSo,
                    claim.span,
                    format!("the grader finds nothing here that keeps `{rule}`"),
                )
                .help(format!("point to the words that do: `[words]{{{rule}}}`"));
        }
        Verdict::NotApplicable => {
            diagnostics
                .report(Code::ClaimNotSo, claim.span, format!("`{rule}` does not apply to this script"))
                .help("take it out of `keeps`");
        }
        _ => {
            // The offending line says more than the word `all` further down.
            let at = finding.marks.first().map_or(claim.span, |mark| place(side, mark));
            let message = format!("this script breaks `{rule}`: {}", sentence(&finding.message));
            let one = diagnostics.report(Code::ClaimNotSo, at, message);
            if at != claim.span {
                one.related(claim.span, "it is said to keep it here");
            }
            if !finding.suggestion.is_empty() {
                one.help(sentence(&finding.suggestion));
            }
        }
    }
}

fn check_annotation(example: &Example, side: &Side, annotation: &Annotation, diagnostics: &mut Diagnostics) {
    let Some(rule) = &annotation.rule else { return };
    let Some(finding) = side.report.finding_under(&example.method, rule) else { return };
    let touches = |mark: &&Mark| {
        (mark.from as usize) < annotation.range.end && annotation.range.start < mark.to as usize
    };
    // With nothing to mark (an absence, or an answer by the trainer), any words may carry the note.
    if finding.verdict == Verdict::NotFound
        || finding.marks.is_empty()
        || finding.marks.iter().any(|mark| touches(&mark))
    {
        return;
    }
    let quotes: Vec<String> = finding.marks.iter().take(3).map(|mark| format!("“{}”", mark.quote)).collect();
    let one = diagnostics
        .report(Code::AnnotationOffSpan, annotation.span, format!("`{rule}` does not mark these words"))
        .help(format!(
            "it marks {}; move the brackets there, or keep only the note: `[words]{{: a note}}`",
            quotes.join(", ")
        ));
    if let Some(mark) = finding.marks.first() {
        one.related(place(side, mark), "it marks these words");
    }
}

/// Where a mark's words stand in the author's file.
fn place(side: &Side, mark: &Mark) -> Span {
    side.source.span(mark.from as usize, mark.to as usize)
}

/// A grader's sentence in the form of a diagnostic: no final stop.
fn sentence(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}
