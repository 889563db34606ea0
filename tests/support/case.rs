//! Reads one case file: a sentence that says what is shown, then fenced blocks that are carried out in order.
//!
//! A fence may have more than three backticks, so that a block can hold markdown with fences of its own.

use std::ops::Range;

/// A case file, and for each block the lines it came from, so that an expectation can be rewritten in place.
pub struct Case {
    pub about: String,
    pub blocks: Vec<Block>,
    lines: Vec<String>,
}

/// One fenced block: the words after the backticks and the lines between the fences.
pub struct Block {
    pub kind: String,
    pub words: Vec<String>,
    pub body: String,
    /// Index of the opening fence; the closing fence is at `lines.end`.
    lines: Range<usize>,
}

/// Parses a case file, or says on which line it is not one.
pub fn parse(text: &str) -> Result<Case, String> {
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let about = lines.first().cloned().unwrap_or_default();
    if about.is_empty() || about.starts_with('`') || about.starts_with('#') {
        return Err("line 1: the first line must say in a sentence what is shown".into());
    }
    let mut blocks = Vec::new();
    let mut at = 1;
    while at < lines.len() {
        let ticks = backticks(&lines[at]);
        if ticks < 3 {
            at += 1;
            continue;
        }
        let close = (at + 1..lines.len())
            .find(|&line| backticks(&lines[line]) >= ticks && lines[line].trim_start_matches('`').is_empty())
            .ok_or_else(|| format!("line {}: this block is never closed", at + 1))?;
        let mut words = split(&lines[at][ticks..]).into_iter();
        let kind = words.next().ok_or_else(|| format!("line {}: this block has no kind", at + 1))?;
        let body = lines[at + 1..close].iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        blocks.push(Block { kind, words: words.collect(), body, lines: at..close });
        at = close + 1;
    }
    Ok(Case { about, blocks, lines })
}

impl Case {
    /// The file's text with the given blocks' heads and bodies replaced.
    pub fn rewritten(&self, replacements: &[(usize, String, String)]) -> String {
        let mut lines = self.lines.clone();
        for (block, head, body) in replacements.iter().rev() {
            let range = self.blocks[*block].lines.clone();
            let longest = body.lines().map(backticks).max().unwrap_or(0);
            let fence = "`".repeat((longest + 1).max(3));
            let mut replacement = vec![format!("{fence}{head}")];
            replacement.extend(body.lines().map(str::to_owned));
            replacement.push(fence);
            lines.splice(range.start..=range.end, replacement);
        }
        lines.join("\n") + "\n"
    }
}

impl Block {
    /// The line of the opening fence, as an editor counts.
    pub fn line(&self) -> usize {
        self.lines.start + 1
    }
}

/// Splits a line at spaces; double quotes keep spaces together.
pub fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_default();
            }
            ' ' if !quoted => words.extend(word.take()),
            letter => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

fn backticks(line: &str) -> usize {
    line.len() - line.trim_start_matches('`').len()
}
