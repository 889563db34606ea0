//! Phrases in the core language become one automaton over tokens, built backwards from its ends.
//!
//! The core language is what `rules::phrase` writes: folded words, `(a|b c)`, `?`, `...`, `,`, `^word`, `{slot}`.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::vocabulary::Vocabulary;

/// The most words that one step of `...` skips.
pub(super) const GAP_WORDS: u32 = 5;

/// Groups nest no deeper.
const DEEPEST: u32 = 24;

/// What an edge wants; `a` is a word, a slot, a class, a place or a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Want {
    /// This word.
    Word,
    /// This word with a capital.
    Capital,
    /// A token of this class.
    Class,
    /// A hit of this slot.
    Slot,
    /// This place, no token wide.
    Place,
    /// A comma in the gap, no token wide.
    Comma,
    /// Up to five words.
    Gap,
    /// A phrase of this set ends here.
    Accept,
}

/// An edge of the automaton.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Edge {
    pub(super) want: Want,
    pub(super) a: u32,
    pub(super) to: u32,
}

/// Slots one token wide, in the order of their numbers.
pub(super) const CLASSES: [&str; 6] = ["word", "capitalised", "upper", "lower", "digits", "token"];

/// Places, in the order of their numbers.
pub(super) const PLACES: [&str; 7] =
    ["start", "end", "line-start", "line-end", "text-start", "text-end", "no-capitals"];

/// The states of all phrases, each a list of edges. Two with the same edges are one: phrases are built from their
/// ends, so common endings are shared.
#[derive(Debug, Default)]
pub(super) struct States {
    pub(super) list: Vec<Vec<Edge>>,
    /// Those with one edge, which most have.
    singles: FxHashMap<Edge, u32>,
    others: FxHashMap<Box<[Edge]>, u32>,
}

impl States {
    /// The state with these edges, each edge once, in order.
    pub(super) fn with(&mut self, mut edges: Vec<Edge>) -> u32 {
        if edges.len() > 1 {
            let mut known = FxHashSet::with_capacity_and_hasher(edges.len(), FxBuildHasher);
            edges.retain(|edge| known.insert(*edge));
        }
        let next = u32::try_from(self.list.len()).unwrap_or(0);
        let state = match edges.as_slice() {
            [only] => *self.singles.entry(*only).or_insert(next),
            several => match self.others.get(several) {
                Some(state) => *state,
                None => {
                    self.others.insert(several.into(), next);
                    next
                }
            },
        };
        if state == next {
            self.list.push(edges);
        }
        state
    }
}

/// Builds states from phrases.
pub(super) struct Builder<'a> {
    /// Where words get their ids.
    pub(super) vocabulary: &'a mut Vocabulary,
    /// Finds the number of a slot.
    pub(super) slot: &'a dyn Fn(&str) -> Option<u32>,
    /// The states so far.
    pub(super) states: &'a mut States,
}

enum Item<'p> {
    Word(&'p str),
    Capital(&'p str),
    Slot(&'p str),
    Comma,
    Gap,
    Group(Vec<Vec<Item<'p>>>),
    Maybe(Box<Item<'p>>),
}

impl Builder<'_> {
    /// Adds a phrase to a set; the edges out of its first state are the return value.
    pub(super) fn phrase(&mut self, text: &str, set: u32) -> Result<Vec<Edge>, String> {
        let mut at = 0;
        let items = sequence(text, &mut at, 0)?;
        if at != text.len() {
            return Err(format!("a phrase of the program is malformed: {text}"));
        }
        let accept = self.state(vec![Edge { want: Want::Accept, a: set, to: 0 }]);
        let start = self.items(&items, accept)?;
        Ok(self.states.list[start as usize].clone())
    }

    fn state(&mut self, edges: Vec<Edge>) -> u32 {
        self.states.with(edges)
    }

    fn items(&mut self, items: &[Item<'_>], mut next: u32) -> Result<u32, String> {
        for item in items.iter().rev() {
            next = self.item(item, next)?;
        }
        Ok(next)
    }

    fn item(&mut self, item: &Item<'_>, next: u32) -> Result<u32, String> {
        let edge = |want, a| vec![Edge { want, a, to: next }];
        Ok(match item {
            Item::Word(word) => {
                let id = self.vocabulary.add(word);
                self.state(edge(Want::Word, id))
            }
            Item::Capital(word) => {
                let id = self.vocabulary.add(word);
                self.state(edge(Want::Capital, id))
            }
            Item::Comma => self.state(edge(Want::Comma, 0)),
            Item::Gap => self.state(edge(Want::Gap, 0)),
            Item::Slot(name) => {
                let number = |list: &[&str]| {
                    list.iter().position(|known| known == name).and_then(|at| u32::try_from(at).ok())
                };
                if let Some(class) = number(&CLASSES) {
                    self.state(edge(Want::Class, class))
                } else if let Some(place) = number(&PLACES) {
                    self.state(edge(Want::Place, place))
                } else {
                    let slot = (self.slot)(name).ok_or_else(|| format!("no slot is called {name}"))?;
                    self.state(edge(Want::Slot, slot))
                }
            }
            Item::Group(branches) => {
                let mut edges = Vec::new();
                for branch in branches {
                    let start = self.items(branch, next)?;
                    edges.extend_from_slice(&self.states.list[start as usize]);
                }
                self.state(edges)
            }
            Item::Maybe(inner) => {
                let start = self.item(inner, next)?;
                let mut edges = self.states.list[start as usize].clone();
                edges.extend_from_slice(&self.states.list[next as usize]);
                self.state(edges)
            }
        })
    }
}

fn sequence<'p>(text: &'p str, at: &mut usize, depth: u32) -> Result<Vec<Item<'p>>, String> {
    let bytes = text.as_bytes();
    let malformed = || format!("a phrase of the program is malformed: {text}");
    if depth > DEEPEST {
        return Err(malformed());
    }
    let mut items = Vec::new();
    while let Some(byte) = bytes.get(*at) {
        let item = match byte {
            b' ' => {
                *at += 1;
                continue;
            }
            b'|' | b')' => break,
            b'(' => {
                let mut branches = Vec::new();
                while matches!(bytes.get(*at), Some(b'(' | b'|')) {
                    *at += 1;
                    branches.push(sequence(text, at, depth + 1)?);
                }
                if bytes.get(*at) != Some(&b')') {
                    return Err(malformed());
                }
                *at += 1;
                Item::Group(branches)
            }
            b'{' => {
                let length = text[*at..].find('}').ok_or_else(malformed)?;
                let name = &text[*at + 1..*at + length];
                *at += length + 1;
                Item::Slot(name)
            }
            b',' => {
                *at += 1;
                Item::Comma
            }
            b'.' if text[*at..].starts_with("...") => {
                *at += 3;
                Item::Gap
            }
            b'^' => {
                *at += 1;
                Item::Capital(word(text, at).ok_or_else(malformed)?)
            }
            _ => Item::Word(word(text, at).ok_or_else(malformed)?),
        };
        if bytes.get(*at) == Some(&b'?') {
            *at += 1;
            items.push(Item::Maybe(Box::new(item)));
        } else {
            items.push(item);
        }
    }
    Ok(items)
}

fn word<'p>(text: &'p str, at: &mut usize) -> Option<&'p str> {
    let rest = &text[*at..];
    let length = rest.find([' ', '(', ')', '|', '{', '}', '?', ',', '^']).unwrap_or(rest.len());
    *at += length;
    (length > 0).then(|| &rest[..length])
}
