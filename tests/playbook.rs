//! What the shipped playbook promises: no mistakes, everything reachable from home, every rule broken and kept by an
//! example, every method with examples that it scores high, lessons of a readable length that end in something to do,
//! quizzes of all kinds about all rules, and a final one at the end of each method.

use ringback::book::quiz::{Form, Question, plain};
use ringback::book::{Book, PageKind};
use ringback::engine::Verdict;
use ringback::{Built, Options, resolve::View};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;
use std::sync::LazyLock;

static PLAYBOOK: LazyLock<Built> = LazyLock::new(|| {
    let view = View { drafts: false, future: false, today: jiff::civil::date(2026, 11, 22) };
    let options =
        Options { view, base_url: Some("https://example.com/team/playbook/".to_owned()), published: false };
    ringback::build(Path::new(env!("CARGO_MANIFEST_DIR")), &options, &|_| {})
        .expect("the playbook can be read")
});

const BASE: &str = "/team/playbook/";

fn book() -> &'static Book {
    &PLAYBOOK.book
}

#[test]
fn has_no_mistakes() {
    let text = ringback::diag::human::render(&PLAYBOOK.diagnostics, &PLAYBOOK.sources, false);
    assert!(text.is_empty(), "{text}");
}

/// Site paths that links on the pages lead to, from home on.
fn reachable() -> BTreeSet<String> {
    let mut seen = BTreeSet::from([String::new()]);
    let mut queue = VecDeque::from([String::new()]);
    while let Some(url) = queue.pop_front() {
        let Some(bytes) = PLAYBOOK.site.get(&url) else { continue };
        let html = String::from_utf8_lossy(bytes);
        for link in html.split("href=\"").skip(1) {
            let target = link.split(['"', '#', '?']).next().unwrap_or("");
            let Some(path) = target.strip_prefix(BASE) else { continue };
            if seen.insert(path.to_owned()) && (path.is_empty() || path.ends_with('/')) {
                queue.push_back(path.to_owned());
            }
        }
    }
    seen
}

#[test]
fn everything_is_reachable_from_home_and_no_link_is_dead() {
    let seen = reachable();
    let dead: Vec<_> = seen.iter().filter(|path| PLAYBOOK.site.get(path).is_none()).collect();
    assert!(dead.is_empty(), "links lead to nothing: {dead:?}");
    let mut wanted: Vec<String> = book().pages.iter().map(|page| page.url.clone()).collect();
    wanted.extend(book().rulebook.rule_ids().map(|id| format!("rules/{id}/")));
    wanted.extend(book().rulebook.method_ids().map(|id| format!("methods/{id}/")));
    wanted.extend(book().examples.iter().map(|example| format!("examples/{}/", example.id)));
    let missed: Vec<_> = wanted.iter().filter(|url| !seen.contains(*url)).collect();
    assert!(missed.is_empty(), "no link from home leads to {missed:?}");
}

#[test]
fn every_rule_is_broken_by_one_example_and_kept_by_another() {
    let verdict =
        |side: &ringback::book::Side, rule: &str| side.report.finding(rule).map(|finding| finding.verdict);
    let broken =
        |rule: &str| book().examples.iter().any(|one| verdict(&one.before, rule) == Some(Verdict::Broken));
    let asked =
        |rule: &str| book().examples.iter().any(|one| verdict(&one.before, rule) == Some(Verdict::NotFound));
    let kept =
        |rule: &str| book().examples.iter().any(|one| verdict(&one.after, rule) == Some(Verdict::Kept));
    let lacking: Vec<&str> =
        book().rulebook.rule_ids().filter(|rule| !(broken(rule) || asked(rule)) || !kept(rule)).collect();
    assert!(lacking.is_empty(), "no example breaks, or none keeps, {lacking:?}");
    let claimed = |rule: &str| {
        book().rule_uses.get(rule).is_some_and(|uses| !uses.broken_by.is_empty() && !uses.kept_by.is_empty())
    };
    let unclaimed: Vec<&str> = book().rulebook.rule_ids().filter(|rule| !claimed(rule)).collect();
    assert!(unclaimed.is_empty(), "no example claims to break, or none to keep, {unclaimed:?}");
}

