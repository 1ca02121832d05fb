//! All outputs of a catalogue, in every layout of every target and with the targets of the guide.

use std::collections::{BTreeMap, HashSet};

use arkerr::catalog::{Catalog, Language};
use arkerr::config::site_language;
use arkerr::parse::{PageFacts, Parsed, parse};
use arkerr::render::{self, Rendered, Target, Templates};
use arkerr::snapshot::Document;
use arkerr::{Project, bilingual, naming};

use crate::common::{self, docs::block_after};
use crate::pages::Page;

const GUIDE: &str = "docs/templates.md";

/// The settings, by the folder that their outputs have here.
const SETTINGS: [(&str, &str); 3] = [
    ("default", ""),
    (
        "packages",
        "[targets]\nothers = false\narkts = { layout = 'har' }\n\
         typescript = { layout = 'package' }\nrust = { layout = 'crate' }\n",
    ),
    (
        "include",
        "[targets]\nothers = false\nrust = { layout = 'include' }\n",
    ),
];

pub struct Outputs {
    settings: Vec<(&'static str, Vec<Target>, Templates)>,
}

impl Outputs {
    pub fn new() -> Self {
        let mut settings = Vec::new();
        for (folder, text) in SETTINGS {
            let project = common::Project::empty();
            project.write("arkerr.toml", text);
            settings.push(loaded(folder, &project));
        }
        let guide = common::Project::empty();
        guide.write("arkerr.toml", block_after(GUIDE, "<!-- an arkerr.toml -->"));
        for template in ["page.kt.tera", "page.csv.tera"] {
            let path = format!("arkerr-templates/{template}");
            guide.write(&path, block_after(GUIDE, &format!("<!-- {path} -->")));
        }
        settings.push(loaded("guide", &guide));
        Self { settings }
    }

    /// The records of a page, with their names, in both languages where it has two.
    pub fn read(&self, page: &Page) -> Catalog {
        let chinese = parsed(page, Language::Zh, &page.text);
        let english = page.in_english.iter();
        let english = english.map(|text| parsed(page, Language::En, text));
        let mut catalog = Catalog::new(vec![english.fold(chinese, bilingual::merge).page]);
        let naming = naming::assign(
            &mut catalog,
            &Default::default(),
            &Default::default(),
            &HashSet::new(),
            &BTreeMap::new(),
        );
        assert!(
            naming.diagnostics.is_empty(),
            "{:?}\n\n{:?}",
            naming.diagnostics,
            page
        );
        catalog
    }

    /// Every file by its path, which begins with the folder of the settings.
    pub fn render(&self, catalog: &Catalog) -> Result<Rendered, String> {
        let mut all = Rendered::new();
        for (folder, targets, templates) in &self.settings {
            let files =
                render::render(catalog, targets, templates, "docs-snapshot").map_err(|errors| {
                    format!(
                        "{:?}",
                        errors
                            .iter()
                            .map(|error| &error.message)
                            .collect::<Vec<_>>()
                    )
                })?;
            all.extend(
                files
                    .into_iter()
                    .map(|(path, text)| (format!("{folder}/{path}"), text)),
            );
        }
        Ok(all)
    }
}

fn parsed(page: &Page, language: Language, text: &str) -> Parsed {
    let folder = site_language(language);
    let source = format!("docs-snapshot/{folder}/{}.html", page.id);
    let document = Document::decode(&source, text.as_bytes().to_vec());
    let document = document.unwrap_or_else(|error| panic!("{error:?}\n\n{text}"));
    let facts = PageFacts {
        id: page.id.to_owned(),
        kit: page.kit.clone(),
        language: Some(language),
        ..PageFacts::default()
    };
    parse(&document, facts)
}

fn loaded(folder: &'static str, files: &common::Project) -> (&'static str, Vec<Target>, Templates) {
    let project = Project::open(files.path("")).expect("its settings are right");
    let templates = project.templates().expect("they are right");
    (folder, project.targets().to_vec(), templates)
}
