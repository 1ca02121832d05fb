//! The files of all targets, made on all processors; their order is the same whoever was faster.

use std::collections::HashSet;

use rayon::prelude::*;
use tera::Value;

use super::context::{
    AttributesContext, CatalogContext, CatalogFiles, CodeView, PageContext, PageView, context_of,
};
use super::target::{Escape, FileRule};
use super::templates::ATTRIBUTES_TEMPLATE;
use super::{ATTRIBUTES_FILE, Rendered, Target, Templates};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;

/// Makes the files of a catalogue, in the order in which failures are told.
pub(super) fn make(
    catalog: &Catalog,
    targets: &[Target],
    templates: &Templates,
    snapshots: &str,
) -> Vec<File> {
    let view = CatalogContext::new(catalog, snapshots);
    let rules = targets.iter().flat_map(|target| &target.files);
    let maker = Maker {
        targets,
        templates,
        with_hovers: templates.show_hover(rules.map(|rule| rule.template.as_str())),
    };
    // What templates see of a page is made once, and shared by all that look at it.
    let values = view.pages.par_iter().map(|page| maker.value_of(page));
    let (pages, failures): (Vec<Value>, Vec<Vec<File>>) = values.unzip();
    let (of_catalog, of_pages) = rayon::join(
        || maker.catalog_files(catalog, &view, &pages),
        || {
            let pages = view.pages.par_iter().zip(&pages);
            let files = pages.map(|(page, value)| maker.page_files(page, value));
            files.collect::<Vec<_>>()
        },
    );
    // To let go of thousands of small values takes its time, too.
    pages.into_par_iter().for_each(drop);
    let mut files: Vec<File> = failures.into_iter().flatten().collect();
    files.push(maker.attributes_file(snapshots));
    files.extend(of_catalog);
    files.extend(of_pages.into_iter().flatten());
    files
}

/// A file that was rendered.
pub(super) struct File {
    path: String,
    /// Its text, or why there is none.
    text: Result<String, Diagnostic>,
}

impl File {
    /// A file, and, for a failure, what else is to be said of what was rendered.
    fn new(path: String, text: Result<String, Diagnostic>, what: impl FnOnce() -> String) -> Self {
        let text = match text {
            Ok(text) => Ok(tidy(&text)),
            Err(error) => Err(error.note(format!("this was to become `{path}`{}", what()))),
        };
        Self { path, text }
    }

    /// A file of all pages.
    fn of_catalog(path: String, text: Result<String, Diagnostic>) -> Self {
        Self::new(path, text, String::new)
    }

    /// What an editor shows of a code, which is to stand in several files.
    fn of_hover(page: &PageView<'_>, code: &CodeView<'_>, error: Diagnostic) -> Self {
        let id = &page.page.id;
        let what = format!(
            "this was to become what editors show of code {} of page `{id}`",
            code.code.code
        );
        Self {
            path: String::new(),
            text: Err(error.note(what)),
        }
    }

    /// A file about a page, or about a code of one.
    fn of_page(
        path: String,
        page: &PageView<'_>,
        text: Result<String, Diagnostic>,
        code: impl FnOnce() -> Option<String>,
    ) -> Self {
        Self::new(path, text, || {
            let code = code().map_or_else(String::new, |code| format!(", code {code}"));
            format!(", page `{}`{code}", page.page.id)
        })
    }
}

/// The codes of a page that has become a value.
fn codes_of(page: &Value) -> &[Value] {
    let codes = page.get_from_path("codes").and_then(Value::as_array);
    codes.unwrap_or_default()
}

/// A value with a member in the place of the one that it has.
fn with_member(value: Value, name: &'static str, member: Value) -> Value {
    let mut members = value.into_map().unwrap_or_default();
    members.insert(name.into(), member);
    Value::from(members)
}

/// Makes files of templates.
struct Maker<'a> {
    targets: &'a [Target],
    templates: &'a Templates,
    /// Whether any template shows what editors show of a code.
    with_hovers: bool,
}

