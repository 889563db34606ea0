//! The one reader of YAML: text to a [`Node`] tree with places, safe against hostile input.
//!
//! 1. The parser's events become nodes; aliases are copied, under a budget of nodes and depth.
//! 2. Every scalar is aligned with its source, so that a place inside `text: |` is exact.
//! 3. A syntax mistake is one diagnostic where reading stopped, and no tree.
//!
//! Merge keys (`<<`), tags and several documents in one text are not part of what authors write here
//! and are refused or ignored as the parser reports them.

use crate::diag::{Code, Diagnostics};
use crate::source::{FileId, Sources, Span};
use crate::tree::{Entry, Node, Segment, Text, Value};
use granit_parser::{Event, Options, Parser, ScalarStyle};
use std::collections::HashMap;

/// Values that one text may stand for, aliases written out.
const MAX_NODES: usize = 200_000;
/// Lists and maps inside one another.
const MAX_DEPTH: usize = 64;

/// A YAML text and where it stands in its file: whole, or the body of a block.
#[derive(Debug, Clone)]
pub struct YamlText<'a> {
    /// The YAML.
    pub text: &'a str,
    /// The file.
    pub file: FileId,
    /// Runs of the text that stand in the file unchanged; one run unless the block is indented or quoted.
    pub segments: Vec<Segment>,
}

impl<'a> YamlText<'a> {
    /// A text that stands in the file in one piece, from byte `start` on.
    pub fn contiguous(text: &'a str, file: FileId, start: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        Self { text, file, segments: vec![Segment { value: 0, file: start }] }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        let place = |offset: usize| {
            let after = self.segments.partition_point(|segment| segment.value as usize <= offset);
            let segment = self.segments.get(after.saturating_sub(1)).copied();
            segment.map_or(offset, |one| (one.file as usize + offset).saturating_sub(one.value as usize))
        };
        let end_place = if end > start { place(end - 1) + 1 } else { place(start) };
        Span::new(self.file, place(start), end_place)
    }
}

/// Reads a whole YAML file.
pub fn parse_file(sources: &Sources, file: FileId, diagnostics: &mut Diagnostics) -> Option<Node> {
    parse(&YamlText::contiguous(sources.text(file), file, 0), diagnostics)
}

/// Reads a YAML text; an empty one is an empty map.
pub fn parse(yaml: &YamlText<'_>, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut options = Options::default();
    options.emit_comments = false;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    let mut builder = Builder { yaml, stack: Vec::new(), anchors: HashMap::new(), nodes: 0, root: None };
    for event in Parser::new_from_str_with_options(yaml.text, options) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0).min(yaml.text.len());
                syntax_mistake(yaml, at, &error.to_string(), diagnostics);
                return None;
            }
        };
        let range = span.byte_range().unwrap_or(0..0);
        if let Err(problem) = builder.event(event, range.clone(), diagnostics) {
            diagnostics.report(Code::YamlTooLarge, yaml.span(range.start, range.end), problem);
            return None;
        }
    }
    Some(builder.root.unwrap_or_else(|| Node { span: yaml.span(0, 0), value: Value::Map(Vec::new()) }))
}

fn syntax_mistake(yaml: &YamlText<'_>, at: usize, message: &str, diagnostics: &mut Diagnostics) {
    // The parser adds its own line and column, which would be those inside the block.
    let message = message.split(" at byte").next().unwrap_or(message);
    let message = message.split(" at char").next().unwrap_or(message);
    let message = message.split(" at line").next().unwrap_or(message);
    let line = &yaml.text[yaml.text[..at].rfind('\n').map_or(0, |start| start + 1)..];
    let line = line.split('\n').next().unwrap_or("");
    if message.contains("recursion limit") || message.contains("nesting") {
        let message = format!("lists and maps are nested more than {MAX_DEPTH} deep");
        diagnostics.report(Code::YamlTooLarge, yaml.span(at, (at + 1).min(yaml.text.len())), message);
        return;
    }
    let one = diagnostics.report(Code::BadYaml, yaml.span(at, (at + 1).min(yaml.text.len())), message.trim());
    if line.contains('\t') {
        one.help("YAML does not allow tabs for indentation; use spaces");
    } else if line.matches(": ").count() > 1 {
        one.help("a value that holds a colon needs quotes: `key: \"first: second\"`");
    }
}

enum Open {
    List { start: usize, anchor: usize, items: Vec<Node> },
    Map { start: usize, anchor: usize, entries: Vec<Entry>, key: Option<Node> },
}

struct Builder<'a, 'y> {
    yaml: &'a YamlText<'y>,
    stack: Vec<Open>,
    anchors: HashMap<usize, (Node, usize)>,
    nodes: usize,
    root: Option<Node>,
}

