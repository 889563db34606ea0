//! QTI 3, the exchange format of 1EdTech, as a content package: a zip with a manifest, a test for each quiz and an item
//! for each question.
//!
//! Choices, pairs, orders, numbers and short answers keep their scores; a question about a script becomes an extended
//! text that a person marks; a dialogue is left out, and said so.

mod item;

use crate::book::quiz::{Quiz, Shuffle};
use crate::html::escape;
use crate::zip;
use anyhow::Result;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Words that stand in the package: for true and for false.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// "True".
    pub yes: &'a str,
    /// "False".
    pub no: &'a str,
    /// The language of the playbook.
    pub language: &'a str,
}

/// The namespace of items and tests.
const NAMESPACE: &str = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";
/// Where its schema is.
const SCHEMA: &str = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd";

/// A package of quizzes; with it, what could not be said in full.
///
/// # Errors
/// If the package would pass what a zip file can hold.
pub fn package(quizzes: &[&Quiz], words: Words<'_>) -> Result<(Vec<u8>, Vec<String>)> {
    let mut notes = Vec::new();
    let mut resources = String::new();
    let mut files = BTreeMap::new();
    for quiz in quizzes {
        let mut references = String::new();
        let mut depends = String::new();
        for question in &quiz.questions {
            let Some(item) = item::xml(quiz, question, words, &mut notes) else { continue };
            let id = format!("item-{}-{}", quiz.id, question.id);
            let path = format!("items/{}/{}.xml", quiz.id, question.id);
            let most = u32::try_from(item.most).unwrap_or(1).max(1);
            let weight = f64::from(question.weight) / f64::from(most);
            _ = writeln!(
                references,
                "<qti-assessment-item-ref identifier=\"{id}\" href=\"../{path}\"><qti-weight identifier=\"WEIGHT\" value=\"{weight}\"/></qti-assessment-item-ref>"
            );
            _ = writeln!(depends, "<dependency identifierref=\"{id}\"/>");
            _ = writeln!(
                resources,
                "<resource identifier=\"{id}\" type=\"imsqti_item_xmlv3p0\" href=\"{path}\"><file href=\"{path}\"/></resource>"
            );
            files.insert(path, item.xml);
        }
        let path = format!("tests/{}.xml", quiz.id);
        _ = writeln!(
            resources,
            "<resource identifier=\"test-{}\" type=\"imsqti_test_xmlv3p0\" href=\"{path}\"><file href=\"{path}\"/>\n{depends}</resource>",
            quiz.id
        );
        files.insert(path, test(quiz, &references));
    }
    files.insert("imsmanifest.xml".to_owned(), manifest(&resources));
    Ok((zip::pack(&files)?, notes))
}

fn test(quiz: &Quiz, references: &str) -> String {
    let selection = quiz.pick.map_or(String::new(), |pick| format!("<qti-selection select=\"{pick}\"/>\n"));
    let is_shuffled = matches!(quiz.shuffle, Shuffle::Questions | Shuffle::All) || quiz.pick.is_some();
    let ordering = if is_shuffled { "<qti-ordering shuffle=\"true\"/>\n" } else { "" };
    let (id, title) = (&quiz.id, escape(&quiz.title));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <qti-assessment-test xmlns=\"{NAMESPACE}\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"{NAMESPACE} {SCHEMA}\" identifier=\"test-{id}\" title=\"{title}\">\n\
         <qti-outcome-declaration identifier=\"SCORE\" cardinality=\"single\" base-type=\"float\"/>\n\
         <qti-test-part identifier=\"part\" navigation-mode=\"nonlinear\" submission-mode=\"individual\">\n\
         <qti-assessment-section identifier=\"section\" title=\"{title}\" visible=\"true\">\n\
         {selection}{ordering}{references}\
         </qti-assessment-section>\n</qti-test-part>\n\
         <qti-outcome-processing><qti-set-outcome-value identifier=\"SCORE\"><qti-sum><qti-test-variables variable-identifier=\"SCORE\" weight-identifier=\"WEIGHT\"/></qti-sum></qti-set-outcome-value></qti-outcome-processing>\n\
         </qti-assessment-test>\n"
    )
}

fn manifest(resources: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <manifest xmlns=\"http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1\" identifier=\"ringback\">\n\
         <metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>\n\
         <organizations/>\n<resources>\n{resources}</resources>\n</manifest>\n"
    )
}
