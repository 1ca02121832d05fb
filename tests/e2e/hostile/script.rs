//! ArkTS, TypeScript and JavaScript, as oxc reads them.

use oxc_allocator::Allocator;
use oxc_ast::AstKind;
use oxc_ast_visit::Visit;
use oxc_parser::Parser;
use oxc_span::SourceType;

use super::markup;
use super::piece::Piece;

/// The nodes of a file with their texts, then its comments.
pub fn read(name: &str, text: &str) -> Result<Vec<Piece>, String> {
    let kind = match name.split_once('.') {
        Some((_, "js")) => SourceType::mjs(),
        Some((_, "d.ts")) => SourceType::d_ts(),
        _ => SourceType::ts(),
    };
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, text, kind).parse();
    if parsed.panicked || !parsed.errors.is_empty() {
        return Err(format!("{:?}", parsed.errors));
    }
    let mut nodes = Nodes::default();
    nodes.visit_program(&parsed.program);
    let mut pieces = nodes.pieces;
    for comment in &parsed.program.comments {
        let content = comment.content_span().source_text(text);
        pieces.push(Piece::Shape(format!("comment {:?}", comment.kind)));
        match content.strip_prefix('*') {
            Some(doc) if comment.is_block() => pieces.extend(markup::comment(&unmarked(doc))?),
            _ => pieces.push(Piece::Comment(content.to_owned())),
        }
    }
    Ok(pieces)
}

/// What a doc comment says, without the asterisks in front of its lines.
fn unmarked(doc: &str) -> String {
    let lines = doc.lines().map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix('*').unwrap_or(line);
        line.strip_prefix(' ').unwrap_or(line)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[derive(Default)]
struct Nodes {
    pieces: Vec<Piece>,
}

impl<'a> Visit<'a> for Nodes {
    fn enter_node(&mut self, kind: AstKind<'a>) {
        self.pieces.push(match kind {
            AstKind::StringLiteral(literal) => Piece::Exact(literal.value.to_string()),
            AstKind::NumericLiteral(literal) => Piece::Shape(literal.value.to_string()),
            kind => Piece::Shape(kind.debug_name().into_owned()),
        });
    }

    fn leave_node(&mut self, kind: AstKind<'a>) {
        self.pieces
            .push(Piece::Shape(format!("end of {:?}", kind.ty())));
    }
}
