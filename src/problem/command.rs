//! Problems of what the command line was asked to do.

use super::output::OUTPUT;
use super::project::{CATALOG, PAGE_ID};
use super::snapshot::UNREADABLE;
use super::{Rule, rule};

const INIT: Rule = rule("init", "a project that cannot be set up");

problems! {
    /// A problem of what the command line was asked to do.
    pub enum CommandProblem in Command {
        /// The folder of `--directory` cannot be entered.
        Directory { path: String, reason: String } =>
            rule("directory", "a folder that cannot be worked in")
                .error(format!("cannot work in `{path}`: {reason}")),
        /// No page has the code. `nearest` are the codes near it, with their names.
        UnknownCode { code: String, nearest: Vec<String> } => {
            let found = rule("unknown-code", "a code that no page has")
                .error(format!("no page has the code `{code}`"))
                .notes(nearest.iter().map(|near| format!("near it is {near}")));
            if nearest.is_empty() {
                found.help("`arkerr search WORDS` looks in names and texts")
            } else {
                found
            }
        },
        /// There is no file of records where one was named.
        NoCatalog(path: String) => CATALOG.error(format!("there is no file `{path}`"))
            .help("`arkerr generate` writes the records to json/catalog.json"),
        /// Standard input cannot be read.
        Input(reason: String) => rule("input", "input that cannot be read")
            .error(format!("standard input cannot be read: {reason}")),
        /// A result cannot be printed.
        Print(reason: String) => rule("print", "a result that cannot be printed")
            .error(format!("the result cannot be printed: {reason}")),
        /// The manual pages cannot be written.
        ManualPages(reason: String) =>
            OUTPUT.error(format!("the pages cannot be written: {reason}")),
        /// An option that is about one page, where several files are imported.
        OptionForOnePage(option: &'static str) =>
            rule("arguments", "arguments that contradict each other")
                .error(format!("{option} is about one page, and there are several files"))
                .help("import that file on its own"),
        /// A file to import that is the same page as another one, `first`.
        ImportedTwice { id: String, snapshot: String, first: String } =>
            PAGE_ID.error(format!("this is the page `{id}` once more"))
                .note(format!("`{snapshot}` was made of `{first}`"))
                .help("import the one that is right, or give one of them another name with --id"),
        /// A file to import that cannot be read.
        Unreadable(reason: String) =>
            UNREADABLE.error(format!("the page cannot be read: {reason}")),
        /// A hook was asked for, and the project is not in a git repository.
        NoRepository => INIT.error("there is no repository of git here to have a hook")
            .help("run `git init` first, or leave out --hook"),
        /// Git does not say where its hooks are.
        UnknownHooks => INIT.error("git does not say where its hooks are"),
        /// The git repository has no hooks.
        HooksAreOff => INIT.error("hooks are switched off here")
            .help("look at `git config core.hooksPath`"),
        /// A folder that continuous integration would not take as it is called.
        FolderInWorkflow { folder: String } => INIT
            .error(format!(
                "the folder `{folder}` cannot be named in a workflow, where `$` stands before what \
                 is put in, such as a secret, and every character has to be seen"
            ))
            .help("give the folder another name, or leave out --ci"),
        /// A build script has no folder for its outputs.
        NoOutDir(reason: String) => OUTPUT.error(format!("OUT_DIR cannot be read: {reason}"))
            .help("call this from a build script, which Cargo sets it for"),
        /// Options of `arkerr diff` that mean nothing in its format.
        MarkdownOptions => rule("arguments", "arguments that do not belong together")
            .error("--heading and --max-length are about Markdown")
            .help("add --format markdown"),
        /// The changelog cannot be read.
        Changelog(reason: String) => rule("changelog", "a changelog that cannot be read")
            .error(format!("the changelog cannot be read: {reason}")),
    }
}
