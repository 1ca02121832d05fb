//! Links in the place of what arkerr reads, and of the snapshots that it writes.

use std::fs;
use std::os::unix::fs::symlink;

use super::{Neighbours, PAGE};
use crate::common::Project;
use crate::common::changes::{SCAN, page};

impl Neighbours {
    /// The project with links: the place in the project, and what it leads to.
    pub(super) fn with_links(links: &[(&str, &str)]) -> Self {
        let neighbours = Self::new();
        for (path, place) in links {
            let path = neighbours.folder.path(&format!("project/{path}"));
            fs::create_dir_all(path.parent().expect("it has a folder")).expect("a folder");
            symlink(place, path).expect("a link");
        }
        neighbours
    }
}

#[test]
fn a_snapshot_that_leads_out_is_refused() {
    for (path, place) in [
        (
            "docs-snapshot/x-error-code.html",
            "../../outside/pages/secret-error-code.html",
        ),
        ("docs-snapshot/pages", "../../outside/pages"),
    ] {
        let neighbours = Neighbours::with_links(&[(path, place)]);
        let run = neighbours.refuses(&["generate"], "outside-project");
        assert!(
            run.stderr.starts_with(&format!(
                "error[outside-project]: a link leads out of the project\n--> {path}\n"
            )),
            "{run:#?}"
        );
        neighbours.refuses(&["parse"], "outside-project");
        neighbours.refuses(&["check"], "outside-project");
    }
}

/// Levels of ten links each, of which each leads to the next level, and the last one to the first,
/// would be ten billion paths.
#[test]
fn each_folder_of_snapshots_is_walked_once() {
    let neighbours = Neighbours::with_links(&[("docs-snapshot/level", "../levels/0")]);
    for level in 0..10 {
        for link in 0..10 {
            let next = neighbours
                .folder
                .path(&format!("project/levels/{level}/{link}"));
            fs::create_dir_all(next.parent().expect("it has a folder")).expect("a folder");
            symlink(format!("../{}", (level + 1) % 10), next).expect("a link");
        }
    }
    neighbours
        .folder
        .write("project/levels/9/pay-error-code.html", PAGE);
    neighbours.does(&["generate"]);
    let names = neighbours.folder.read("project/names.toml");
    assert!(names.contains("pay-error-code.401 = "), "{names}");
}

#[test]
fn the_folder_of_the_snapshots_may_not_lead_out() {
    let neighbours = Neighbours::with_links(&[("pages", "../outside/pages")]);
    neighbours
        .folder
        .write("project/arkerr.toml", "snapshots = 'pages'");
    for command in ["generate", "check", "parse", "lint", "names"] {
        neighbours.refuses(&[command], "outside-project");
    }
    neighbours.refuses(
        &["import", "docs-snapshot/scan-error-code.html"],
        "outside-project",
    );
    fs::remove_dir_all(neighbours.folder.path("outside/pages")).expect("it is removed");
    fs::create_dir(neighbours.folder.path("outside/pages")).expect("an empty folder");
    neighbours.refuses(&["init"], "outside-project");
}

#[test]
fn a_link_within_the_project_is_followed() {
    let links = [
        ("docs-snapshot/en", "../more"),
        ("names.toml", "config/names.toml"),
    ];
    let neighbours = Neighbours::with_links(&links);
    neighbours
        .folder
        .write("project/more/pay-error-code.html", PAGE);
    neighbours.folder.write("project/config/names.toml", "");
    neighbours.does(&["generate"]);
    let names = neighbours.folder.read("project/config/names.toml");
    assert!(names.contains("pay-error-code.401 = "), "{names}");
    // The page that is imported replaces the one behind the link.
    let saved = PAGE.replace("denied", "refused");
    neighbours
        .folder
        .write("project/pay-error-code.html", saved);
    neighbours.does(&["import", "pay-error-code.html"]);
    let page = neighbours.folder.read("project/more/pay-error-code.html");
    assert!(page.contains("Permission refused."), "{page}");
}

