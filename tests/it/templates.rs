//! Targets and templates that a project adds, and the command that shows templates.

use std::fs;

use crate::common::docs::block_after;
use crate::common::{Project, Run, repository};
use crate::expected::assert_file;

const GUIDE: &str = "docs/templates.md";

/// A project of the seed page with one own target, whose files are given as in `arkerr.toml`, and
/// these templates.
fn project(files: &str, templates: &[(&str, &str)]) -> Project {
    let project = Project::seed();
    project.write(
        "arkerr.toml",
        format!("templates = 'own'\n[targets]\nothers = false\nmine = {{ folder = '.', files = [{files}] }}\n"),
    );
    project.write("own/README", "no template");
    for (name, text) in templates {
        project.write(&format!("own/{name}.tera"), text);
    }
    project
}

/// The project of the guide's worked example.
fn example() -> Project {
    let project = Project::seed();
    project.write("arkerr.toml", block_after(GUIDE, "<!-- an arkerr.toml -->"));
    for template in ["page.kt.tera", "page.csv.tera"] {
        let path = format!("arkerr-templates/{template}");
        let text = block_after(GUIDE, &format!("<!-- {path} -->"));
        assert!(text.lines().count() <= 20, "{path} has more than 20 lines");
        project.write(&path, text);
    }
    project
}

#[track_caller]
fn failed(project: &Project) -> Run {
    let run = project.arkerr_reads(&["generate"]);
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(!project.path("generated").exists());
    run
}

#[test]
fn the_worked_example_makes_kotlin_and_csv() {
    let project = example();
    project.arkerr(&["generate"]).succeeded();
    for path in [
        "kotlin/CoreVisionErrorCode.kt",
        "csv/core-vision-error-code.csv",
    ] {
        let name = path.rsplit('/').next().expect("a path has a name");
        let golden = repository("tests/it/cases/golden/example").join(name);
        let text = project.read(&format!("generated/{path}"));
        assert_file(text, golden);
    }
    let mark = "<!-- from generated/kotlin/CoreVisionErrorCode.kt -->";
    let piece = block_after(GUIDE, mark);
    let file = project.read("generated/kotlin/CoreVisionErrorCode.kt");
    assert!(file.contains(&piece), "{piece}");
}

#[test]
fn a_block_of_a_built_in_template_can_be_replaced() {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    let before = project.read("generated/typescript/core-vision-error-code.ts");
    let own = block_after(GUIDE, "<!-- arkerr-templates/typescript/page.ts.tera -->");
    project.write("own/typescript/page.ts.tera", own);
    project.write(
        "arkerr.toml",
        format!("templates = 'own'\n{}", project.read("arkerr.toml")),
    );
    project.arkerr(&["generate"]).succeeded();
    let after = project.read("generated/typescript/core-vision-error-code.ts");
    let (kept, added) = after.split_at(before.len());
    assert_eq!(kept, before);
    assert!(
        added.contains("export const coreVisionErrorCodesToRetry"),
        "{added}"
    );
    assert!(
        added.contains("  CoreVisionErrorCode.RUN_TIMED_OUT,\n"),
        "{added}"
    );
}

#[test]
fn a_replaced_template_need_only_have_the_blocks_that_are_used() {
    let project = Project::seed();
    project.write("own/rust/page.rs.tera", "// {{ header[0] | one_line }}\n");
    let settings = project.read("arkerr.toml");
    project.write("arkerr.toml", format!("templates = 'own'\n{settings}"));
    project.arkerr(&["generate"]).succeeded();
    let crate_layout = format!("templates = 'own'\n{settings}\n[targets.rust]\nlayout = 'crate'\n");
    project.write("arkerr.toml", crate_layout);
    let run = project.arkerr(&["check"]);
    assert_eq!(run.status, 2);
    let message = "Block `serde` is not defined in any parent template";
    assert!(run.stderr.contains(message), "{}", run.stderr);
    assert!(
        run.stderr.contains("builtin/rust/crate_page.rs:3:"),
        "{}",
        run.stderr
    );
}

