//! Paths in settings, ids, addresses and templates, and paths on the command line.

use super::{Neighbours, PAGE};

#[test]
fn folders_in_the_settings_lie_in_the_project() {
    for key in ["snapshots", "output", "templates"] {
        for folder in ["../outside", "/", "a/../../outside", ""] {
            let settings = format!("{key} = '{folder}'");
            let neighbours = Neighbours::with(&[("arkerr.toml", &settings)]);
            let run = neighbours.refuses(&["generate"], "config");
            assert!(run.stderr.contains("a path inside the project"), "{run:#?}");
        }
    }
}

#[test]
fn the_paths_of_outputs_lie_below_the_output_folder() {
    for target in [
        "folder = '../..'\nfiles = [{ path = 'x.txt', template = 'x' }]",
        "folder = '/tmp'\nfiles = [{ path = 'x.txt', template = 'x' }]",
        "folder = 'C:'\nfiles = [{ path = 'x.txt', template = 'x' }]",
        "files = [{ path = '../../{page}.txt', template = 'x' }]",
        "files = [{ path = '/{page}.txt', template = 'x' }]",
        "files = [{ path = 'a\\b.txt', template = 'x' }]",
        "files = [{ path = 'x/./../..', template = 'x' }]",
    ] {
        let settings = format!("templates = 'own'\n[targets.own]\n{target}\n");
        let files = [("arkerr.toml", settings.as_str()), ("own/x.tera", "x")];
        Neighbours::with(&files).refuses(&["generate"], "config");
    }
}

#[test]
fn ids_of_pages_are_names_of_files() {
    for id in [
        "../../outside/x",
        "/x",
        "..",
        "C:x",
        "CON",
        "a.",
        "a\\\\b",
        "",
    ] {
        for settings in [
            format!("pages.\"{id}\".slug = 'scan-error-code'"),
            format!("pages.scan-error-code.slug = \"{id}\""),
            format!("pages.scan-error-code.translation_of = \"{id}\""),
        ] {
            let neighbours = Neighbours::with(&[("arkerr.toml", &settings)]);
            neighbours.refuses(&["generate"], "config");
        }
        let id = id.replace("\\\\", "\\");
        let page = ["import", "docs-snapshot/scan-error-code.html", "--id", &id];
        Neighbours::new().refuses(&page, "page-id");
    }
    // Some systems have files that others cannot have.
    #[cfg(unix)]
    for name in ["C:x.html", "con.html", "a\\b.html", "a..html"] {
        let neighbours = Neighbours::with(&[(&format!("docs-snapshot/{name}"), PAGE)]);
        neighbours.refuses(&["generate"], "page-id");
    }
}

#[test]
fn an_address_that_a_page_states_is_no_path() {
    let page = format!("<link rel=canonical href='https://a.b/..%2F..%2Foutside%2Fx'>{PAGE}");
    let neighbours = Neighbours::with(&[("saved.html", &page)]);
    let run = neighbours.does(&["import", "saved.html"]);
    assert_eq!(run.stdout, "new docs-snapshot/en/saved.html\n");
}

#[test]
fn templates_include_only_templates() {
    for reference in [
        "{% include '../../outside/secret.tera' %}",
        "{% include '../outside/secret' %}",
        "{% include '/etc/passwd' %}",
        "{% extends '../../outside/secret' %}",
    ] {
        let settings =
            "templates = 'own'\n[targets.own]\nfiles = [{ path = 'x.txt', template = 'x' }]";
        let neighbours = Neighbours::with(&[("arkerr.toml", settings), ("own/x.tera", reference)]);
        neighbours.refuses(&["generate"], "template");
    }
}

#[test]
fn what_is_named_on_the_command_line_is_meant() {
    let neighbours = Neighbours::new();
    let folder = &neighbours.folder;
    let page = "../outside/pages/secret-error-code.html";
    let parsed = neighbours.does(&["parse", "--format", "json", page]);
    assert!(parsed.stdout.contains("Sentinel of the neighbours."));
    let import = neighbours.does(&["import", page]);
    assert_eq!(
        import.stdout,
        "new docs-snapshot/en/secret-error-code.html\n"
    );
    neighbours.does(&["generate"]);
    let page = PAGE.replace("401", "403");
    folder.write("project/docs-snapshot/scan-error-code.html", page);
    let changelog = ["--changelog", "../outside/CHANGES.md"];
    let date = ["--changelog-date", "2026-11-25"];
    let run = folder.arkerr(&[&["-C", "project", "generate"], &changelog[..], &date].concat());
    assert_eq!(run.status, 0, "{run:#?}");
    assert!(folder.read("outside/CHANGES.md").contains("403"));
}
