//! What counts in a package: lessons to read and quizzes to take, each under a short key that its saved state uses.

use super::Format;
use crate::Built;
use crate::book::PageKind;
use anyhow::{Result, bail};
use serde::Serialize;
use std::collections::BTreeSet;

/// The course, as the player reads it.
#[derive(Debug, Serialize)]
pub(super) struct Course {
    pub(super) version: u32,
    pub(super) format: &'static str,
    /// Names the course for good: the same in every edition.
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) language: String,
    /// The page that it opens with, as a file.
    pub(super) start: String,
    pub(super) lessons: Vec<Lesson>,
    pub(super) quizzes: Vec<Quiz>,
}

/// A lesson that counts.
#[derive(Debug, Serialize)]
pub(super) struct Lesson {
    key: String,
    /// Site path, as events name it.
    url: String,
    title: String,
}

/// A quiz that counts.
#[derive(Debug, Serialize)]
pub(super) struct Quiz {
    key: String,
    id: String,
    title: String,
    /// Percent from which it is mastered.
    pub(super) pass: u32,
    #[serde(rename = "final")]
    is_final: bool,
    questions: Vec<Question>,
}

#[derive(Debug, Serialize)]
struct Question {
    key: String,
    id: String,
}

impl Course {
    /// All lessons and quizzes, or those of a method.
    pub(super) fn of(built: &Built, format: Format, method: Option<&str>) -> Result<Self> {
        let book = &built.book;
        let of_method =
            |methods: &[String]| method.is_none_or(|method| methods.iter().any(|one| one == method));
        let pages =
            book.pages.iter().filter(|page| page.kind == PageKind::Lesson && of_method(&page.methods));
        let quizzes = book.quizzes.iter().filter(|quiz| method.is_none() || quiz.method.as_deref() == method);
        let quizzes: Vec<_> = quizzes.collect();
        let mut names: Vec<String> = pages.clone().map(|page| page.url.clone()).collect();
        for quiz in &quizzes {
            names.push(quiz.id.clone());
            names.extend(quiz.questions.iter().map(|one| format!("{}/{}", quiz.id, one.id)));
        }
        if names.is_empty() {
            bail!("nothing here can be completed: no lesson and no quiz");
        }
        let keys = Keys::of(&names);
        let found = method.and_then(|id| book.rulebook.method(id));
        let start = match found {
            Some(method) => format!("{}{}/index.html", crate::render::METHODS, method.id),
            None => "index.html".to_owned(),
        };
        let title = found.map_or_else(
            || built.config.title.clone(),
            |method| format!("{}: {}", built.config.title, method.title),
        );
        Ok(Self {
            version: 1,
            format: format.name(),
            id: format!(
                "ringback-{}",
                &blake3::hash(format!("{}\n{}", built.config.title, method.unwrap_or("")).as_bytes())
                    .to_hex()[..16]
            ),
            title,
            description: built.config.description.clone(),
            language: built.config.language.clone(),
            start,
            lessons: pages
                .map(|page| Lesson {
                    key: keys.key(&page.url),
                    url: page.url.clone(),
                    title: page.title.clone(),
                })
                .collect(),
            quizzes: quizzes
                .into_iter()
                .map(|quiz| Quiz {
                    key: keys.key(&quiz.id),
                    id: quiz.id.clone(),
                    title: quiz.title.clone(),
                    pass: quiz.pass,
                    is_final: quiz.is_final,
                    questions: quiz
                        .questions
                        .iter()
                        .map(|one| Question {
                            key: keys.key(&format!("{}/{}", quiz.id, one.id)),
                            id: one.id.clone(),
                        })
                        .collect(),
                })
                .collect(),
        })
    }

    /// The share of quizzes' points that passes, 0 to 100: the mean of their marks; none without quizzes.
    pub(super) fn pass(&self) -> Option<u32> {
        let n = u32::try_from(self.quizzes.len()).ok().filter(|n| *n > 0)?;
        Some(self.quizzes.iter().map(|quiz| quiz.pass).sum::<u32>() / n)
    }
}

/// Short keys made from names: as many letters as tell all of them apart, three at least. A name keeps its key while that holds, so
/// a new edition of a course reads what an older one saved.
struct Keys {
    length: usize,
}

impl Keys {
    fn of(names: &[String]) -> Self {
        let tells_apart = |length: usize| {
            names.iter().map(|name| hash(name)[..length].to_owned()).collect::<BTreeSet<_>>().len()
                == names.len()
        };
        Self { length: (3..32).find(|length| tells_apart(*length)).unwrap_or(32) }
    }

    fn key(&self, name: &str) -> String {
        hash(name)[..self.length].to_owned()
    }
}

fn hash(name: &str) -> String {
    use base64::Engine;
    base64::prelude::BASE64_URL_SAFE_NO_PAD.encode(blake3::hash(name.as_bytes()).as_bytes())
}
