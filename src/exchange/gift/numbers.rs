//! Decimal numbers without floats: the middle of a range and half its width.

/// Digits behind the point that are kept.
const MOST_PLACES: usize = 6;
/// So many of what numbers are counted in make one.
const UNIT: i128 = 1_000_000;

/// A number as whole units of 10⁻⁶.
pub(super) fn parse(text: &str) -> Option<i128> {
    let text = text.trim();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let some = !whole.is_empty() || !part.is_empty();
    if !some || !is_digits(whole) || !is_digits(part) || whole.len() > 12 || part.len() > MOST_PLACES {
        return None;
    }
    let padded = format!("{whole}{part:0<MOST_PLACES$}");
    padded.parse::<i128>().ok().map(|number| sign * number)
}

/// The shortest way to write it.
pub(super) fn written(number: i128) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = (number.abs() / UNIT, number.abs() % UNIT);
    let part = format!("{part:0>MOST_PLACES$}");
    let part = part.trim_end_matches('0');
    if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// The middle of a range and how far its ends are from it.
pub(super) fn middle(from: i128, to: i128) -> (String, String) {
    let (low, high) = (from.min(to), from.max(to));
    (written(i128::midpoint(low, high)), written((high - low) / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_ranges_have_a_middle() {
        for text in ["0", "45", "-2.5", "1999.000001"] {
            assert_eq!(parse(text).map(written).as_deref(), Some(text));
        }
        for text in ["", ".", "1,5", "1e3", "1.2.3", "--1", "1234567890123"] {
            assert_eq!(parse(text), None, "{text}");
        }
        let middle_of = |a, b| middle(parse(a).expect("number"), parse(b).expect("number"));
        assert_eq!(middle_of("1", "5"), ("3".into(), "2".into()));
        assert_eq!(middle_of("0.5", "1"), ("0.75".into(), "0.25".into()));
    }
}
