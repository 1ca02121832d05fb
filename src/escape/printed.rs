//! Text on its way to a terminal or a log: nothing in it is a control character, turns the
//! direction of text, or is a command of a service for continuous integration.

use std::borrow::Cow;

use super::{as_visible, is_visible, utf16_escape};

/// What a text is printed as, which says what stands for a character that must not be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(
    not(feature = "cli"),
    allow(dead_code, reason = "build scripts print plain text only")
)]
pub(crate) enum Form {
    /// For people, with arkerr's own colours.
    Colored,
    /// For people, Markdown included: what pages say is code in it, where no entity means anything.
    Plain,
    /// Workflow commands of GitHub, which begin each line.
    Workflow,
    /// JSON, where an escape is the same text.
    Json,
    /// XML, where an entity is the same text.
    Xml,
}

impl Form {
    /// What stands for a character that would make a command of text.
    fn broken(self, c: char) -> String {
        match self {
            Self::Json => utf16_escape(c),
            Self::Xml => format!("&#{};", u32::from(c)),
            Self::Colored | Self::Plain | Self::Workflow => c.escape_unicode().to_string(),
        }
    }
}

/// The text as it may be printed. Of sequences that control a terminal only the colours of
/// [`Form::Colored`] are left, which arkerr makes; what may come with text is a colour at worst.
///
/// Services take commands from any program's output, wherever it comes from, and what runs in a
/// container does not see whose output it is: so no command is printed anywhere.
pub(crate) fn printed(text: &str, form: Form) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if matches!(as_visible(line), Cow::Borrowed(_))
            && !line.contains("::")
            && !line.contains("##")
        {
            out.push_str(line);
        } else {
            push_line(&mut out, line, form);
        }
    }
    out
}

/// Adds a line without `::name` at its beginning, blanks aside, and without `##[name]` and
/// `##name[…]` anywhere: the services know no others. Colours are not seen by them.
fn push_line(out: &mut String, line: &str, form: Form) {
    let mut rest = line;
    let mut before = ' ';
    // Whether there is nothing yet but blanks and colons.
    let mut is_start = true;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = after_color(rest) {
            if form == Form::Colored {
                out.push_str(&rest[..rest.len() - after.len()]);
            }
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        let is_command = match c {
            ':' => is_start && before == ':' && form != Form::Workflow,
            '#' => before == '#' && is_bracket_next(rest),
            _ => false,
        };
        match c {
            _ if is_command => out.push_str(&form.broken(c)),
            '\n' | '\t' => out.push(c),
            _ if is_visible(c) => out.push(c),
            _ if form == Form::Json => out.push_str(&utf16_escape(c)),
            _ => out.extend(c.escape_unicode()),
        }
        is_start &= matches!(c, ' ' | '\t' | ':');
        before = c;
    }
}

/// Whether a text begins with a bracket, a name and colours before it aside.
fn is_bracket_next(mut text: &str) -> bool {
    loop {
        let rest = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        match after_color(rest) {
            Some(after) => text = after,
            None => return rest.starts_with('['),
        }
    }
}

/// What follows a sequence that sets one of the colours and weights that arkerr uses, or ends it.
fn after_color(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("\u{1b}[")?;
    let length = match rest.as_bytes() {
        [b'0' | b'1' | b'4', b'm', ..] => 2,
        [b'3' | b'9', b'0'..=b'7', b'm', ..] => 3,
        _ => return None,
    };
    Some(&rest[length..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_no_command_of_a_service() {
        for (text, expected) in [
            (
                "  ::set-output name=a::b\n",
                "  :\\u{3a}set-output name=a::b\n",
            ),
            ("a ::b::c\n::d", "a ::b::c\n:\\u{3a}d"),
            (":::a", ":\\u{3a}\\u{3a}a"),
            ("x ##[error]y", "x #\\u{23}[error]y"),
            ("###vso[task.x]##", "##\\u{23}vso[task.x]##"),
            ("## heading [a]\n", "## heading [a]\n"),
        ] {
            assert_eq!(printed(text, Form::Plain), expected);
            assert_eq!(printed(text, Form::Colored), expected);
        }
    }

    #[test]
    fn colours_hide_no_command() {
        let text =
            "\u{1b}[1m\t:\u{1b}[0m\u{1b}[31m:stop-commands::x\u{1b}[0m #\u{1b}[0m#a\u{1b}[1mb[c]\n";
        assert_eq!(
            printed(text, Form::Plain),
            "\t:\\u{3a}stop-commands::x #\\u{23}ab[c]\n"
        );
        assert_eq!(
            printed(text, Form::Colored),
            "\u{1b}[1m\t:\u{1b}[0m\u{1b}[31m\\u{3a}stop-commands::x\u{1b}[0m #\u{1b}[0m\\u{23}a\u{1b}[1mb[c]\n"
        );
    }

    #[test]
    fn only_colours_control_a_terminal() {
        let text = "\u{1b}[31ma\u{1b}[0m\u{1b}[2J\u{1b}]8;;x\u{7}\r\u{7f}\u{85}\u{9b}31m\u{2028}\u{202e}\u{1b}[8mb\u{1b}[38;5;1m\u{1b}";
        let masked = "\\u{1b}[2J\\u{1b}]8;;x\\u{7}\\u{d}\\u{7f}\\u{85}\\u{9b}31m\\u{2028}\\u{202e}\\u{1b}[8mb\\u{1b}[38;5;1m\\u{1b}";
        assert_eq!(printed(text, Form::Plain), format!("a{masked}"));
        assert_eq!(
            printed(text, Form::Colored),
            format!("\u{1b}[31ma\u{1b}[0m{masked}")
        );
    }

    #[test]
    fn what_programs_read_means_the_same() {
        let text = "[\"##[a]\", \"::b\"]";
        let json = printed(text, Form::Json);
        assert_eq!(json, "[\"#\\u0023[a]\", \"::b\"]");
        assert_eq!(printed("::a ##[b]", Form::Xml), ":&#58;a #&#35;[b]");
        assert_eq!(
            printed("::error::##[b]", Form::Workflow),
            "::error::#\\u{23}[b]"
        );
    }
}
