//! Runs the automaton over the tokens: every set of phrases of one level in one pass, linear in the script.

use rustc_hash::FxHashSet;

use super::automaton::{Edge, GAP_WORDS, States, Want};
use super::hits::{self, Hit};
use super::tokens::{Token, Tokens, UNKNOWN, gap, is, narrow};

/// How many states one starting point may enter: a bound for programs that no trainer wrote.
const STEPS: u32 = 100_000;
/// So many tokens from the start, a state is not entered twice at one token.
const WINDOW: u32 = 64;
/// No state.
const NONE: u32 = u32::MAX;

/// Where the phrases of one level begin: states to enter.
#[derive(Debug, Default)]
pub(super) struct Level {
    /// After this first word.
    by_word: Vec<u32>,
    /// After this first word with a capital.
    by_capital: Vec<u32>,
    /// After a hit of this slot.
    by_slot: Vec<(u32, u32)>,
    /// At the beginning of a sentence, a line or the text.
    by_place: u32,
    /// Anywhere: phrases that begin with a class, a comma or a gap.
    always: Vec<Edge>,
    is_empty: bool,
}

/// For each word the levels at which a phrase begins with it, one bit each; past the last bit all levels share it.
#[derive(Debug, Default)]
pub(super) struct Beginnings {
    by_word: Vec<u32>,
}

impl Beginnings {
    /// Of all levels.
    pub(super) fn new(levels: &[Level], words: usize) -> Self {
        let mut by_word = vec![0; words];
        for (at, level) in levels.iter().enumerate() {
            for (word, mask) in by_word.iter_mut().enumerate() {
                let begins = |states: &Vec<u32>| states.get(word).is_some_and(|state| *state != NONE);
                if begins(&level.by_word) || begins(&level.by_capital) {
                    *mask |= bit(at);
                }
            }
        }
        Self { by_word }
    }

    /// The levels at which each token begins a phrase.
    pub(super) fn of(&self, tokens: &Tokens, out: &mut Vec<u32>) {
        out.clear();
        out.extend(
            tokens.list.iter().map(|token| self.by_word.get(token.word as usize).copied().unwrap_or(0)),
        );
    }
}

fn bit(level: usize) -> u32 {
    1 << level.min(31)
}

impl Level {
    /// A level from all first edges; those with one beginning become one state.
    pub(super) fn new(firsts: &[Edge], words: usize, states: &mut States) -> Self {
        let mut level = Self { is_empty: firsts.is_empty(), ..Self::default() };
        let mut by_word: Vec<Vec<u32>> = vec![Vec::new(); words];
        let mut by_capital = by_word.clone();
        let mut by_slot: Vec<(u32, Vec<u32>)> = Vec::new();
        let (mut by_place, mut always): (Vec<Edge>, Vec<Edge>) = (Vec::new(), Vec::new());
        for edge in firsts {
            match edge.want {
                Want::Word => by_word[edge.a as usize].push(edge.to),
                Want::Capital => by_capital[edge.a as usize].push(edge.to),
                Want::Slot => match by_slot.iter_mut().find(|(slot, _)| *slot == edge.a) {
                    Some((_, targets)) => targets.push(edge.to),
                    None => by_slot.push((edge.a, vec![edge.to])),
                },
                Want::Place => by_place.push(*edge),
                Want::Accept => {}
                _ => always.push(*edge),
            }
        }
        level.by_word = by_word.into_iter().map(|targets| states.union(&targets)).collect();
        level.by_capital = by_capital.into_iter().map(|targets| states.union(&targets)).collect();
        level.by_slot = by_slot.into_iter().map(|(slot, targets)| (slot, states.union(&targets))).collect();
        level.by_place = states.of(by_place);
        let mut known = FxHashSet::default();
        always.retain(|edge| known.insert(*edge));
        level.always = always;
        level
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.is_empty
    }
}

impl States {
    /// One state for several; none for none.
    fn union(&mut self, targets: &[u32]) -> u32 {
        match targets {
            [] => NONE,
            [only] => *only,
            _ => {
                let edges = targets.iter().flat_map(|target| self.list[*target as usize].clone()).collect();
                self.of(edges)
            }
        }
    }

    /// A state with these edges; none for none.
    fn of(&mut self, edges: Vec<Edge>) -> u32 {
        if edges.is_empty() { NONE } else { self.with(edges) }
    }
}

