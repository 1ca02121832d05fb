//! The harmless twin of a catalogue: the same records with a word for each word of their texts.

use std::cell::RefCell;
use std::collections::HashMap;

use arkerr::catalog::{Block, Case, Catalog, Group};
use indexmap::IndexMap;

/// The twin, and what its words stand for.
pub struct Twin {
    pub catalog: Catalog,
    pub words: Vec<String>,
}

impl Twin {
    pub fn of(catalog: &Catalog) -> Self {
        let words = Words::default();
        let mut catalog = catalog.clone();
        for page in &mut catalog.pages {
            words.change(&mut page.title);
            page.kit.iter_mut().for_each(|text| words.change(text));
            page.devices.iter_mut().for_each(|text| words.change(text));
            words.change_blocks(&mut page.notes);
            page.groups
                .iter_mut()
                .for_each(|group| words.change_group(group));
            for text in page.translations.values_mut() {
                words.change(&mut text.title);
                words.change_blocks(&mut text.notes);
                let groups = text.groups.iter_mut();
                groups.for_each(|group| words.change_group(group));
            }
            for code in &mut page.codes {
                code.title.iter_mut().for_each(|text| words.change(text));
                code.group.iter_mut().for_each(|text| words.change(text));
                code.devices.iter_mut().for_each(|text| words.change(text));
                code.columns = words.changed(&code.columns, |text| words.change(text));
                code.cases
                    .iter_mut()
                    .for_each(|case| words.change_case(case));
                for text in code.translations.values_mut() {
                    text.title.iter_mut().for_each(|text| words.change(text));
                    let cases = text.cases.iter_mut();
                    cases.for_each(|case| words.change_case(case));
                }
            }
        }
        Self {
            catalog,
            words: words.known.into_inner().0,
        }
    }

    /// A text with the words of the catalogue in the place of those of the twin.
    pub fn restore(&self, text: &str) -> String {
        let mut pieces = text.split("Qq");
        let mut out = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let word = piece.split_once('z').and_then(|(number, rest)| {
                Some((self.words.get(number.parse::<usize>().ok()?)?, rest))
            });
            match word {
                Some((word, rest)) => out.extend([word, rest]),
                None => out.extend(["Qq", piece]),
            }
        }
        out
    }
}

/// The words so far. The same word has the same twin wherever it stands.
#[derive(Default)]
struct Words {
    known: RefCell<(Vec<String>, HashMap<String, usize>)>,
}

impl Words {
    fn change(&self, text: &mut String) {
        let mut harmless = String::new();
        for piece in text.split_inclusive([' ', '\n']) {
            let word = piece.trim_end_matches([' ', '\n']);
            if !word.is_empty() {
                harmless.push_str(&self.twin(word));
            }
            harmless.push_str(&piece[word.len()..]);
        }
        *text = harmless;
    }

    fn twin(&self, word: &str) -> String {
        let (words, numbers) = &mut *self.known.borrow_mut();
        let number = *numbers.entry(word.to_owned()).or_insert_with(|| {
            words.push(word.to_owned());
            words.len() - 1
        });
        format!("Qq{number}z")
    }

    fn changed<T: Clone>(
        &self,
        map: &IndexMap<String, T>,
        change: impl Fn(&mut T),
    ) -> IndexMap<String, T> {
        let mut changed = IndexMap::new();
        for (key, value) in map {
            let (mut key, mut value) = (key.clone(), value.clone());
            self.change(&mut key);
            change(&mut value);
            changed.insert(key, value);
        }
        changed
    }

    fn change_group(&self, group: &mut Group) {
        self.change(&mut group.title);
        group.devices.iter_mut().for_each(|text| self.change(text));
        self.change_blocks(&mut group.blocks);
    }

    fn change_case(&self, case: &mut Case) {
        case.title.iter_mut().for_each(|text| self.change(text));
        case.devices.iter_mut().for_each(|text| self.change(text));
        for blocks in [
            &mut case.message,
            &mut case.description,
            &mut case.causes,
            &mut case.steps,
        ] {
            self.change_blocks(blocks);
        }
        case.extra = self.changed(&case.extra, |blocks| self.change_blocks(blocks));
    }

    fn change_blocks(&self, blocks: &mut [Block]) {
        for block in blocks {
            self.change_block(block);
        }
    }

    fn change_block(&self, block: &mut Block) {
        match block {
            Block::Paragraph { text, runs } if runs.is_empty() => self.change(text),
            Block::Paragraph { text, runs } => {
                runs.iter_mut().for_each(|run| self.change(&mut run.text));
                *text = runs.iter().map(|run| run.text.as_str()).collect();
            }
            Block::List { items, .. } => items.iter_mut().for_each(|item| self.change_blocks(item)),
            Block::Code { text, code, .. } => {
                self.change(text);
                self.change(code);
            }
            Block::Table { header, rows } => {
                let cells = header.iter_mut().chain(rows.iter_mut().flatten());
                cells.for_each(|cell| self.change_blocks(cell));
            }
            Block::Note { title, blocks } => {
                title.iter_mut().for_each(|text| self.change(text));
                self.change_blocks(blocks);
            }
            Block::Image { alt, .. } => self.change(alt),
        }
    }
}