#[test]
fn every_method_has_three_examples_that_it_scores_90_or_more() {
    for method in book().rulebook.method_ids() {
        let high = book()
            .examples
            .iter()
            .filter(|example| example.method == method)
            .filter(|example| example.after.report.grade(method).and_then(|grade| grade.score) >= Some(90))
            .count();
        assert!(high >= 3, "{method} has {high}");
    }
}

#[test]
fn lessons_are_readable_and_end_in_something_to_do() {
    let lessons: Vec<_> = book().pages.iter().filter(|page| page.kind == PageKind::Lesson).collect();
    assert!(lessons.len() >= 25, "{} lessons", lessons.len());
    let finals: BTreeSet<_> =
        book().quizzes.iter().filter(|quiz| quiz.is_final).map(|quiz| quiz.page).collect();
    let is_final = |page: &ringback::book::Page| {
        finals.iter().any(|index| std::ptr::eq(&raw const *book().pages[*index], page))
    };
    for page in lessons.into_iter().filter(|page| !is_final(page)) {
        assert!((250..=950).contains(&page.words), "{} has {} words", page.path, page.words);
        let last = page.headings.iter().rev().find(|heading| heading.level == 2);
        assert_eq!(last.map(|heading| heading.text.as_str()), Some("Do this"), "{}", page.path);
        let described = page.description.chars().count();
        assert!((50..=170).contains(&described), "{} is described in {described} characters", page.path);
    }
}

#[test]
fn examples_cover_the_channels_the_situations_and_many_trades() {
    use ringback::book::Situation::{Cold, FollowUp, Referred, Warm};
    let examples = &book().examples;
    assert!(examples.len() >= 25, "{} examples", examples.len());
    for situation in [Referred, Warm, Cold, FollowUp] {
        assert!(examples.iter().any(|example| example.situation == Some(situation)), "{situation:?}");
    }
    for channel in [ringback::engine::Channel::Voicemail, ringback::engine::Channel::Email] {
        assert!(
            examples.iter().filter(|example| example.after.channel == channel).count() >= 5,
            "{channel:?}"
        );
    }
    let trades: BTreeSet<_> = examples.iter().filter_map(|example| example.trade.as_deref()).collect();
    assert!(trades.len() >= 20, "{trades:?}");
}

#[test]
fn every_method_has_a_template_and_a_filled_one_is_graded_high() {
    let rulebook = &book().rulebook;
    let fills = [
        ("their name", "Dana"),
        ("their surname", "Whitlock"),
        ("your name", "Sam Ortega"),
        ("company", "Elm Tools"),
        ("number", "555 0142"),
        ("referrer", "Priya Nair"),
        ("what they asked for", "a quieter saw"),
        ("what they said", "the blades wear out in a week"),
        ("where you met", "the trade fair in Leeds"),
        ("outcome", "an hour a day off the wait at the saw"),
        ("day", "Thursday"),
        ("hour", "half past eight"),
    ];
    for method in rulebook.method_ids() {
        assert!(rulebook.templates.iter().any(|one| one.method.value == method), "{method} has none");
    }
    for template in &rulebook.templates {
        let text = fills
            .iter()
            .fold(template.text.clone(), |text, (gap, words)| text.replace(&format!("[{gap}]"), words));
        assert!(!text.contains('['), "{}: a gap that this test does not fill: {text}", template.id);
        let report = rulebook.grade(template.channel, &text);
        let grade = report.grade(&template.method.value).expect("its method is there");
        // A name and a number are too few words for some methods, and so for a grade.
        let high = grade.high.unwrap_or(100);
        assert!(
            high >= 90,
            "{}: {:?} to {high} under {}: {text}",
            template.id,
            grade.score,
            template.method.value
        );
    }
}

/// Questions that somebody wrote; the others are made from the rules.
fn written() -> impl Iterator<Item = &'static Question> {
    book().quizzes.iter().flat_map(|quiz| &quiz.questions).filter(|question| question.made.is_none())
}

