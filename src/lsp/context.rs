//! Where in half-written YAML the cursor stands: below which keys, and at a key or at a value.
//!
//! The YAML reader wants whole texts; somebody who types has none. So this looks at indentation, dashes, brackets and
//! colons alone. A wrong guess offers the wrong words, nothing more.

/// Where the cursor stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Context {
    /// The keys around it, the outermost first; lists do not count.
    pub(super) path: Vec<String>,
    /// What would be written there.
    pub(super) at: At,
    /// Where that began, in bytes.
    pub(super) start: usize,
}

/// What would be written at the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum At {
    /// A key.
    Key,
    /// A value.
    Value,
    /// An item of a list: a value, or the first key of a map.
    Item,
}

/// Looks at YAML up to the cursor.
pub(super) fn context(text: &str) -> Context {
    let mut scan = Scan { stack: Vec::new(), scalar: None, flow: Vec::new(), begun: 0 };
    let mut offset = 0;
    let mut last = None;
    for line in text.split('\n') {
        last = Some(scan.line(line, offset));
        offset += line.len() + 1;
    }
    let (at, start) = last.unwrap_or((At::Key, 0));
    let flow = scan.flow.into_iter().filter_map(|frame| frame.key);
    Context { path: scan.stack.into_iter().map(|(_, key)| key).chain(flow).collect(), at, start }
}

struct Scan {
    /// Open keys with their columns.
    stack: Vec<(usize, String)>,
    /// The column of a key whose value is a block of text.
    scalar: Option<usize>,
    flow: Vec<Frame>,
    /// Where the current piece inside brackets began.
    begun: usize,
}

struct Frame {
    is_map: bool,
    key: Option<String>,
}

impl Scan {
    /// Reads a line; tells what the cursor would write if it stood at its end.
    fn line(&mut self, line: &str, offset: usize) -> (At, usize) {
        let mut column = line.len() - line.trim_start_matches(' ').len();
        let end = offset + line.len();
        if let Some(key) = self.scalar {
            if column > key || line.trim().is_empty() {
                return (At::Value, offset + column);
            }
            self.scalar = None;
        }
        if !self.flow.is_empty() {
            return self.brackets(line, 0, offset);
        }
        let mut rest = &line[column..];
        let mut is_item = false;
        while rest == "-" || rest.starts_with("- ") {
            is_item = true;
            let after = rest[1..].trim_start_matches(' ');
            column += rest.len() - after.len();
            rest = after;
        }
        // An empty line may still become an item or a key of what is open above it.
        self.stack.retain(|(at, _)| *at < column || (*at == column && is_item && rest.is_empty()));
        if rest.starts_with(['{', '[']) {
            return self.brackets(line, column, offset);
        }
        let here = offset + column;
        let Some((key, value)) = split_key(rest) else {
            let quote = usize::from(rest.starts_with(['"', '\'']));
            return (if is_item { At::Item } else { At::Key }, here + quote);
        };
        self.stack.push((column, key.to_owned()));
        let value_at = line.len() - value.trim_start().len();
        let value = value.trim_start();
        if value.starts_with(['|', '>']) {
            self.scalar = Some(column);
        } else if value.starts_with(['{', '[']) {
            return self.brackets(line, value_at, offset);
        }
        let quote = usize::from(value.starts_with(['"', '\'']));
        (At::Value, if value.is_empty() { end } else { offset + value_at + quote })
    }

