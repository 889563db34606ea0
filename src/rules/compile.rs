//! From sources to a rulebook, in the order in which it happens.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use rayon::prelude::*;

use crate::cache::Cache;
use crate::diag::{Code, Diagnostics};
use crate::engine::program::{self, Constraint, Method, Place, Program, Region, Rule, Severity, Use};
use crate::engine::{self, Machine};
use crate::source::{FileId, Sources, Span};
use crate::tree::{Fields, Node};
use crate::yaml;

use super::constraint::Reader;
use super::definition::{self, RawRule, RuleDef};
use super::lexicon::{self, Lexicon};
use super::link::Linker;
use super::method::{self, MethodDef};
use super::template::{self, TemplateDef};
use super::{Rulebook, WordList};

/// All that rules are compiled from.
pub(crate) const FOLDERS: [&str; 4] =
    ["content/rules/", "content/methods/", "content/lexicon/", "content/templates/"];

/// What compiling leaves for the next build: YAML as it was read, the lexicon, and the machine.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    trees: HashMap<FileId, Tree>,
    lexicon: Option<(Vec<Arc<Node>>, Arc<Lexicon>, Diagnostics)>,
    machine: Option<Arc<Machine>>,
}

/// A file of YAML as it was read.
#[derive(Debug, Clone)]
struct Tree {
    text: Arc<str>,
    node: Option<Arc<Node>>,
    found: Diagnostics,
}

/// Reads files that other builds may have read, and remembers them.
struct Trees<'a> {
    sources: &'a Sources,
    known: HashMap<FileId, Tree>,
    read: HashMap<FileId, Tree>,
}

impl Trees<'_> {
    /// All files of a folder that can be read.
    fn of(&mut self, folder: &str, diagnostics: &mut Diagnostics) -> Vec<(FileId, Arc<Node>)> {
        let files: Vec<FileId> = self.sources.under(folder, ".yaml").map(|(id, _)| id).collect();
        let read = |file: FileId| {
            let text = &self.sources.file(file).text;
            let known = self.known.get(&file).filter(|known| known.text == *text);
            let tree = known.cloned().unwrap_or_else(|| {
                let mut found = Diagnostics::default();
                let node = yaml::parse_file(self.sources, file, &mut found).map(Arc::new);
                Tree { text: Arc::clone(text), node, found }
            });
            (file, tree)
        };
        let trees: Vec<(FileId, Tree)> = files.into_par_iter().map(read).collect();
        let mut nodes = Vec::with_capacity(trees.len());
        for (file, tree) in trees {
            diagnostics.extend(tree.found.clone());
            nodes.extend(tree.node.clone().map(|node| (file, node)));
            self.read.insert(file, tree);
        }
        nodes
    }
}

/// Compiles all rules of a playbook; without rules and methods the rulebook is empty.
pub fn compile(sources: &Sources, diagnostics: &mut Diagnostics) -> Rulebook {
    compile_with(sources, &Cache::default(), diagnostics)
}

