//! `arkerr import`: saved pages become canonical snapshots, which say what the pages say.
//!
//! `SNAPSHOTS=overwrite cargo test --test it import::` writes the snapshots in `tests/it/cases/import` anew. Read
//! what changed: every line has to say something of the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{Project, Run, SEED, docs, repository};
use crate::expected::assert_file;
use arkerr::catalog::{Catalog, Language};
use arkerr::{Import, ImportFacts, ImportStatus};

const SNAPSHOT: &str = "docs-snapshot/calendar-errors.html";
const MEND: &str = "to bring the outputs up to date, run: arkerr generate\n";

/// A project with the files of `tests/it/cases/import` that have these names.
fn project(files: &[&str]) -> Project {
    let project = Project::empty();
    for file in files {
        project.write(file, fixture(file));
    }
    project
}

fn fixture(file: &str) -> String {
    let path = repository("tests/it/cases/import").join(file);
    fs::read_to_string(path).expect("there is such a file")
}

/// A page with one code, and its address where it states one.
fn page(code: &str, message: &str, address: &str) -> String {
    let saved = match address {
        "" => String::new(),
        address => format!("<!-- saved from url=(0099){address} -->\n"),
    };
    format!("{saved}<h1>T</h1><h2>{code} x</h2><p><strong>{message}</strong></p><p>It failed.</p>")
}

fn chinese(code: &str) -> String {
    page(code, "错误信息", "")
}

fn english(code: &str) -> String {
    page(code, "Error Message", "")
}

/// Sees to it that arkerr imports pages, and says no more than this of it.
#[track_caller]
fn assert_imports(project: &Project, arguments: &[&str], lines: &str) {
    let run = import(project, arguments);
    assert_eq!((run.status, run.stdout.as_str()), (0, lines), "{run:#?}");
    let is_changed = lines.lines().any(|line| !line.starts_with("unchanged "));
    assert_eq!(run.stderr, if is_changed { MEND } else { "" });
}

fn import(project: &Project, arguments: &[&str]) -> Run {
    project.arkerr(&[&["import"], arguments].concat())
}

/// Sees to it that arkerr refuses to import pages and writes nothing, and gives what it says.
#[track_caller]
fn refusal(project: &Project, arguments: &[&str]) -> String {
    let run = project.arkerr_reads(&[&["import"], arguments].concat());
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:#?}");
    run.stderr
}

#[test]
fn a_saved_page_becomes_a_snapshot_without_the_sites_own() {
    let project = project(&["whole.html"]);
    assert_imports(&project, &["whole.html"], &format!("new {SNAPSHOT}\n"));
    let golden = repository("tests/it/cases/import/calendar-errors.html");
    assert_file(project.read(SNAPSHOT), golden);
    assert_imports(
        &project,
        &["whole.html"],
        &format!("unchanged {SNAPSHOT}\n"),
    );
    assert_imports(&project, &[SNAPSHOT], &format!("unchanged {SNAPSHOT}\n"));
}

#[test]
fn a_page_full_of_markup_characters_becomes_text_again() {
    let project = Project::empty();
    let name = "hostile-error-code.html";
    let page =
        fs::read(repository("tests/it/cases/pages").join(name)).expect("there is such a page");
    project.write(name, page);
    let path = format!("docs-snapshot/{name}");
    assert_eq!(import(&project, &[name]).stdout, format!("new {path}\n"));
    let golden = repository("tests/it/cases/import").join(name);
    assert_file(project.read(&path), golden);
}

#[test]
fn a_page_saved_again_or_in_another_form_gives_the_same_bytes() {
    let project = project(&["whole.html", "answer.json"]);
    import(&project, &["whole.html"]);
    let again = fixture("whole.html")
        .replace("_ngcontent-ncc", "_ngcontent-xar")
        .replace("HW-CC-Sign=0A1B", "HW-CC-Sign=9F")
        .replace("2200009", "2200010");
    project.write("again.html", again);
    let unchanged = format!("unchanged {SNAPSHOT}\n");
    assert_imports(&project, &["again.html"], &unchanged);
    // An answer of the API does not say what its page is called.
    assert_imports(
        &project,
        &["answer.json", "--id", "calendar-errors"],
        &unchanged,
    );
    let address =
        "https://developer.huawei.com/consumer/cn/doc/harmonyos-references/calendar-errors#x";
    assert_imports(&project, &["answer.json", "--url", address], &unchanged);
}

