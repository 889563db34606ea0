//! Samples: scripts that prove a rule, with the offending words in «».

use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::source::Span;
use crate::tree::{Fields, Node, Text, Value};

/// A sample of a rule.
#[derive(Debug, Clone)]
pub struct Sample {
    /// On which channel it is graded.
    pub channel: Channel,
    /// The script, without «».
    pub text: String,
    /// Byte ranges in `text` that stood in «», each with its place in the file.
    pub marks: Vec<(usize, usize, Span)>,
    /// Where the sample stands.
    pub span: Span,
}

/// The words of the two channels.
pub(super) const CHANNELS: [(&str, Channel); 2] =
    [("voicemail", Channel::Voicemail), ("email", Channel::Email)];

/// Reads a sample: text, or `{channel, text}`.
pub(super) fn read(node: &Node, channel: Channel, diagnostics: &mut Diagnostics) -> Option<Sample> {
    match &node.value {
        Value::Scalar(text) if !text.is_null() => strip(text, channel, node.span, diagnostics),
        Value::Map(_) => {
            let mut fields = Fields::of(node, "a sample", diagnostics)?;
            let channel = fields.choice("channel", &CHANNELS, diagnostics).unwrap_or(channel);
            let text = fields.required_text("text", diagnostics);
            fields.finish(diagnostics);
            strip(text?, channel, node.span, diagnostics)
        }
        _ => {
            diagnostics.report(Code::BadSample, node.span, "a sample has to be text, or a map with `text`");
            None
        }
    }
}

fn strip(text: &Text, channel: Channel, span: Span, diagnostics: &mut Diagnostics) -> Option<Sample> {
    let mut out = String::with_capacity(text.value.len());
    let mut marks = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, c) in text.value.char_indices() {
        match (c, open) {
            ('«', None) => open = Some((out.len(), at)),
            ('»', Some((from, written))) => {
                marks.push((from, out.len(), text.span(written, at + c.len_utf8())));
                open = None;
            }
            ('«' | '»', _) => {
                let here = text.span(at, at + c.len_utf8());
                diagnostics.report(Code::BadSample, here, format!("this `{c}` has no partner"));
                return None;
            }
            _ => out.push(c),
        }
    }
    if let Some((_, written)) = open {
        let here = text.span(written, written + '«'.len_utf8());
        diagnostics.report(Code::BadSample, here, "this `«` is never closed").help("add `»`");
        return None;
    }
    Some(Sample { channel, text: out, marks, span })
}