#[test]
fn an_import_does_not_write_through_a_link_that_leads_out() {
    let page = "docs-snapshot/scan-error-code.html";
    let neighbours = Neighbours::with_links(&[("docs-snapshot/en", "../../outside/pages")]);
    neighbours.refuses(
        &["import", page, "--id", "secret-error-code"],
        "outside-project",
    );
    neighbours.refuses(
        &["import", page, "--id", "new-error-code"],
        "outside-project",
    );
    let link = (
        "docs-snapshot/en/new-error-code.html",
        "../../../outside/names.toml",
    );
    let neighbours = Neighbours::with_links(&[link]);
    neighbours.refuses(
        &["import", page, "--id", "new-error-code"],
        "outside-project",
    );
}

/// Neither of the two files is written where the other one would lie outside.
#[test]
fn an_import_writes_nothing_where_its_original_would_lie_outside() {
    let link = (
        "docs-snapshot/en/new-error-code.html.orig",
        "../../../outside/names.toml",
    );
    let neighbours = Neighbours::with_links(&[link]);
    let before = neighbours.folder.tree();
    let page = "docs-snapshot/scan-error-code.html";
    let import = ["import", page, "--id", "new-error-code", "--keep-original"];
    neighbours.refuses(&import, "outside-project");
    assert_eq!(neighbours.folder.tree(), before);
}

#[test]
fn settings_names_and_templates_that_lead_out_are_not_read() {
    for (path, place) in [
        ("names.toml", "../outside/names.toml"),
        ("arkerr.toml", "../outside/names.toml"),
    ] {
        let neighbours = Neighbours::with_links(&[(path, place)]);
        neighbours.refuses(&["generate"], "outside-project");
        neighbours.refuses(&["check"], "outside-project");
    }
    for (path, place) in [
        ("own", "../outside"),
        ("own/secret.tera", "../../outside/secret.tera"),
    ] {
        let neighbours = Neighbours::with_links(&[(path, place)]);
        let settings = "templates = 'own'\n\
            targets.own.files = [{ path = 'x.txt', template = 'secret' }]";
        neighbours.folder.write("project/arkerr.toml", settings);
        neighbours.refuses(&["generate"], "outside-project");
    }
}

/// Somebody names the changelog; the link in its place may be from somebody else.
#[test]
fn a_changelog_is_written_where_a_link_within_the_project_leads() {
    let links = [
        ("CHANGELOG.md", "docs/CHANGES.md"),
        ("NEWS.md", "../outside/CHANGES.md"),
    ];
    let neighbours = Neighbours::with_links(&links);
    let folder = &neighbours.folder;
    folder.write("outside/CHANGES.md", "# Changes\n");
    folder.write("project/docs/CHANGES.md", "# Changes\n");
    neighbours.does(&["generate"]);
    let page = PAGE.replace("401", "403");
    folder.write("project/docs-snapshot/scan-error-code.html", page);
    let news = folder.path("project/NEWS.md");
    for file in ["NEWS.md", news.to_str().expect("it is UTF-8")] {
        let generate = ["generate", "--changelog", file, "--date", "2026-11-25"];
        neighbours.refuses(&generate, "outside-project");
    }
    neighbours.does(&[
        "generate",
        "--changelog",
        "CHANGELOG.md",
        "--date",
        "2026-11-25",
    ]);
    assert!(folder.read("project/docs/CHANGES.md").contains("403"));
    let link = fs::symlink_metadata(folder.path("project/CHANGELOG.md"));
    assert!(link.is_ok_and(|data| data.is_symlink()));
}

#[test]
fn a_changelog_above_the_project_is_no_link_to_what_is_hidden() {
    let project = Project::empty();
    project.write(&format!("app/{SCAN}"), page(&[(1001, "Busy.")]));
    assert_eq!(project.arkerr(&["-C", "app", "generate"]).status, 0);
    project.write(".env", "TOKEN=x\n");
    symlink(".env", project.path("CHANGELOG.md")).expect("a link");
    project.write(&format!("app/{SCAN}"), page(&[(1001, "Very busy.")]));
    let changelog = [
        "--changelog",
        "../CHANGELOG.md",
        "--changelog-date",
        "2026-11-25",
    ];
    let run = project.arkerr(&[&["-C", "app", "generate"], &changelog[..]].concat());
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(!run.stderr.contains("TOKEN"), "{run:#?}");
    assert_eq!(project.read(".env"), "TOKEN=x\n");
}