#[test]
fn a_change_of_the_page_is_a_change_of_its_line_alone() {
    let project = project(&["whole.html"]);
    import(&project, &["whole.html"]);
    let before = project.read(SNAPSHOT);
    let after = fixture("whole.html").replace("工作账户", "公司账户");
    project.write("whole.html", after);
    assert_imports(&project, &["whole.html"], &format!("changed {SNAPSHOT}\n"));
    let after = project.read(SNAPSHOT);
    let lines = before.lines().zip(after.lines());
    let changed: Vec<_> = lines.filter(|(old, new)| old != new).collect();
    assert_eq!(changed, [("<li>工作账户</li>", "<li>公司账户</li>")]);
}

#[test]
fn an_import_of_a_snapshot_changes_no_output() {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    assert_imports(&project, &[SEED], &format!("changed {SEED}\n"));
    project.arkerr(&["check"]).succeeded();
}

#[test]
fn a_page_is_called_what_its_address_or_its_file_says() {
    let project = Project::empty();
    project.write("a/pay-errors.html", chinese("1"));
    assert_imports(
        &project,
        &["a/pay-errors.html"],
        "new docs-snapshot/pay-errors.html\n",
    );
    let address = "https://a.b/doc/scan-errors.md";
    project.write("saved (2).html", page("2", "错误信息", address));
    assert_imports(
        &project,
        &["saved (2).html"],
        "new docs-snapshot/scan-errors.html\n",
    );
    assert_imports(
        &project,
        &["saved (2).html", "--id", "scan"],
        "new docs-snapshot/scan.html\n",
    );
    for id in ["", "a/b", "..", ".a", "con", "a:b", "README", "a\nb", "-a"] {
        let option = format!("--id={id}");
        let said = refusal(&project, &["saved (2).html", &option]);
        assert!(said.starts_with("error[page-id]: "), "{said}");
    }
}

#[test]
fn the_standard_input_needs_a_name() {
    let project = Project::empty();
    let run = |arguments: &[&str]| project.arkerr_with_input(arguments, chinese("7").as_bytes());
    let nameless = run(&["import", "-"]);
    assert_eq!(nameless.status, 2);
    assert_eq!(
        nameless.stderr,
        "error[page-id]: the page does not say what it is called\n\
         --> standard input\n \
         = help: give the last part of its address with --id, or the address with --url\n\n"
    );
    assert_eq!(
        run(&["import", "-", "--id", "pay"]).stdout,
        "new docs-snapshot/pay.html\n"
    );
    let run = run(&["import", "-", "--url", "https://a.b/scan?x"]);
    assert_eq!(run.stdout, "new docs-snapshot/scan.html\n");
    assert!(
        project
            .read("docs-snapshot/scan.html")
            .contains("href=\"https://a.b/scan\"")
    );
}

#[test]
fn what_is_said_of_a_page_goes_before_what_it_says() {
    let project = project(&["whole.html"]);
    let arguments = [
        "whole.html",
        "--id",
        "x",
        "--title",
        "401 <b>",
        "--updated",
        "2026-09-01 08:00:30",
        "--url",
        "https://a.b/c",
    ];
    assert_imports(&project, &arguments, "new docs-snapshot/x.html\n");
    let snapshot = project.read("docs-snapshot/x.html");
    for line in [
        "<title>401 &lt;b&gt;</title>",
        "<meta name=\"title\" content=\"401 &lt;b&gt;\">",
        "<meta name=\"updated\" content=\"2026-09-01 08:00\">",
        "<link rel=\"canonical\" href=\"https://a.b/c\">",
    ] {
        assert!(
            snapshot.lines().any(|own| own == line),
            "{line} in {snapshot}"
        );
    }
    let records = project.arkerr(&["parse"]).stdout;
    assert!(records.contains("\"title\": \"401 <b>\""), "{records}");
    let run = import(&project, &["whole.html", "--updated", "yesterday"]);
    assert_eq!(run.status, 2);
}