impl Builder<'_, '_> {
    fn event(
        &mut self,
        event: Event<'_>,
        range: std::ops::Range<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), String> {
        match event {
            Event::Scalar(value, style, anchor, _) => {
                let text = align(self.yaml, &value, style, range.clone());
                let node = Node { span: self.yaml.span(range.start, range.end), value: Value::Scalar(text) };
                self.add(node, anchor, 1, diagnostics)
            }
            Event::SequenceStart(_, anchor, _) => {
                self.stack.push(Open::List { start: range.start, anchor, items: Vec::new() });
                self.deep_enough()
            }
            Event::MappingStart(_, anchor, _) => {
                self.stack.push(Open::Map { start: range.start, anchor, entries: Vec::new(), key: None });
                self.deep_enough()
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(range.end, diagnostics),
            Event::Alias(id) => match self.anchors.get(&id) {
                Some((node, size)) => {
                    let (mut node, size) = (node.clone(), *size);
                    node.span = self.yaml.span(range.start, range.end);
                    self.add(node, 0, size, diagnostics)
                }
                None => Err("an alias (`*name`) that names nothing finished before it".to_owned()),
            },
            _ => Ok(()),
        }
    }

    fn deep_enough(&self) -> Result<(), String> {
        if self.stack.len() > MAX_DEPTH {
            return Err(format!("lists and maps are nested more than {MAX_DEPTH} deep"));
        }
        Ok(())
    }

    fn close(&mut self, end: usize, diagnostics: &mut Diagnostics) -> Result<(), String> {
        let (node, anchor) = match self.stack.pop() {
            Some(Open::List { start, anchor, items }) => {
                let end = items.last().map_or(end, |_| end);
                (Node { span: self.trimmed(start, end), value: Value::List(items) }, anchor)
            }
            Some(Open::Map { start, anchor, entries, .. }) => {
                (Node { span: self.trimmed(start, end), value: Value::Map(entries) }, anchor)
            }
            None => return Ok(()),
        };
        self.add(node, anchor, 1, diagnostics)
    }

    /// A collection's span without the white space that the parser counts to its end.
    fn trimmed(&self, start: usize, end: usize) -> Span {
        let text = self.yaml.text.get(start..end).unwrap_or("");
        self.yaml.span(start, start + text.trim_end().len())
    }

    fn add(
        &mut self,
        node: Node,
        anchor: usize,
        size: usize,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), String> {
        self.nodes += size;
        if self.nodes > MAX_NODES {
            return Err(format!(
                "this YAML stands for more than {MAX_NODES} values, counting what its aliases repeat"
            ));
        }
        if anchor != 0 {
            let size = count(&node);
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.stack.last_mut() {
            None => self.root = Some(node),
            Some(Open::List { items, .. }) => items.push(node),
            Some(Open::Map { entries, key, .. }) => match key.take() {
                None => *key = Some(node),
                Some(name) => add_entry(entries, &name, node, diagnostics),
            },
        }
        Ok(())
    }
}

fn count(node: &Node) -> usize {
    match &node.value {
        Value::Scalar(_) => 1,
        Value::List(items) => 1 + items.iter().map(count).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| count(&entry.value)).sum::<usize>(),
    }
}

fn add_entry(entries: &mut Vec<Entry>, name: &Node, value: Node, diagnostics: &mut Diagnostics) {
    let Value::Scalar(text) = &name.value else {
        diagnostics.report(Code::BadYaml, name.span, format!("a key has to be text, not {}", name.kind()));
        return;
    };
    let key = text.value.clone();
    if let Some(first) = entries.iter().find(|entry| entry.key == key) {
        let (here, first) = (name.span, first.key_span);
        diagnostics
            .report(Code::DuplicateKey, here, format!("`{key}` stands twice"))
            .related(first, "it is first here");
        return;
    }
    entries.push(Entry { key, key_span: name.span, value });
}

/// Finds the runs of a scalar's value in its source.
///
/// Walks both together: equal characters advance both; white space that folding or indentation added
/// is skipped on the side that has it; escapes of quoted styles are passed over as one character.
fn align(yaml: &YamlText<'_>, value: &str, style: ScalarStyle, range: std::ops::Range<usize>) -> Text {
    let source = yaml.text.get(range.clone()).unwrap_or("");
    let plain = style == ScalarStyle::Plain;
    let mut at = match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => 1.min(source.len()),
        // The parser's span of a block starts at its first character, not at the `|`.
        _ => 0,
    };
    let mut segments: Vec<Segment> = Vec::new();
    let mut expected = usize::MAX;
    let bytes = source.as_bytes();
    for (offset, character) in value.char_indices() {
        at = skip(source, at, character, style);
        if at != expected {
            let place = yaml.span(range.start + at, range.start + at).start;
            segments.push(Segment { value: narrow(offset), file: place });
        }
        let step = if style == ScalarStyle::DoubleQuoted && bytes.get(at) == Some(&b'\\') {
            escape_length(&source[at..])
        } else if style == ScalarStyle::SingleQuoted && source[at..].starts_with("''") {
            2
        } else if source[at..].starts_with(character) {
            character.len_utf8()
        } else {
            0
        };
        at += step;
        // A line end may jump over indentation, and in an indented block the file has more than the text.
        expected = if character == '\n' || step != character.len_utf8() { usize::MAX } else { at };
    }
    if segments.is_empty() {
        segments.push(Segment { value: 0, file: yaml.span(range.start, range.start).start });
    }
    Text { value: value.to_owned(), plain, file: yaml.file, segments }
}

fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The place at or after `at` where `character` of the value stands in the source.
fn skip(source: &str, at: usize, character: char, style: ScalarStyle) -> usize {
    let rest = &source[at..];
    if rest.starts_with(character) && character != ' ' {
        return at;
    }
    if style == ScalarStyle::DoubleQuoted && rest.starts_with('\\') && !rest.starts_with("\\\n") {
        return at;
    }
    let blank = rest.len() - rest.trim_start_matches([' ', '\n', '\t', '\\']).len();
    if character == ' ' || character == '\n' {
        // A space may be one of the source, or stand for a folded line end.
        return if rest.starts_with(character) || blank == 0 { at } else { at + blank.saturating_sub(1) };
    }
    if source[at + blank..].starts_with(character) || style == ScalarStyle::DoubleQuoted {
        at + blank
    } else {
        at
    }
}

/// Bytes of one escape of a double-quoted scalar, backslash included.
fn escape_length(rest: &str) -> usize {
    let after = rest.chars().nth(1);
    let digits = match after {
        Some('x') => 2,
        Some('u') => 4,
        Some('U') => 8,
        _ => 0,
    };
    let wanted = 1 + after.map_or(0, char::len_utf8) + digits;
    (0..=wanted.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(0).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<Node>, Diagnostics) {
        let mut diagnostics = Diagnostics::default();
        let node = parse(&YamlText::contiguous(text, FileId(0), 0), &mut diagnostics);
        (node, diagnostics)
    }

    /// The words that a span inside a value points at in the file.
    fn words(yaml: &str, key: &str, wanted: &str) -> String {
        let (node, _) = read(yaml);
        let node = node.expect("valid YAML");
        let text = node.get(key).and_then(Node::text).expect("a text").clone();
        let start = text.value.find(wanted).expect("the words are in the value");
        let span = text.span(start, start + wanted.len());
        yaml[span.range()].to_owned()
    }

    #[test]
    fn places_inside_every_style_of_scalar() {
        assert_eq!(words("a: one two three\n", "a", "two"), "two");
        assert_eq!(words("a: \"say \\\"hi\\\" to \\u00e9 Bob\"\n", "a", "Bob"), "Bob");
        assert_eq!(words("a: 'it''s Bob'\n", "a", "Bob"), "Bob");
        assert_eq!(words("x: 1\na: |\n  first line\n  second Bob here\n", "a", "Bob"), "Bob");
        assert_eq!(words("a: |\n  first\n\n    indented Bob\n  last Eve\n", "a", "Eve"), "Eve");
        assert_eq!(words("a: >\n  folded over\n  lines for Bob\n", "a", "Bob"), "Bob");
        assert_eq!(words("a: plain over\n  two lines Bob\n", "a", "Bob"), "Bob");
        assert_eq!(words("a: \"quoted over\n   two lines Bob\"\n", "a", "Bob"), "Bob");
        assert_eq!(words("a: {b: 1}\nc: |\n  h\u{e9} 😀 Bob\n", "c", "Bob"), "Bob");
    }

    #[test]
    fn numbers_and_booleans_stay_text_until_asked() {
        let (node, _) = read("a: 08:30\nb: 12\nc: true\nd: 'true'\ne: no\nf:\n");
        let node = node.expect("valid");
        assert_eq!(node.get("a").and_then(Node::as_str), Some("08:30"));
        assert_eq!(node.get("b").and_then(Node::as_int), Some(12));
        assert_eq!(node.get("c").and_then(Node::as_bool), Some(true));
        assert_eq!(node.get("d").and_then(Node::as_bool), None);
        assert_eq!(node.get("e").and_then(Node::as_str), Some("no"));
        assert!(node.get("f").is_some_and(Node::is_null));
    }

    #[test]
    fn bombs_and_nonsense_are_refused_in_bounded_time() {
        let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for (name, before) in ('b'..='j').zip('a'..='i') {
            let aliases = vec![format!("*{before}"); 9].join(",");
            bomb.extend([name.to_string(), ": &".into(), name.to_string(), format!(" [{aliases}]\n")]);
        }
        let deep = "[".repeat(100_000);
        for text in [bomb.as_str(), deep.as_str(), "a: [1", "a: b: c", "a: *nobody", "%", "a:\n\t- b"] {
            let (node, diagnostics) = read(text);
            let start: String = text.chars().take(20).collect();
            assert!(node.is_none() && diagnostics.len() == 1, "{start:?}");
        }
    }

    #[test]
    fn a_key_that_stands_twice_is_reported_once() {
        let (node, diagnostics) = read("a: 1\na: 2\n");
        assert_eq!(node.and_then(|node| node.get("a").and_then(Node::as_int)), Some(1));
        assert_eq!(diagnostics.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::DuplicateKey]);
    }
}
