//! The marks of a script: the trainer's annotations and what the grader finds, one beside another.

use crate::book::Side;
use crate::engine::{Finding, Verdict};
use std::ops::Range;

/// A stretch of a script and what is said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Bytes of the script.
    pub(super) range: Range<usize>,
    /// `broken`, `kept`, `asking`, or `note` where no rule is named.
    pub(super) tone: &'static str,
    /// Rules and what each says.
    pub(super) rules: Vec<(String, Verdict)>,
    /// The trainer's words, else the rule's.
    pub(super) note: String,
}

/// Marks in the order of the words, not overlapping, and what has no words to mark.
#[derive(Debug, Default)]
pub(super) struct Marked {
    pub(super) marks: Vec<Mark>,
    pub(super) missing: Vec<Mark>,
}

/// The marks of a side of an example under its method. `mended` are the rules that the other side breaks:
/// where this one keeps them, it says so.
pub(super) fn of(side: &Side, method: &str, mended: &[&str]) -> Marked {
    let mut marked = Marked::default();
    for annotation in &side.annotations {
        let finding = annotation.rule.as_deref().and_then(|rule| side.report.finding(rule));
        let rules = annotation.rule.iter().map(|rule| {
            let verdict = finding.map_or(Verdict::NotApplicable, |finding| finding.verdict);
            (rule.clone(), verdict)
        });
        let rules: Vec<_> = rules.collect();
        let message = finding.map_or("", |finding| finding.message.as_str());
        marked.marks.push(Mark {
            range: annotation.range.clone(),
            tone: rules.first().map_or("note", |(_, verdict)| super::example::tone(*verdict)),
            rules,
            note: annotation.note.clone().unwrap_or_else(|| message.to_owned()),
        });
    }
    let lines = side.report.grade(method).map_or(&[][..], |grade| grade.lines.as_slice());
    for finding in lines.iter().filter_map(|line| side.report.findings.get(line.finding)) {
        add(&mut marked, finding);
        if finding.verdict == Verdict::Kept && mended.contains(&finding.rule.as_str()) {
            add_kept(&mut marked, finding);
        }
    }
    marked.marks.sort_by_key(|mark| mark.range.start);
    marked
}

/// Adds what a rule found: to the marks that it meets, as a new mark, or as something missing.
fn add(marked: &mut Marked, finding: &Finding) {
    if !matches!(finding.verdict, Verdict::Broken | Verdict::NotFound) {
        return;
    }
    let rule = (finding.rule.clone(), finding.verdict);
    let tone = super::example::tone(finding.verdict);
    // The rule's own message is said once, however often the rule marks something.
    let mut is_said = marked.marks.iter().any(|mark| mark.rules.contains(&rule));
    for place in &finding.marks {
        let range = place.from as usize..place.to as usize;
        let meets = |mark: &&mut Mark| mark.range.start < range.end && range.start < mark.range.end;
        match marked.marks.iter_mut().find(meets) {
            Some(mark) if mark.rules.contains(&rule) => {}
            Some(mark) => {
                mark.rules.push(rule.clone());
                mark.tone = tone;
            }
            None if !range.is_empty() => {
                let note = if is_said { String::new() } else { finding.message.clone() };
                marked.marks.push(Mark { range, tone, rules: vec![rule.clone()], note });
                is_said = true;
            }
            None => {}
        }
    }
    if finding.marks.is_empty() && !is_said {
        let note = finding.message.clone();
        marked.missing.push(Mark { range: 0..0, tone, rules: vec![rule], note });
    }
}

/// Adds a rule that is kept now: at the first words that keep it and are free, else without words.
fn add_kept(marked: &mut Marked, finding: &Finding) {
    let rule = (finding.rule.clone(), finding.verdict);
    if marked.marks.iter().any(|mark| mark.rules.contains(&rule)) {
        return;
    }
    let ranges = finding.marks.iter().map(|place| place.from as usize..place.to as usize);
    let is_free = |range: &Range<usize>| {
        let meets = |mark: &Mark| mark.range.start < range.end && range.start < mark.range.end;
        !range.is_empty() && !marked.marks.iter().any(meets)
    };
    let place = ranges.into_iter().find(is_free);
    let mark = |range| Mark { range, tone: "kept", rules: vec![rule.clone()], note: String::new() };
    match place {
        Some(range) => marked.marks.push(mark(range)),
        None => marked.missing.push(mark(0..0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine;

    fn finding(rule: &str, marks: &[(u32, u32)]) -> Finding {
        let mark = |(from, to): &(u32, u32)| engine::Mark {
            start: *from,
            end: *to,
            from: *from,
            to: *to,
            quote: String::new(),
        };
        Finding {
            rule: rule.to_owned(),
            verdict: Verdict::Broken,
            marks: marks.iter().map(mark).collect(),
            message: "said once".to_owned(),
            ..Finding::default()
        }
    }

    #[test]
    fn overlapping_finds_share_a_mark_and_a_message_is_said_once() {
        let mut marked = Marked::default();
        add(&mut marked, &finding("a", &[(0, 5), (10, 12)]));
        add(&mut marked, &finding("b", &[(3, 8)]));
        add(&mut marked, &finding("c", &[]));
        let seen: Vec<_> = marked.marks.iter().map(|mark| (mark.rules.len(), mark.note.as_str())).collect();
        assert_eq!(seen, [(2, "said once"), (1, "")]);
        assert_eq!(marked.missing.len(), 1);
    }
}
