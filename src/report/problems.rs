//! Problems as people read them: with the place, an excerpt where there is one, and help.

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::escape::visible;
use crate::problem::{Diagnostic, Extent, Position, Severity};

/// The most bytes of the lines that are shown of a file.
const LONGEST_EXCERPT: usize = 1_000;

/// Shows diagnostics, in the order in which they are given, each with a blank line behind it. With
/// `color` the text has the escape sequences of terminals.
#[must_use]
pub fn report(diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let shown = diagnostics.iter();
    shown
        .map(|diagnostic| show(&renderer, diagnostic) + "\n\n")
        .collect()
}

fn show(renderer: &Renderer, diagnostic: &Diagnostic) -> String {
    let said = diagnostic.describe();
    let level = match said.severity {
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    };
    // Text of a page may be part of a message; it must not reach the terminal as it is.
    let message = visible(&said.message);
    let notes: Vec<String> = said.notes.iter().map(|note| visible(note)).collect();
    let help = said.help.as_deref().map(visible);
    let place = diagnostic.place.as_ref().map(|place| {
        // A name of a file may have lines, which would look like another message.
        let path = visible(&place.path_and_part()).replace('\n', "\\n");
        (path, &place.extent)
    });

    let group = level
        .primary_title(&message)
        .id(said.id)
        .elements(place.iter().map(|(path, extent)| element(path, extent)))
        .elements(notes.iter().map(|note| Level::NOTE.message(note)))
        .elements(help.iter().map(|help| Level::HELP.message(help)));
    renderer.render(&[group])
}

fn element<'a>(path: &'a str, extent: &'a Extent) -> Element<'a> {
    match extent {
        Extent::Whole => Origin::path(path).into(),
        Extent::At(position) => {
            let origin = Origin::path(path).line(position.line);
            match position.column {
                Some(column) => origin.char_column(column).into(),
                None => origin.into(),
            }
        }
        Extent::Excerpt { text, span } => {
            let (line, lines) = text.lines_around(span);
            if lines.len() > LONGEST_EXCERPT {
                let column = Position::of(text, span.start).column.unwrap_or(1);
                return Origin::path(path).line(line).char_column(column).into();
            }
            let span = span.start - lines.start..span.end - lines.start;
            Snippet::source(&text[lines])
                .line_start(line)
                .path(path)
                .annotation(AnnotationKind::Primary.span(span))
                .into()
        }
    }
}
