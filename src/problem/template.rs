//! Problems of templates and what they render.

use super::names::NAMES;
use super::snapshot::too_much;
use super::{Rule, rule};
use crate::escape::visible;

const TEMPLATE: Rule = rule("template", "a template that is wrong");
const PATHS: Rule = rule("render", "two outputs with one path");

problems! {
    /// A problem of templates and what they render.
    pub enum TemplateProblem in Template {
        /// The folder that `templates` names is missing.
        NoFolder => TEMPLATE.error("there is no such folder of templates")
            .help("make it, or correct `templates` in arkerr.toml; `arkerr templates export` puts \
                   built-in ones there"),
        /// A template cannot be read.
        Unreadable { error: String } => TEMPLATE.error(format!("this cannot be read: {error}")),
        /// An own template has a name that is kept for built-in ones, which begin with this.
        ReservedName { prefix: &'static str } => TEMPLATE
            .error(format!("what begins with `{prefix}` is the name of a built-in template"))
            .help("move it to another folder"),
        /// Templates name a filter, component, template or block that does not exist. The report
        /// of the template engine says in which file and line.
        UnknownNames { report: String } => TEMPLATE
            .error("the templates name something that does not exist")
            .note(report),
        /// A template that the engine cannot read or render, and the file, page or code that was
        /// to be made of it.
        Failed { message: String, output: Option<String> } =>
            TEMPLATE.error(message).notes(to_become(output)),
        /// A template writes a text without a filter.
        Unfiltered { message: String, output: Option<String> } => TEMPLATE.error(message)
            .notes(to_become(output))
            .help("a filter says what the text is to be there, such as `| rust_string`, `| md` or \
                   `| one_line`"),
        /// An output takes more than a multiple of what its records weigh, most of all this.
        TooMuch { output: String, limit: usize, heaviest: String } => too_much(format!(
            "`{}` has more than {limit} bytes; what weighs most in its records is {heaviest}",
            visible(output)
        )),
        /// A template that `arkerr templates` does not find.
        NoTemplate { name: String } => TEMPLATE.error(format!("there is no template `{name}`"))
            .help("`arkerr templates list` lists all templates"),
        /// An exported template would overwrite a file.
        FileExists => TEMPLATE.error("the file is there already")
            .help("move it away, or choose another folder"),
        /// The path of an output is not a path of a file.
        NotAPath { path: String } => PATHS
            .error(format!("`{}` is no path of a file", visible(path)))
            .help("choose another `path` for the target in arkerr.toml"),
        /// Two outputs have one path.
        SamePath { path: String, other: String } => PATHS.error(same_path(path, other))
            .help("say more in the `path` of the target, such as `{page}/{code}.md`, or give \
                   targets folders of their own"),
        /// A file would be where another one has its folder.
        FileAndFolder { file: String, other: String } => PATHS
            .error(format!("`{file}` would be a file, and a folder that has `{other}`"))
            .help("give one of them another `path`, or its target another folder"),
        /// Two things have one name in C.
        SameNameInC { name: String, one: String, other: String } =>
            NAMES.error(format!("C has one name space, where `{name}` would be two things"))
                .note(format!("one is {one}"))
                .note(format!("the other is {other}"))
                .help("rename one of them, as in `arkerr names rename PAGE CODE NEW`, delete a \
                       former name in names.toml, or switch the target `c` off"),
    }
}

fn to_become(output: &Option<String>) -> Option<String> {
    let output = output.as_ref()?;
    Some(format!("this was to become {output}"))
}

fn same_path(path: &str, other: &str) -> String {
    if path == other {
        format!("two files would have the path `{path}`")
    } else {
        format!(
            "`{path}` and `{other}` are one where case and the encoding of accents do not count"
        )
    }
}
