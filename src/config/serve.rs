//! `[serve]` of `book.toml`: what the live preview needs to know.

use crate::diag::{Code, Diagnostics};
use crate::tree::Fields;

/// What `[serve]` says.
#[derive(Debug, Clone)]
pub struct ServeConfig {
    /// The address that opens a file in an editor, with `{path}`, `{line}` and `{column}`; nothing makes no links.
    pub editor: String,
}

impl Default for ServeConfig {
    fn default() -> Self {
        Self { editor: "vscode://file/{path}:{line}:{column}".to_owned() }
    }
}

/// Reads the table; what cannot be read is a diagnostic and keeps its default.
pub(super) fn read(mut fields: Fields<'_>, diagnostics: &mut Diagnostics) -> ServeConfig {
    let mut config = ServeConfig::default();
    if let Some(editor) = fields.spanned("editor", diagnostics) {
        if editor.value.is_empty() || (editor.value.contains("{path}") && opens_a_program(&editor.value)) {
            config.editor = editor.value;
        } else {
            diagnostics
                .report(
                    Code::BadValue,
                    editor.span,
                    format!("`{}` is not an address that opens a file in an editor", editor.value),
                )
                .help("`vscode://file/{path}:{line}:{column}`, `zed://file/{path}:{line}`, `idea://open?file=/{path}&line={line}`, or `\"\"` for none");
        }
    }
    fields.finish(diagnostics);
    config
}

/// Whether an address has a scheme that a browser hands to another program.
fn opens_a_program(address: &str) -> bool {
    const RUN_HERE: [&str; 5] = ["javascript", "data", "vbscript", "blob", "about"];
    address.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
            && !RUN_HERE.contains(&scheme.to_ascii_lowercase().as_str())
    })
}
