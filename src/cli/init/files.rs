//! The files that a new project has.

use super::{FileKind, Host, NewFile};
use crate::config::{self, Config};
use crate::escape::{is_visible, shell_word};
use crate::names;

const README: &str = include_str!("snapshots.md");
const HOOK: &str = include_str!("pre-commit.sh");
const GITHUB_CHECK: &str = include_str!("../../../docs/ci/github-check.yml");
const GITHUB_UPDATE: &str = include_str!("../../../docs/ci/github-update.yml");
const GITLAB: &str = include_str!("../../../docs/ci/gitlab-ci.yml");

/// The files of every project.
pub(super) fn of_project(config: &Config) -> Vec<NewFile> {
    let readme = format!("{}/README.md", config.snapshots);
    vec![
        NewFile::new(config::FILE_NAME, config::EXAMPLE, FileKind::Configuration),
        NewFile::new(readme, README, FileKind::Text),
        NewFile::new(".gitattributes", attributes(config), FileKind::Attributes),
    ]
}

/// The files of continuous integration. `up` leads to the root of the repository, and `folder` from
/// there to the project.
pub(super) fn of_host(host: Host, up: &str, folder: &str) -> Vec<NewFile> {
    let workflows: &[(&str, &str)] = match host {
        Host::Github => &[
            (".github/workflows/arkerr-check.yml", GITHUB_CHECK),
            (".github/workflows/arkerr-update.yml", GITHUB_UPDATE),
        ],
        Host::Gitlab => &[(".gitlab-ci.yml", GITLAB)],
    };
    let folder = yaml(folder);
    let workflows = workflows.iter().map(|(path, workflow)| {
        let mut text = (*workflow).to_owned();
        for key in ["ARKERR_DIRECTORY", "working-directory"] {
            text = text.replace(&format!("{key}: .\n"), &format!("{key}: {folder}\n"));
        }
        NewFile::new(format!("{up}{path}"), text, FileKind::Text).below(up)
    });
    workflows.collect()
}

/// The hook that git runs before a commit.
pub(super) fn of_hook(path: &str, folder: &str, config: &Config) -> NewFile {
    let below = |path: &str| match folder {
        "." => path.to_owned(),
        folder => format!("{folder}/{path}"),
    };
    let paths: Vec<String> = [config::FILE_NAME, names::FILE_NAME]
        .into_iter()
        .chain([config.snapshots.as_str(), config.output.as_str()])
        .chain(config.templates.as_deref())
        .map(|path| shell_word(&below(path)))
        .collect();
    // What is put in is not looked at again: a folder may be called like one of the marks.
    let words = [
        ("@PROJECT@", shell_word(folder)),
        ("@SNAPSHOTS@", shell_word(&below(&config.snapshots))),
        ("@PATHS@", paths.join(" ")),
    ];
    let (mut text, mut rest) = (String::new(), HOOK);
    for (mark, word) in words {
        let (before, after) = rest.split_once(mark).unwrap_or((rest, ""));
        text += before;
        text += &word;
        rest = after;
    }
    // Git says where its hooks are, which need not be in the project.
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    NewFile::new(path, text + rest, FileKind::Program).below(folder)
}

/// What git is told about the files of a project.
fn attributes(config: &Config) -> String {
    let (snapshots, output) = (git_pattern(&config.snapshots), git_pattern(&config.output));
    let names = names::FILE_NAME;
    format!(
        "\
# Saved pages stay as they are, byte for byte.
{snapshots} -text
# What arkerr writes has the same line ends on every system.
{output} text eol=lf linguist-generated gitlab-generated
# Every line of it is complete in itself: where two branches add lines, both are meant.
{names} text eol=lf merge=union
"
    )
}

/// A pattern for all files below a folder, in quotes where git needs them.
fn git_pattern(folder: &str) -> String {
    let pattern = format!("{folder}/**");
    let is_special = |c: char| c.is_whitespace() || c == '"' || c == '\\';
    if pattern.contains(is_special) || pattern.starts_with(['#', '!']) {
        quoted(&pattern)
    } else {
        pattern
    }
}

