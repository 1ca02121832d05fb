//! The files of all targets: first what there is to render, then all of it on all processors. Their
//! order is the same whoever was faster.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use memchr::memchr_iter;
use tera::{Context, Value};

use super::context::{
    AttributesContext, CatalogContext, CatalogFiles, CodeContext, Options, PageContext, PageView,
    is_true,
};
use super::target::{Escape, FileRule, Scope};
use super::templates::ATTRIBUTES_TEMPLATE;
use super::{ATTRIBUTES_FILE, Files, Target, Templates};
use crate::budget::Budget;
use crate::catalog::{Catalog, Page, heaviest, weight};
use crate::parallel;
use crate::path::{clash_key, is_plain};
use crate::problem::{Diagnostic, Locate as _, Report, TemplateProblem};

/// Renders the files of a catalogue.
///
/// # Errors
/// Templates fail, or two files would have one path. The same failure of further files is reported
/// once.
pub(super) fn render_all(
    catalog: &Catalog,
    targets: &[Target],
    templates: &Templates,
    snapshots: &str,
) -> Result<Files, Report> {
    let pages = parallel::map(&catalog.pages, |page| (PageView::new(page), weight(page)));
    let (pages, weights): (Vec<_>, Vec<usize>) = pages.into_iter().unzip();
    let named = pages.into_iter().zip(&weights);
    let named = named.filter_map(|(page, weight)| Some((page?, *weight)));
    let pages: Vec<(PageView<'_>, usize)> = named.collect();
    // What templates see of a page is made once, and shared by all that look at it.
    let variables = variables(targets, templates);
    let (files, values) = parallel::join(
        || CatalogFiles::new(catalog, snapshots, |name| variables.contains(name)),
        || -> Vec<Value> { parallel::map(&pages, |(page, _)| Value::from_serializable(page)) },
    );
    let mut of_catalog = context(&CatalogContext::new(&values, snapshots));
    of_catalog.extend(context(&files.map_err(unwritable)?));
    // Failures are reported in this order.
    let mut tasks = vec![Task::attributes(targets, snapshots)];
    tasks.extend(catalog_tasks(catalog, &weights, targets, &of_catalog));
    for ((page, weight), value) in pages.iter().zip(&values) {
        tasks.extend(page_tasks(page, *weight, value, targets));
    }
    gather(parallel::map(&tasks, |task| task.render(templates)))
}

/// What a template sees, from a value that has members.
fn context(value: &impl serde::Serialize) -> Context {
    Context::from_serialize(value).unwrap_or_default()
}

fn unwritable(error: serde_json::Error) -> Diagnostic {
    let (message, output) = (error.to_string(), None);
    TemplateProblem::Failed { message, output }.nowhere()
}

/// The variables at which the templates look that are rendered once for all pages.
fn variables(targets: &[Target], templates: &Templates) -> HashSet<String> {
    let rules = targets
        .iter()
        .flat_map(|target| target.rules(Scope::Catalog));
    rules
        .flat_map(|rule| templates.variables(&rule.template))
        .collect()
}

/// The files that are made once, of all pages together.
fn catalog_tasks<'a>(
    catalog: &'a Catalog,
    weights: &[usize],
    targets: &'a [Target],
    seen: &'a Context,
) -> impl Iterator<Item = Task<'a>> {
    let pages = catalog.pages.as_slice();
    let limits = weights
        .iter()
        .map(|weight| Budget::of_output(*weight).limit());
    let limit = limits.sum::<usize>().max(Budget::of_output(0).limit());
    targets.iter().flat_map(move |target| {
        let rules = target.rules(Scope::Catalog);
        rules.map(move |rule| {
            let budget = Arc::new(Budget::new(limit));
            Task::new(target, rule, rule.path.as_str(), seen, pages, budget)
        })
    })
}

/// The files that are made of a page and of its codes.
fn page_tasks<'a>(
    page: &'a PageView<'a>,
    weight: usize,
    value: &Value,
    targets: &'a [Target],
) -> Vec<Task<'a>> {
    let seen = context(&PageContext::new(page, value));
    let pages = std::slice::from_ref(page.page);
    let budget = || Arc::new(Budget::of_output(weight));
    let task = |target, rule: &'a FileRule, code: Option<usize>, budget| {
        let record = code.map(|index| &page.page.codes[index]);
        let path = rule.path.path(page.page, record)?;
        let mut task = Task::new(target, rule, &path, &seen, pages, budget);
        (task.page, task.code) = (Some(page), code);
        if let Some(index) = code {
            let code = &page.codes[index];
            task.seen.extend(context(&CodeContext { code }));
        }
        Some(task)
    };
    // Several rows of a table may state one number, which has one file.
    let has_address = |index: &usize| is_true(&page.codes[*index], "has_address");
    let codes: Vec<usize> = (0..page.codes.len()).filter(has_address).collect();
    let has_files = |target: &&Target| page.has_constants || !target.constants_only;
    let mut tasks = Vec::new();
    for target in targets.iter().filter(has_files) {
        let of_page = target.rules(Scope::Page);
        tasks.extend(of_page.filter_map(|rule| task(target, rule, None, budget())));
        for rule in target.rules(Scope::Code) {
            let shared = budget();
            let task = |index: &usize| task(target, rule, Some(*index), Arc::clone(&shared));
            tasks.extend(codes.iter().filter_map(task));
        }
    }
    tasks
}

/// A file that was rendered, or why there is none.
type File = Result<(String, String), Report>;

