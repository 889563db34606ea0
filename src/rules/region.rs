//! Regions as a trainer writes them: `first third`, `2 sentences after introduction`.

use crate::diag::{Code, Diagnostics};
use crate::engine::program::{Region, Unit};
use crate::tree::{Node, Value};

/// Reads one region or a list of them.
pub(super) fn regions(node: &Node, diagnostics: &mut Diagnostics) -> Option<Vec<Region>> {
    match &node.value {
        Value::List(items) if !items.is_empty() => {
            items.iter().map(|item| region(item, diagnostics)).collect()
        }
        _ => region(node, diagnostics).map(|region| vec![region]),
    }
}

/// Reads one region.
pub(super) fn region(node: &Node, diagnostics: &mut Diagnostics) -> Option<Region> {
    let written = node.as_str().unwrap_or("").trim().to_lowercase();
    let found = parse(&written);
    if found.is_none() {
        diagnostics.report(Code::BadRegion, node.span, format!("`{written}` is no region of a script")).help(
            "write it like `first 12 words`, `last third`, `first 40%` or `2 sentences after introduction`",
        );
    }
    found
}

fn parse(written: &str) -> Option<Region> {
    let words: Vec<&str> = written.split_whitespace().collect();
    let number = |word: &str| word.parse::<u32>().ok().filter(|number| (1..=10_000).contains(number));
    let side = |side: &str, number: u32, unit: Unit| match side {
        "first" => Some(Region::First(number, unit)),
        "last" => Some(Region::Last(number, unit)),
        _ => None,
    };
    match words.as_slice() {
        ["introduction"] => Some(Region::Introduction),
        ["after", "introduction"] => Some(Region::Rest),
        [count, unit, "after", "introduction"] => Some(Region::After(number(count)?, self::unit(unit)?)),
        [which, "third"] => side(which, 34, Unit::Percent),
        [which, "half"] => side(which, 50, Unit::Percent),
        [which, percent] if percent.ends_with('%') => {
            let percent = number(percent.trim_end_matches('%')).filter(|percent| *percent <= 100)?;
            side(which, percent, Unit::Percent)
        }
        [which, unit] => side(which, 1, self::unit(unit)?),
        [which, count, unit] => side(which, number(count)?, self::unit(unit)?),
        _ => None,
    }
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word.trim_end_matches('s') {
        "word" => Unit::Words,
        "sentence" => Unit::Sentences,
        "line" => Unit::Lines,
        "second" => Unit::Seconds,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_read_and_empty_ones_refused() {
        assert_eq!(parse("first 12 words"), Some(Region::First(12, Unit::Words)));
        assert_eq!(parse("last third"), Some(Region::Last(34, Unit::Percent)));
        assert_eq!(parse("last 40%"), Some(Region::Last(40, Unit::Percent)));
        assert_eq!(parse("first sentence"), Some(Region::First(1, Unit::Sentences)));
        assert_eq!(parse("2 sentences after introduction"), Some(Region::After(2, Unit::Sentences)));
        for bad in ["", "first 0 words", "first 101%", "middle third", "first twelve words", "last 3 pages"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
