//! Grades for a seller at a terminal: the score, the script with its marks, what each cost, the one next fix.

use super::super::wrap::wrap;
use super::{Graded, Scene};
use crate::engine::program::Severity;
use crate::engine::{CAP, Channel, Finding, Grade, Line, Report, Verdict};
use std::fmt::Write;

/// Characters a line.
const WIDTH: usize = 84;

/// All scripts, one under the other.
pub(super) fn render(scene: &Scene<'_>, graded: &[Graded], color: bool) -> String {
    let paint = Paint { color };
    let mut out = String::new();
    for (at, one) in graded.iter().enumerate() {
        if at > 0 {
            let _ = writeln!(out, "\n{}\n", paint.dim(&"─".repeat(WIDTH)));
        }
        render_one(&mut out, scene, one, &paint);
    }
    out
}

fn render_one(out: &mut String, scene: &Scene<'_>, one: &Graded, paint: &Paint) {
    let report = &one.report;
    let method = scene.method.and_then(|id| report.grade(id));
    let _ = writeln!(out, "{}", headline(scene, one, method, paint));
    if method.is_some_and(|grade| grade.capped) {
        let _ = writeln!(
            out,
            "{}",
            paint.dim(&format!("a rule that must be kept is broken: {CAP} is the most it can get"))
        );
    }
    let marks = numbered(report, method);
    let _ = writeln!(out, "\n{}", script(one, &marks, paint));
    if let Some(grade) = method {
        ledger(out, scene, report, grade, &marks, paint);
        next_fix(out, scene, report, grade, paint);
    }
    others(out, scene, report, paint);
}

fn headline(scene: &Scene<'_>, one: &Graded, method: Option<&Grade>, paint: &Paint) -> String {
    let report = &one.report;
    let name = if one.name == "-" { String::new() } else { format!("{}: ", one.name) };
    let length = match scene.channel {
        Channel::Voicemail => format!("about {} s, {} words", report.seconds, report.words),
        Channel::Email => format!("{} words", report.words),
    };
    let grade = method.map(|grade| {
        let title = scene
            .rulebook
            .method(&grade.method)
            .map_or(grade.method.as_str(), |method| method.title.as_str());
        format!("{} under “{title}”, ", paint.score(grade, &score(grade)))
    });
    format!("{}{}{length}", paint.bold(&name), grade.unwrap_or_default())
}

/// `84 of 100`, `72–84 of 100`, or why there is none.
fn score(grade: &Grade) -> String {
    match (grade.score, grade.high) {
        (Some(low), Some(high)) if high > low => format!("{low}–{high} of 100"),
        (Some(score), _) => format!("{score} of 100"),
        (None, _) => "too short to score".to_owned(),
    }
}

/// A mark in the script: bytes, the numbers of its findings.
struct Numbered {
    from: usize,
    to: usize,
    number: usize,
    rules: Vec<String>,
}

/// The broken spans under a method, numbered in the order of the script; equal spans share a number.
fn numbered(report: &Report, method: Option<&Grade>) -> Vec<Numbered> {
    let lines = method.map_or(&[][..], |grade| grade.lines.as_slice());
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for finding in lines.iter().filter_map(|line| report.findings.get(line.finding)) {
        if finding.verdict == Verdict::Broken {
            let marks = finding.marks.iter();
            found.extend(marks.map(|mark| (mark.from as usize, mark.to as usize, finding.rule.clone())));
        }
    }
    found.sort();
    let mut out: Vec<Numbered> = Vec::new();
    for (from, to, rule) in found {
        match out.last_mut() {
            // Marks that overlap are shown as one.
            Some(last) if from < last.to => {
                last.to = last.to.max(to);
                last.rules.push(rule);
            }
            _ => {
                let number = out.len() + 1;
                out.push(Numbered { from, to, number, rules: vec![rule] });
            }
        }
    }
    out
}

/// The script with marks and their numbers, wrapped and indented.
fn script(one: &Graded, marks: &[Numbered], paint: &Paint) -> String {
    let mut text = String::with_capacity(one.text.len() + marks.len() * 16);
    let mut at = 0;
    for mark in marks {
        text.push_str(&clean(one.text.get(at..mark.from).unwrap_or("")));
        let words = clean(one.text.get(mark.from..mark.to).unwrap_or(""));
        text.push_str(&paint.mark(&words, mark.number));
        at = mark.to;
    }
    text.push_str(&clean(one.text.get(at..).unwrap_or("")));
    let lines = text.trim_end().lines().map(|line| wrap(line, WIDTH - 4));
    let indented: Vec<String> = lines
        .flat_map(|lines| {
            lines.lines().map(|line| format!("    {line}").trim_end().to_owned()).collect::<Vec<_>>()
        })
        .collect();
    indented.join("\n")
}

