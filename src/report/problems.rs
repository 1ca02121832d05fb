//! Problems as people read them: with the place, an excerpt where there is one, and help.

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::escape::visible;
use crate::problem::{Diagnostic, Extent, Place, Severity};

/// Shows diagnostics, in the order in which they are given, each with a blank line behind it. With
/// `color` the text has the escape sequences of terminals.
#[must_use]
pub fn report(diagnostics: &[Diagnostic], color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut text = String::new();
    for diagnostic in diagnostics {
        text.push_str(&show(&renderer, diagnostic));
        text.push_str("\n\n");
    }
    text
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
    let place = diagnostic.place.as_ref().map(|place| Place {
        // A name of a file may have lines, which would look like another message.
        path: visible(&place.path_and_part()).replace('\n', "\\n"),
        part: None,
        extent: place.extent.clone(),
    });

    let mut group = level
        .primary_title(&message)
        .id(said.id)
        .elements(place.iter().map(element));
    group = group.elements(notes.iter().map(|note| Level::NOTE.message(note)));
    group = group.elements(help.iter().map(|help| Level::HELP.message(help)));
    renderer.render(&[group])
}

fn element(place: &Place) -> Element<'_> {
    match &place.extent {
        Extent::Whole => Origin::path(&place.path).into(),
        Extent::At(position) => {
            let origin = Origin::path(&place.path).line(position.line);
            match position.column {
                Some(column) => origin.char_column(column).into(),
                None => origin.into(),
            }
        }
        Extent::Excerpt { text, span } => Snippet::source(text.as_ref())
            .path(&place.path)
            .annotation(AnnotationKind::Primary.span(span.clone()))
            .into(),
    }
}
