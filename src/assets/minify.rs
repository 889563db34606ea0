//! Scripts and styles without what only people read: comments, spaces, long names inside functions.
//!
//! Scripts go through oxc's parser, mangler and printer; its compressor takes eight times as long for 2 % of the bytes
//! after gzip. Styles are cut by Servo's tokenizer, the one under every CSS tool in Rust, and put together again without
//! the spaces that part nothing; lightningcss saves 2 % more, for two minutes of compiling and 7 MB of program.

use cssparser::{Parser, ParserInput, Token};
use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions, CommentOptions};
use oxc_mangler::{MangleOptions, Mangler};
use oxc_parser::Parser as ScriptParser;
use oxc_span::SourceType;

/// Where a script stops making sense (bytes), and how.
pub(super) type Mistake = (std::ops::Range<usize>, String);

/// A script as short as it can be made without changing what it does.
pub(super) fn script(text: &str) -> Result<String, Mistake> {
    let allocator = Allocator::default();
    let parsed = ScriptParser::new(&allocator, text, SourceType::unambiguous()).parse();
    if let Some(error) = parsed.errors.first() {
        let label = error.labels.as_ref().and_then(|labels| labels.first());
        let range = label.map_or(0..0, |label| label.offset()..label.offset() + label.len());
        return Err((range, error.message.to_string()));
    }
    // A module's names are its own; those of a classic script are everybody's.
    let names =
        MangleOptions { top_level: parsed.program.source_type.is_module(), ..MangleOptions::default() };
    let mangled = Mangler::new().with_options(names).build(&parsed.program);
    let options =
        CodegenOptions { minify: true, comments: CommentOptions::disabled(), ..CodegenOptions::default() };
    let printed = Codegen::new()
        .with_options(options)
        .with_scoping(Some(mangled.scoping))
        .with_private_member_mappings(Some(mangled.class_private_mappings))
        .build(&parsed.program);
    Ok(printed.code)
}

/// A style sheet without comments and without spaces that part nothing.
pub(super) fn style(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut input = ParserInput::new(text);
    block(&mut Parser::new(&mut input), &mut out, false);
    out
}

/// Copies tokens as they are written; `is_value` inside brackets, where colons and signs need their spaces.
fn block(parser: &mut Parser<'_, '_>, out: &mut String, is_value: bool) {
    let mut gap = false;
    loop {
        let start = parser.position();
        let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else { return };
        let text = parser.slice_from(start);
        match token {
            Token::WhiteSpace(_) => gap = true,
            // A comment between two words parts them: `a/**/b` is no `ab`.
            Token::Comment(_) => gap |= !out.ends_with(char::is_whitespace) && !out.is_empty(),
            _ => {
                if gap && parts(out, &token, is_value) {
                    out.push(' ');
                }
                gap = false;
                out.push_str(text);
                let close = match token {
                    Token::CurlyBracketBlock => '}',
                    Token::ParenthesisBlock | Token::Function(_) => ')',
                    Token::SquareBracketBlock => ']',
                    _ => continue,
                };
                let inside = close != '}';
                let done = parser.parse_nested_block(|inner| {
                    block(inner, out, inside);
                    Ok::<(), cssparser::ParseError<'_, ()>>(())
                });
                if done.is_ok() {
                    if close == '}' && out.ends_with(';') {
                        out.pop();
                    }
                    out.push(close);
                }
            }
        }
    }
}

/// Whether a space between what is there and the next token parts them.
fn parts(out: &str, next: &Token<'_>, is_value: bool) -> bool {
    if out.is_empty() || out.ends_with(['{', '}', ';', ',', '(', '[']) {
        return false;
    }
    match next {
        Token::Comma | Token::CurlyBracketBlock => return false,
        // `--name: ;` has a space for its value.
        Token::Semicolon => return out.ends_with(':'),
        _ if is_value => return true,
        Token::Delim('>' | '+' | '~' | '!') => return false,
        _ => {}
    }
    !out.ends_with(['>', '+', '~', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_keep_the_spaces_that_mean_something() {
        for (text, expected) in [
            ("a { color: red; }\n\n/* x */\nb , c { margin: 0 auto; }", "a{color:red}b,c{margin:0 auto}"),
            ("a :hover { x: y } a:hover { x: y }", "a :hover{x:y}a:hover{x:y}"),
            ("a { width: calc( 1px + 2px ) }", "a{width:calc(1px + 2px)}"),
            ("a > b + c ~ d { --x: { a: b } }", "a>b+c~d{--x:{a:b}}"),
            (
                "@media (width >= 40em) and (hover) { a { b: c } }",
                "@media (width >= 40em) and (hover){a{b:c}}",
            ),
            ("a::before { content: \" /* x */ \" ; }", "a::before{content:\" /* x */ \"}"),
            ("a { background: url( x.svg ) }", "a{background:url( x.svg )}"),
            ("a { & :is(b, c) d { x: y !important } }", "a{& :is(b,c) d{x:y!important}}"),
            ("a/**/b { x: 1/**/2 }", "a b{x:1 2}"),
            (".a .b{} .a.b{} #a [b='c'] *{}", ".a .b{}.a.b{}#a [b='c'] *{}"),
            ("a { --x: ; --y: 1 }", "a{--x: ;--y:1}"),
            ("a { x: y", "a{x:y}"),
            ("} a { x: y }", "}a{x:y}"),
        ] {
            assert_eq!(style(text), expected, "{text}");
        }
    }

    #[test]
    fn scripts_keep_what_others_see_and_say_where_they_are_broken() {
        let text = "// x\nimport { el } from \"./dom.js\"\nexport function longName(argument) {\n  const inner = argument + 1\n  return el(inner)\n}\n";
        let short = script(text).expect("a script");
        assert!(short.contains("longName") && short.contains("\"./dom.js\""), "{short}");
        assert!(!short.contains("inner") && !short.contains("// x"), "{short}");
        let (range, message) = script("const a = 1\nconst b = = 2\n").expect_err("no script");
        assert_eq!((range.start, message.is_empty()), (22, false), "{message}");
    }
}