#[test]
fn text_of_the_example_stays_in_its_place() {
    let project = example();
    let page = std::fs::read(repository("tests/it/cases/pages/hostile-error-code.html"));
    project.remove("docs-snapshot/core-vision-error-code.html");
    project.write(
        "docs-snapshot/hostile-error-code.html",
        page.expect("it is there"),
    );
    assert_eq!(project.arkerr(&["generate"]).status, 0);
    let kotlin = project.read("generated/kotlin/HostileErrorCode.kt");
    assert!(kotlin.contains(r#"\"quotes\" 'single' \\ \\n"#), "{kotlin}");
    assert!(kotlin.contains(r"\${x}"), "{kotlin}");
    assert_eq!(kotlin.matches("/*").count(), kotlin.matches("*/").count());
}

#[test]
fn the_misspelt_variable_of_the_guide_is_reported_as_it_says() {
    let project = example();
    let text = "code,name\n\
                {% set codes = [code for code in page.codes if not code.is_repetition] -%}\n\
                {% for code in codes -%}\n\
                {{ code.code | csv }},{{ code.constnt }}\n\
                {% endfor -%}\n";
    project.write("arkerr-templates/page.csv.tera", text);
    let shown = block_after(GUIDE, "<!-- a misspelt variable -->");
    assert_eq!(failed(&project).stderr.trim_end(), shown.trim_end());
}

#[test]
fn the_documents_about_templates_and_targets_can_be_printed() {
    for (arguments, document) in [
        (&["templates", "context"][..], "template-context.md"),
        (
            &["templates", "context", "--format", "json"],
            "template-context.schema.json",
        ),
        (&["targets", "--format", "markdown"], "targets.md"),
    ] {
        let run = Project::empty().arkerr(arguments).succeeded();
        let text = fs::read_to_string(repository("docs").join(document)).expect("it is there");
        assert_eq!(run.stdout, text);
    }
}

#[test]
fn the_list_of_targets_says_what_the_project_has_chosen() {
    let project = Project::empty();
    project.write(
        "arkerr.toml",
        "templates = 'own'\n[targets]\nothers = false\nrust = { layout = 'crate' }\n\
         mine = { files = [{ path = 'a', template = 'a' }] }\n",
    );
    let listed = project.arkerr(&["targets"]).succeeded().stdout;
    for line in [
        "off json: ",
        "on  rust: ",
        "  * layout crate: ",
        "    name = \"harmonyos-error-codes\"",
        "on  mine: added",
    ] {
        assert!(
            listed.lines().any(|is| is.starts_with(line)),
            "{line} in {listed}"
        );
    }
}

#[test]
fn a_file_is_made_for_each_page_or_code_as_its_path_says() {
    let project = project(
        "{ path = 'all.txt', template = 'all' },
         { path = '{page}.txt', template = 'page' },
         { path = '{page}/{code}-{variant}.txt', template = 'code' }",
        &[
            ("all", "{{ pages | length }} {{ pages[0].type }}"),
            ("page", "{{ page.codes | length }} {{ options | length }}"),
            (
                "code",
                "{{ page.type }} {{ code.constant }} {{ labels.steps | md }}",
            ),
        ],
    );
    project.arkerr(&["generate"]).succeeded();
    assert_eq!(project.read("generated/all.txt"), "1 CoreVisionErrorCode\n");
    assert_eq!(
        project.read("generated/core-vision-error-code.txt"),
        "12 0\n"
    );
    assert_eq!(
        project.read("generated/core-vision-error-code/200-RunTimedOut.txt"),
        "CoreVisionErrorCode RUN_TIMED_OUT 处理步骤\n"
    );
    let files = project.tree();
    let codes = files
        .keys()
        .filter(|path| path.starts_with("generated/core-vision-error-code/"));
    assert_eq!(codes.count(), 12);
}

#[test]
fn a_component_takes_the_place_of_a_built_in_one() {
    let project = Project::seed();
    project.write(
        "own/hover.tera",
        "{% component rust_hover(code: map) %}*{{ code.constant }}*{% endcomponent %}",
    );
    let settings = project.read("arkerr.toml");
    project.write("arkerr.toml", format!("templates = 'own'\n{settings}"));
    project.arkerr(&["generate"]).succeeded();
    let rust = project.read("generated/rust/core_vision_error_code.rs");
    assert!(rust.contains("    /// *RUN_TIMED_OUT*\n    RunTimedOut = 200,\n"));
}

#[test]
fn what_editors_show_is_there_for_targets_of_a_project() {
    let project = project(
        "{ path = '{code}.txt', template = 'code' }",
        &[("code", "{{ <hover code={code} /> | rust_doc }}")],
    );
    project.arkerr(&["generate"]).succeeded();
    let shown = project.read("generated/200.txt");
    let start = "/// Run timed out, please try again later.\n///\n/// **200 运行超时**\n";
    assert!(shown.starts_with(start), "{shown}");
}

#[test]
fn text_in_html_is_escaped_by_itself() {
    let project = project(
        "{ path = 'a.html', template = 'a' }, { path = 'b.vue', template = 'a', escape = 'html' }",
        &[("a", "<p title=\"{{ '\"<&' }}\">{{ pages[0].title }}</p>")],
    );
    project.arkerr(&["generate"]).succeeded();
    let text = "<p title=\"&quot;&lt;&amp;\">ArkTS API错误码</p>\n";
    assert_eq!(project.read("generated/a.html"), text);
    assert_eq!(project.read("generated/b.vue"), text);
}

#[test]
fn a_failure_names_template_file_page_and_code() {
    let project = project(
        "{ path = '{page}.txt', template = 'page' }, { path = '{code}.txt', template = 'code' }",
        &[
            (
                "page",
                "{% for code in page.codes %}\n{% if code.code == '401' %}{{ code.title }}{% endif %}{% endfor %}",
            ),
            ("code", "{{ code.value | one_line }}"),
        ],
    );
    let run = failed(&project);
    assert_file(
        run.stderr,
        repository("tests/it/cases/golden/template-failure.txt"),
    );
}

#[test]
fn all_templates_that_are_none_are_told_at_once() {
    let project = project(
        "{ path = 'a.txt', template = 'a' }",
        &[("a", "{{ b"), ("sub/b", "{% if %}"), ("c", "fine")],
    );
    let run = failed(&project);
    for place in ["own/a.tera:1:", "own/sub/b.tera:1:7"] {
        assert!(run.stderr.contains(place), "{place} in {}", run.stderr);
    }
}

#[test]
fn what_is_missing_is_told_with_its_place() {
    let one = project("{ path = 'a.txt', template = 'nowhere' }", &[]);
    let run = failed(&one);
    assert!(run.stderr.contains("there is no template `nowhere`"));
    assert!(
        run.stderr
            .contains("it would be the file `own/nowhere.tera`")
    );

    let one = project(
        "{ path = 'a.txt', template = 'a' }",
        &[("a", "\n{% include 'nowhere' %}")],
    );
    assert!(failed(&one).stderr.contains("nowhere"));

    let one = Project::seed();
    one.write("arkerr.toml", "templates = 'nowhere'");
    assert!(
        failed(&one)
            .stderr
            .contains("there is no such folder of templates")
    );
}

#[test]
fn filters_and_templates_that_do_not_exist_are_reported_with_their_lines() {
    let one = project(
        "{ path = '{page}.txt', template = 'a' }",
        &[("a", "{{ page.title | one_lin }}\n{% include 'b' %}")],
    );
    let run = failed(&one);
    for message in [
        "Unknown filter `one_lin`",
        "a:1:17",
        "Unknown template `b`",
        "a:2:12",
    ] {
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn two_files_cannot_have_one_path() {
    for (one, other, message) in [
        ("A.txt", "a.txt", "`a.txt` and `A.txt` are one where case"),
        (
            "\u{e9}",
            "e\u{301}",
            "` are one where case and the encoding of accents do not count",
        ),
        ("a.txt", "a.txt", "two files would have the path `a.txt`"),
        (
            "A",
            "a/b",
            "`A` would be a file, and a folder that has `a/b`",
        ),
    ] {
        let files =
            format!("{{ path = '{one}', template = 'a' }}, {{ path = '{other}', template = 'a' }}");
        let run = failed(&project(&files, &[("a", "a")]));
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
}

#[test]
fn files_without_a_header_are_told_of_when_nothing_makes_them() {
    let project = project(
        "{ path = '{code}.csv', template = 'a' }",
        &[("a", "{{ code.code | csv }}")],
    );
    project.arkerr(&["generate"]).succeeded();
    project.write("generated/401.csv", "edited\n");
    project.arkerr(&["generate"]).succeeded();
    assert_eq!(project.read("generated/401.csv"), "401\n");
    project.write(
        "arkerr.toml",
        project
            .read("arkerr.toml")
            .replace("{code}.csv", "{constant}.csv"),
    );
    assert_eq!(project.arkerr_reads(&["check"]).status, 1);
    let run = project.arkerr(&["generate"]);
    assert_eq!(run.status, 0, "{run:#?}");
    let start = "warning[left-over-files]: 12 files may be left over";
    assert!(run.stderr.starts_with(start), "{run:#?}");
    assert!(
        run.stderr.contains(": rm generated/1001400001.csv "),
        "{run:#?}"
    );
    assert!(project.path("generated/401.csv").exists());
    assert!(project.path("generated/RUN_TIMED_OUT.csv").exists());
    assert_eq!(project.arkerr_reads(&["check"]).status, 0);
}

#[test]
fn templates_are_listed_shown_and_exported() {
    let project = project(
        "{ path = 'a.txt', template = 'a' }",
        &[("a", "a"), ("rust/page.rs", "mine")],
    );
    let list = project.arkerr(&["templates", "list"]).succeeded().stdout;
    let lines: Vec<Vec<&str>> = list
        .lines()
        .map(|line| {
            line.split("  ")
                .filter(|cell| !cell.is_empty())
                .map(str::trim)
                .collect()
        })
        .collect();
    assert!(lines.contains(&vec!["a", "own", "a.txt"]), "{list}");
    assert!(
        lines.contains(&vec!["rust/page.rs", "shadows the built-in one"]),
        "{list}"
    );
    assert!(lines.contains(&vec!["hover.md", "built in"]), "{list}");

    let show = |name| project.arkerr(&["templates", "show", name]);
    assert_eq!(show("rust/page.rs").succeeded().stdout, "mine");
    let built_in = std::fs::read_to_string(repository("templates/rust/page.rs.tera"));
    let built_in = built_in.expect("it is there");
    assert_eq!(show("builtin/rust/page.rs").succeeded().stdout, built_in);
    assert_eq!(show("rust/pages.rs").status, 2);

    let export = ["templates", "export", "rust/page.rs", "copies"];
    let run = project.arkerr(&export).succeeded();
    assert_eq!(run.stdout, "created copies/rust/page.rs.tera\n");
    assert_eq!(project.read("copies/rust/page.rs.tera"), built_in);
    let run = project.arkerr_reads(&export);
    assert_eq!(run.status, 2);
    assert!(
        run.stderr.contains("the file is there already"),
        "{}",
        run.stderr
    );
    project
        .arkerr(&["templates", "export", "markdown", "all"])
        .succeeded();
    assert!(project.path("all/markdown/README.md.tera").exists());
}
