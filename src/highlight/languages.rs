//! The table of languages: what starts a comment, a string, a key, and which words are special.

/// How a language is cut.
pub(super) struct Language {
    /// Names that stand after the fence.
    names: &'static [&'static str],
    /// What starts a comment that ends with its line. A `#` has to stand after a blank.
    pub(super) line_comments: &'static [&'static str],
    /// What a comment over several lines stands between.
    pub(super) block_comment: Option<(&'static str, &'static str)>,
    /// Strings, longest opening first.
    pub(super) strings: &'static [Quote],
    /// Words of the language.
    pub(super) keywords: &'static [&'static str],
    /// Whether case matters in them.
    pub(super) any_case: bool,
    /// How it differs from the common way.
    pub(super) kind: Kind,
}

/// A kind of string.
pub(super) struct Quote {
    /// It begins and ends with this.
    pub(super) mark: &'static str,
    /// Whether a backslash takes the next character with it.
    pub(super) escapes: bool,
    /// Whether it may go over several lines.
    pub(super) is_long: bool,
}

/// What a word before `(`, `:` or `=` is, and other habits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Calls, types with a capital, attributes with `@`.
    Code,
    /// As code, with lifetimes, raw strings, macros and `#[…]`.
    Rust,
    /// The first word of a line is a command; `$name` is a variable.
    Shell,
    /// Keys before `:`, text after `|`.
    Yaml,
    /// Keys before `=`, tables in brackets.
    Toml,
    /// Strings before `:` are keys.
    Json,
    /// Whole lines by their first character.
    Diff,
}

/// Words that stand for a value in nearly every language.
pub(super) const CONSTANTS: [&str; 13] =
    ["true", "false", "null", "none", "nil", "undefined", "nan", "self", "this", "yes", "no", "on", "off"];

const fn quote(mark: &'static str, escapes: bool, is_long: bool) -> Quote {
    Quote { mark, escapes, is_long }
}

const BOTH: &[Quote] = &[quote("\"", true, false), quote("'", true, false)];

static LANGUAGES: [Language; 9] = [
    Language {
        names: &["yaml", "yml"],
        line_comments: &["#"],
        block_comment: None,
        strings: BOTH,
        keywords: &[],
        any_case: false,
        kind: Kind::Yaml,
    },
    Language {
        names: &["json", "jsonc", "json5", "jsonl"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        strings: BOTH,
        keywords: &[],
        any_case: false,
        kind: Kind::Json,
    },
    Language {
        names: &["toml", "ini"],
        line_comments: &["#", ";"],
        block_comment: None,
        strings: &[
            quote("\"\"\"", true, true),
            quote("'''", false, true),
            quote("\"", true, false),
            quote("'", false, false),
        ],
        keywords: &[],
        any_case: false,
        kind: Kind::Toml,
    },
    Language {
        names: &["sh", "bash", "shell", "zsh"],
        line_comments: &["#"],
        block_comment: None,
        strings: &[quote("\"", true, true), quote("'", false, true)],
        keywords: &[
            "if", "then", "else", "elif", "fi", "for", "in", "do", "done", "while", "until", "case", "esac",
            "function", "return", "export", "local", "set", "unset", "exit",
        ],
        any_case: false,
        kind: Kind::Shell,
    },
    Language {
        names: &["rust", "rs"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        strings: &[quote("\"", true, true)],
        keywords: &[
            "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern",
            "fn", "for", "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref",
            "return", "static", "struct", "super", "trait", "type", "unsafe", "use", "where", "while",
        ],
        any_case: false,
        kind: Kind::Rust,
    },
    Language {
        names: &["js", "javascript", "mjs", "jsx", "ts", "typescript", "tsx"],
        line_comments: &["//"],
        block_comment: Some(("/*", "*/")),
        strings: &[quote("\"", true, false), quote("'", true, false), quote("`", true, true)],
        keywords: &[
            "as",
            "async",
            "await",
            "break",
            "case",
            "catch",
            "class",
            "const",
            "continue",
            "default",
            "delete",
            "do",
            "else",
            "enum",
            "export",
            "extends",
            "finally",
            "for",
            "from",
            "function",
            "get",
            "if",
            "implements",
            "import",
            "in",
            "instanceof",
            "interface",
            "let",
            "new",
            "of",
            "private",
            "public",
            "readonly",
            "return",
            "set",
            "static",
            "super",
            "switch",
            "throw",
            "try",
            "type",
            "typeof",
            "var",
            "void",
            "while",
            "yield",
        ],
        any_case: false,
        kind: Kind::Code,
    },
    Language {
        names: &["python", "py"],
        line_comments: &["#"],
        block_comment: None,
        strings: &[
            quote("\"\"\"", true, true),
            quote("'''", true, true),
            quote("\"", true, false),
            quote("'", true, false),
        ],
        keywords: &[
            "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif",
            "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda",
            "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
        ],
        any_case: false,
        kind: Kind::Code,
    },
    Language {
        names: &["sql"],
        line_comments: &["--"],
        block_comment: Some(("/*", "*/")),
        strings: &[quote("'", false, true), quote("\"", false, false)],
        keywords: &[
            "alter",
            "and",
            "as",
            "asc",
            "begin",
            "between",
            "by",
            "case",
            "commit",
            "create",
            "delete",
            "desc",
            "distinct",
            "drop",
            "else",
            "end",
            "exists",
            "from",
            "full",
            "group",
            "having",
            "in",
            "inner",
            "insert",
            "into",
            "is",
            "join",
            "left",
            "like",
            "limit",
            "not",
            "on",
            "or",
            "order",
            "outer",
            "primary",
            "key",
            "references",
            "right",
            "select",
            "set",
            "table",
            "then",
            "union",
            "unique",
            "update",
            "values",
            "view",
            "when",
            "where",
            "with",
        ],
        any_case: true,
        kind: Kind::Code,
    },
    Language {
        names: &["diff", "patch"],
        line_comments: &[],
        block_comment: None,
        strings: &[],
        keywords: &[],
        any_case: false,
        kind: Kind::Diff,
    },
];

/// The language of a name.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.names.contains(&name))
}
