//! Looks into the tags of templates, whose engine shows nothing of what it reads in them.

/// A piece of the inside of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// A name or a number.
    Word(&'a str),
    /// What stands between quotes.
    Text(&'a str),
    /// Anything else; `}` or `%` ends a tag.
    Mark(char),
    /// The beginning of a tag that writes a value.
    Write,
}

/// The words, texts and marks inside the tags of a template, with their places.
pub(super) fn tokens(template: &str) -> Vec<(Token<'_>, usize)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(start) = template[at..].find('{').map(|found| at + found) {
        let rest = &template[start..];
        let end = match rest.as_bytes().get(1) {
            Some(b'#') => rest.find("#}").map(|end| end + 2),
            Some(kind @ (b'{' | b'%')) => {
                if *kind == b'{' {
                    tokens.push((Token::Write, start));
                }
                Some(push_tokens(template, start + 2, &mut tokens) - start)
            }
            _ => Some(1),
        };
        at = start + end.unwrap_or(rest.len());
        if is_raw(&tokens) {
            let end = template[at..].find("endraw");
            at = end.map_or(template.len(), |end| at + end);
        }
    }
    tokens
}

/// The names of the templates that a template extends or includes.
pub(super) fn references(template: &str) -> Vec<String> {
    let tokens = tokens(template);
    let references = tokens.windows(2).filter_map(|pair| match pair {
        [
            (Token::Word("extends" | "include"), _),
            (Token::Text(name), _),
        ] => Some((*name).to_owned()),
        _ => None,
    });
    references.collect()
}

/// The names of the components that a template defines.
pub(super) fn components(template: &str) -> Vec<&str> {
    let tokens = tokens(template);
    let components = tokens.windows(2).filter_map(|pair| match pair {
        [(Token::Word("component"), _), (Token::Word(name), _)] => Some(*name),
        _ => None,
    });
    components.collect()
}

/// The names of the components that a template may use: what stands behind a `<`.
pub(super) fn used_components(template: &str) -> Vec<&str> {
    let tokens = tokens(template);
    let used = tokens.windows(2).filter_map(|pair| match pair {
        [(Token::Mark('<'), _), (Token::Word(name), _)] => Some(*name),
        _ => None,
    });
    used.collect()
}

/// Whether a template looks at a member of this name.
pub(super) fn has_member(template: &str, name: &str) -> bool {
    let tokens = tokens(template);
    let mut pairs = tokens.windows(2);
    pairs.any(
        |pair| matches!(pair, [(Token::Mark('.'), _), (Token::Word(member), _)] if *member == name),
    )
}

/// The names of the blocks of a template.
pub(super) fn blocks(template: &str) -> Vec<&str> {
    let tokens = tokens(template);
    let blocks = tokens.windows(2).filter_map(|pair| match pair {
        [(Token::Word("block"), _), (Token::Word(name), _)] => Some(*name),
        _ => None,
    });
    blocks.collect()
}

/// The names of the variables that a template sets, those of loops included.
pub(super) fn set_names(template: &str) -> Vec<String> {
    let tokens = tokens(template);
    let mut names = Vec::new();
    for (index, (token, _)) in tokens.iter().enumerate() {
        let after = tokens[index + 1..].iter().map(|(token, _)| token);
        match token {
            Token::Word("set" | "set_global") => names.extend(words(after).take(1)),
            // Loops over maps have two variables.
            Token::Word("for") => names.extend(words(after).take(2)),
            _ => {}
        }
    }
    names
}

/// The words up to the first that is `in`, and marks other than commas.
fn words<'a>(tokens: impl Iterator<Item = &'a Token<'a>>) -> impl Iterator<Item = String> {
    let names = tokens.map_while(|token| match token {
        Token::Word(word) if *word != "in" => Some(Some((*word).to_owned())),
        Token::Mark(',') => Some(None),
        _ => None,
    });
    names.flatten()
}

/// Whether the last tag says that what follows is no template.
fn is_raw(tokens: &[(Token<'_>, usize)]) -> bool {
    let last: Vec<&Token<'_>> = tokens
        .iter()
        .rev()
        .take(2)
        .map(|(token, _)| token)
        .collect();
    matches!(last[..], [Token::Mark('%'), Token::Word("raw")])
}

/// Reads the tokens of a tag, and returns where it ends.
fn push_tokens<'a>(template: &'a str, start: usize, tokens: &mut Vec<(Token<'a>, usize)>) -> usize {
    let mut at = start;
    while let Some(c) = template[at..].chars().next() {
        let rest = &template[at..];
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        if rest.starts_with("}}") || rest.starts_with("%}") {
            tokens.push((Token::Mark(c), at));
            return at + 2;
        }
        let length = if matches!(c, '"' | '\'' | '`') {
            let inside = rest[1..].find(c).unwrap_or(rest.len() - 1);
            tokens.push((Token::Text(&rest[1..=inside]), at));
            (inside + 2).min(rest.len())
        } else if is_word(c) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            tokens.push((Token::Word(&rest[..end]), at));
            end
        } else {
            if !c.is_whitespace() && c != '-' {
                tokens.push((Token::Mark(c), at));
            }
            c.len_utf8()
        };
        at += length;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_name_those_that_they_need() {
        let template = "{% extends 'a' -%}\n{% include \"b/c\" %} include 'd' {# include 'e' #}";
        assert_eq!(references(template), ["a", "b/c"]);
    }

    #[test]
    fn templates_define_and_use_components() {
        let template =
            "{% component a(b: map) %}{{ <c d={b.e} /> }}{% endcomponent a %}{% if f < g %}";
        assert_eq!(components(template), ["a"]);
        assert_eq!(used_components(template), ["c", "g"]);
        assert!(has_member(template, "e") && !has_member(template, "b"));
    }

    #[test]
    fn templates_have_blocks() {
        let template = "{% block a %}block x{% endblock a %}{%- block b -%}{% endblock %}";
        assert_eq!(blocks(template), ["a", "b"]);
    }

    #[test]
    fn templates_set_variables() {
        let template =
            "{% set a = b %}{% set c %}d{% endset %}{% for e, f in g %}{{ [h for h in i] }}";
        assert_eq!(set_names(template), ["a", "c", "e", "f", "h"]);
    }
}