/// Whether a folder can be named in a workflow: services put values in the place of `${{ … }}` and
/// `$NAME`, in quotes too.
pub(super) fn can_be_named(folder: &str) -> bool {
    folder.chars().all(|c| c != '$' && is_visible(c))
}

/// A text as YAML takes it: as it is where it is plain, else in double quotes.
fn yaml(text: &str) -> String {
    const WORDS: [&str; 9] = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];
    let is_word = WORDS.iter().any(|word| text.eq_ignore_ascii_case(word));
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/-_.".contains(c);
    let is_name = text.starts_with(char::is_alphabetic) && text.chars().all(is_plain);
    if text == "." || is_name && !is_word {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// A text in double quotes, as YAML and git take it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_below_the_root_is_named_where_the_root_is_elsewhere() {
        let hosts = [Host::Github, Host::Gitlab].into_iter();
        for file in hosts.flat_map(|host| of_host(host, "../", "my app")) {
            assert_eq!(file.text.matches("\"my app\"").count(), 1, "{}", file.text);
            assert!(file.path.starts_with("../."), "{}", file.path);
        }
    }

    #[test]
    fn a_folder_that_is_called_like_a_word_of_yaml_is_a_text() {
        assert_eq!(yaml("null"), "\"null\"");
        assert_eq!(yaml("On"), "\"On\"");
        assert_eq!(yaml("null/app"), "null/app");
    }

    #[test]
    fn at_the_root_the_texts_are_those_of_the_documentation() {
        let hosts = [Host::Github, Host::Gitlab].into_iter();
        let files = hosts.flat_map(|host| of_host(host, "", "."));
        let texts: Vec<String> = files.map(|file| file.text).collect();
        assert_eq!(texts, [GITHUB_CHECK, GITHUB_UPDATE, GITLAB]);
    }

    #[test]
    fn the_version_that_is_installed_is_this_one() {
        let version = env!("CARGO_PKG_VERSION");
        let (minor, _) = version.rsplit_once('.').expect("it has three numbers");
        for text in [GITHUB_CHECK, GITHUB_UPDATE, GITLAB] {
            assert!(
                text.contains(&format!(" --version '^{minor}' arkerr\n")),
                "{text}"
            );
        }
        for text in [GITHUB_CHECK, GITLAB] {
            assert!(text.contains(&format!("key: arkerr-{minor}")), "{text}");
        }
    }

    #[test]
    fn a_folder_that_a_service_would_read_is_not_named() {
        for folder in [
            "${{ secrets.TOKEN }}",
            "a/$CI_JOB_TOKEN",
            "a\nb",
            "a\u{202e}b",
        ] {
            assert!(!can_be_named(folder), "{folder}");
        }
        assert!(can_be_named("my app/错误 {{x}}"));
    }

    #[test]
    fn a_folder_that_is_called_like_a_mark_stays_a_word_of_the_shell() {
        let config = Config::parse("").expect("it is right");
        let hook = of_hook("x", "@PATHS@;touch evil;@SNAPSHOTS@", &config).text;
        assert!(
            hook.contains("\nproject='@PATHS@;touch evil;@SNAPSHOTS@'\nsnapshots='@PATHS@;touch"),
            "{hook}"
        );
    }

    #[test]
    fn folders_are_named_as_git_and_shells_take_them() {
        let config = Config::parse("snapshots = 'the pages'\noutput = 'out'\ntemplates = 'tera'");
        let config = config.expect("it is right");
        let text = attributes(&config);
        assert!(text.contains("\n\"the pages/**\" -text\n"), "{text}");
        let hook = of_hook("x", "app", &config).text;
        let paths = "set -- app/arkerr.toml app/names.toml 'app/the pages' app/out app/tera\n";
        assert!(hook.contains(paths), "{hook}");
        assert!(
            hook.contains("\nproject=app\nsnapshots='app/the pages'\n"),
            "{hook}"
        );
    }
}