/// A script must not drive the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect()
}

fn ledger(
    out: &mut String,
    scene: &Scene<'_>,
    report: &Report,
    grade: &Grade,
    marks: &[Numbered],
    paint: &Paint,
) {
    let _ = writeln!(out);
    let order = |line: &&Line| match report.findings.get(line.finding).map(|finding| finding.verdict) {
        Some(Verdict::Broken) => (0, line.severity == Severity::Should),
        Some(Verdict::NotFound) => (1, false),
        _ => (2, false),
    };
    let mut lines: Vec<&Line> = grade.lines.iter().collect();
    lines.sort_by_key(order);
    for line in lines {
        let Some(finding) = report.findings.get(line.finding) else { continue };
        if finding.verdict == Verdict::NotApplicable {
            continue;
        }
        let numbers: Vec<String> = marks
            .iter()
            .filter(|mark| mark.rules.contains(&finding.rule))
            .map(|mark| format!("[{}]", mark.number))
            .collect();
        let (sign, points) = match finding.verdict {
            Verdict::Kept => (paint.good("✓"), format!("{:>3}", line.points)),
            Verdict::NotFound => (paint.ask("?"), format!("{:>3}", line.points)),
            _ => (paint.bad("✗"), format!("{:>3}", format!("-{}", line.points))),
        };
        let must = if line.severity == Severity::Must && finding.verdict == Verdict::Broken {
            " (must)"
        } else {
            ""
        };
        let title = scene.title(&finding.rule);
        let tail = if numbers.is_empty() { String::new() } else { format!(" {}", numbers.join("")) };
        let _ = writeln!(out, "  {sign} {points}  {title}{must}{}", paint.dim(&tail));
        if finding.verdict != Verdict::Kept && !finding.message.is_empty() {
            for text in wrap(&clean(&finding.message), WIDTH - 9).lines() {
                let _ = writeln!(out, "         {}", paint.dim(text));
            }
        }
    }
}

fn next_fix(out: &mut String, scene: &Scene<'_>, report: &Report, grade: &Grade, paint: &Paint) {
    let line = grade.fix.and_then(|at| grade.lines.get(at));
    let finding: Option<&Finding> = line.and_then(|line| report.findings.get(line.finding));
    let Some(finding) = finding else {
        if grade.score.is_some() {
            let _ = writeln!(out, "\n{}", paint.good("Nothing to mend. Read it aloud once, then leave it."));
        }
        return;
    };
    let text =
        format!("Next: {}. {}", scene.title(&finding.rule).trim_end_matches('.'), clean(&finding.suggestion));
    let _ = writeln!(out, "\n{}", paint.bold(&wrap(&text, WIDTH)));
}

fn others(out: &mut String, scene: &Scene<'_>, report: &Report, paint: &Paint) {
    let rest: Vec<String> = report
        .grades
        .iter()
        .filter(|grade| Some(grade.method.as_str()) != scene.method)
        .map(|grade| format!("{} {}", grade.method, score(grade).trim_end_matches(" of 100")))
        .collect();
    if !rest.is_empty() {
        let _ = writeln!(out, "{}", paint.dim(&wrap(&format!("Elsewhere: {}", rest.join(" · ")), WIDTH)));
    }
}

struct Paint {
    color: bool,
}

impl Paint {
    fn wrap(&self, code: &str, text: &str) -> String {
        if self.color && !text.is_empty() {
            format!("\u{1b}[{code}m{text}\u{1b}[0m")
        } else {
            text.to_owned()
        }
    }
    fn bold(&self, text: &str) -> String {
        self.wrap("1", text)
    }
    fn dim(&self, text: &str) -> String {
        self.wrap("2", text)
    }
    fn good(&self, text: &str) -> String {
        self.wrap("32", text)
    }
    fn bad(&self, text: &str) -> String {
        self.wrap("31", text)
    }
    fn ask(&self, text: &str) -> String {
        self.wrap("33", text)
    }
    fn score(&self, grade: &Grade, text: &str) -> String {
        let code = match grade.score {
            Some(score) if score >= 80 => "1;32",
            Some(score) if score >= 60 => "1;33",
            Some(_) => "1;31",
            None => "1",
        };
        self.wrap(code, text)
    }
    /// Colour is never the only sign: marked words stand in guillemets, their number behind them.
    fn mark(&self, words: &str, number: usize) -> String {
        // Word by word, so that wrapping cannot leave a colour open.
        let words: Vec<String> = words.split(' ').map(|word| self.wrap("4;31", word)).collect();
        format!("«{}»[{number}]", words.join(" "))
    }
}
