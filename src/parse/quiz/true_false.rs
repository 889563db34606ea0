//! `true-false`: a sentence that holds, or does not.

use super::FormDraft;
use crate::diag::{Code, Diagnostics};
use crate::tree::Fields;

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let node = fields.required("answer", diagnostics)?;
    match node.as_bool() {
        Some(answer) => Some(FormDraft::TrueFalse { answer }),
        None => {
            let message = "`answer` has to be `true` or `false`";
            diagnostics.report(Code::BadValue, node.span, message).help("without quotes around it");
            None
        }
    }
}
