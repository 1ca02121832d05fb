//! The files of all targets, rendered on all processors; their order is the same whoever was faster.

use std::collections::HashSet;

use rayon::prelude::*;
use tera::{Context, Value};

use super::context::{
    AttributesContext, CatalogContext, CatalogFiles, CodeContext, Options, PageContext, PageView,
    is_true,
};
use super::target::{Escape, FileRule};
use super::templates::ATTRIBUTES_TEMPLATE;
use super::{ATTRIBUTES_FILE, Files, Target, Templates};
use crate::catalog::{Catalog, Page};
use crate::problem::{Diagnostic, Locate as _, Report, TemplateProblem};

/// A file that was rendered, or why there is none.
type File = Result<(String, String), Report>;

/// Renders the files of a catalogue, in the order in which failures are reported.
pub(super) fn render_all(
    catalog: &Catalog,
    targets: &[Target],
    templates: &Templates,
    snapshots: &str,
) -> Vec<File> {
    let pages: Vec<PageView<'_>> = catalog.pages.par_iter().filter_map(PageView::new).collect();
    // What templates see of a page is made once, and shared by all that look at it.
    let values: Vec<Value> = pages.par_iter().map(Value::from_serializable).collect();
    let renderer = Renderer { targets, templates };
    let (of_catalog, of_pages) = rayon::join(
        || renderer.catalog_files(catalog, &values, snapshots),
        || {
            let pages = pages.par_iter().zip(&values);
            let files = pages.flat_map_iter(|(page, value)| renderer.page_files(page, value));
            files.collect::<Vec<_>>()
        },
    );
    let mut files = vec![renderer.attributes_file(snapshots)];
    files.extend(of_catalog);
    files.extend(of_pages);
    files
}

/// What a template sees, from a value that has members.
fn context(value: &impl serde::Serialize) -> Context {
    Context::from_serialize(value).unwrap_or_default()
}

struct Renderer<'a> {
    targets: &'a [Target],
    templates: &'a Templates,
}

impl Renderer<'_> {
    /// A file; `subject` says what it is about, for the problems of its template.
    fn file(
        &self,
        path: String,
        rule: &FileRule,
        seen: &Context,
        subject: impl FnOnce() -> String,
    ) -> File {
        let output = || format!("`{path}`{}", subject());
        let text = self
            .templates
            .render(&rule.template, rule.escape, seen, output)?;
        Ok((path, tidy(&text)))
    }

    fn attributes_file(&self, snapshots: &str) -> File {
        let seen = context(&AttributesContext::new(self.targets, snapshots));
        let output = || format!("`{ATTRIBUTES_FILE}`");
        let refuse = Escape::Refuse;
        let text = self
            .templates
            .render(ATTRIBUTES_TEMPLATE, refuse, &seen, output)?;
        Ok((ATTRIBUTES_FILE.to_owned(), tidy(&text)))
    }

    fn catalog_files(&self, catalog: &Catalog, values: &[Value], snapshots: &str) -> Vec<File> {
        let mut seen = context(&CatalogContext::new(values, snapshots));
        let rules = self.targets.iter().flat_map(Target::catalog_files);
        let variables: HashSet<String> = rules
            .flat_map(|(_, rule)| self.templates.variables(&rule.template))
            .collect();
        match CatalogFiles::new(catalog, snapshots, |name| variables.contains(name)) {
            Ok(files) => seen.extend(context(&files)),
            Err(error) => {
                let (message, output) = (error.to_string(), None);
                let problem = TemplateProblem::Failed { message, output };
                return vec![Err(problem.nowhere().into())];
            }
        }
        let mut files = Vec::new();
        for target in self.targets {
            seen.extend(options(target));
            let rules = target.catalog_files();
            files.extend(rules.map(|(path, rule)| self.file(path, rule, &seen, String::new)));
        }
        files
    }

    fn page_files(&self, page: &PageView<'_>, value: &Value) -> Vec<File> {
        let mut seen = context(&PageContext::new(page, value));
        let has_files = |target: &&Target| page.has_constants || !target.constants_only;
        let mut files = Vec::new();
        for target in self.targets.iter().filter(has_files) {
            seen.extend(options(target));
            for (path, rule) in target.page_files(page.page) {
                files.push(self.file(path, rule, &seen, || {
                    subject(page, self.failing_code(page, target, rule))
                }));
            }
            for rule in target.code_rules() {
                files.extend(self.code_files(page, target, rule, &seen));
            }
        }
        files
    }

    /// A file for each code; several rows of a table may state one number, which has one file.
    fn code_files(
        &self,
        page: &PageView<'_>,
        target: &Target,
        rule: &FileRule,
        of_page: &Context,
    ) -> Vec<File> {
        let file = |(index, code)| {
            let path = target.code_file(rule, page.page, index)?;
            let mut seen = of_page.clone();
            seen.extend(context(&CodeContext { code }));
            Some(self.file(path, rule, &seen, || subject(page, Some(index))))
        };
        let codes = page.codes.iter().enumerate();
        codes
            .filter(|(_, code)| is_true(code, "has_address"))
            .filter_map(file)
            .collect()
    }

    /// The code that a template fails on: the first with which it fails where the page has no
    /// other. None where it fails without any code, too.
    fn failing_code(&self, page: &PageView<'_>, target: &Target, rule: &FileRule) -> Option<usize> {
        let fails_with = |codes: &[Value]| {
            let page = page.clone().with_codes(codes.to_vec());
            let value = Value::from_serializable(&page);
            let mut seen = context(&PageContext::new(&page, &value));
            seen.extend(options(target));
            self.file(String::new(), rule, &seen, String::new).is_err()
        };
        if fails_with(&[]) {
            return None;
        }
        let mut codes = page.codes.chunks(1);
        codes.position(fails_with)
    }
}

