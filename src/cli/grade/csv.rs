//! Grades as a table: one row a script, a column for each method's score and each rule's verdict.

use super::{Graded, Scene};

pub(super) fn render(scene: &Scene<'_>, graded: &[Graded]) -> String {
    let methods: Vec<&str> = scene.machine.program.methods.iter().map(|method| method.id.as_str()).collect();
    let rules = scene.machine.program.rules.iter().filter(|rule| rule.channels.contains(&scene.channel));
    let mut head: Vec<String> = ["file", "channel", "words", "seconds"].map(str::to_owned).into();
    head.extend(methods.iter().map(|method| format!("score {method}")));
    head.extend(rules.map(|rule| rule.id.clone()));
    let mut out = row(&head);
    for one in graded {
        let channel = if scene.channel == crate::engine::Channel::Email { "email" } else { "voicemail" };
        let (words, seconds) = (one.report.words.to_string(), one.report.seconds.to_string());
        let mut cells = vec![one.name.clone(), channel.to_owned(), words, seconds];
        let score = |method: &&str| one.report.grade(method).and_then(|grade| grade.score);
        cells.extend(
            methods.iter().map(|method| score(method).map_or_else(String::new, |score| score.to_string())),
        );
        cells.extend(scene.findings(&one.report).map(|finding| finding.verdict.name().to_owned()));
        out.push_str(&row(&cells));
    }
    out
}

/// A row as RFC 4180 wants it; a cell that a spreadsheet would take for a formula gets an apostrophe.
fn row(cells: &[String]) -> String {
    let quoted: Vec<String> = cells
        .iter()
        .map(|cell| {
            let guarded =
                if cell.starts_with(['=', '+', '@', '\t']) || (cell.starts_with('-') && cell.len() > 1) {
                    format!("'{cell}")
                } else {
                    cell.clone()
                };
            if guarded.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", guarded.replace('"', "\"\""))
            } else {
                guarded
            }
        })
        .collect();
    format!("{}\r\n", quoted.join(","))
}

#[cfg(test)]
mod tests {
    #[test]
    fn cells_are_quoted_and_formulas_disarmed() {
        let cells = ["a,b", "say \"x\"", "=1+1", "-", "plain"].map(str::to_owned);
        assert_eq!(super::row(&cells), "\"a,b\",\"say \"\"x\"\"\",'=1+1,-,plain\r\n");
    }
}
