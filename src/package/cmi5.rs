//! The course structure of cmi5 (first edition, 2016): one assignable unit that opens the player.

use super::course::Course;
use crate::html::escape;

/// `cmi5.xml`. Moving on wants what the course has: completing it, and passing it where it has quizzes.
pub(super) fn structure(course: &Course) -> String {
    let move_on = if course.pass().is_some() { "CompletedAndPassed" } else { "Completed" };
    let mastery = course
        .pass()
        .map_or(String::new(), |pass| format!(" masteryScore=\"{}.{:02}\"", pass / 100, pass % 100));
    let language = escape(&course.language);
    let title = escape(&course.title);
    let description = if course.description.is_empty() { title.clone() } else { escape(&course.description) };
    let said = |name: &str, text: &str| {
        format!("<{name}><langstring lang=\"{language}\">{text}</langstring></{name}>")
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">
  <course id="urn:ringback:{id}">
    {course_title}
    {course_description}
  </course>
  <au id="urn:ringback:{id}:playbook" moveOn="{move_on}"{mastery} launchMethod="AnyWindow">
    {course_title}
    {course_description}
    <url>launch.html</url>
  </au>
</courseStructure>
"#,
        id = course.id,
        course_title = said("title", &title),
        course_description = said("description", &description),
    )
}