fn options(target: &Target) -> Context {
    context(&Options {
        options: &target.options,
    })
}

/// What a file of a page is about, behind its path.
fn subject(page: &PageView<'_>, code: Option<usize>) -> String {
    let Page { id, codes, .. } = page.page;
    match code.and_then(|index| codes.get(index)) {
        Some(code) => format!(", page `{id}`, code {}", code.code),
        None => format!(", page `{id}`"),
    }
}

/// Gathers files by their paths.
///
/// # Errors
/// Templates fail, or two files would have one path. The same failure of further files is reported
/// once.
pub(super) fn gather(files: Vec<File>) -> Result<Files, Report> {
    let mut rendered = Files::new();
    // Some file systems take paths that differ in case only for one.
    let mut taken = HashSet::new();
    let mut known = HashSet::new();
    let mut found = Report::default();
    for file in files {
        let problems = match file {
            Ok((path, _)) if !is_plain(&path) => {
                TemplateProblem::NotAPath { path }.nowhere().into()
            }
            Ok((path, _)) if !taken.insert(path.to_lowercase()) => {
                TemplateProblem::SamePath { path }.nowhere().into()
            }
            Ok((path, text)) => {
                rendered.insert(path, text);
                continue;
            }
            Err(problems) => problems,
        };
        for problem in problems {
            if known.insert(key(&problem)) {
                found.push(problem);
            }
        }
    }
    if found.is_empty() {
        Ok(rendered)
    } else {
        Err(found)
    }
}

/// What is the same for the same problem in many files: the place in the template.
fn key(problem: &Diagnostic) -> String {
    match &problem.place {
        Some(place) => place.to_string(),
        None => problem.describe().message,
    }
}

/// Whether a path stays below the output folder, whatever the names in it are.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| {
        !matches!(part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || c == '\\')
    })
}

/// Ends a text with one line end, and no line with blanks: templates need not count theirs.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len() + 1);
    for line in text.trim().split('\n') {
        tidy.push_str(line.trim_end());
        tidy.push('\n');
    }
    if tidy == "\n" { String::new() } else { tidy }
}