impl Maker<'_> {
    fn attributes_file(&self, snapshots: &str) -> File {
        let context = context_of(&AttributesContext::new(self.targets, snapshots));
        let text = self
            .templates
            .render(ATTRIBUTES_TEMPLATE, Escape::Refuse, &context);
        File::of_catalog(ATTRIBUTES_FILE.to_owned(), text)
    }

    /// What templates see of a page, and where that fails. What editors show of a constant is the
    /// same in every language, so that it is made here.
    fn value_of(&self, page: &PageView<'_>) -> (Value, Vec<File>) {
        let value = Value::from_serializable(page);
        if !self.with_hovers {
            return (value, Vec::new());
        }
        let mut failures = Vec::new();
        let with_hover = |(code, view): (Value, &CodeView<'_>)| {
            if !view.is_constant {
                return code;
            }
            let hover = self.templates.hover(&code).unwrap_or_else(|error| {
                failures.push(File::of_hover(page, view, error));
                String::new()
            });
            with_member(code, "hover", Value::from(hover))
        };
        // What only one has a hold of is changed where it is, and not copied.
        let codes = codes_of(&value).to_vec();
        let value = with_member(value, "codes", Value::none());
        let codes = codes.into_iter().zip(&page.codes).map(with_hover);
        let codes: Vec<Value> = codes.collect();
        (with_member(value, "codes", Value::from(codes)), failures)
    }

    fn catalog_files(
        &self,
        catalog: &Catalog,
        view: &CatalogContext<'_>,
        pages: &[Value],
    ) -> Vec<File> {
        let mut context = view.around(pages);
        let rules = self.targets.iter().flat_map(Target::catalog_files);
        let variables = rules.flat_map(|(_, rule)| self.templates.variables(&rule.template));
        let variables: HashSet<String> = variables.collect();
        context.extend(CatalogFiles::context(catalog, &view.header, |name| {
            variables.contains(name)
        }));
        let mut made = Vec::new();
        for target in self.targets {
            context.insert("options", &target.options);
            for (path, rule) in target.catalog_files() {
                made.push(File::of_catalog(path, self.render(rule, &context)));
            }
        }
        made
    }

    fn page_files(&self, page: &PageView<'_>, value: &Value) -> Vec<File> {
        let mut context = PageContext::around(page, value);
        let has_files = |target: &&Target| page.has_constants || !target.constants_only;
        let mut made = Vec::new();
        for target in self.targets.iter().filter(has_files) {
            context.insert("options", &target.options);
            for (path, rule) in target.page_files(page.page) {
                let text = self.render(rule, &context);
                made.push(File::of_page(path, page, text, || {
                    let code = self.failing_code(page, target, rule);
                    code.map(|code| code.code.code.clone())
                }));
            }
            for rule in target.code_rules() {
                made.extend(self.code_files(page, value, target, rule, &context));
            }
        }
        made
    }

    fn code_files<'b>(
        &'b self,
        page: &'b PageView<'_>,
        value: &'b Value,
        target: &'b Target,
        rule: &'b FileRule,
        context: &'b tera::Context,
    ) -> impl Iterator<Item = File> + 'b {
        let codes = page.codes.iter().zip(codes_of(value)).enumerate();
        codes.filter_map(move |(index, (code, value))| {
            // Several rows of a table may state one number, which has one file.
            let speaks_for_itself = code.is_constant || code.code.value.is_none();
            let path = target.code_file(rule, page.page, index);
            let path = path.filter(|_| speaks_for_itself)?;
            let mut context = context.clone();
            context.insert_value("code", value.clone());
            let text = self.render(rule, &context);
            Some(File::of_page(path, page, text, || {
                Some(code.code.code.clone())
            }))
        })
    }

    fn render(&self, rule: &FileRule, context: &tera::Context) -> Result<String, Diagnostic> {
        self.templates.render(&rule.template, rule.escape, context)
    }

    /// The code that a template fails on: the first with which it fails where the page has no
    /// other. None where it fails without any code, too.
    fn failing_code<'b>(
        &self,
        page: &'b PageView<'b>,
        target: &Target,
        rule: &FileRule,
    ) -> Option<&'b CodeView<'b>> {
        let fails_with = |code: Option<&CodeView<'b>>| {
            let page = page.with_only(code);
            let mut context = PageContext::around(&page, &self.value_of(&page).0);
            context.insert("options", &target.options);
            self.render(rule, &context).is_err()
        };
        let mut codes = page.codes.iter().filter(|_| !fails_with(None));
        codes.find(|code| fails_with(Some(code)))
    }
}

/// Gathers files by their paths.
///
/// # Errors
/// Templates fail, or two files would have one path. The same failure of further files is not told
/// again.
pub(super) fn gather(files: Vec<File>) -> Result<Rendered, Vec<Diagnostic>> {
    let mut rendered = Rendered::new();
    // Some file systems take paths that differ in case only for one.
    let mut taken = HashSet::new();
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for File { path, text } in files {
        match text {
            Ok(text) => match refusal(&path, &mut taken) {
                None => drop(rendered.insert(path, text)),
                Some(refusal) => diagnostics.push(refusal),
            },
            Err(error) => {
                let is_known = |known: &Diagnostic| {
                    known.place == error.place
                        && (known.place.is_some() || known.message == error.message)
                };
                if !diagnostics.iter().any(is_known) {
                    diagnostics.push(error);
                }
            }
        }
    }
    match diagnostics.is_empty() {
        true => Ok(rendered),
        false => Err(diagnostics),
    }
}

/// Why a file cannot have a path; none where it can, which is then taken.
fn refusal(path: &str, taken: &mut HashSet<String>) -> Option<Diagnostic> {
    if !is_plain(path) {
        let message = format!("`{}` is no path of a file", crate::escape::visible(path));
        let refusal = Diagnostic::error("render", message);
        return Some(refusal.help("choose another `path` for the target in arkerr.toml"));
    }
    if !taken.insert(path.to_lowercase()) {
        let message = format!("two files would have the path `{path}`");
        let refusal = Diagnostic::error("render", message);
        return Some(refusal.help(
            "say more in the `path` of the target, such as `{page}/{code}.md`, or give targets folders of their own",
        ));
    }
    None
}

/// Whether a path stays below the output folder, whatever the names in it are.
fn is_plain(path: &str) -> bool {
    path.split('/').all(|part| {
        !matches!(part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || c == '\\')
    })
}

/// Ends a text with one line end, and no line with blanks: templates need not count theirs.
fn tidy(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() {
        return String::new();
    }
    let mut tidy = String::with_capacity(text.len() + 1);
    let (mut copied, mut start) = (0, 0);
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        let line = &text[start..end];
        if line.ends_with(char::is_whitespace) {
            tidy.push_str(&text[copied..start + line.trim_end().len()]);
            copied = end;
        }
        start = end + 1;
    }
    tidy.push_str(&text[copied..]);
    tidy.push('\n');
    tidy
}
