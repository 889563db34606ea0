//! "Did you mean": the known name nearest to what was typed.

/// The closest of `names` to `written`, if it is close enough to be a slip of the hand: at most one
/// edit in three letters, where swapping two neighbours is one edit (optimal string alignment).
pub fn nearest<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written: Vec<char> = written.chars().flat_map(char::to_lowercase).take(MAX_LENGTH).collect();
    let limit = (written.len() / 3).max(1);
    names
        .into_iter()
        .filter(|name| name.chars().count().abs_diff(written.len()) <= limit)
        .map(|name| {
            (distance(&written, &name.chars().flat_map(char::to_lowercase).collect::<Vec<_>>()), name)
        })
        .filter(|(edits, _)| *edits <= limit)
        .min()
        .map(|(_, name)| name)
}

/// Longer words are cut: nobody mistypes a name of 64 letters into another.
const MAX_LENGTH: usize = 64;

fn distance(a: &[char], b: &[char]) -> usize {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(from != to);
            let mut best = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *from == b[j - 1] && a[i - 1] == *to {
                best = best.min(before_last[j - 1] + 1);
            }
            row.push(best);
        }
        before_last = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_slips_and_nothing_else() {
        let names = ["no-brag", "number-twice", "single-ask"];
        assert_eq!(nearest("no-bragg", names), Some("no-brag"));
        assert_eq!(nearest("nubmer-twice", names), Some("number-twice"));
        assert_eq!(nearest("Single-Ask", names), Some("single-ask"));
        assert_eq!(nearest("clear-ask", names), None);
        assert_eq!(nearest("", names), None);
    }
}
