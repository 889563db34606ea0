//! Writes a playbook of N lessons to measure with: always the same bytes for the same N.
//!
//! A lesson has about 670 words in 4.3 KB: headings, paragraphs, lists, a quotation, a table, three links; every fifth has a code
//! block. Twenty lessons make a section. Words come from a vocabulary of some 6,000, the common ones far more often than the rare.
//! Usage: `corpus N FOLDER`.

mod prose;
mod words;

use prose::Prose;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;
use words::Words;

const LESSONS_IN_SECTION: usize = 20;
/// Links lead to one of the lessons around, so that a corpus of any size has none that dangles.
const NEIGHBOURS: usize = 100;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (Some(lessons), Some(folder)) =
        (arguments.first().and_then(|text| text.parse().ok()), arguments.get(1))
    else {
        eprintln!("usage: corpus N FOLDER");
        return ExitCode::from(2);
    };
    match write(lessons, folder.as_ref()) {
        Ok((words, bytes)) => {
            println!(
                "{lessons} lessons, {} words and {} bytes each",
                words / lessons.max(1),
                bytes / lessons.max(1)
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn write(lessons: usize, folder: &Path) -> io::Result<(usize, usize)> {
    let vocabulary = Words::new();
    let content = folder.join("content");
    fs::create_dir_all(&content)?;
    fs::write(folder.join("book.toml"), "[book]\ntitle = \"Calls returned\"\n")?;
    fs::write(
        content.join("index.md"),
        page("Calls returned", "Where to start.", "Choose a part and begin.\n"),
    )?;
    let (mut words, mut bytes) = (0, 0);
    for lesson in 0..lessons {
        let section = content.join(section_name(lesson));
        if lesson % LESSONS_IN_SECTION == 0 {
            fs::create_dir_all(&section)?;
            let mut prose = Prose::new(&vocabulary, 1_000_000 + lesson as u64);
            let title = format!("Part {}: {}", lesson / LESSONS_IN_SECTION, prose.name());
            fs::write(section.join("index.md"), page(&title, &prose.sentence(), &prose.paragraph(50)))?;
        }
        let text = text(&vocabulary, lesson, lessons);
        words += text.split_whitespace().count();
        bytes += text.len();
        fs::write(section.join(format!("{}.md", lesson_name(lesson))), text)?;
    }
    Ok((words, bytes))
}

/// One lesson: an opening, four or five parts in some order, and an end.
fn text(vocabulary: &Words, lesson: usize, lessons: usize) -> String {
    let mut prose = Prose::new(vocabulary, lesson as u64);
    let title = format!("Lesson {lesson}: {}", prose.name());
    let description = prose.sentence();
    let block = lesson / NEIGHBOURS * NEIGHBOURS;
    let size = NEIGHBOURS.min(lessons - block);
    let next = block + (lesson + 1) % size;
    let other = block + prose.below(size);
    let (to_next, to_other, to_section) = (
        link(&mut prose, next, &lesson_name(next)),
        link(&mut prose, other, &lesson_name(other)),
        link(&mut prose, other, "index"),
    );
    let mut parts = vec![
        [prose.heading(2), prose.paragraph(50), prose.list(5, false)].join("\n"),
        [
            prose.heading(2),
            format!("{} See {to_next}. {}", prose.paragraph(40).trim(), prose.paragraph(20)),
            prose.quotation(),
        ]
        .join("\n"),
        [prose.heading(2), prose.paragraph(33), prose.heading(3), prose.paragraph(40), prose.table()]
            .join("\n"),
        [
            prose.heading(2),
            prose.list(4, true),
            format!("{} Compare {to_other} with {to_section}.\n", prose.paragraph(40).trim()),
        ]
        .join("\n"),
    ];
    if lesson.is_multiple_of(5) {
        parts.push([prose.heading(2), prose.paragraph(20), prose.code(lesson / 5)].join("\n"));
    }
    prose.shuffle(&mut parts);
    parts.insert(0, prose.paragraph(68));
    parts.push([prose.heading(2), prose.paragraph(40)].join("\n"));
    page(&title, &description, &parts.join("\n"))
}

fn page(title: &str, description: &str, body: &str) -> String {
    format!("---\ntitle: \"{title}\"\ndescription: \"{description}\"\n---\n\n# {title}\n\n{body}")
}

fn link(prose: &mut Prose<'_>, lesson: usize, file: &str) -> String {
    format!("[{}](../{}/{file}.md)", prose.name(), section_name(lesson))
}

fn section_name(lesson: usize) -> String {
    format!("part-{:03}", lesson / LESSONS_IN_SECTION)
}

fn lesson_name(lesson: usize) -> String {
    format!("lesson-{lesson:05}")
}
