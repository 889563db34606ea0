//! What stands behind the language of a code block: ```` ```yaml {2,4-6} title="x" ````.

use crate::book::CodeBlock;

/// A code block from its info string and its code.
pub(super) fn code_block(info: &str, code: String) -> CodeBlock {
    let language =
        info.split([' ', ',', '{', '\t']).next().filter(|word| !word.is_empty()).map(str::to_owned);
    let title = info
        .split_once("title=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map(|(title, _)| title.to_owned());
    CodeBlock { language, code, marked: marked_lines(info), title }
}

/// `{2,4-6}` as ranges; what is no number is passed over.
fn marked_lines(info: &str) -> Vec<(u32, u32)> {
    let Some((_, rest)) = info.split_once('{') else { return Vec::new() };
    let Some((list, _)) = rest.split_once('}') else { return Vec::new() };
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        let (from, to) = (from.trim().parse().ok()?, to.trim().parse().ok()?);
        (1 <= from && from <= to).then_some((from, to))
    };
    list.split(',').filter_map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_language_lines_and_title() {
        let block = code_block("yaml {2,4-6,x} title=\"book.toml\"", String::new());
        assert_eq!(block.language.as_deref(), Some("yaml"));
        assert_eq!(block.marked, [(2, 2), (4, 6)]);
        assert_eq!(block.title.as_deref(), Some("book.toml"));
        assert_eq!(code_block("", String::new()).language, None);
        assert_eq!(code_block("rust,no_run", String::new()).language.as_deref(), Some("rust"));
    }
}
