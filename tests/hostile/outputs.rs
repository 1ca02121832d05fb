//! All outputs of a catalogue, in every layout of every target and with the targets of the guide.

use std::collections::{BTreeMap, HashSet};

use arkerr::catalog::{Catalog, Language};
use arkerr::config::site_language;
use arkerr::names::Names;
use arkerr::parse::{PageFacts, Parsed, parse};
use arkerr::render::{self, Rendered, Target, Templates};
use arkerr::snapshot::Document;
use arkerr::{Project, Report, bilingual, naming};

use crate::common::{self, docs::block_after};
use crate::pages::{Page, Saved};

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

    /// The records of a page, with their names, in both languages where it has two; none where
    /// arkerr refuses the page.
    pub fn read(&self, page: &Page) -> Result<Option<Catalog>, String> {
        let Some(mut parsed) = read(page, Language::Zh, &page.saved)? else {
            return Ok(None);
        };
        if let Some(english) = &page.in_english {
            let Some(english) = read(page, Language::En, english)? else {
                return Ok(None);
            };
            parsed = bilingual::merge(parsed, english);
        }
        let mut catalog = Catalog::new(vec![parsed.page]);
        let naming = naming::assign(
            &mut catalog,
            &Default::default(),
            &Default::default(),
            &HashSet::new(),
            &BTreeMap::new(),
        );
        if !naming.diagnostics.is_empty() {
            return Err(format!("{:?}", naming.diagnostics));
        }
        // The next run reads what this one would record.
        let recorded = Names::default().with(&naming.changes);
        Names::parse(&recorded).map_err(|errors| format!("names.toml: {:?}", errors[0].message))?;
        Ok(Some(catalog))
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

/// Reads a page. The form that it was saved in makes no difference to what is read; Markdown that
/// ends in a comment is refused.
fn read(page: &Page, language: Language, saved: &Saved) -> Result<Option<Parsed>, String> {
    let found = decoded(page, language, saved.bytes());
    match saved {
        Saved::Markdown { .. } => match found {
            Err(error) if error.diagnostics()[0].id == "cut-off" => Ok(None),
            found => {
                let found = found.map_err(|error| error.to_string())?;
                let mut codes = found.page.codes.iter();
                if !codes.any(|code| code.code == "1999") && found.diagnostics.is_empty() {
                    return Err("the last code is lost in silence".to_owned());
                }
                Ok(Some(found))
            }
        },
        Saved::Html { html, .. } => {
            let mut found = found.map_err(|error| error.to_string())?;
            let mut plain =
                decoded(page, language, html.clone().into()).map_err(|error| error.to_string())?;
            same(&mut found, &mut plain)?;
            Ok(Some(found))
        }
    }
}

/// Compares what was read of a page in some form with what is read of its HTML.
fn same(found: &mut Parsed, plain: &mut Parsed) -> Result<(), String> {
    let mut told = [&mut *found, &mut *plain].map(|parsed| {
        let told = parsed.diagnostics.iter();
        told.map(|told| (told.id, told.message.clone(), told.notes.clone()))
            .collect::<Vec<_>>()
    });
    // The title that the file gives beside the page stands in for one that is none.
    let is_untitled = |(id, ..): &(&str, String, Vec<String>)| *id == "no-title";
    if told[1].iter().any(is_untitled) {
        plain.page.title.clone_from(&found.page.title);
        told.iter_mut()
            .for_each(|told| told.retain(|told| !is_untitled(told)));
    }
    if found.page != plain.page {
        return Err(format!("{:#?}\ninstead of {:#?}", found.page, plain.page));
    }
    if told[0] != told[1] || found.account != plain.account {
        return Err(format!("{:?} instead of {:?}", told[0], told[1]));
    }
    Ok(())
}

fn decoded(page: &Page, language: Language, bytes: Vec<u8>) -> Result<Parsed, Report> {
    let folder = site_language(language);
    let source = format!("docs-snapshot/{folder}/{}.html", page.id);
    let document = Document::decode(&source, bytes)?;
    let facts = PageFacts {
        id: page.id.to_owned(),
        kit: page.kit.clone(),
        language: Some(language),
        ..PageFacts::default()
    };
    Ok(parse(&document, facts))
}

fn loaded(folder: &'static str, files: &common::Project) -> (&'static str, Vec<Target>, Templates) {
    let project = Project::open(files.path("")).expect("its settings are right");
    let templates = project.templates().expect("they are right");
    (folder, project.targets().to_vec(), templates)
}