/// A file to be rendered.
struct Task<'a> {
    path: String,
    /// The path of the file and of those like it, with placeholders.
    pattern: String,
    template: &'a str,
    escape: Escape,
    /// What the template sees.
    seen: Context,
    /// The page that the file is about, if it is about one.
    page: Option<&'a PageView<'a>>,
    /// The place on the page of the code that the file is about, if it is about one.
    code: Option<usize>,
    /// The pages that the file is made of.
    pages: &'a [Page],
    /// How long the file may be, together with those of the same pattern and page.
    budget: Arc<Budget>,
}

impl<'a> Task<'a> {
    fn new(
        target: &'a Target,
        rule: &'a FileRule,
        path: &str,
        seen: &Context,
        pages: &'a [Page],
        budget: Arc<Budget>,
    ) -> Self {
        let mut seen = seen.clone();
        let options = &target.options;
        seen.extend(context(&Options { options }));
        Self {
            path: target.path_of(path),
            pattern: target.path_of(rule.path.as_str()),
            template: &rule.template,
            escape: rule.escape,
            seen,
            page: None,
            code: None,
            pages,
            budget,
        }
    }

    fn attributes(targets: &[Target], snapshots: &str) -> Self {
        Self {
            path: ATTRIBUTES_FILE.to_owned(),
            pattern: ATTRIBUTES_FILE.to_owned(),
            template: ATTRIBUTES_TEMPLATE,
            escape: Escape::Refuse,
            seen: context(&AttributesContext::new(targets, snapshots)),
            page: None,
            code: None,
            pages: &[],
            budget: Arc::new(Budget::of_output(0)),
        }
    }

    fn render(&self, templates: &Templates) -> File {
        let output = || {
            let page = self.page.map(|page| self.subject(page, templates));
            format!("`{}`{}", self.path, page.unwrap_or_default())
        };
        let budget = &self.budget;
        if budget.is_exceeded() {
            // The file that exceeded it reports that.
            return Err(Report::default());
        }
        let text = templates.render(self.template, self.escape, &self.seen, budget, output)?;
        match text {
            Some(text) => Ok((self.path.clone(), tidy(&text))),
            None => Err(self.excess().into()),
        }
    }

    fn excess(&self) -> Diagnostic {
        let problem = TemplateProblem::TooMuch {
            output: self.pattern.clone(),
            limit: self.budget.limit(),
            heaviest: heaviest(self.pages),
        };
        match self.page {
            Some(page) => problem.at_file(&page.page.source),
            None => problem.nowhere(),
        }
    }

    /// What a file of a page is about, behind its path.
    fn subject(&self, page: &PageView<'_>, templates: &Templates) -> String {
        let code = self.code.or_else(|| self.failing_code(page, templates));
        let Page { id, codes, .. } = page.page;
        match code.and_then(|index| codes.get(index)) {
            Some(code) => format!(", page `{id}`, code {}", code.code),
            None => format!(", page `{id}`"),
        }
    }

    /// The code that a template fails on: the first with which it fails where the page has no
    /// other. None where it fails without any code, too.
    fn failing_code(&self, page: &PageView<'_>, templates: &Templates) -> Option<usize> {
        let fails_with = |codes: &[Value]| {
            let page = page.clone().with_codes(codes.to_vec());
            let value = Value::from_serializable(&page);
            let mut seen = self.seen.clone();
            seen.extend(context(&PageContext::new(&page, &value)));
            let budget = Budget::new(self.budget.limit());
            let text = templates.render(self.template, self.escape, &seen, &budget, String::new);
            text.is_err()
        };
        if fails_with(&[]) {
            return None;
        }
        page.codes.chunks(1).position(fails_with)
    }
}

/// Gathers files by their paths.
fn gather(files: Vec<File>) -> Result<Files, Report> {
    let mut rendered = Files::new();
    let mut taken = HashMap::new();
    let mut known = HashSet::new();
    let mut found = Report::default();
    for file in files {
        let problems = match file {
            Ok((path, _)) if !is_plain(&path) => {
                TemplateProblem::NotAPath { path }.nowhere().into()
            }
            Ok((path, text)) => match taken.insert(clash_key(&path), path.clone()) {
                Some(other) => TemplateProblem::SamePath { path, other }.nowhere().into(),
                None => {
                    rendered.insert(path, text);
                    continue;
                }
            },
            Err(problems) => problems,
        };
        for problem in problems {
            if known.insert(key(&problem)) {
                found.push(problem);
            }
        }
    }
    found.extend(rendered.keys().filter_map(|path| file_above(path, &taken)));
    if found.is_empty() {
        Ok(rendered)
    } else {
        Err(found)
    }
}

/// An error for a file that is where a folder of another one is, to some file systems.
fn file_above(path: &str, files: &HashMap<String, String>) -> Option<Diagnostic> {
    let folders = path.match_indices('/').map(|(end, _)| &path[..end]);
    let file = folders.map(clash_key).find_map(|key| files.get(&key))?;
    let (file, other) = (file.clone(), path.to_owned());
    Some(TemplateProblem::FileAndFolder { file, other }.nowhere())
}

/// What is the same for the same problem in many files: the place in the template.
fn key(problem: &Diagnostic) -> String {
    match &problem.place {
        Some(place) => place.to_string(),
        None => problem.describe().message,
    }
}

/// Ends a text with one line end, and no line with blanks: templates need not count theirs.
fn tidy(text: &str) -> String {
    let text = text.trim();
    let mut tidy = String::with_capacity(text.len() + 1);
    let mut start = 0;
    for end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        tidy.push_str(text[start..end].trim_end());
        tidy.push('\n');
        start = end + 1;
    }
    if tidy == "\n" { String::new() } else { tidy }
}
