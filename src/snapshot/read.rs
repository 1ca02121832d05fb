//! Reads HTML piece by piece: the tokenizer and the tree builder of `html5ever`, watched.
//!
//! Only the tree builder knows whether a tag begins a text in which there are no tags, such as a
//! program; and only what stands before it sees each tag, whatever piece it came in.

use std::cell::{Cell, RefCell};

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, StartTag, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{Tracer, TreeBuilder, TreeSink};
use html5ever::{LocalName, TokenizerResult, local_name};
use scraper::{Html, HtmlTreeSink};

use super::cut::{self, Cut};
use super::limit::{Excess, MAX_ATTRIBUTES, MAX_NODES, MAX_OPEN};

/// How many tags and comments are read before it is seen again whether they are too much.
const TOKENS_AT_ONCE: usize = 32;

/// What begins the error of the tokenizer for a text that ends where it could not.
const EARLY_END: &str = "Saw EOF";

/// What begins the error of the tree builder for an element that the end of a text leaves open.
const LEFT_OPEN: &str = "Unexpected open tag";

/// What is wrong with the end of a text.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ending {
    /// It ended where it could not, such as within a tag.
    pub(super) breaks_off: bool,
    /// Elements were still open where the text or its body ended, such as the one that holds the
    /// article.
    pub(super) leaves_open: bool,
}

/// What of a text has no tags in it.
#[derive(Debug, Clone, Default)]
enum Raw {
    /// Nothing: it stands among elements.
    #[default]
    Nothing,
    /// What stands before the end tag of an element.
    Until(LocalName),
    /// All that follows.
    All,
}

/// How much has been read of what seems to be the end tag of a text without other tags.
#[derive(Debug, Clone, Copy, Default)]
enum EndTag {
    #[default]
    None,
    /// Only `<`, after which the tokenizer has nothing left of the text before.
    Bracket,
    /// Only `</`, of which the tokenizer has made a text at once if it is no tag.
    Slash,
}

/// Reads a text that is handed over in pieces.
pub(super) struct Reader {
    tokenizer: Tokenizer<Watch>,
    input: BufferQueue,
    end_tag: Cell<EndTag>,
}

impl Reader {
    pub(super) fn new() -> Self {
        let sink = HtmlTreeSink::new(Html::new_document());
        let watch = Watch {
            builder: TreeBuilder::new(sink, Default::default()),
            raw: RefCell::default(),
            is_slash: Cell::default(),
            tokens: Cell::default(),
            shells: Cell::default(),
            excess: Cell::default(),
            ending: Cell::default(),
        };
        Self {
            tokenizer: Tokenizer::new(watch, TokenizerOpts::default()),
            input: BufferQueue::default(),
            end_tag: Cell::default(),
        }
    }

    /// The piece to read next, from what was not read so far. It has one tag or comment at most.
    pub(super) fn next(&self, rest: &str) -> Cut {
        let watch = &self.tokenizer.sink;
        match self.end_tag.take() {
            EndTag::None => {}
            EndTag::Bracket => {
                watch.is_slash.set(false);
                self.end_tag.set(EndTag::Slash);
                return Cut::other("/".len());
            }
            // A program may have another one in a comment: its end tag is text, and read as such.
            EndTag::Slash if watch.is_slash.get() => {}
            EndTag::Slash => return cut::tag(rest, 0),
        }
        match &*watch.raw.borrow() {
            Raw::Nothing => cut::first(rest, || {
                watch.adjusted_current_node_present_but_not_in_html_namespace()
            }),
            Raw::Until(name) => match cut::end_tag(rest, name) {
                Some(at) => {
                    self.end_tag.set(EndTag::Bracket);
                    Cut::other(at + "<".len())
                }
                None => Cut::other(rest.len()),
            },
            Raw::All => Cut::other(rest.len()),
        }
    }

    pub(super) fn read(&self, piece: StrTendril) {
        let tokens = self.tokenizer.sink.tokens.get();
        self.input.push_back(piece);
        self.read_input();
        debug_assert!(
            self.tokenizer.sink.tokens.get() <= tokens + 1,
            "a piece has one tag or comment at most"
        );
    }

    /// The tokenizer stops where a browser would run a program, or change the encoding.
    fn read_input(&self) {
        while !matches!(self.tokenizer.feed(&self.input), TokenizerResult::Done) {}
    }