#[test]
fn a_language_that_is_given_goes_before_that_of_the_labels_or_the_text() {
    let table = "<h1>T</h1><table><tr><th>ID</th><th>Text</th></tr>\
                 <tr><td>401</td><td>Denied</td></tr></table>";
    let pages = [
        (chinese("1"), "cn", "en", "docs-snapshot/en/pay.html"),
        (english("1"), "en", "cn", "docs-snapshot/pay.html"),
        (table.to_owned(), "en", "cn", "docs-snapshot/pay.html"),
        (
            table.replace("Denied", "没有权限"),
            "cn",
            "en",
            "docs-snapshot/en/pay.html",
        ),
    ];
    for (page, own, given, path) in pages {
        let project = Project::empty();
        project.write("pay.html", page);
        let language = |arguments: &[&str]| {
            let run = import(&project, arguments);
            assert_eq!(run.status, 0, "{run:#?}");
            // The address is that of the site's page in this language.
            let records = project.arkerr(&["parse"]).stdout;
            let catalog: Catalog = serde_json::from_str(&records).expect("the records are JSON");
            let page = catalog.pages.last().expect("there is a page");
            let url = page.url.clone().unwrap_or_default();
            let name = match page.language {
                Language::Zh => "cn",
                Language::En => "en",
            };
            assert!(url.contains(&format!("/consumer/{name}/")), "{url}");
            name
        };
        assert_eq!(language(&["pay.html", "--id", "own"]), own);
        fs::remove_dir_all(project.path("docs-snapshot")).expect("it was imported");
        let arguments = ["pay.html", "--language", given];
        assert_eq!(language(&arguments), given);
        let run = import(&project, &arguments);
        assert_eq!(run.stdout, format!("unchanged {path}\n"));
        // The snapshot says it of itself.
        assert_eq!(language(&[path]), given);
    }
}

#[test]
fn a_page_without_a_title_may_be_given_one() {
    let project = Project::empty();
    project.write("pay.html", chinese("1").replace("<h1>T</h1>", ""));
    let run = import(&project, &["pay.html"]);
    let help = " = help: give its title with --title, or save it again with its heading\n";
    assert!(
        run.stderr.contains("warning[no-title]") && run.stderr.contains(help),
        "{run:#?}"
    );
    let run = import(&project, &["pay.html", "--title", "Pay"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, MEND), "{run:#?}");
}

#[test]
fn a_page_in_another_language_has_a_place_of_its_own() {
    let project = Project::empty();
    project.write("pay.html", chinese("1"));
    project.write("en.html", english("1"));
    assert_imports(
        &project,
        &["en.html", "--id", "pay"],
        "new docs-snapshot/en/pay.html\n",
    );
    assert_imports(&project, &["pay.html"], "new docs-snapshot/pay.html\n");
    assert_imports(
        &project,
        &["en.html", "--id=pay"],
        "unchanged docs-snapshot/en/pay.html\n",
    );
    project.arkerr(&["generate"]).succeeded();

    // An English page keeps the place that somebody gave it, and the Chinese one gets another.
    let project = Project::empty();
    project.write("docs-snapshot/pay.html", english("1"));
    project.write("pay.html", chinese("1"));
    assert_imports(&project, &["pay.html"], "new docs-snapshot/cn/pay.html\n");
    assert_eq!(project.read("docs-snapshot/pay.html"), english("1"));
}

#[test]
fn folders_and_letters_of_the_project_are_kept() {
    let project = Project::empty();
    project.write("docs-snapshot/cn/Pay.html", chinese("1"));
    project.write("docs-snapshot/en/Pay.html", english("1"));
    project.write("pay.html", chinese("2"));
    assert_imports(
        &project,
        &["pay.html"],
        "changed docs-snapshot/cn/Pay.html\n",
    );
    assert_imports(
        &project,
        &["docs-snapshot/en/Pay.html"],
        "changed docs-snapshot/en/Pay.html\n",
    );
    project.write("scan.html", chinese("3"));
    assert_imports(&project, &["scan.html"], "new docs-snapshot/cn/scan.html\n");
}

#[test]
fn a_snapshot_with_another_ending_makes_way() {
    let project = project(&["answer.json"]);
    project.write("docs-snapshot/calendar-errors.json", fixture("answer.json"));
    assert_imports(
        &project,
        &["docs-snapshot/calendar-errors.json"],
        &format!(
            "changed {SNAPSHOT}\n\
             removed docs-snapshot/calendar-errors.json: the new snapshot takes its place\n"
        ),
    );
    let files: Vec<String> = project.tree().into_keys().collect();
    assert_eq!(files, ["answer.json", SNAPSHOT]);
}

