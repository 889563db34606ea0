//! Ids of questions and of their parts: written, or made from their words. Saved answers refer to them.

use super::super::inline::{self, RichDraft};
use crate::diag::{Code, Diagnostics};
use crate::slug::slug;
use crate::source::{Span, Spanned};
use crate::tree::{Fields, Node};
use std::collections::HashMap;

/// Words of a stem that an id is made from.
const WORDS: usize = 6;

/// A thing with an id.
#[derive(Debug)]
pub struct ItemDraft {
    /// Unique in its question.
    pub id: String,
    /// What it says.
    pub text: RichDraft,
}

/// An id as written: small letters, digits and hyphens.
pub(super) fn written(node: &Node, diagnostics: &mut Diagnostics) -> Option<Spanned<String>> {
    let value = node.as_str().map(str::trim).unwrap_or_default().to_owned();
    if value.is_empty() || slug(&value) != value {
        let id = slug(&value);
        let help = if id.is_empty() {
            "use small letters, digits and hyphens".to_owned()
        } else {
            format!("use small letters, digits and hyphens: `{id}`")
        };
        diagnostics.report(Code::BadValue, node.span, format!("`{value}` is no id")).help(help);
        return None;
    }
    Some(Spanned { value, span: node.span })
}

/// The id of a question without one of its own.
pub fn question_id(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().take(WORDS).collect();
    let id = slug(&words.join(" "));
    if id.is_empty() { "question".to_owned() } else { id }
}

/// Ids inside one question.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashMap<String, Span>,
}

impl Ids {
    /// The id of a thing: its own, else one from its words.
    pub(super) fn of(
        &mut self,
        fields: Option<&mut Fields<'_>>,
        text: &Spanned<RichDraft>,
        diagnostics: &mut Diagnostics,
    ) -> String {
        let own = fields.and_then(|fields| fields.node("id")).and_then(|node| written(node, diagnostics));
        let made = slug(&inline::words(&text.value));
        let (id, span) = match own {
            Some(own) => (own.value, own.span),
            None if made.is_empty() => (format!("n{}", self.taken.len() + 1), text.span),
            None => (made, text.span),
        };
        if let Some(first) = self.taken.get(&id) {
            diagnostics
                .report(Code::DuplicateId, span, format!("the id `{id}` stands twice in this question"))
                .related(*first, "it is first here")
                .help("give one of the two an `id` of its own");
        } else {
            self.taken.insert(id.clone(), span);
        }
        id
    }
}
