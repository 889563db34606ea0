//! Runs the automaton over the tokens: every set of phrases of one level in one pass, linear in the script.

use super::automaton::{Edge, GAP_WORDS, States, Want};
use super::hits::{self, Hit};
use super::tokens::{Tokens, gap, is, narrow};

/// How many edges one starting point may take: a bound for programs that no trainer wrote.
const STEPS: u32 = 100_000;
/// So many tokens from the start, a state is not entered twice at one token.
const WINDOW: u32 = 64;

/// Where the phrases of one level begin.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// By word: ranges into `by_word_edges`.
    pub(super) by_word: Vec<(u32, u32)>,
    pub(super) by_word_edges: Vec<Edge>,
    /// Those that begin with a slot, grouped by slot.
    pub(super) by_slot: Vec<(u32, Vec<Edge>)>,
    /// Those that begin a sentence, a line or the text.
    pub(super) by_place: Vec<Edge>,
    /// All others: classes, commas, gaps.
    pub(super) always: Vec<Edge>,
}

impl Level {
    /// A level from all first edges.
    pub(super) fn new(firsts: Vec<Edge>, words: usize) -> Self {
        let mut level = Self::default();
        let mut by_word: Vec<Vec<Edge>> = vec![Vec::new(); words];
        for edge in firsts {
            match edge.want {
                Want::Word | Want::Capital => by_word[edge.a as usize].push(edge),
                Want::Slot => match level.by_slot.iter_mut().find(|(slot, _)| *slot == edge.a) {
                    Some((_, edges)) => edges.push(edge),
                    None => level.by_slot.push((edge.a, vec![edge])),
                },
                Want::Place => level.by_place.push(edge),
                Want::Accept => {}
                _ => level.always.push(edge),
            }
        }
        for edges in by_word {
            let from = narrow(level.by_word_edges.len());
            level.by_word_edges.extend(edges);
            level.by_word.push((from, narrow(level.by_word_edges.len())));
        }
        level
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.by_word_edges.is_empty()
            && self.by_slot.is_empty()
            && self.by_place.is_empty()
            && self.always.is_empty()
    }
}

/// What a pass needs to see.
pub(super) struct View<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) states: &'a States,
    /// Hits of every slot.
    pub(super) slots: &'a [Vec<Hit>],
    pub(super) no_capitals: bool,
}

/// The longest match of each set at each starting token, and the sets that matched.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub(super) of_set: Vec<Vec<(u32, u32)>>,
    pub(super) touched: Vec<u32>,
    /// For each state: the search that entered it last, and at which tokens from its start.
    seen: Vec<(u32, u64)>,
    search: u32,
    stack: Vec<(Edge, u32)>,
}

impl Matches {
    /// Forgets everything.
    pub(super) fn clear(&mut self, sets: usize, states: usize) {
        if self.seen.len() != states {
            self.seen = vec![(0, 0); states];
            self.search = 0;
        }
        self.of_set.resize_with(sets, Vec::new);
        for set in self.touched.drain(..) {
            self.of_set[set as usize].clear();
        }
    }

    fn accept(&mut self, set: u32, start: u32, end: u32) {
        if end == start {
            return;
        }
        let list = &mut self.of_set[set as usize];
        match list.last_mut() {
            Some(last) if last.0 == start => last.1 = last.1.max(end),
            last => {
                if last.is_none() {
                    self.touched.push(set);
                }
                list.push((start, end));
            }
        }
    }

