//! A changelog file, to which sections are added at the top.

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag};

use crate::file::without_mark;

/// What a new changelog begins with.
const TITLE: &str = "# Changes of the error codes\n";

/// The text of a changelog with one more section, which goes before the others and behind what
/// introduces them. A section that is there already is not added again. Lines end as the file's do.
pub fn prepend(text: &str, section: &str) -> String {
    let joined = join(&text.replace("\r\n", "\n"), section.trim_end());
    if text.contains("\r\n") {
        joined.replace('\n', "\r\n")
    } else {
        joined
    }
}

fn join(text: &str, section: &str) -> String {
    let text = if text.trim().is_empty() { TITLE } else { text };
    let (introduction, sections) = split(text);
    let is_there = sections.strip_prefix(section).is_some_and(|rest| {
        let rest = rest.trim_end();
        rest.is_empty() || rest.starts_with("\n\n") && split(rest).0.trim().is_empty()
    });
    let introduction = introduction.trim_end();
    // What stands behind a block of code that does not end is no section any more.
    let is_last = introduction.strip_suffix(section);
    if is_there || is_last.is_some_and(|rest| rest.ends_with("\n\n")) {
        return text.to_owned();
    }
    let mut joined = String::new();
    for part in [introduction, section, sections.trim_end()] {
        if !part.is_empty() {
            joined.push_str(part);
            joined.push_str("\n\n");
        }
    }
    joined.truncate(joined.trim_end().len());
    joined.push('\n');
    joined
}

/// Cuts a changelog before its first section. What looks like a heading in a block of code, a quote
/// or a comment is none.
fn split(text: &str) -> (&str, &str) {
    // A file of another system may begin with a mark of its encoding.
    let start = text.len() - without_mark(text).len();
    // A carriage return alone ends a line as well, which the parser forgets behind the mark of a
    // block of code. A line feed has the same length, so that every place stays what it is.
    let lines = text[start..].replace('\r', "\n");
    let mut depth = 0;
    for (event, range) in Parser::new(&lines).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H2,
                ..
            }) if depth == 0 => return text.split_at(start + range.start),
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_gets_a_title() {
        assert_eq!(
            prepend("", "## 2026-11-25\n\nMore.\n"),
            "# Changes of the error codes\n\n## 2026-11-25\n\nMore.\n"
        );
    }

    #[test]
    fn a_section_goes_before_the_others_once() {
        let old = "# Changes\n\nNewest first.\n\n```\n## no heading\n```\n\n## 1\n\nOne.\n";
        let new = "# Changes\n\nNewest first.\n\n```\n## no heading\n```\n\n## 2\n\nTwo.\n\n## 1\n\nOne.\n";
        assert_eq!(prepend(old, "## 2\n\nTwo.\n"), new);
        assert_eq!(prepend(new, "## 2\n\nTwo.\n"), new);
    }

    #[test]
    fn a_section_goes_to_the_top_whatever_stands_above() {
        for introduction in [
            "\u{feff}",
            "```a``` is code.",
            "<!--\n## Template\n-->",
            "> ## Quoted",
            "````\n```\n## no heading\n````",
            "```\n~~~\n```rust\n## no heading\n```",
        ] {
            let old = format!("{introduction}\n\n## 1\n");
            let new = format!("{introduction}\n\n## 2\n\n## 1\n");
            assert_eq!(prepend(&old, "## 2\n"), new);
        }
        assert!(prepend("\u{feff}## 1\n", "## 2").ends_with("## 2\n\n## 1\n"));
    }

    #[test]
    fn a_section_behind_code_that_does_not_end_is_added_once() {
        let old = "# Changes\n\n```\nno end\n";
        let new = "# Changes\n\n```\nno end\n\n## 2\n";
        assert_eq!(prepend(old, "## 2\n"), new);
        assert_eq!(prepend(new, "## 2\n"), new);
    }

    #[test]
    fn a_carriage_return_alone_ends_a_line() {
        for (old, new) in [
            // The code does not end: a backtick behind its mark is in another line.
            ("```\r\r## no heading`", "```\r\r## no heading`\n\n## 2\n"),
            (
                "```\r## no heading`\r```\r\r## 1\r\rOne.\r",
                "```\r## no heading`\r```\n\n## 2\n\n## 1\r\rOne.\n",
            ),
        ] {
            assert_eq!(prepend(old, "## 2\n"), new);
            assert_eq!(prepend(new, "## 2\n"), new);
        }
    }

    #[test]
    fn a_section_is_added_once_whatever_the_next_one_looks_like() {
        for next in ["##", "## 1", "1\n---"] {
            let new = format!("# Changes\n\n## 2\n\n{next}\n");
            assert_eq!(prepend(&format!("# Changes\n\n{next}\n"), "## 2\n"), new);
            assert_eq!(prepend(&new, "## 2\n"), new);
        }
    }

    #[test]
    fn a_file_of_another_system_keeps_its_line_ends() {
        assert_eq!(
            prepend("# C\r\n\r\n## 1\r\n", "## 2\n\nTwo.\n"),
            "# C\r\n\r\n## 2\r\n\r\nTwo.\r\n\r\n## 1\r\n"
        );
    }
}