/// The states as a search wants them: edges that want a word apart and sorted by it.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// For each state: where its word edges and its other edges stand; `NONE` and a set where a phrase only ends.
    states: Vec<[u32; 4]>,
    words: Vec<Edge>,
    /// The words of `words`, close together.
    wanted: Vec<u32>,
    /// For each state the marks of its words.
    marks: Vec<u64>,
    others: Vec<Edge>,
}

impl Table {
    /// The table of all states.
    pub(super) fn new(states: &States) -> Self {
        let mut table = Self::default();
        for edges in &states.list {
            if let [Edge { want: Want::Accept, a, .. }] = edges.as_slice() {
                table.states.push([NONE, *a, 0, 0]);
                table.marks.push(0);
                continue;
            }
            let (from, other_from) = (table.words.len(), table.others.len());
            for edge in edges {
                match edge.want {
                    Want::Word | Want::Capital => table.words.push(*edge),
                    _ => table.others.push(*edge),
                }
            }
            table.words[from..].sort_by_key(|edge| edge.a);
            table.wanted.extend(table.words[from..].iter().map(|edge| edge.a));
            table.marks.push(table.wanted[from..].iter().fold(0, |marks, word| marks | mark(*word)));
            table.states.push([from, table.words.len(), other_from, table.others.len()].map(narrow));
        }
        table
    }

    #[inline]
    fn what(&self, state: u32) -> What {
        let [mark, set, from, to] = self.states[state as usize];
        if mark == NONE {
            What::Ends(set)
        } else if from == to {
            What::Words(self.marks[state as usize])
        } else {
            What::Mixed
        }
    }

    /// Whether an edge of the state wants the word.
    fn fits(&self, state: u32, word: u32) -> bool {
        let [from, to, ..] = self.states[state as usize];
        self.wanted[from as usize..to as usize].binary_search(&word).is_ok()
    }

    /// How many states there are.
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }
}

/// What leads on from a state.
enum What {
    /// Nothing: a phrase of this set ends here.
    Ends(u32),
    /// Words alone, with their marks.
    Words(u64),
    /// Other edges too.
    Mixed,
}

/// One of 64 bits for a word: a state none of whose words has it needs no search.
fn mark(word: u32) -> u64 {
    if word == UNKNOWN { 0 } else { 1 << (word & 63) }
}

/// The token that a state at `at` may read: none behind the end of a sentence, unless the phrase begins there.
#[inline]
fn token<'t>(view: &View<'t>, start: u32, at: u32) -> Option<&'t Token> {
    view.tokens.list.get(at as usize).filter(|token| at == start || token.before & gap::STOP == 0)
}

/// What a pass needs to see.
pub(super) struct View<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) table: &'a Table,
    /// Hits of every slot.
    pub(super) slots: &'a [Vec<Hit>],
    /// For each token the levels at which it begins a phrase.
    pub(super) begins: &'a [u32],
    pub(super) no_capitals: bool,
}

