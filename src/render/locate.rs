//! Finds the tag of a template that wrote a text without a filter.
//!
//! The template engine does not tell where an output was refused. So the templates are rendered once
//! more, each tag that writes a value behind one that notes its place.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tera::{Kwargs, State, Value};

use super::filters;
use super::scan::{Token, tokens};
use super::source::Source;

/// What the tags that note places call.
const FUNCTION: &str = "arkerr_note_place";

/// A place in a template.
pub(super) struct Found {
    /// The name of the template.
    pub(super) template: String,
    /// The bytes of the tag.
    pub(super) span: Range<usize>,
}

/// Renders a template that is known to write a text without a filter, and finds the tag that does.
pub(super) fn refused<'a>(
    sources: impl Iterator<Item = (&'a str, &'a Source)>,
    template: &str,
    context: &tera::Context,
) -> Option<Found> {
    let last = Arc::new(AtomicUsize::new(usize::MAX));
    let mut tera = filters::engine();
    let noted = Arc::clone(&last);
    tera.register_function(FUNCTION, move |kwargs: Kwargs, _: &State| {
        let number: usize = kwargs.must_get("number")?;
        noted.store(number, Ordering::Relaxed);
        Ok::<_, tera::Error>(Value::safe_string(""))
    });
    let mut places = Vec::new();
    let noting = sources.map(|(name, source)| (name, with_notes(name, &source.text, &mut places)));
    let noting: Vec<(&str, String)> = noting.collect();
    let noting = noting.iter().map(|(name, text)| (*name, text.as_str()));
    tera.add_raw_templates(noting).ok()?;
    tera.render(template, context).err()?;
    let last = last.load(Ordering::Relaxed);
    (last < places.len()).then(|| places.swap_remove(last))
}

/// A template whose tags note their places, which are added to the others.
fn with_notes(name: &str, text: &str, places: &mut Vec<Found>) -> String {
    let mut noting = String::with_capacity(text.len() * 2);
    let mut done = 0;
    let tags = tokens(text).into_iter();
    for (_, start) in tags.filter(|(token, _)| *token == Token::Write) {
        noting.push_str(&text[done..start]);
        noting.push_str(&format!("{{{{ {FUNCTION}(number={}) }}}}", places.len()));
        done = start;
        let end = text[start..]
            .find("}}")
            .map_or(text.len(), |end| start + end + 2);
        places.push(Found {
            template: name.to_owned(),
            span: start..end,
        });
    }
    noting.push_str(&text[done..]);
    noting
}