/// The same, with what earlier builds have left in `cache`.
pub(crate) fn compile_with(sources: &Sources, cache: &Cache, diagnostics: &mut Diagnostics) -> Rulebook {
    let kept = cache.rules.take();
    let mut trees = Trees { sources, known: kept.trees, read: HashMap::new() };
    let rule_trees = trees.of("content/rules/", diagnostics);
    let method_trees = trees.of("content/methods/", diagnostics);
    if rule_trees.is_empty() && method_trees.is_empty() {
        return Rulebook::default();
    }
    let nodes: Vec<Arc<Node>> =
        trees.of("content/lexicon/", diagnostics).into_iter().map(|(_, node)| node).collect();
    let is_same = |known: &[Arc<Node>]| {
        known.len() == nodes.len() && known.iter().zip(&nodes).all(|(a, b)| Arc::ptr_eq(a, b))
    };
    let (nodes, lexicon, found) = kept.lexicon.filter(|(known, ..)| is_same(known)).unwrap_or_else(|| {
        let mut found = Diagnostics::default();
        let lexicon = Arc::new(lexicon::of(nodes.iter().map(AsRef::as_ref), &mut found));
        (nodes, lexicon, found)
    });
    diagnostics.extend(found.clone());
    let defined: Vec<(Option<RawRule<'_>>, Diagnostics)> = rule_trees
        .par_iter()
        .map(|(file, node)| {
            let mut found = Diagnostics::default();
            (definition::read(*file, node, &lexicon.irregular, &mut found), found)
        })
        .collect();
    let mut raw = Vec::with_capacity(defined.len());
    for (one, found) in defined {
        raw.extend(one);
        diagnostics.extend(found);
    }
    unique(&mut raw, |one| (one.def.id.clone(), one.def.span), "rule", diagnostics);
    let mut methods: Vec<MethodDef> =
        method_trees.iter().filter_map(|(file, node)| method::read(*file, node, diagnostics)).collect();
    unique(&mut methods, |one| (one.id.clone(), one.span), "method", diagnostics);

    let template_trees = trees.of("content/templates/", diagnostics);
    let mut templates: Vec<TemplateDef> =
        template_trees.iter().filter_map(|(file, node)| template::read(*file, node, diagnostics)).collect();
    unique(&mut templates, |one| (one.id.clone(), one.span), "template", diagnostics);
    let method_ids = methods.iter().map(|method| method.id.as_str()).collect();
    template::of_known_methods(&mut templates, &method_ids, diagnostics);

    let mut program = link(&lexicon, &raw, diagnostics);
    sources_exist(&raw, &methods, diagnostics);
    link_methods(&mut program, &mut raw, &methods, diagnostics);
    let rules: Vec<RuleDef> = raw.into_iter().map(|one| one.def).collect();
    let lists: Vec<WordList> = lexicon.words.values().cloned().collect();
    // The program was made here, so that it loads is our promise; a test of every shipped rule holds us to it.
    let machine = Machine::after(kept.machine.as_deref(), program).ok().map(Arc::new);
    if cache.is_kept() {
        let lexicon = Some((nodes, lexicon, found));
        cache.rules.put(Kept { trees: trees.read, lexicon, machine: machine.clone() });
    }
    Rulebook { rules, methods, lists, templates, machine, ..Rulebook::default() }
}

/// Sorts by id and reports ids that stand twice.
fn unique<T>(
    list: &mut Vec<T>,
    key: impl Fn(&T) -> (String, Span),
    what: &str,
    diagnostics: &mut Diagnostics,
) {
    list.sort_by_cached_key(|one| key(one));
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    list.retain(|one| {
        let (id, span) = key(one);
        if let Some(known) = first.get(&id) {
            diagnostics
                .report(Code::DuplicateId, span, format!("there are two {what}s with the id `{id}`"))
                .related(*known, "it is first here");
            return false;
        }
        first.insert(id, span);
        true
    });
}

fn link(lexicon: &Lexicon, raw: &[RawRule<'_>], diagnostics: &mut Diagnostics) -> Program {
    let mut linker = Linker::new(lexicon);
    for one in raw {
        linker.rule(&one.def.id, &one.drafts, diagnostics);
    }
    let mut rules = Vec::new();
    for one in raw {
        if let Some(rule) = link_rule(&mut linker, one, diagnostics) {
            rules.push(rule);
        }
        linker.unused(&one.def.id, &one.drafts, diagnostics);
    }
    let roles = engine::role_lists()
        .filter_map(|name| {
            let words: Vec<String> =
                lexicon.lines(name)?.into_iter().filter(|line| !line.contains(' ')).collect();
            Some((name.to_owned(), words.join(" ")))
        })
        .collect();
    Program {
        version: program::VERSION,
        numbers: lexicon.numbers.clone(),
        roles,
        detectors: linker.detectors,
        rules,
        methods: Vec::new(),
    }
}

fn constraint(
    linker: &mut Linker<'_>,
    rule: &str,
    params: &BTreeMap<String, i32>,
    node: &Node,
    diagnostics: &mut Diagnostics,
) -> Option<Constraint> {
    let mut resolve = |name: &crate::source::Spanned<String>, diagnostics: &mut Diagnostics| {
        let full = linker.need(name, rule, diagnostics)?;
        let one_token = lexicon::is_builtin(&full) && !engine::builtin_detectors().any(|known| known == full);
        if one_token {
            let message = format!("`{full}` stands only inside a phrase");
            diagnostics.report(Code::UnknownSlot, name.span, message).help("put it in a detector of its own");
            return None;
        }
        Some(full)
    };
    Reader { params, resolve: &mut resolve, diagnostics }.read(node)
}

fn link_rule(linker: &mut Linker<'_>, raw: &RawRule<'_>, diagnostics: &mut Diagnostics) -> Option<Rule> {
    let def = &raw.def;
    let when = raw.when.map(|node| constraint(linker, &def.id, &def.params, node, diagnostics));
    let require = constraint(linker, &def.id, &def.params, raw.require, diagnostics);
    let place = raw.place.map_or(Some(Place::Start), |node| place(linker, &def.id, node, diagnostics));
    let require = require?;
    let when = match when {
        Some(when) => Some(when?),
        None => None,
    };
    if when.iter().chain([&require]).any(asks_for_introduction) {
        linker.introduction(diagnostics);
    }
    Some(Rule {
        id: def.id.clone(),
        title: def.title.clone(),
        channels: def.channels.clone(),
        severity: def.severity,
        weight: def.weight,
        house: def.house,
        asks: def.asks,
        when,
        require: vec![require],
        params: if def.params.is_empty() { Vec::new() } else { vec![def.params.clone()] },
        message: def.message.clone(),
        ask: def.ask.clone(),
        suggest: def.suggest.clone(),
        place: place.unwrap_or_default(),
    })
}

fn place(linker: &mut Linker<'_>, rule: &str, node: &Node, diagnostics: &mut Diagnostics) -> Option<Place> {
    match node.as_str() {
        Some("start") => return Some(Place::Start),
        Some("end") => return Some(Place::End),
        _ => {}
    }
    let mut fields = Fields::of(node, "`place`", diagnostics)?;
    fields.required("after", diagnostics);
    let after = fields.spanned("after", diagnostics);
    fields.finish(diagnostics);
    linker.need(&super::detector::bare(&after?), rule, diagnostics).map(Place::After)
}

fn asks_for_introduction(constraint: &Constraint) -> bool {
    let region = |region: &Region| region.asks_for_introduction();
    match constraint {
        Constraint::Within { regions, .. } => regions.iter().any(region),
        Constraint::BothEnds { first, last, .. } => first.iter().chain(last).any(region),
        Constraint::All(list) | Constraint::Any(list) => list.iter().any(asks_for_introduction),
        Constraint::Not(inner) => asks_for_introduction(inner),
        _ => false,
    }
}

/// Names of methods and rules in `source`, `opposes` and `disagrees` exist.
fn sources_exist(raw: &[RawRule<'_>], methods: &[MethodDef], diagnostics: &mut Diagnostics) {
    let rule_ids = || raw.iter().map(|one| one.def.id.as_str());
    let method_ids = || methods.iter().map(|one| one.id.as_str());
    for one in raw {
        if let Some(method) =
            one.def.source.method.as_ref().filter(|method| !method_ids().any(|id| id == method.value))
        {
            diagnostics
                .report(Code::UnknownMethod, method.span, format!("no method is called `{}`", method.value))
                .help_nearest(&method.value, method_ids());
        }
    }
    let named = raw.iter().flat_map(|one| &one.def.opposes);
    let disagreements = methods.iter().flat_map(|method| &method.disagrees);
    for rule in named.chain(disagreements.clone().flat_map(|one| &one.over)) {
        if !rule_ids().any(|id| id == rule.value) {
            diagnostics
                .report(Code::UnknownRule, rule.span, format!("no rule is called `{}`", rule.value))
                .help_nearest(&rule.value, rule_ids());
        }
    }
    for with in disagreements.map(|one| &one.with) {
        if !method_ids().any(|id| id == with.value) {
            diagnostics
                .report(Code::UnknownMethod, with.span, format!("no method is called `{}`", with.value))
                .help_nearest(&with.value, method_ids());
        }
    }
}

fn link_methods(
    program: &mut Program,
    raw: &mut [RawRule<'_>],
    methods: &[MethodDef],
    diagnostics: &mut Diagnostics,
) {
    for method in methods {
        let mut uses: Vec<Use> = Vec::new();
        let mut known = HashSet::new();
        for used in &method.rules {
            let id = &used.rule;
            let Some(one) = raw.iter().find(|one| one.def.id == id.value) else {
                diagnostics
                    .report(Code::UnknownRule, id.span, format!("no rule is called `{}`", id.value))
                    .help_nearest(&id.value, raw.iter().map(|one| one.def.id.as_str()));
                continue;
            };
            if !known.insert(id.value.as_str()) {
                diagnostics.report(
                    Code::DuplicateId,
                    id.span,
                    format!("`{}` stands twice in this method", id.value),
                );
                continue;
            }
            let def = &one.def;
            let severity = used.severity.unwrap_or(def.severity);
            let weight = used.weight.unwrap_or(def.weight);
            if def.house && (severity < def.severity || weight < def.weight) {
                let message = format!("`{}` is a rule of the house; no method may weaken it", id.value);
                diagnostics.report(Code::HouseWeakened, id.span, message);
            }
            // A rule with a mistake of its own is not in the program; that is reported there.
            let Some(rule) = program.rules.iter().position(|rule| rule.id == id.value) else { continue };
            let variant = variant(&mut program.rules[rule], one, used, diagnostics);
            uses.push(Use { rule, variant, severity, weight });
        }
        opposed(method, raw, diagnostics);
        for (rule, house) in program.rules.iter().enumerate().filter(|(_, rule)| rule.house) {
            if !known.contains(house.id.as_str()) {
                uses.push(Use { rule, variant: 0, severity: Severity::Must, weight: house.weight });
            }
        }
        program.methods.push(Method {
            id: method.id.clone(),
            title: method.title.clone(),
            min_words: method.min_words,
            rules: uses,
        });
    }
}

/// The constraint of a rule under a method's parameters, known already or new.
fn variant(
    rule: &mut Rule,
    raw: &RawRule<'_>,
    used: &method::MethodRule,
    diagnostics: &mut Diagnostics,
) -> usize {
    let mut params = raw.def.params.clone();
    for (name, value) in &used.params {
        match params.get_mut(name) {
            Some(old) => *old = *value,
            None => {
                diagnostics
                    .report(
                        Code::UnknownParameter,
                        used.rule.span,
                        format!("the rule `{}` has no parameter `{name}`", raw.def.id),
                    )
                    .help_nearest(name, raw.def.params.keys().map(String::as_str));
            }
        }
    }
    if let Some(known) = rule.params.iter().position(|known| *known == params) {
        return known;
    }
    if params.is_empty() {
        return 0;
    }
    // Names were resolved when the rule itself was read: local ones carry the rule's id.
    let id = raw.def.id.clone();
    let local: HashSet<&str> = raw.drafts.iter().map(|draft| draft.name.value.as_str()).collect();
    let mut resolve = |name: &crate::source::Spanned<String>, _: &mut Diagnostics| {
        let full = if local.contains(name.value.as_str()) {
            format!("{id}/{}", name.value)
        } else {
            name.value.clone()
        };
        Some(full)
    };
    let mut quiet = Diagnostics::default();
    if let Some(require) =
        (Reader { params: &params, resolve: &mut resolve, diagnostics: &mut quiet }).read(raw.require)
    {
        rule.require.push(require);
        rule.params.push(params);
        rule.require.len() - 1
    } else {
        let message = format!("these parameters make the rule `{}` impossible", raw.def.id);
        diagnostics.report(Code::BadValue, used.rule.span, message);
        0
    }
}

/// No method holds a rule and one that it opposes.
fn opposed(method: &MethodDef, raw: &[RawRule<'_>], diagnostics: &mut Diagnostics) {
    for (at, used) in method.rules.iter().enumerate() {
        let opposes = |rule: &str, other: &str| {
            raw.iter().any(|one| one.def.id == rule && one.def.opposes.iter().any(|name| name.value == other))
        };
        for earlier in &method.rules[..at] {
            let (a, b) = (&earlier.rule, &used.rule);
            if opposes(&a.value, &b.value) || opposes(&b.value, &a.value) {
                let message = format!("`{}` opposes `{}`, and this method holds both", b.value, a.value);
                diagnostics
                    .report(Code::OpposedRules, b.span, message)
                    .related(a.span, "the other one is here");
            }
        }
    }
}