    /// Finds all phrases of a level.
    pub(super) fn search(&mut self, view: &View<'_>, level: &Level) {
        let count = narrow(view.tokens.list.len());
        for start in 0..count {
            let token = &view.tokens.list[start as usize];
            self.stack.clear();
            let push = |stack: &mut Vec<(Edge, u32)>, edges: &[Edge]| {
                stack.extend(edges.iter().map(|edge| (*edge, start)));
            };
            if let Some((from, to)) = level.by_word.get(token.word as usize) {
                push(&mut self.stack, &level.by_word_edges[*from as usize..*to as usize]);
            }
            for (slot, edges) in &level.by_slot {
                if hits::starting_at(&view.slots[*slot as usize], start).is_some() {
                    push(&mut self.stack, edges);
                }
            }
            if start == 0 || token.before & (gap::STOP | gap::LINE) != 0 || view.no_capitals {
                push(&mut self.stack, &level.by_place);
            }
            push(&mut self.stack, &level.always);
            self.follow(view, start, count);
        }
    }

    fn follow(&mut self, view: &View<'_>, start: u32, count: u32) {
        let mut steps = 0;
        if self.search == u32::MAX {
            self.seen.fill((0, 0));
            self.search = 0;
        }
        self.search += 1;
        while let Some((edge, at)) = self.stack.pop() {
            steps += 1;
            if steps > STEPS {
                return;
            }
            let next = match edge.want {
                Want::Accept => {
                    self.accept(edge.a, start, at);
                    continue;
                }
                Want::Gap => {
                    self.skip(view, &edge, start, at, count);
                    continue;
                }
                Want::Place => place(view, edge.a, at, count).then_some(at),
                Want::Comma => comma(view, at).then_some(at),
                _ if at >= count || at > start && view.tokens.list[at as usize].before & gap::STOP != 0 => {
                    None
                }
                Want::Word => (view.tokens.list[at as usize].word == edge.a).then_some(at + 1),
                Want::Capital => {
                    let token = &view.tokens.list[at as usize];
                    (token.word == edge.a && token.kind & is::CAPITAL != 0).then_some(at + 1)
                }
                Want::Class => class(view.tokens.list[at as usize].kind, edge.a).then_some(at + 1),
                Want::Slot => hits::starting_at(&view.slots[edge.a as usize], at).map(|hit| hit.end),
            };
            if let Some(next) = next {
                self.push_state(view.states, edge.to, start, next);
            }
        }
    }

    fn push_state(&mut self, states: &States, state: u32, start: u32, at: u32) {
        if at - start < WINDOW {
            let seen = &mut self.seen[state as usize];
            if seen.0 != self.search {
                *seen = (self.search, 0);
            }
            let bit = 1 << (at - start);
            if seen.1 & bit != 0 {
                return;
            }
            seen.1 |= bit;
        }
        self.stack.extend(states.list[state as usize].iter().map(|edge| (*edge, at)));
    }

    fn skip(&mut self, view: &View<'_>, edge: &Edge, start: u32, at: u32, count: u32) {
        for skipped in 0..=GAP_WORDS {
            let here = at + skipped;
            if skipped > 0 {
                let last = here - 1;
                if last >= count || last > start && view.tokens.list[last as usize].before & gap::STOP != 0 {
                    return;
                }
            }
            self.push_state(view.states, edge.to, start, here);
        }
    }
}

fn class(kind: u16, class: u32) -> bool {
    match class {
        0 => kind & is::WORD != 0,
        1 => kind & is::CAPITAL != 0,
        2 => kind & is::UPPER != 0,
        3 => kind & is::WORD != 0 && kind & is::CAPITAL == 0,
        4 => kind & is::DIGITS != 0,
        _ => true,
    }
}

fn place(view: &View<'_>, place: u32, at: u32, count: u32) -> bool {
    let before = |flags: u8| at == 0 || at >= count || view.tokens.list[at as usize].before & flags != 0;
    match place {
        0 => at < count && before(gap::STOP),
        1 => at > 0 && before(gap::STOP),
        2 => at < count && before(gap::LINE),
        3 => at > 0 && before(gap::LINE),
        4 => at == 0,
        5 => at >= count,
        _ => view.no_capitals,
    }
}

fn comma(view: &View<'_>, at: u32) -> bool {
    view.tokens.list.get(at as usize).is_some_and(|token| token.before & gap::COMMA != 0)
}
