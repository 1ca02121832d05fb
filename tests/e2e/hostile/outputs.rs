//! All outputs of a catalogue, in every layout of every target and with the targets of the guide.

use std::collections::BTreeMap;

use arkerr::Project;
use arkerr::catalog::{Catalog, Language};

use super::pages::{Page, Saved};
use crate::common::{self, docs::block_after};

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
    /// Projects without pages, each with its settings.
    settings: Vec<(&'static str, common::Project, Project)>,
}

impl Outputs {
    pub fn new() -> Self {
        let mut settings = Vec::new();
        for (folder, text) in SETTINGS {
            let files = common::Project::empty();
            files.write("arkerr.toml", text);
            settings.push((folder, files));
        }
        let guide = common::Project::empty();
        guide.write("arkerr.toml", block_after(GUIDE, "<!-- an arkerr.toml -->"));
        for template in ["page.kt.tera", "page.csv.tera"] {
            let path = format!("arkerr-templates/{template}");
            guide.write(&path, block_after(GUIDE, &format!("<!-- {path} -->")));
        }
        settings.push(("guide", guide));
        let opened = settings.into_iter().map(|(folder, files)| {
            let project = Project::open(files.path("")).expect("its settings are right");
            (folder, files, project)
        });
        Self {
            settings: opened.collect(),
        }
    }

    /// Every file by its path, which begins with the folder of the settings.
    pub fn render(&self, catalog: &Catalog) -> Result<BTreeMap<String, String>, String> {
        let mut all = BTreeMap::new();
        for (folder, _, project) in &self.settings {
            let files = project.render(catalog).map_err(|error| error.to_string())?;
            let files = files.into_iter();
            all.extend(files.map(|(path, text)| (format!("{folder}/{path}"), text)));
        }
        Ok(all)
    }
}

/// The records of a page, with their names, in both languages where it has two; none where arkerr
/// refuses the page. The form that it was saved in makes no difference to what is read.
pub fn read(page: &Page) -> Result<Option<Catalog>, String> {
    let found = records(page, Saved::bytes);
    let plain = records(page, |saved| match saved {
        Saved::Html { html, .. } => html.clone().into(),
        Saved::Markdown { .. } => saved.bytes(),
    });
    match (found, plain) {
        (Ok(found), Ok(mut plain)) => {
            // The title that a file gives beside the page stands in for one that is none.
            for (plain, found) in plain.pages.iter_mut().zip(&found.pages) {
                plain.title.clone_from(&found.title);
                for (language, text) in &mut plain.translations {
                    if let Some(found) = found.translations.get(language) {
                        text.title.clone_from(&found.title);
                    }
                }
            }
            if found == plain {
                Ok(Some(found))
            } else {
                Err(format!("{found:#?}\ninstead of {plain:#?}"))
            }
        }
        // Markdown that ends in a comment is cut off.
        (Err(error), Err(_)) if error.contains("error[cut-off]") => Ok(None),
        (Err(error), _) | (_, Err(error)) => Err(error),
    }
}

fn records(page: &Page, bytes: impl Fn(&Saved) -> Vec<u8>) -> Result<Catalog, String> {
    let files = common::Project::empty();
    if let Some(kit) = &page.kit {
        let kit = toml::Value::from(kit.as_str());
        files.write("arkerr.toml", format!("[pages.{}]\nkit = {kit}\n", page.id));
    }
    let both = [
        (Language::Zh, Some(&page.saved)),
        (Language::En, page.in_english.as_ref()),
    ];
    for (language, saved) in both {
        if let Some(saved) = saved {
            let folder = if language == Language::Zh { "cn" } else { "en" };
            let path = format!("docs-snapshot/{folder}/{}.html", page.id);
            files.write(&path, bytes(saved));
        }
    }
    let project = Project::open(files.path("")).map_err(|error| error.to_string())?;
    let analysis = project.analyse().map_err(|error| error.to_string())?;
    let problems = analysis.diagnostics.iter().filter(|found| found.is_error());
    let problems: Vec<String> = problems.map(ToString::to_string).collect();
    if problems.is_empty() {
        Ok(analysis.catalog)
    } else {
        Err(problems.join("\n"))
    }
}