    /// Reads flow style from a byte of the line on.
    fn brackets(&mut self, line: &str, from: usize, offset: usize) -> (At, usize) {
        let mut quote = None;
        if from == 0 {
            self.begun = offset;
        }
        for (at, c) in line.char_indices().skip_while(|(at, _)| *at < from) {
            if let Some(open) = quote {
                if c == open {
                    quote = None;
                }
                continue;
            }
            let next = offset + at + c.len_utf8();
            match c {
                '{' | '[' => {
                    self.flow.push(Frame { is_map: c == '{', key: None });
                    self.begun = next;
                }
                '}' | ']' => {
                    self.flow.pop();
                    self.begun = next;
                }
                ',' => {
                    if let Some(frame) = self.flow.last_mut().filter(|frame| frame.is_map) {
                        frame.key = None;
                    }
                    self.begun = next;
                }
                ':' if line[at + 1..].starts_with(' ') || at + 1 == line.len() => {
                    let written = line.get(self.begun.saturating_sub(offset)..at).unwrap_or("");
                    if let Some(frame) =
                        self.flow.last_mut().filter(|frame| frame.is_map && frame.key.is_none())
                    {
                        frame.key = Some(written.trim().trim_matches(['"', '\'']).to_owned());
                        self.begun = next;
                    }
                }
                '"' | '\''
                    if line
                        .get(self.begun.saturating_sub(offset)..at)
                        .is_some_and(|text| text.trim().is_empty()) =>
                {
                    quote = Some(c);
                    self.begun = next;
                }
                _ => {}
            }
        }
        let at = match self.flow.last() {
            Some(Frame { is_map: true, key: None }) => At::Key,
            Some(Frame { is_map: false, .. }) => At::Item,
            _ => At::Value,
        };
        let written = line.get(self.begun.saturating_sub(offset)..).unwrap_or("");
        (at, self.begun.max(offset) + (written.len() - written.trim_start().len()))
    }
}

/// `key: value`; a colon inside a word is no such colon.
fn split_key(text: &str) -> Option<(&str, &str)> {
    if text.starts_with(['"', '\'', '#']) {
        return None;
    }
    let at = text.match_indices(':').map(|(at, _)| at).find(|at| {
        let rest = &text[at + 1..];
        rest.is_empty() || rest.starts_with(' ')
    })?;
    Some((text[..at].trim(), &text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> (String, At, &str) {
        let found = context(text);
        (found.path.join("/"), found.at, &text[found.start..])
    }

    #[test]
    fn keys_and_values_are_told_apart_in_every_style() {
        for (text, path, what, typed) in [
            ("", "", At::Key, ""),
            ("ti", "", At::Key, "ti"),
            ("title: x\nmeth", "", At::Key, "meth"),
            ("method: se", "method", At::Value, "se"),
            ("method:", "method", At::Value, ""),
            ("rules: [no-brag, sin", "rules", At::Item, "sin"),
            ("rules:\n  - no", "rules", At::Item, "no"),
            ("rules:\n- no", "rules", At::Item, "no"),
            ("rules:\n- ", "rules", At::Item, ""),
            ("before:\n  channel: e", "before/channel", At::Value, "e"),
            ("before:\n  channel: email\n  br", "before", At::Key, "br"),
            ("before:\n  channel: email\nafter:\n  ", "after", At::Key, ""),
            ("before: {channel: email, bre", "before", At::Key, "bre"),
            ("before: {channel: email, breaks: [a, b", "before/breaks", At::Item, "b"),
            ("before: {channel: email,\n  breaks: no", "before/breaks", At::Value, "no"),
            ("a:\n  text: |\n    Hi: [x]{no", "a/text", At::Value, "Hi: [x]{no"),
            ("a:\n  text: |\n    Hi\n  br", "a", At::Key, "br"),
            ("qs:\n  - choice: x\n    options:\n      - { text: \"y", "qs/options/text", At::Value, "y"),
            ("qs:\n  - choice: x\n  - sp", "qs", At::Item, "sp"),
            ("any: [\"call {ph", "any", At::Item, "call {ph"),
            ("any:\n  - \"call {ph", "any", At::Item, "call {ph"),
            ("x: \"é {ph", "x", At::Value, "é {ph"),
        ] {
            assert_eq!(at(text), (path.to_owned(), what, typed), "{text:?}");
        }
    }

    #[test]
    fn nothing_makes_it_stumble() {
        let pieces =
            ["- ", "a: ", "{", "}", "[", "]", "\"", "'", "|", "\n", "  ", "é", ":", ",", "#", "-", "😀"];
        let mut text = String::new();
        let mut seed = 7_usize;
        for _ in 0..4000 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) % pieces.len()]);
            let found = context(&text);
            assert!(text.get(found.start..).is_some(), "{text:?}");
            if text.len() > 80 {
                text.clear();
            }
        }
    }
}
