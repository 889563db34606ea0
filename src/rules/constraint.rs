//! Constraints as a trainer writes them.

use std::collections::BTreeMap;

use crate::diag::{Code, Diagnostics};
use crate::engine::program::{Bounds, Constraint, Per, Region, Unit, What};
use crate::source::{Span, Spanned};
use crate::tree::{Entry, Fields, Node, Value};

use super::detector::{bare, head};
use super::region;

/// Groups of constraints nest no deeper.
const DEEPEST: u32 = 12;

/// The names of all constraints.
pub(crate) const NAMES: [&str; 14] = [
    "present",
    "absent",
    "count",
    "within",
    "both-ends",
    "order",
    "spoken-seconds",
    "words",
    "sentences",
    "ratio",
    "reading-ease",
    "all",
    "any",
    "not",
];

/// Reads constraints with the values of a rule's parameters.
pub(super) struct Reader<'a> {
    /// The rule's parameters.
    pub(super) params: &'a BTreeMap<String, i32>,
    /// Finds the full name of a detector, or reports that there is none.
    pub(super) resolve: &'a mut dyn FnMut(&Spanned<String>, &mut Diagnostics) -> Option<String>,
    /// Where mistakes go.
    pub(super) diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    /// Reads a constraint.
    pub(super) fn read(&mut self, node: &Node) -> Option<Constraint> {
        self.nested(node, 0)
    }

    fn nested(&mut self, node: &Node, depth: u32) -> Option<Constraint> {
        if depth > DEEPEST {
            self.diagnostics.report(Code::BadValue, node.span, "constraints are nested too deeply here");
            return None;
        }
        match &node.value {
            Value::List(_) => self.list(node, depth).map(Constraint::All),
            Value::Map(entries) => {
                if let [only] = entries.as_slice() {
                    self.one(only, depth)
                } else {
                    let message = "a constraint has one key";
                    self.diagnostics
                        .report(Code::BadValue, head(node), message)
                        .help("put several under `all: […]`");
                    None
                }
            }
            Value::Scalar(_) => {
                let message = "a constraint is a map, such as `{present: phone}`";
                self.diagnostics.report(Code::BadValue, node.span, message);
                None
            }
        }
    }

    fn list(&mut self, node: &Node, depth: u32) -> Option<Vec<Constraint>> {
        let Some(items) = node.as_list().filter(|items| !items.is_empty()) else {
            self.diagnostics.report(Code::BadValue, node.span, "this has to be a list of constraints");
            return None;
        };
        let read: Vec<Option<Constraint>> = items.iter().map(|item| self.nested(item, depth + 1)).collect();
        read.into_iter().collect()
    }

    fn one(&mut self, entry: &Entry, depth: u32) -> Option<Constraint> {
        let node = &entry.value;
        Some(match entry.key.as_str() {
            "present" => Constraint::Present(self.name_of(node)?),
            "absent" => Constraint::Absent(self.name_of(node)?),
            "count" => self.count(node)?,
            "within" => self.within(node)?,
            "both-ends" => self.both_ends(node)?,
            "order" => {
                if let Some([first, second]) = node.as_list() {
                    let (first, second) = (self.name_of(first), self.name_of(second));
                    Constraint::Order(first?, second?)
                } else {
                    self.diagnostics.report(
                        Code::BadValue,
                        node.span,
                        "`order` takes a list of two detectors",
                    );
                    return None;
                }
            }
            "spoken-seconds" => {
                let (bounds, mut fields) = self.bounds(node, "`spoken-seconds`")?;
                let slack = self.number(fields.node("slack")).unwrap_or(2);
                fields.finish(self.diagnostics);
                Constraint::SpokenSeconds { bounds, slack }
            }
            "words" => {
                let (bounds, mut fields) = self.bounds(node, "`words`")?;
                let names = fields.strings("outside", self.diagnostics);
                fields.finish(self.diagnostics);
                let outside: Vec<Option<String>> =
                    names.into_iter().map(|name| self.resolve(&name)).collect();
                Constraint::Words { bounds, outside: outside.into_iter().collect::<Option<_>>()? }
            }
            "sentences" => Constraint::Sentences(self.only_bounds(node, "`sentences`")?),
            "reading-ease" => Constraint::ReadingEase(self.only_bounds(node, "`reading-ease`")?),
            "ratio" => self.ratio(node)?,
            "all" => Constraint::All(self.list(node, depth)?),
            "any" => Constraint::Any(self.list(node, depth)?),
            "not" => Constraint::Not(Box::new(self.nested(node, depth + 1)?)),
            other => {
                self.diagnostics
                    .report(Code::UnknownKey, entry.key_span, format!("there is no constraint `{other}`"))
                    .help_nearest(other, NAMES);
                return None;
            }
        })
    }

    fn resolve(&mut self, name: &Spanned<String>) -> Option<String> {
        (self.resolve)(&bare(name), self.diagnostics)
    }

    fn name_of(&mut self, node: &Node) -> Option<String> {
        let Some(name) = node.as_str() else {
            self.diagnostics.report(Code::BadValue, node.span, "this has to be the name of a detector");
            return None;
        };
        self.resolve(&Spanned { value: name.to_owned(), span: node.span })
    }

    /// The detector under `of`.
    fn of(&mut self, fields: &mut Fields<'_>) -> Option<String> {
        let node = fields.required("of", self.diagnostics)?;
        self.name_of(node)
    }

    /// A number, or the name of a parameter.
    fn number(&mut self, node: Option<&Node>) -> Option<i32> {
        let node = node?;
        if let Some(number) = node.as_int().and_then(|number| i32::try_from(number).ok()) {
            return Some(number);
        }
        let name = node.as_str().unwrap_or("");
        if let Some(value) = self.params.get(name) {
            return Some(*value);
        }
        self.diagnostics
            .report(
                Code::UnknownParameter,
                node.span,
                format!("`{name}` is neither a whole number nor a parameter of this rule"),
            )
            .help_nearest(name, self.params.keys().map(String::as_str));
        None
    }

    fn bounds<'n>(&mut self, node: &'n Node, what: &'static str) -> Option<(Bounds, Fields<'n>)> {
        let mut fields = Fields::of(node, what, self.diagnostics)?;
        let (min, max) = (fields.node("min"), fields.node("max"));
        let bounds = Bounds { min: self.number(min), max: self.number(max) };
        if min.is_none() && max.is_none() {
            self.diagnostics.report(Code::MissingKey, head(node), format!("{what} needs `min` or `max`"));
            return None;
        }
        self.possible(bounds, head(node))?;
        Some((bounds, fields))
    }

    fn possible(&mut self, bounds: Bounds, span: Span) -> Option<()> {
        if let Bounds { min: Some(min), max: Some(max) } = bounds
            && min > max
        {
            let message = format!("nothing is at least {min} and at most {max}");
            self.diagnostics.report(Code::BadValue, span, message);
            return None;
        }
        Some(())
    }

    fn only_bounds(&mut self, node: &Node, what: &'static str) -> Option<Bounds> {
        let (bounds, fields) = self.bounds(node, what)?;
        fields.finish(self.diagnostics);
        Some(bounds)
    }

    fn count(&mut self, node: &Node) -> Option<Constraint> {
        let (bounds, mut fields) = self.bounds(node, "`count`")?;
        let of = self.of(&mut fields);
        let words = [
            ("matches", What::Matches),
            ("distinct", What::Distinct),
            ("kinds", What::Kinds),
            ("same", What::Same),
        ];
        let what = fields.choice("what", &words, self.diagnostics).unwrap_or_default();
        fields.finish(self.diagnostics);
        Some(Constraint::Count { of: of?, what, bounds })
    }

    fn within(&mut self, node: &Node) -> Option<Constraint> {
        let mut fields = Fields::of(node, "`within`", self.diagnostics)?;
        let of = self.of(&mut fields);
        let regions =
            fields.required("in", self.diagnostics).and_then(|node| region::regions(node, self.diagnostics));
        let by_end =
            fields.choice("by", &[("start", false), ("end", true)], self.diagnostics).unwrap_or(false);
        fields.finish(self.diagnostics);
        Some(Constraint::Within { of: of?, regions: regions?, by_end })
    }

    fn both_ends(&mut self, node: &Node) -> Option<Constraint> {
        let mut fields = Fields::of(node, "`both-ends`", self.diagnostics)?;
        let of = self.of(&mut fields);
        let same = fields.flag("same", false, self.diagnostics);
        let mut side = |key, default: Region| match fields.node(key) {
            Some(node) => region::regions(node, self.diagnostics),
            None => Some(vec![default]),
        };
        let first = side("first", Region::First(34, Unit::Percent));
        let last = side("last", Region::Last(34, Unit::Percent));
        fields.finish(self.diagnostics);
        Some(Constraint::BothEnds { of: of?, same, first: first?, last: last? })
    }

    fn ratio(&mut self, node: &Node) -> Option<Constraint> {
        let (bounds, mut fields) = self.bounds(node, "`ratio`")?;
        let of = self.of(&mut fields);
        let per = match fields.required("to", self.diagnostics)? {
            node if node.as_str() == Some("words") => Some(Per::Words),
            node if node.as_str() == Some("sentences") => Some(Per::Sentences),
            node => self.name_of(node).map(Per::Hits),
        };
        fields.finish(self.diagnostics);
        Some(Constraint::Ratio { of: of?, per: per?, bounds })
    }
}
