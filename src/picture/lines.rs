//! A title over several lines: as large as it fits, with lines of about one length, as `text-wrap: balance` has them.

use super::lettering::{Lettering, Line};
use unicode_linebreak::{BreakOpportunity, linebreaks};

/// A longer title is cut before it is laid out; a card has room for far less.
const MAX_CHARS: usize = 400;
/// How often the width is halved to find lines of one length.
const STEPS: u32 = 12;

/// A size and how many lines it may take.
#[derive(Debug, Clone, Copy)]
pub(super) struct Step {
    pub(super) size: f32,
    pub(super) lines: usize,
}

/// A title as it will be written.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) size: f32,
    pub(super) lines: Vec<Line>,
}

/// Lays a text out in a width, at the first of `steps` in which it fits; at the last one it is cut.
pub(super) fn fit(font: &Lettering, text: &str, rtl: bool, width: f32, steps: &[Step]) -> Block {
    let text: String =
        text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_CHARS).collect();
    let pieces =
        pieces(font, &text, rtl, width / steps.iter().map(|step| step.size).fold(f32::MAX, f32::min));
    for (index, step) in steps.iter().enumerate() {
        let room = width / step.size;
        let is_last = index + 1 == steps.len();
        let is_broken = pieces.iter().any(|piece| piece.width > room);
        let lines = broken(&pieces, room);
        if !is_last && (is_broken || lines.len() > step.lines) {
            continue;
        }
        let lines = if lines.len() <= step.lines { balanced(&pieces, room, lines.len()) } else { lines };
        let is_cut = lines.len() > step.lines;
        let mut written: Vec<String> = lines
            .into_iter()
            .take(step.lines)
            .map(|range| {
                pieces[range].iter().map(|piece| piece.text.as_str()).collect::<String>().trim().to_owned()
            })
            .collect();
        if is_cut && let Some(last) = written.last_mut() {
            shorten(font, last, rtl, room);
        }
        return Block { size: step.size, lines: written.iter().map(|text| font.line(text, rtl)).collect() };
    }
    Block { size: 0.0, lines: Vec::new() }
}

/// A text that no line is broken in, with the space behind it.
struct Piece {
    text: String,
    /// Without the space.
    width: f32,
    space: f32,
}

/// Cuts a text where a line may end; a word that is wider than any line is cut anywhere.
fn pieces(font: &Lettering, text: &str, rtl: bool, widest: f32) -> Vec<Piece> {
    let width = |text: &str| font.line(text, rtl).width;
    let space = width(" ");
    let mut pieces = Vec::new();
    let mut start = 0;
    let add = |text: &str, pieces: &mut Vec<Piece>| {
        let word = text.trim_end();
        let space = if word.len() < text.len() { space } else { 0.0 };
        pieces.push(Piece { text: text.to_owned(), width: width(word), space });
    };
    for (end, opportunity) in linebreaks(text) {
        let piece = &text[start..end];
        if opportunity == BreakOpportunity::Allowed || end == text.len() {
            if width(piece.trim_end()) <= widest {
                add(piece, &mut pieces);
            } else {
                let mut from = 0;
                for (at, c) in piece.char_indices() {
                    if at > from && width(&piece[from..at + c.len_utf8()]) > widest {
                        add(&piece[from..at], &mut pieces);
                        from = at;
                    }
                }
                add(&piece[from..], &mut pieces);
            }
            start = end;
        }
    }
    pieces
}

/// As much on each line as it holds.
fn broken(pieces: &[Piece], room: f32) -> Vec<std::ops::Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut at) = (0, 0.0);
    for (index, piece) in pieces.iter().enumerate() {
        if index > start && at + piece.width > room {
            lines.push(start..index);
            (start, at) = (index, 0.0);
        }
        at += piece.width + piece.space;
    }
    if start < pieces.len() {
        lines.push(start..pieces.len());
    }
    lines
}

/// The same number of lines in the smallest width that holds them.
fn balanced(pieces: &[Piece], room: f32, count: usize) -> Vec<std::ops::Range<usize>> {
    let fits = |room: f32| {
        let lines = broken(pieces, room);
        (lines.len() <= count && pieces.iter().all(|piece| piece.width <= room)).then_some(lines)
    };
    let (mut low, mut high) = (0.0, room);
    for _ in 0..STEPS {
        let middle = f32::midpoint(low, high);
        if fits(middle).is_some() { high = middle } else { low = middle }
    }
    fits(high).unwrap_or_else(|| broken(pieces, room))
}

/// Takes letters from the end until the text fits with an ellipsis.
fn shorten(font: &Lettering, text: &mut String, rtl: bool, room: f32) {
    let dots = if font.lacks("…").is_none() { "…" } else { "..." };
    loop {
        let whole =
            format!("{}{dots}", text.trim_end_matches(|c: char| c.is_whitespace() || ",;:–-".contains(c)));
        if text.is_empty() || font.line(&whole, rtl).width <= room {
            *text = whole;
            return;
        }
        text.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEPS: [Step; 2] = [Step { size: 80.0, lines: 2 }, Step { size: 50.0, lines: 3 }];

    fn laid_out(text: &str) -> (f32, Vec<f32>) {
        let block = fit(&Lettering::built_in(), text, false, 1000.0, &STEPS);
        (block.size, block.lines.iter().map(|line| line.width * block.size).collect())
    }

    #[test]
    fn a_title_is_as_large_as_it_fits_and_its_lines_are_of_one_length() {
        assert!((laid_out("Sell the call").0 - 80.0).abs() < 0.1);
        let (size, widths) = laid_out("Why nobody calls back, and what to do");
        assert!((size - 80.0).abs() < 0.1 && widths.len() == 2);
        assert!((widths[0] - widths[1]).abs() < 250.0, "{widths:?}");
        assert!((laid_out(&"ten letters ".repeat(8)).0 - 50.0).abs() < 0.1);
    }

    #[test]
    fn no_line_is_wider_than_its_room_whatever_the_title() {
        let long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft";
        for text in [
            long,
            &"word ".repeat(90),
            &"x".repeat(2_000),
            "a",
            "",
            "  \n ",
            "a\u{300}\u{301}\u{302}",
            "🎈 — “”",
        ] {
            let (_, widths) = laid_out(text);
            assert!(widths.len() <= 3 && widths.iter().all(|width| *width <= 1000.5), "{text}: {widths:?}");
        }
    }
}