#[test]
fn a_snapshot_that_cannot_be_read_makes_way() {
    let project = Project::empty();
    project.write("docs-snapshot/pay.htm", "<h1>T</h1><h2 id=");
    project.write("pay.html", chinese("1"));
    let run = import(&project, &["pay.html"]);
    assert_eq!(
        run.stdout,
        "changed docs-snapshot/pay.html\n\
         removed docs-snapshot/pay.htm: the new snapshot takes its place\n"
    );
}

#[test]
fn a_page_without_codes_takes_no_place_of_one_with_codes() {
    let project = Project::empty();
    project.write("pay.html", chinese("1"));
    import(&project, &["pay.html"]);
    project.write("pay.html", "<h1>错误码</h1><p>正在加载</p>");
    assert_eq!(
        refusal(&project, &["pay.html"]),
        "error[codes-lost]: the page has no codes, and its snapshot has 1\n\
         --> pay.html\n \
         = note: `docs-snapshot/pay.html` stays as it is\n \
         = help: save the page again when it has loaded; if its codes are gone for good, delete \
         `docs-snapshot/pay.html` and import the page again\n\n"
    );
    // A new page without codes is odd, and that is all.
    project.remove("docs-snapshot/pay.html");
    let run = import(&project, &["pay.html"]);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (0, "new docs-snapshot/pay.html\n")
    );
    assert!(
        run.stderr.starts_with("warning[no-codes]: "),
        "{}",
        run.stderr
    );
    // Where warnings are failures, it is not written.
    project.remove("docs-snapshot/pay.html");
    let run = import(&project, &["pay.html", "--strict"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(!project.path("docs-snapshot/pay.html").exists());
}

#[test]
fn the_original_is_kept_beside_the_snapshot_for_those_who_ask() {
    let project = project(&["answer.json"]);
    let arguments = ["answer.json", "--id", "calendar-errors", "--keep-original"];
    assert_imports(&project, &arguments, &format!("new {SNAPSHOT}\n"));
    let original = "docs-snapshot/calendar-errors.json.orig";
    assert_eq!(project.read(original), fixture("answer.json"));
    project.arkerr(&["generate"]).succeeded();
    // It can be imported again, and a snapshot does not become an original.
    assert_imports(&project, &[original], &format!("unchanged {SNAPSHOT}\n"));
    assert_imports(
        &project,
        &[SNAPSHOT, "--keep-original"],
        &format!("unchanged {SNAPSHOT}\n"),
    );
    assert_eq!(
        project
            .tree()
            .keys()
            .filter(|path| path.ends_with(".orig"))
            .count(),
        1
    );
}

#[test]
fn a_dry_run_writes_nothing() {
    let project = project(&["whole.html"]);
    let run = project.arkerr_reads(&["import", "whole.html", "--dry-run", "--keep-original"]);
    assert_eq!((run.status, run.stdout), (0, format!("new {SNAPSHOT}\n")));
    assert_eq!(run.stderr, "nothing was written: --dry-run\n");
}

#[test]
fn a_bad_page_keeps_no_other_from_being_imported() {
    let project = Project::empty();
    project.write("a.html", chinese("1"));
    project.write("b.html", "");
    project.write("c.html", page("2", "错误信息", "https://x.y/a"));
    project.write("d.html", [chinese("3"), chinese("3")].concat());
    project.write("e.html", chinese("4"));
    let run = import(
        &project,
        &["a.html", "b.html", "c.html", "d.html", "e.html", "f.html"],
    );
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stdout,
        "new docs-snapshot/a.html\nnew docs-snapshot/e.html\n"
    );
    let headlines: Vec<&str> = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    let [empty, second, duplicate, missing] = headlines[..] else {
        panic!("{headlines:#?}");
    };
    assert_eq!(empty, "error[empty]: the file is empty");
    assert_eq!(second, "error[page-id]: this is the page `a` once more");
    assert_eq!(
        duplicate,
        "error[duplicate-code]: two sections of the page have the code 3"
    );
    assert!(missing.starts_with("error[unreadable]: the page cannot be read: "));
    assert!(run.stderr.ends_with(MEND));
}

#[test]
fn options_about_a_page_need_one_file() {
    let project = project(&["whole.html", "answer.json"]);
    let said = refusal(&project, &["whole.html", "answer.json", "--title", "x"]);
    assert!(
        said.starts_with(
            "error[arguments]: --title is about one page, and there are several files\n"
        ),
        "{said}"
    );
}

