//! What the template engine reports, as problems of arkerr.

use std::error::Error as _;
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tera::{ErrorKind, Kwargs, State, Value};

use super::{BUILT_IN, Source, Templates, engine};
use crate::problem::{Diagnostic, Locate as _, Place, TemplateProblem};

impl Templates {
    /// Why rendering failed, and where.
    pub(super) fn failure(
        &self,
        error: &tera::Error,
        template: &str,
        context: &tera::Context,
        output: String,
    ) -> Diagnostic {
        let output = Some(output);
        let cause = error.source().map(ToString::to_string);
        let (problem, place) = match error.kind() {
            ErrorKind::Io(_) => {
                let message = cause.unwrap_or_else(|| error.to_string());
                let problem = TemplateProblem::Unfiltered { message, output };
                (problem, self.unfiltered(template, context))
            }
            ErrorKind::RenderingError(report) => {
                let message = as_arkerr_says(report.message(), cause);
                let place = self.place(report.filename(), report.span().range.clone());
                (TemplateProblem::Failed { message, output }, place)
            }
            _ => {
                let message = as_arkerr_says(&error.to_string(), cause);
                (TemplateProblem::Failed { message, output }, None)
            }
        };
        match place {
            Some(place) => problem.at(place),
            None => problem.nowhere(),
        }
    }

    /// Where a text is written without a filter. The engine does not report it. So the template is
    /// rendered once more, and each tag that writes a value writes down its number first.
    fn unfiltered(&self, template: &str, context: &tera::Context) -> Option<Place> {
        let mut tags = Vec::new();
        let numbered: Vec<(&str, String)> = self
            .loaded()
            .map(|(name, source)| (name, with_numbers(name, &source.text, &mut tags)))
            .collect();
        let last = Arc::new(AtomicUsize::new(usize::MAX));
        let seen = Arc::clone(&last);
        let mut tera = engine().ok()?;
        tera.register_function(TAG, move |kwargs: Kwargs, _: &State| {
            seen.store(kwargs.must_get("number")?, Ordering::Relaxed);
            Ok::<_, tera::Error>(Value::safe_string(""))
        });
        tera.add_raw_templates(numbered).ok()?;
        tera.render(template, context).err()?;
        let (name, span) = tags.get(last.load(Ordering::Relaxed))?;
        self.place(name, span.clone())
    }

    /// A place in a template, by the name that the engine has for it.
    fn place(&self, name: &str, span: Range<usize>) -> Option<Place> {
        self.sources
            .get(name)
            .map(|source| place(name, source, span))
    }
}

/// A template that the engine cannot read.
pub(super) fn syntax_error(error: &tera::Error, name: &str, source: &Source) -> Option<Diagnostic> {
    let ErrorKind::SyntaxError(report) = error.kind() else {
        return None;
    };
    let problem = TemplateProblem::Failed {
        message: as_arkerr_says(report.message(), None),
        output: None,
    };
    Some(problem.at(place(name, source, report.span().range.clone())))
}

/// What is wrong with templates that can each be read.
pub(super) fn unknown_names(error: &tera::Error) -> Diagnostic {
    let report = error.to_string();
    TemplateProblem::UnknownNames { report }.nowhere()
}

fn place(name: &str, source: &Source, span: Range<usize>) -> Place {
    let built_in = || format!("{} (built-in template)", name.trim_start_matches(BUILT_IN));
    let path = source.path.clone().unwrap_or_else(built_in);
    let end = span.end.min(source.text.len());
    Place::excerpt(path, &source.text, span.start.min(end)..end)
}

/// A message of the engine as arkerr writes its own: in lower case, with the cause behind it.
fn as_arkerr_says(said: &str, cause: Option<String>) -> String {
    let mut chars = said.chars();
    let first = chars.next().into_iter().flat_map(char::to_lowercase);
    let message: String = first.chain(chars).collect();
    match cause {
        Some(cause) => format!("{message}: {cause}"),
        None => message,
    }
}

/// The function that writes down the number of a tag.
const TAG: &str = "arkerr_tag";

/// A template whose tags write down their numbers; their places are added to the others.
fn with_numbers(name: &str, text: &str, tags: &mut Vec<(String, Range<usize>)>) -> String {
    let mut numbered = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for (start, _) in text.match_indices("{{") {
        // Writing to a string cannot fail.
        let number = tags.len();
        let _ = write!(
            numbered,
            "{}{{{{ {TAG}(number={number}) }}}}",
            &text[done..start]
        );
        let end = text[start..]
            .find("}}")
            .map_or(text.len(), |end| start + end + 2);
        tags.push((name.to_owned(), start..end));
        done = start;
    }
    numbered + &text[done..]
}
