//! The `example` block: a script before and after, with the trainer's annotations in its text.

use super::blocks::Block;
use crate::book::Situation;
use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Node, Text};

/// An example as written: names of rules and methods are still text.
#[derive(Debug)]
pub struct ExampleDraft {
    /// Unique in the playbook.
    pub id: Spanned<String>,
    /// One line.
    pub title: String,
    /// The method it is graded under; the playbook's own where none is named.
    pub method: Option<Spanned<String>>,
    /// The caller's trade.
    pub trade: Option<String>,
    /// What kind of call it is.
    pub situation: Option<Situation>,
    /// The script that does it wrong.
    pub before: SideDraft,
    /// The same script mended.
    pub after: SideDraft,
    /// The whole block.
    pub span: Span,
}

/// One script of an example as written.
#[derive(Debug)]
pub struct SideDraft {
    /// Voicemail or e-mail.
    pub channel: Channel,
    /// The script without the marks of annotations, each byte with its place.
    pub script: Text,
    /// Annotations, in order.
    pub annotations: Vec<AnnotationDraft>,
    /// Rules it is said to break.
    pub breaks: Vec<Spanned<String>>,
    /// Rules it is said to keep.
    pub keeps: Keeps,
}

/// What an author says a side keeps.
#[derive(Debug)]
pub enum Keeps {
    /// Every rule of the method; the place of the word `all`.
    All(Span),
    /// These rules.
    Some(Vec<Spanned<String>>),
}

/// An annotation as written.
#[derive(Debug)]
pub struct AnnotationDraft {
    /// Bytes of [`SideDraft::script`].
    pub range: std::ops::Range<usize>,
    /// The rule it names.
    pub rule: Option<Spanned<String>>,
    /// What the trainer says.
    pub note: Option<String>,
    /// The place of the annotated words.
    pub span: Span,
}

/// The words for a channel.
pub(super) const CHANNELS: &[(&str, Channel)] =
    &[("voicemail", Channel::Voicemail), ("email", Channel::Email)];
const SITUATIONS: &[(&str, Situation)] = &[
    ("referred", Situation::Referred),
    ("warm", Situation::Warm),
    ("cold", Situation::Cold),
    ("follow-up", Situation::FollowUp),
];

/// Reads an example block.
pub fn read(node: &Node, span: Span, diagnostics: &mut Diagnostics) -> Option<Block> {
    let mut fields = Fields::of(node, "an example", diagnostics)?;
    let id =
        fields.required("id", diagnostics).is_some().then(|| fields.spanned("id", diagnostics)).flatten();
    let title = fields.required_text("title", diagnostics).map(|text| text.value.trim().to_owned());
    let method = fields.spanned("method", diagnostics);
    let trade = fields.string("trade", diagnostics);
    let situation = fields.choice("situation", SITUATIONS, diagnostics);
    let before = fields.required("before", diagnostics).and_then(|node| side(node, diagnostics));
    let after = fields.required("after", diagnostics).and_then(|node| side(node, diagnostics));
    fields.finish(diagnostics);
    let draft = ExampleDraft {
        id: id?,
        title: title?,
        method,
        trade,
        situation,
        before: before?,
        after: after?,
        span,
    };
    Some(Block::Example(Box::new(draft)))
}

fn side(node: &Node, diagnostics: &mut Diagnostics) -> Option<SideDraft> {
    let mut fields = Fields::of(node, "a side of an example", diagnostics)?;
    let channel = fields.required("channel", diagnostics).is_some();
    let channel = if channel { fields.choice("channel", CHANNELS, diagnostics) } else { None };
    let written = fields.required_text("text", diagnostics).cloned();
    let breaks = fields.strings("breaks", diagnostics);
    let keeps = match fields.node("keeps") {
        Some(node) if node.as_str() == Some("all") => Keeps::All(node.span),
        _ => Keeps::Some(fields.strings("keeps", diagnostics)),
    };
    fields.finish(diagnostics);
    let written = written?;
    let script = Text { value: String::new(), plain: false, file: written.file, segments: Vec::new() };
    let mut reader = Annotations { written: &written, diagnostics, script, found: Vec::new() };
    reader.read();
    let (script, annotations) = (reader.script, reader.found);
    Some(SideDraft { channel: channel?, script, annotations, breaks, keeps })
}

/// Takes `[words]{rule: note}` apart. Square brackets without a brace behind them are the script's own.
struct Annotations<'a> {
    written: &'a Text,
    diagnostics: &'a mut Diagnostics,
    script: Text,
    found: Vec<AnnotationDraft>,
}

