//! `number`: a number, and how far off it may be. Decimal digits stay as written, so that both sides compare
//! them exactly.

use super::FormDraft;
use crate::diag::{Code, Diagnostics};
use crate::tree::{Fields, Node};

/// Longer numbers are no answers.
const MOST_DIGITS: usize = 15;

pub(super) fn read(fields: &mut Fields<'_>, diagnostics: &mut Diagnostics) -> Option<FormDraft> {
    let answer = fields.required("answer", diagnostics).and_then(|node| decimal(node, "answer", diagnostics));
    let tolerance = match fields.node("tolerance") {
        Some(node) => decimal(node, "tolerance", diagnostics).filter(|written| {
            let negative = written.starts_with('-');
            if negative {
                let message = "`tolerance` has to be 0 or more";
                diagnostics.report(Code::BadValue, node.span, message).help("it counts to both sides");
            }
            !negative
        }),
        None => Some("0".to_owned()),
    };
    let unit = fields.string("unit", diagnostics);
    Some(FormDraft::Number { answer: answer?, tolerance: tolerance?, unit })
}

fn decimal(node: &Node, key: &str, diagnostics: &mut Diagnostics) -> Option<String> {
    let written = node.as_str().map(str::trim).unwrap_or_default();
    if is_decimal(written) {
        return Some(written.to_owned());
    }
    let written = if written.is_empty() { node.kind().to_owned() } else { format!("`{written}`") };
    diagnostics
        .report(Code::BadValue, node.span, format!("`{key}` has to be a number, not {written}"))
        .help("write digits, and a point for a fraction: `45`, `-2.5`");
    None
}

/// `45`, `-2.5`: what the browser's field of numbers gives back.
pub(crate) fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && part.is_none_or(is_digits) && digits.len() <= MOST_DIGITS + 1
}

#[cfg(test)]
mod tests {
    use super::is_decimal;

    #[test]
    fn numbers_are_digits_with_at_most_one_point() {
        for text in ["0", "45", "-2.5", "007", "0.50"] {
            assert!(is_decimal(text), "{text}");
        }
        for text in ["", "-", ".5", "5.", "1,000", "1e3", "0x1F", "+4", "4 5", "1.2.3", "1234567890123456789"]
        {
            assert!(!is_decimal(text), "{text}");
        }
    }
}