#[test]
fn a_page_that_a_snapshot_could_not_hold_is_refused() {
    let project = Project::empty();
    let lists = "<ul>".repeat(50);
    project.write(
        "pay.html",
        format!("<html><body>{}{lists}<li>x</body></html>", chinese("1")),
    );
    let said = refusal(&project, &["pay.html"]);
    assert!(
        said.starts_with("error[import]: the page cannot be written as a snapshot: "),
        "{said}"
    );
}

#[test]
fn every_page_of_the_repository_says_the_same_as_a_snapshot() {
    let saved = Project::empty();
    let mut imports = BTreeMap::new();
    for (index, path) in pages().iter().enumerate() {
        let bytes = fs::read(path).expect("it can be read");
        let name = path.file_name().and_then(|name| name.to_str());
        let name = format!("{index}/{}", name.expect("its name is UTF-8"));
        saved.write(&name, &bytes);
        let project = Project::empty();
        if let Ok(import) = imported(&project, &name, bytes) {
            assert_again(&project, &import);
            imports.insert(name, import.page);
        } else {
            assert_eq!(saved.arkerr(&["parse", &name]).status, 2, "{name}");
            saved.remove(&name);
        }
    }
    let parsed = saved.arkerr(&["parse", ".", "--format", "json"]);
    let catalog: Catalog = serde_json::from_str(&parsed.stdout).expect("it prints records");
    let pages = catalog.pages.into_iter().map(|mut page| {
        let source = std::mem::take(&mut page.source);
        (source.trim_start_matches("./").to_owned(), page)
    });
    for import in imports.values_mut() {
        import.source.clear();
    }
    assert!(imports.len() > 50, "there are {} pages only", imports.len());
    assert_eq!(pages.collect::<BTreeMap<_, _>>(), imports);
}

/// What is imported of a snapshot is the snapshot.
#[track_caller]
fn assert_again(project: &Project, import: &Import) {
    let root = arkerr::Project::open(project.path("")).expect("it has no settings");
    root.write_import(import, None).expect("it can be written");
    let again = imported(project, &import.path, import.text.clone().into());
    let again = again.expect("a snapshot can be imported");
    assert_eq!(
        (again.status, &again.text),
        (ImportStatus::Unchanged, &import.text)
    );
}

/// Every file of the repository that a test may read as a page.
fn pages() -> Vec<PathBuf> {
    let folders = ["docs-snapshot", "tests"].map(repository);
    let files = folders.iter().flat_map(walkdir::WalkDir::new);
    let paths = files.map(|entry| entry.expect("folders can be read").into_path());
    let is_page = |path: &PathBuf| {
        let name = path.to_string_lossy();
        let is_in = [
            "docs-snapshot/",
            "tests/it/cases/forms/",
            "tests/it/cases/pages/",
            "tests/it/cases/import/",
        ]
        .iter()
        .any(|folder| name.replace('\\', "/").contains(folder));
        let endings = [".html", ".htm", ".json", ".md", ".mhtml"];
        is_in && path.is_file() && endings.iter().any(|ending| name.ends_with(ending))
    };
    paths.filter(is_page).collect()
}

fn imported(project: &Project, name: &str, bytes: Vec<u8>) -> Result<Import, arkerr::Report> {
    let root = arkerr::Project::open(project.path("")).expect("it has no settings");
    let stem = Path::new(name).file_stem().and_then(|stem| stem.to_str());
    let facts = ImportFacts {
        id: stem.map(str::to_owned),
        ..ImportFacts::default()
    };
    root.import(name, bytes, &facts)
}

#[test]
fn the_documentation_shows_lines_of_a_canonical_snapshot() {
    let project = Project::empty();
    let seed = repository(SEED).display().to_string();
    project.arkerr(&["import", &seed, "--quiet"]).succeeded();
    let snapshot = project.read(SEED);
    let mark = "<!-- from the canonical snapshot of the seed page -->";
    let shown = docs::block_after("docs/sync.md", mark);
    assert!(snapshot.contains(&shown), "{snapshot}");
    // The page as it was saved says the same.
    let arguments = ["diff", &seed, "docs-snapshot", "--fail-on", "note"];
    project.arkerr_reads(&arguments).succeeded();
}