    /// How many nodes there are so far.
    pub(super) fn nodes(&self) -> usize {
        self.tokenizer.sink.nodes()
    }

    /// What there is too much of in what was read; nothing more comes into the document then.
    pub(super) fn excess(&self) -> Option<Excess> {
        self.tokenizer.sink.excess.get()
    }

    pub(super) fn finish(self) -> (Html, Ending) {
        self.read_input();
        self.tokenizer.end();
        let watch = self.tokenizer.sink;
        (watch.builder.sink.finish(), watch.ending.get())
    }
}

/// Stands between the tokenizer and the tree builder.
struct Watch {
    builder: TreeBuilder<NodeId, HtmlTreeSink>,
    raw: RefCell<Raw>,
    /// Whether the newest text is a slash, and nothing else.
    is_slash: Cell<bool>,
    /// The tags and comments so far.
    tokens: Cell<usize>,
    /// The attributes of the elements that every document has once, however often it has their tags.
    shells: Cell<usize>,
    excess: Cell<Option<Excess>>,
    ending: Cell<Ending>,
}

impl TokenSink for Watch {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let mut name = None;
        match &token {
            // The end is told in any case: it makes whatever elements are still missing.
            Token::EOFToken => {}
            _ if self.excess.get().is_some() => return TokenSinkResult::Continue,
            // The tree builder would do nothing but keep it.
            Token::ParseError(error) => {
                self.note_error(error);
                return TokenSinkResult::Continue;
            }
            Token::CharacterTokens(text) => self.is_slash.set(&**text == "/"),
            Token::CommentToken(_) => self.count(0),
            Token::TagToken(tag) => {
                let is_shell = matches!(tag.name, local_name!("html") | local_name!("body"));
                self.count(if is_shell { tag.attrs.len() } else { 0 });
                name = (tag.kind == StartTag).then(|| tag.name.clone());
                self.raw.replace(Raw::Nothing);
            }
            _ => {}
        }
        let result = self.builder.process_token(token, line);
        self.forget_errors();
        match (&result, name) {
            (TokenSinkResult::RawData(_), Some(name)) => {
                self.raw.replace(Raw::Until(name));
            }
            (TokenSinkResult::Plaintext, _) => {
                self.raw.replace(Raw::All);
            }
            _ => {}
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Watch {
    /// Counts a tag or comment, and sees every now and then whether there is too much.
    fn count(&self, shell_attributes: usize) {
        let tokens = self.tokens.get() + 1;
        self.tokens.set(tokens);
        self.shells.set(self.shells.get() + shell_attributes);
        if self.shells.get() > MAX_ATTRIBUTES {
            self.excess.set(Some(Excess::Attributes));
        } else if tokens.is_multiple_of(TOKENS_AT_ONCE) {
            self.excess.set(self.too_much());
        }
    }

    /// Takes away the errors that the tree builder has found: there may be one for each tag, and
    /// nobody asks for most of them.
    fn forget_errors(&self) {
        let errors = &mut self.builder.sink.0.borrow_mut().errors;
        errors.drain(..).for_each(|error| self.note_error(&error));
    }

    fn note_error(&self, error: &str) {
        let mut ending = self.ending.get();
        ending.breaks_off |= error.starts_with(EARLY_END);
        ending.leaves_open |= error.starts_with(LEFT_OPEN);
        self.ending.set(ending);
    }

    fn too_much(&self) -> Option<Excess> {
        if self.nodes() > MAX_NODES {
            return Some(Excess::Nodes);
        }
        let open = Open::default();
        self.builder.trace_handles(&open);
        (open.count() > MAX_OPEN).then_some(Excess::Depth)
    }

    fn nodes(&self) -> usize {
        self.builder.sink.0.borrow().tree.values().len()
    }
}

/// The elements that a tree builder has open, with those that it will open again.
#[derive(Default)]
struct Open(RefCell<Vec<NodeId>>);

impl Tracer for Open {
    type Handle = NodeId;

    fn trace_handle(&self, node: &NodeId) {
        self.0.borrow_mut().push(*node);
    }
}

impl Open {
    /// Elements for the look of a text are told twice; they count once.
    fn count(self) -> usize {
        let mut nodes = self.0.into_inner();
        if nodes.len() > MAX_OPEN {
            nodes.sort_unstable();
            nodes.dedup();
        }
        nodes.len()
    }
}