impl Annotations<'_> {
    fn read(&mut self) {
        let source = self.written.value.as_str();
        let mut at = 0;
        while let Some(offset) = source[at..].find('[') {
            let open = at + offset;
            self.copy(at, open);
            at = self.bracket(source, open);
        }
        self.copy(at, source.len());
        self.stray_braces(source);
    }

    fn copy(&mut self, from: usize, to: usize) {
        if from < to {
            self.written.append_to(from, to, &mut self.script);
        }
    }

    /// Reads from an opening bracket; gives the byte at which reading goes on.
    fn bracket(&mut self, source: &str, open: usize) -> usize {
        let Some(close) = matching(source, open) else {
            // Without its end it is an annotation only if a brace tells so.
            if source[open..].contains("]{") {
                self.mistake(open, open + 1, "this bracket is not closed before the next one opens");
            } else if !source[open..].contains(']') {
                self.mistake(open, open + 1, "this bracket is not closed");
            }
            self.copy(open, open + 1);
            return open + 1;
        };
        if !source[close + 1..].starts_with('{') || source[close + 1..].starts_with("{{") {
            // A placeholder such as [name]; what is inside may still be annotated.
            self.copy(open, open + 1);
            return open + 1;
        }
        // A brace that is not closed would otherwise take the next annotation's.
        let after = &source[close + 2..];
        let limit = [after.find('{'), after.find("\n\n")].into_iter().flatten().min();
        let limit = limit.map_or(source.len(), |offset| close + 2 + offset);
        let Some(end) = source[close + 2..limit].find('}').map(|offset| close + 2 + offset) else {
            self.mistake(close + 1, close + 2, "this brace is not closed");
            self.copy(open, open + 1);
            return open + 1;
        };
        let inner = &source[open + 1..close];
        if let Some(nested) = inner.find("]{") {
            self.mistake(open + 1 + nested, open + 3 + nested, "annotations do not stand inside one another");
        }
        let range_start = self.script.value.len();
        self.copy(open + 1, close);
        self.annotation(range_start, open + 1..close, close + 2..end);
        end + 1
    }

    fn annotation(&mut self, start: usize, words: std::ops::Range<usize>, brace: std::ops::Range<usize>) {
        let content = &self.written.value[brace.clone()];
        let (name, note) = content.split_once(':').map_or((content, None), |(name, note)| (name, Some(note)));
        let (name, note) = (name.trim(), note.map(str::trim).filter(|note| !note.is_empty()));
        if name.is_empty() && note.is_none() {
            self.mistake(brace.start - 1, brace.end + 1, "this annotation says nothing");
        }
        let at = brace.start + content.find(name).unwrap_or(0);
        let rule = (!name.is_empty())
            .then(|| Spanned { value: name.to_owned(), span: self.written.span(at, at + name.len()) });
        let span = self.written.span(words.start, words.end);
        self.found.push(AnnotationDraft {
            range: start..self.script.value.len(),
            rule,
            note: note.map(str::to_owned),
            span,
        });
    }

    /// `words]{rule}` whose opening bracket is missing.
    fn stray_braces(&mut self, source: &str) {
        for (at, _) in source.match_indices("]{") {
            if source[at + 1..].starts_with("{{") {
                continue;
            }
            let opened = source[..at].matches('[').count() > source[..at].matches(']').count();
            if !opened {
                self.mistake(at, at + 2, "the bracket that this one closes is missing");
            }
        }
    }

    fn mistake(&mut self, start: usize, end: usize, message: &str) {
        self.diagnostics
            .report(Code::BadAnnotation, self.written.span(start, end), message)
            .help("an annotation is written `[words]{rule}` or `[words]{rule: a note}`");
    }
}

/// The bracket that closes the one at `open`, with pairs inside it passed over.
fn matching(source: &str, open: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in source[open..].char_indices() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(open + at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::yaml::{YamlText, parse};

    fn read_side(text: &str) -> (SideDraft, Vec<String>) {
        let yaml = format!("channel: voicemail\ntext: |\n  {}\n", text.replace('\n', "\n  "));
        let mut diagnostics = Diagnostics::default();
        let node = parse(&YamlText::contiguous(&yaml, FileId(0), 0), &mut diagnostics).expect("yaml");
        let side = side(&node, &mut diagnostics).expect("a side");
        let at = |one: &crate::diag::Diagnostic| yaml[one.span.unwrap().range()].to_owned();
        (side, diagnostics.iter().map(at).collect())
    }

    #[test]
    fn annotations_are_taken_out_and_their_places_kept() {
        let (side, mistakes) =
            read_side("Hi [name], [we are best]{no-brag: a note}. [Call]{: yes}\nor [ring [me]]{x}.");
        assert_eq!(side.script.value, "Hi [name], we are best. Call\nor ring [me].\n");
        assert!(mistakes.is_empty());
        let seen: Vec<_> = side
            .annotations
            .iter()
            .map(|one| {
                (
                    &side.script.value[one.range.clone()],
                    one.rule.as_ref().map(|rule| rule.value.as_str()),
                    one.note.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            seen,
            [
                ("we are best", Some("no-brag"), Some("a note")),
                ("Call", None, Some("yes")),
                ("ring [me]", Some("x"), None)
            ]
        );
        let at = side.script.value.find("me]").unwrap();
        assert_eq!(side.script.span(at, at + 2).end - side.script.span(at, at + 2).start, 2);
    }

    #[test]
    fn mistakes_are_reported_where_they_stand() {
        let table = [
            ("a [b c", vec!["["]),
            ("a [b]{x", vec!["{"]),
            ("a [b [c]{x} d]{y}", vec!["]{"]),
            ("a b]{x}", vec!["]{"]),
            ("a [b]{}", vec!["{}"]),
            ("a [b]{x. And [c]{y}", vec!["{"]),
            ("[this [inner]{: one}]{: two}", vec!["]{"]),
            ("Dear [name], call {{phone}} [a]{{b}}", vec![]),
        ];
        for (text, wanted) in table {
            assert_eq!(read_side(text).1, wanted, "{text}");
        }
    }
}
