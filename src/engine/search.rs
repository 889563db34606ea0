//! Runs the automaton over the tokens: every set of phrases of one level in one pass, linear in the script.

use super::automaton::{Edge, GAP_WORDS, States, Want};
use super::hits::{self, Hit};
use super::tokens::{Tokens, gap, is, narrow};

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
    always: u32,
    is_empty: bool,
}

impl Level {
    /// A level from all first edges; those with one beginning become one state.
    pub(super) fn new(firsts: &[Edge], words: usize, states: &mut States) -> Self {
        let mut level = Self { is_empty: firsts.is_empty(), ..Self::default() };
        let mut by_word: Vec<Vec<u32>> = vec![Vec::new(); words];
        let mut by_capital = by_word.clone();
        let mut by_slot: Vec<(u32, Vec<u32>)> = Vec::new();
        let (mut by_place, mut always) = (Vec::new(), Vec::new());
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
        level.always = states.of(always);
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
        if edges.is_empty() {
            return NONE;
        }
        self.list.push(edges);
        narrow(self.list.len() - 1)
    }
}

/// The states as a search wants them: edges that want a word apart and sorted by it.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// For each state: where its word edges and its other edges stand.
    states: Vec<[u32; 4]>,
    words: Vec<Edge>,
    others: Vec<Edge>,
}

impl Table {
    /// The table of all states.
    pub(super) fn new(states: &States) -> Self {
        let mut table = Self::default();
        for edges in &states.list {
            let (from, other_from) = (table.words.len(), table.others.len());
            for edge in edges {
                match edge.want {
                    Want::Word | Want::Capital => table.words.push(*edge),
                    _ => table.others.push(*edge),
                }
            }
            table.words[from..].sort_by_key(|edge| edge.a);
            table.states.push([from, table.words.len(), other_from, table.others.len()].map(narrow));
        }
        table
    }

    /// How many states there are.
    pub(super) fn len(&self) -> usize {
        self.states.len()
    }
}

/// What a pass needs to see.
pub(super) struct View<'a> {
    pub(super) tokens: &'a Tokens,
    pub(super) table: &'a Table,
    /// Hits of every slot.
    pub(super) slots: &'a [Vec<Hit>],
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
    pub(super) fn search(&mut self, view: &View<'_>, level: &Level) {
        let list = &view.tokens.list;
        let mut begun = std::mem::take(&mut self.begun);
        begun.clear();
        for (slot, state) in &level.by_slot {
            begun.extend(view.slots[*slot as usize].iter().map(|hit| (hit.start, *slot, *state, hit.end)));
        }
        begun.sort_by_key(|one| one.0);
        let mut next = 0;
        for (start, token) in (0..).zip(list) {
            if self.search == u32::MAX {
                self.seen.fill((0, 0));
                self.search = 0;
            }
            self.search += 1;
            if let Some(state) = level.by_word.get(token.word as usize) {
                self.enter(*state, start, start + 1);
                if token.kind & is::CAPITAL != 0 {
                    self.enter(level.by_capital[token.word as usize], start, start + 1);
                }
            }
            let mut last = NONE;
            while let Some((_, slot, state, end)) = begun.get(next).filter(|one| one.0 == start) {
                // Of several hits of one slot at one token the longest comes first and counts.
                if *slot != last {
                    self.enter(*state, start, *end);
                }
                last = *slot;
                next += 1;
            }
            if start == 0 || token.before & (gap::STOP | gap::LINE) != 0 || view.no_capitals {
                self.enter(level.by_place, start, start);
            }
            self.enter(level.always, start, start);
            if !self.stack.is_empty() {
                self.follow(view, start);
            }
        }
        self.begun = begun;
    }

    /// Enters a state, once at each token near the start.
    fn enter(&mut self, state: u32, start: u32, at: u32) {
        if state == NONE {
            return;
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
            let token = list.get(at as usize).filter(|token| at == start || token.before & gap::STOP == 0);
            if let Some(token) = token {
                let edges = &view.table.words[from as usize..to as usize];
                let first = edges.partition_point(|edge| edge.a < token.word);
                for edge in edges[first..].iter().take_while(|edge| edge.a == token.word) {
                    if edge.want == Want::Word || token.kind & is::CAPITAL != 0 {
                        self.enter(edge.to, start, at + 1);
                    }
                }
            }
            for edge in &view.table.others[other_from as usize..other_to as usize] {
                match edge.want {
                    Want::Accept => self.accept(edge.a, start, at),
                    Want::Gap => self.skip(view, edge.to, start, at),
                    Want::Place => {
                        if place(view, edge.a, at) {
                            self.enter(edge.to, start, at);
                        }
                    }
                    Want::Comma => {
                        if list.get(at as usize).is_some_and(|token| token.before & gap::COMMA != 0) {
                            self.enter(edge.to, start, at);
                        }
                    }
                    Want::Class => {
                        if token.is_some_and(|token| class(token.kind, edge.a)) {
                            self.enter(edge.to, start, at + 1);
                        }
                    }
                    _ => {
                        let slot = &view.slots[edge.a as usize];
                        if let Some(hit) = token.and_then(|_| hits::starting_at(slot, at)) {
                            self.enter(edge.to, start, hit.end);
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
            self.enter(state, start, here);
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