/// The longest match of each set at each starting token, and the sets that matched.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub(super) of_set: Vec<Vec<(u32, u32)>>,
    touched: Vec<u32>,
    /// For each state: the search that entered it last, and at which tokens from its start.
    seen: Vec<(u32, u64)>,
    search: u32,
    /// States entered and not yet left, each at a token.
    stack: Vec<(u32, u32)>,
    /// Starts of slots of the level that have hits: token, slot, state, end.
    begun: Vec<(u32, u32, u32, u32)>,
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
    pub(super) fn search(&mut self, view: &View<'_>, level: &Level, at: usize) {
        let list = &view.tokens.list;
        let mut begun = std::mem::take(&mut self.begun);
        begun.clear();
        for (slot, state) in &level.by_slot {
            begun.extend(view.slots[*slot as usize].iter().map(|hit| (hit.start, *slot, *state, hit.end)));
        }
        begun.sort_by_key(|one| one.0);
        let mut next = 0;
        let bit = bit(at);
        let quiet = level.always.is_empty() && (level.by_place == NONE || !view.no_capitals);
        for ((start, token), begins) in (0..).zip(list).zip(view.begins) {
            let at_place = start == 0 || token.before & (gap::STOP | gap::LINE) != 0 || view.no_capitals;
            if quiet
                && begins & bit == 0
                && !(at_place && level.by_place != NONE)
                && begun.get(next).is_none_or(|one| one.0 != start)
            {
                continue;
            }
            if self.search == u32::MAX {
                self.seen.fill((0, 0));
                self.search = 0;
            }
            self.search += 1;
            if let Some(state) = level.by_word.get(token.word as usize) {
                self.enter(view, *state, start, start + 1);
                if token.kind & is::CAPITAL != 0 {
                    self.enter(view, level.by_capital[token.word as usize], start, start + 1);
                }
            }
            let mut last = NONE;
            while let Some((_, slot, state, end)) = begun.get(next).filter(|one| one.0 == start) {
                // Of several hits of one slot at one token the longest comes first and counts.
                if *slot != last {
                    self.enter(view, *state, start, *end);
                }
                last = *slot;
                next += 1;
            }
            if at_place {
                self.enter(view, level.by_place, start, start);
            }
            for edge in &level.always {
                match edge.want {
                    Want::Class if class(token.kind, edge.a) => self.enter(view, edge.to, start, start + 1),
                    Want::Comma if token.before & gap::COMMA != 0 => self.enter(view, edge.to, start, start),
                    Want::Gap => self.skip(view, edge.to, start, start),
                    _ => {}
                }
            }
            if !self.stack.is_empty() {
                self.follow(view, start);
            }
        }
        self.begun = begun;
    }

    /// Enters a state, once at each token near the start. One in which a phrase only ends is done with at once; one
    /// from which no word leads on here is not entered.
    #[inline]
    fn enter(&mut self, view: &View<'_>, state: u32, start: u32, at: u32) {
        if state == NONE {
            return;
        }
        match view.table.what(state) {
            What::Ends(set) => return self.accept(set, start, at),
            What::Words(letters) => {
                let token = token(view, start, at);
                if token.is_none_or(|token| {
                    letters & mark(token.word) == 0 || !view.table.fits(state, token.word)
                }) {
                    return;
                }
            }
            What::Mixed => {}
        }
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
        self.stack.push((state, at));
    }

    fn follow(&mut self, view: &View<'_>, start: u32) {
        let list = &view.tokens.list;
        let mut steps = 0;
        while let Some((state, at)) = self.stack.pop() {
            steps += 1;
            if steps > STEPS {
                self.stack.clear();
                return;
            }
            let [from, to, other_from, other_to] = view.table.states[state as usize];
            let token = token(view, start, at);
            if let Some(token) = token.filter(|token| token.word != UNKNOWN && from != to) {
                let words = &view.table.wanted[from as usize..to as usize];
                let first = words.partition_point(|word| *word < token.word);
                let fit = words[first..].iter().take_while(|word| **word == token.word).count();
                for edge in &view.table.words[from as usize + first..][..fit] {
                    if edge.want == Want::Word || token.kind & is::CAPITAL != 0 {
                        self.enter(view, edge.to, start, at + 1);
                    }
                }
            }
            for edge in &view.table.others[other_from as usize..other_to as usize] {
                match edge.want {
                    Want::Accept => self.accept(edge.a, start, at),
                    Want::Gap => self.skip(view, edge.to, start, at),
                    Want::Place => {
                        if place(view, edge.a, at) {
                            self.enter(view, edge.to, start, at);
                        }
                    }
                    Want::Comma => {
                        if list.get(at as usize).is_some_and(|token| token.before & gap::COMMA != 0) {
                            self.enter(view, edge.to, start, at);
                        }
                    }
                    Want::Class => {
                        if token.is_some_and(|token| class(token.kind, edge.a)) {
                            self.enter(view, edge.to, start, at + 1);
                        }
                    }
                    _ => {
                        let slot = &view.slots[edge.a as usize];
                        if let Some(hit) = token.and_then(|_| hits::starting_at(slot, at)) {
                            self.enter(view, edge.to, start, hit.end);
                        }
                    }
                }
            }
        }
    }

    fn skip(&mut self, view: &View<'_>, state: u32, start: u32, at: u32) {
        for skipped in 0..=GAP_WORDS {
            let here = at + skipped;
            if skipped > 0 {
                let last = here - 1;
                let Some(token) = view.tokens.list.get(last as usize) else { return };
                if last > start && token.before & gap::STOP != 0 {
                    return;
                }
            }
            self.enter(view, state, start, here);
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

fn place(view: &View<'_>, place: u32, at: u32) -> bool {
    let count = narrow(view.tokens.list.len());
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
