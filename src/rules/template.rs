//! A script to fill in: the frame of a message under one method, with placeholders such as `[company]`.

use std::collections::BTreeSet;

use super::detector;
use crate::diag::{Code, Diagnostics};
use crate::engine::Channel;
use crate::source::{FileId, Span, Spanned};
use crate::tree::{Fields, Node};

/// A template as its author wrote it.
#[derive(Debug, Clone)]
pub struct TemplateDef {
    /// Unique among templates.
    pub id: String,
    /// One line.
    pub title: String,
    /// The method that it is made for.
    pub method: Spanned<String>,
    /// Voicemail or e-mail.
    pub channel: Channel,
    /// The words; what stands in square brackets is filled in.
    pub text: String,
    /// Where its id stands.
    pub span: Span,
}

const CHANNELS: &[(&str, Channel)] = &[("voicemail", Channel::Voicemail), ("email", Channel::Email)];

/// Reads a template's file.
pub(super) fn read(file: FileId, node: &Node, diagnostics: &mut Diagnostics) -> Option<TemplateDef> {
    let mut fields = Fields::of(node, "a template", diagnostics)?;
    let id_node = fields.required("id", diagnostics);
    let id = id_node.and_then(Node::as_str).unwrap_or("").to_owned();
    let span = id_node.map_or(Span::whole_file(file), |node| node.span);
    if id_node.is_some() && !detector::is_name(&id) {
        diagnostics
            .report(Code::BadValue, span, format!("`{id}` is no id"))
            .help("use small letters, digits and hyphens");
    }
    let title = fields.required_text("title", diagnostics).map(|text| text.value.trim().to_owned());
    fields.required("method", diagnostics);
    let method = fields.spanned("method", diagnostics);
    let channel = fields.choice("channel", CHANNELS, diagnostics).unwrap_or(Channel::Voicemail);
    let text = fields.required_text("text", diagnostics).map(|text| text.value.trim_end().to_owned());
    fields.finish(diagnostics);
    id_node?;
    Some(TemplateDef { id, title: title?, method: method?, channel, text: text?, span })
}

/// Leaves out what belongs to a method that does not exist, and says so.
pub(super) fn of_known_methods(
    templates: &mut Vec<TemplateDef>,
    methods: &BTreeSet<&str>,
    diagnostics: &mut Diagnostics,
) {
    templates.retain(|template| {
        let Spanned { value, span } = &template.method;
        let is_known = methods.contains(value.as_str());
        if !is_known {
            diagnostics
                .report(Code::UnknownMethod, *span, format!("no method is called `{value}`"))
                .help_nearest(value, methods.iter().copied());
        }
        is_known
    });
}