#[test]
fn has_written_questions_of_every_kind() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for question in written() {
        *counts.entry(question.form.name()).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    assert!(all >= 300, "{all} written questions: {counts:?}");
    let least = [
        ("choice", 80),
        ("true-false", 20),
        ("spot", 20),
        ("order", 15),
        ("match", 15),
        ("number", 12),
        ("text", 12),
        ("rewrite", 15),
        ("dialogue", 10),
    ];
    for (kind, least) in least {
        assert!(counts.get(kind).is_some_and(|count| *count >= least), "{kind}, wanted {least}: {counts:?}");
    }
    assert_eq!(counts.len(), least.len(), "a kind is not listed here: {counts:?}");
    let several = written().filter(|question| matches!(question.form, Form::Choice { several: true, .. }));
    assert!(several.count() >= 8);
}

#[test]
fn every_wrong_option_has_a_reason_of_its_own() {
    for question in written() {
        let mut reasons: Vec<String> = Vec::new();
        match &question.form {
            Form::Choice { options, .. } => reasons.extend(options.iter().map(|option| plain(&option.why))),
            Form::Dialogue { turns, .. } => {
                reasons.extend(turns.iter().flat_map(|turn| &turn.answers).map(|answer| plain(&answer.why)));
            }
            Form::Text { wrong, .. } => reasons.extend(wrong.iter().map(|wrong| plain(&wrong.why))),
            Form::Match { pairs, .. } => reasons.extend(pairs.iter().map(|pair| plain(&pair.why))),
            Form::TrueFalse { .. } | Form::Order { .. } | Form::Number { .. } => {
                reasons.push(plain(&question.why));
            }
            Form::Spot { .. } | Form::Rewrite { .. } => {}
        }
        let distinct: BTreeSet<_> = reasons.iter().map(|reason| reason.trim()).collect();
        assert!(!distinct.contains(""), "{} leaves a reason out", question.id);
        assert_eq!(distinct.len(), reasons.len(), "{} gives one reason twice", question.id);
    }
}

#[test]
fn length_does_not_give_the_right_option_away() {
    let mut longest = 0;
    let mut all = 0;
    for question in written() {
        let Form::Choice { several: false, options } = &question.form else { continue };
        all += 1;
        let right = options.iter().max_by_key(|option| plain(&option.text).chars().count());
        longest += usize::from(right.is_some_and(|option| option.right));
    }
    assert!(longest * 100 <= all * 45, "the longest option is right in {longest} of {all}");
}

#[test]
fn every_method_ends_in_a_final_quiz() {
    for method in book().rulebook.method_ids() {
        let finals: Vec<_> = book()
            .quizzes
            .iter()
            .filter(|quiz| quiz.is_final && quiz.method.as_deref() == Some(method))
            .collect();
        let [quiz] = finals[..] else { panic!("{method} has {} final quizzes", finals.len()) };
        let page = &book().pages[quiz.page];
        let section = page.url.split('/').next().unwrap_or_default();
        let last = book()
            .pages
            .iter()
            .rfind(|one| one.kind == PageKind::Lesson && one.url.split('/').next() == Some(section));
        assert_eq!(last.map(|last| last.url.as_str()), Some(page.url.as_str()), "{method} goes on after it");
        let pick = quiz.pick.unwrap_or(quiz.questions.len());
        assert!(
            pick >= 10 && pick < quiz.questions.len(),
            "{method} draws {pick} of {}",
            quiz.questions.len()
        );
        assert!(quiz.questions.iter().any(|question| question.made.is_some()), "{method} makes no question");
    }
}

#[test]
fn every_rule_is_asked_about() {
    let mut asked: BTreeSet<&str> = BTreeSet::new();
    for question in written() {
        asked.extend(question.rules.iter().map(String::as_str));
        match &question.form {
            Form::Spot { rules, .. } => asked.extend(rules.iter().map(String::as_str)),
            Form::Rewrite { keeps, .. } => asked.extend(keeps.iter().map(String::as_str)),
            _ => {}
        }
    }
    let missed: Vec<_> = book().rulebook.rule_ids().filter(|rule| !asked.contains(*rule)).collect();
    assert!(missed.is_empty(), "no written question is about {missed:?}");
}

#[test]
fn every_lesson_ends_in_a_quiz() {
    let with_quiz: BTreeSet<_> = book().quizzes.iter().map(|quiz| quiz.page).collect();
    let without: Vec<_> = (0..book().pages.len())
        .filter(|index| book().pages[*index].kind == PageKind::Lesson && !with_quiz.contains(index))
        .map(|index| book().pages[index].url.as_str())
        .collect();
    assert!(without.is_empty(), "{without:?}");
}
