//! Finds names in templates that nothing has.
//!
//! The template engine tells of a misspelt name where its value is written. In a condition such a
//! name is taken for one without a value, and what depends on it is left out without a word. So the
//! names behind the dots of a template are held against those that its context can have.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use serde_json::Value;

use super::context;
use super::scan::{self, Token, tokens};
use super::source::Source;
use super::target::Target;
use super::templates::Templates;
use crate::diagnostic::{Diagnostic, Place};
use crate::text::nearest;

/// What every loop has.
const OF_LOOPS: [&str; 6] = ["index", "index0", "first", "last", "length", "is_last"];

/// Warnings and errors about the project's own templates.
pub(super) fn check(templates: &Templates, targets: &[Target]) -> Vec<Diagnostic> {
    let mut own = templates.own().peekable();
    if own.peek().is_none() {
        return Vec::new();
    }
    let mut known = known_names();
    known.extend(
        targets
            .iter()
            .flat_map(|target| target.options.keys().cloned()),
    );
    let roots = root_names();
    let mut found = Vec::new();
    for (template, source) in own {
        let made = made_names(&source.text);
        let members = used_names(&source.text).into_iter();
        let members = members.filter(|(name, _)| !known.contains(name) && !made.contains(name));
        found.extend(members.map(|(name, span)| {
            let message = format!("nothing has a member `{name}`");
            unknown(&message, &name, &known, source, span)
        }));
        let variables = templates.variables(template);
        let set = templates.related(template);
        let set: BTreeSet<String> = set.iter().flat_map(|text| scan::set_names(text)).collect();
        let is_known = |name: &String| roots.contains(name) || set.contains(name);
        let variables = variables.into_iter().filter(|name| !is_known(name));
        found.extend(variables.map(|name| {
            let span = first_use(&source.text, &name).unwrap_or_default();
            let message = format!("there is no variable `{name}`");
            unknown(&message, &name, &roots, source, span)
        }));
    }
    found
}

fn unknown(
    message: &str,
    name: &str,
    known: &BTreeSet<String>,
    source: &Source,
    span: Range<usize>,
) -> Diagnostic {
    let path = source.path.clone().unwrap_or_default();
    let help = match nearest(name, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`arkerr templates context` lists what templates see".to_owned(),
    };
    Diagnostic::error("template", message)
        .at(Place::excerpt(path, &Arc::clone(&source.text), span))
        .note("a name that nothing has counts as false in a condition, which is why it is an error")
        .help(help)
}

/// The names of all that a context can have.
fn known_names() -> BTreeSet<String> {
    let mut names: BTreeSet<String> = OF_LOOPS.map(str::to_owned).into();
    for (_, schema) in context::schemas() {
        collect(schema.as_value(), &mut names);
    }
    names
}

/// The names of the variables that a context can have.
fn root_names() -> BTreeSet<String> {
    let schemas = context::schemas().into_iter();
    let properties = schemas.filter_map(|(_, schema)| {
        let properties = schema.get("properties")?.as_object()?;
        Some(properties.keys().cloned().collect::<Vec<_>>())
    });
    properties.flatten().collect()
}

fn collect(schema: &Value, names: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (key, value) in members {
                if key == "properties"
                    && let Value::Object(properties) = value
                {
                    names.extend(properties.keys().cloned());
                }
                collect(value, names);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

/// The names behind dots, with their places.
fn used_names(template: &str) -> Vec<(String, Range<usize>)> {
    let tokens = tokens(template);
    let members = tokens.windows(2).filter_map(|pair| match pair {
        [(Token::Mark('.'), _), (Token::Word(name), at)] => {
            let is_number = name.starts_with(|c: char| c.is_ascii_digit());
            (!is_number).then(|| ((*name).to_owned(), *at..at + name.len()))
        }
        _ => None,
    });
    members.collect()
}

/// Where a template first has a name that does not stand behind a dot.
fn first_use(template: &str, name: &str) -> Option<Range<usize>> {
    let tokens = tokens(template);
    let mut behind_dot = false;
    for (token, at) in tokens {
        if token == Token::Word(name) && !behind_dot {
            return Some(at..at + name.len());
        }
        behind_dot = token == Token::Mark('.');
    }
    None
}

/// The names that a template gives to members of maps that it makes itself.
fn made_names(template: &str) -> BTreeSet<String> {
    let tokens = tokens(template);
    let keys = tokens.windows(2).filter_map(|pair| match pair {
        [
            (Token::Text(key) | Token::Word(key), _),
            (Token::Mark(':'), _),
        ] => Some((*key).to_owned()),
        _ => None,
    });
    keys.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn used(template: &str) -> Vec<String> {
        used_names(template)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn names_behind_dots_are_found_in_tags_alone() {
        assert_eq!(
            used("a.b {{ c.d | f(x=e.g) }}{# h.i #}{%- if not j?.k and 'l.m' == n.o[0].p -%}"),
            ["d", "g", "k", "o", "p"]
        );
        assert_eq!(used("{% raw %}{{ a.b }}{% endraw %}{{ c.d }}"), ["d"]);
        assert_eq!(
            used("{ a.b } {{ 1.5 }} {{ \"}} a.b\" ~ c.d }} e.f {{ g.h"),
            ["d", "h"]
        );
    }

    #[test]
    fn the_place_is_that_of_the_name() {
        let template = "一 {{ page.titel }}";
        let (name, span) = &used_names(template)[0];
        assert_eq!((name.as_str(), &template[span.clone()]), ("titel", "titel"));
    }

    #[test]
    fn what_a_template_makes_it_knows() {
        assert!(made_names("{% set a = {\"b\": 1, c: 2} %}").contains("b"));
    }

    #[test]
    fn everything_that_the_built_in_templates_name_is_there() {
        let known = known_names();
        let templates = Templates::built_in().expect("they are right");
        for name in templates.names() {
            let source = templates.source(name).expect("it has a name");
            let options: BTreeSet<String> = super::super::target::Description::all()
                .into_iter()
                .flat_map(|description| description.options.into_keys())
                .chain(["layout".to_owned()])
                .collect();
            let unknown: Vec<String> = used(&source.text)
                .into_iter()
                .filter(|used| !known.contains(used) && !options.contains(used))
                .filter(|used| !made_names(&source.text).contains(used))
                .collect();
            assert_eq!(unknown, Vec::<String>::new(), "{name}");
            let roots = root_names();
            let variables: BTreeSet<String> = templates.variables(name).into_iter().collect();
            assert!(variables.is_subset(&roots), "{name}: {variables:?}");
        }
    }
}
