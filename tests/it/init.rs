//! Setting a project up: `arkerr init`.
//!
//! `SNAPSHOTS=overwrite cargo test --test it init::` writes the files of `tests/it/cases/golden/init` anew.

use std::fs;

use crate::common::{Project, SEED, repository};
use crate::expected::assert_file;

const PAGE: &str = "docs-snapshot/core-vision-error-code.html";

const NEXT_STEPS: &str = "
next steps:
  arkerr fetch --discover  list the pages with error codes that the site has
  arkerr fetch ID          save one of them in docs-snapshot/
  arkerr import FILE       or take a page that you saved yourself
  arkerr generate          write constants and documentation to generated/
";

fn add_page(project: &Project) {
    project.write(PAGE, fs::read(repository(SEED)).expect("it is there"));
}

#[test]
fn the_files_of_a_new_project() {
    let project = Project::empty();
    let run = project.arkerr(&["init"]).succeeded();
    let created = "created arkerr.toml\ncreated docs-snapshot/README.md\ncreated .gitattributes\n";
    assert_eq!(run.stdout, format!("{created}{NEXT_STEPS}"));
    for (file, golden) in [
        ("arkerr.toml", "arkerr.toml"),
        ("docs-snapshot/README.md", "README.md"),
        (".gitattributes", "gitattributes"),
    ] {
        let golden = repository("tests/it/cases/golden/init").join(golden);
        let text = project.read(file);
        assert_file(text, golden);
    }
}

#[test]
fn a_page_is_all_that_a_new_project_lacks() {
    let project = Project::empty();
    project.arkerr(&["init", "--quiet"]).succeeded();
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("there are no snapshots"), "{run:#?}");
    add_page(&project);
    project.arkerr(&["generate"]).succeeded();
    project.arkerr(&["check"]).succeeded();
}

#[test]
fn what_a_kept_file_lacks_is_told() {
    let project = Project::empty();
    project.write("arkerr.toml", "language = 'en'\n[lints]\n");
    project.write(
        ".gitattributes",
        "* text=auto\r\nnames.toml text eol=lf merge=union\r\n",
    );
    project.write("docs-snapshot/README.md", "# Pages\n");
    let ci = fs::read_to_string(repository("docs/ci/gitlab-ci.yml")).expect("it is there");
    project.write(".gitlab-ci.yml", ci.replace("stage: test", "stage: build"));
    let run = project
        .arkerr_reads(&["init", "--ci", "gitlab"])
        .succeeded();
    let told = "\
kept arkerr.toml, which does not mention these keys:
    snapshots, output, url, templates, targets, changes, fetch, pages
kept docs-snapshot/README.md, which would have been made so:
    @@ -1 +1,12 @@
    -# Pages
    +# Saved pages
";
    assert!(run.stdout.starts_with(told), "{}", run.stdout);
    let told = "
kept .gitattributes, which lacks these lines:
    docs-snapshot/** -text
    generated/** text eol=lf linguist-generated gitlab-generated
kept .gitlab-ci.yml, which would have been made so:
";
    assert!(run.stdout.contains(told), "{}", run.stdout);
    let told = "    -  stage: build\n    +  stage: test\n";
    assert!(run.stdout.contains(told), "{}", run.stdout);
}

#[test]
fn what_cannot_be_done_is_told_before_anything_is_written() {
    let project = Project::empty();
    let run = project.arkerr_reads(&["init", "--hook"]);
    assert_eq!(run.status, 2);
    let told = "error[init]: there is no repository of git here to have a hook\n";
    assert!(run.stderr.starts_with(told), "{run:#?}");
    project.write("arkerr.toml", "outptu = 'x'\n");
    let run = project.arkerr_reads(&["init"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("unknown field `outptu`"), "{run:#?}");
}

#[test]
fn a_file_that_cannot_be_made_keeps_no_other_from_it() {
    let project = Project::empty();
    project.write("docs-snapshot", "no folder");
    let run = project.arkerr(&["init"]);
    assert_eq!(run.status, 2);
    assert_eq!(run.stdout, "created arkerr.toml\ncreated .gitattributes\n");
    assert!(run.stderr.contains("docs-snapshot/README.md"), "{run:#?}");
}
