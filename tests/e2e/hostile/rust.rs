//! Rust, as syn reads it.

use quote::ToTokens;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ExprLit, File, Lit, LitStr, Meta};

use super::markup;
use super::piece::Piece;

/// The items of a file as one shape without texts, then its string literals, then what its doc
/// comments say. Literals within macros and other attributes are part of the shape.
pub fn read(text: &str) -> Result<Vec<Piece>, String> {
    let mut file = syn::parse_file(text).map_err(|error| error.to_string())?;
    let mut texts = Texts::default();
    texts.visit_file_mut(&mut file);
    let mut pieces = vec![Piece::Shape(shape(&file))];
    pieces.extend(texts.literals.into_iter().map(Piece::Exact));
    for doc in texts.docs {
        pieces.push(Piece::Shape("doc comment".to_owned()));
        markup::check_fences(&doc)?;
        pieces.extend(markup::comment(&doc)?);
    }
    pieces.extend(plain_comments(text));
    Ok(pieces)
}

fn shape(file: &File) -> String {
    file.to_token_stream().to_string()
}

/// Takes the texts out of a tree.
#[derive(Default)]
struct Texts {
    literals: Vec<String>,
    docs: Vec<String>,
}

impl VisitMut for Texts {
    fn visit_lit_str_mut(&mut self, literal: &mut LitStr) {
        self.literals.push(literal.value());
        *literal = LitStr::new("", literal.span());
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let lines: Vec<String> = attributes.iter().filter_map(doc_line).collect();
        if !lines.is_empty() {
            self.docs.push(lines.join("\n"));
        }
        attributes.retain(|attribute| doc_line(attribute).is_none());
    }
}

/// The text of a doc comment, without the blank that follows its mark.
fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(value) = &attribute.meta else {
        return None;
    };
    match &value.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(line),
            ..
        }) if value.path.is_ident("doc") => {
            let line = line.value();
            Some(line.strip_prefix(' ').unwrap_or(&line).to_owned())
        }
        _ => None,
    }
}

/// The lines that are comments and nothing else, but for those that document something.
fn plain_comments(text: &str) -> impl Iterator<Item = Piece> {
    let lines = text.lines().map(str::trim_start);
    let lines = lines.filter(|line| {
        line.starts_with("//") && !line.starts_with("///") && !line.starts_with("//!")
    });
    lines.map(|line| Piece::Comment(line.to_owned()))
}
