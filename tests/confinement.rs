//! Nothing in a project makes arkerr read or write outside of it: no setting, no id of a page, no
//! link, no template. What somebody names on the command line is meant, wherever it lies.
//!
//! Each test has a folder with a project and, beside it, files that are nobody's business.

mod common;

use std::collections::BTreeMap;
use std::fs;

use arkerr::project::ImportFacts;
use common::{Project, Run};
use proptest::prelude::*;

const PAGE: &str = "<h1>Scan</h1>\n<h2>401 Denied</h2>\n<p><strong>Error Message</strong></p>\n\
    <p>Permission denied.</p>\n";

const SECRET: &str = "<h1>Secret</h1>\n<h2>402 Hidden</h2>\n<p><strong>Error Message</strong></p>\n\
    <p>Sentinel of the neighbours.</p>\n";

/// A folder with a project of one page, and with what lies beside the project.
struct Neighbours {
    folder: Project,
}

impl Neighbours {
    fn new() -> Self {
        let folder = Project::empty();
        folder.write("project/docs-snapshot/scan-error-code.html", PAGE);
        folder.write("outside/pages/secret-error-code.html", SECRET);
        folder.write("outside/names.toml", "sentinel = [");
        folder.write("outside/secret.tera", "Sentinel of the neighbours.");
        Self { folder }
    }

    fn with(files: &[(&str, &str)]) -> Self {
        let neighbours = Self::new();
        for (path, text) in files {
            neighbours.folder.write(&format!("project/{path}"), text);
        }
        neighbours
    }

    /// Runs arkerr in the project, and sees that nothing beside it has changed.
    #[track_caller]
    fn arkerr(&self, arguments: &[&str]) -> Run {
        let before = self.outside();
        let arguments = [&["-C", "project"], arguments].concat();
        let run = self.folder.arkerr(&arguments);
        assert_eq!(self.outside(), before, "{run:#?}");
        run
    }

    /// Runs arkerr, which has to refuse with an error of this id, and to tell nothing of what lies
    /// outside.
    #[track_caller]
    fn refuses(&self, arguments: &[&str], id: &str) -> Run {
        let run = self.arkerr(arguments);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains(&format!("error[{id}]")), "{run:#?}");
        assert!(!format!("{run:?}").contains("entinel"), "{run:#?}");
        for (path, bytes) in self.folder.tree() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(
                path.starts_with("outside/") || !text.contains("entinel"),
                "{path}"
            );
        }
        run
    }

    /// Runs arkerr, which has to succeed.
    #[track_caller]
    fn does(&self, arguments: &[&str]) -> Run {
        let run = self.arkerr(arguments);
        assert_eq!(run.status, 0, "{run:#?}");
        run
    }

    /// All that lies beside the project.
    fn outside(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = self.folder.tree();
        files.retain(|path, _| !path.starts_with("project/"));
        files
    }
}

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

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;

    use super::*;

    impl Neighbours {
        /// The project with links: the place in the project, and what it leads to.
        fn with_links(links: &[(&str, &str)]) -> Self {
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
            ("docs-snapshot/up", ".."),
        ] {
            let neighbours = Neighbours::with_links(&[(path, place)]);
            if path.ends_with("up") {
                // Up to the project itself is still in it, and a circle.
                let run = neighbours.arkerr(&["generate"]);
                assert!(run.stderr.contains("error[unreadable]"), "{run:#?}");
                continue;
            }
            let run = neighbours.refuses(&["generate"], "outside-project");
            assert!(
                run.stderr.starts_with(&format!(
                    "error[outside-project]: this is a link that leads out of the project\n--> {path}\n"
                )),
                "{run:#?}"
            );
            neighbours.refuses(&["parse"], "outside-project");
            neighbours.refuses(&["check"], "outside-project");
        }
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

    #[test]
    fn a_changelog_that_is_named_is_written_where_it_leads() {
        let neighbours = Neighbours::with_links(&[("CHANGELOG.md", "../outside/CHANGES.md")]);
        let folder = &neighbours.folder;
        folder.write("outside/CHANGES.md", "# Changes\n");
        neighbours.does(&["generate"]);
        let page = PAGE.replace("401", "403");
        folder.write("project/docs-snapshot/scan-error-code.html", page);
        let changelog = ["--changelog", "CHANGELOG.md", "--date", "2026-11-25"];
        let run = folder.arkerr(&[&["-C", "project", "generate"], &changelog[..]].concat());
        assert_eq!(run.status, 0, "{run:#?}");
        assert!(folder.read("outside/CHANGES.md").contains("403"));
        let link = fs::symlink_metadata(folder.path("project/CHANGELOG.md"));
        assert!(link.is_ok_and(|data| data.is_symlink()));
    }

    /// A stranger's branch can put a link in the place of an output, and own it by the list: then
    /// the difference to what the link leads to would be shown in the log.
    #[test]
    fn outputs_that_lead_out_are_not_read() {
        for (path, to) in [
            (
                "generated/json/catalog.json",
                "../../../outside/secret.tera",
            ),
            ("generated/rust/mod.rs", "../../../outside/secret.tera"),
            (
                "generated/rust/left_over.rs",
                "../../../outside/secret.tera",
            ),
            ("generated/rust/mod.rs", "/dev/zero"),
            ("generated/.arkerr-files", "../../outside/secret.tera"),
            ("generated/.arkerr-files", "/dev/zero"),
        ] {
            let neighbours = Neighbours::new();
            neighbours.does(&["generate"]);
            let list = neighbours.folder.read("project/generated/.arkerr-files");
            let list = format!("{list}rust/left_over.rs\n");
            neighbours
                .folder
                .write("project/generated/.arkerr-files", list);
            let place = neighbours.folder.path(&format!("project/{path}"));
            let _ = fs::remove_file(&place);
            symlink(to, place).expect("a link");
            for command in ["check", "generate"] {
                let run = neighbours.refuses(&[command], "outside-project");
                assert!(run.stderr.contains(&format!("--> {path}\n")), "{run:#?}");
            }
        }
    }

    /// In `.git` there may be what only git may know.
    #[test]
    fn an_output_that_leads_to_something_hidden_is_not_read() {
        let neighbours = Neighbours::new();
        neighbours.does(&["generate"]);
        let secret = "Sentinel of the neighbours.\n";
        fs::create_dir(neighbours.folder.path("project/.git")).expect("a folder");
        neighbours.folder.write("project/.git/config", secret);
        let place = neighbours.folder.path("project/generated/rust/mod.rs");
        fs::remove_file(&place).expect("it is there");
        symlink("../../.git/config", place).expect("a link");
        for command in ["check", "generate"] {
            let run = neighbours.arkerr(&[command]);
            assert_eq!(run.status, 2, "{run:#?}");
            let message = "it is a link to something hidden";
            assert!(run.stderr.contains(message), "{run:#?}");
            assert!(!format!("{run:?}").contains("entinel"), "{run:#?}");
        }
    }

    /// The list of a folder that lies elsewhere is not read either.
    #[test]
    fn an_output_folder_that_leads_out_is_not_read() {
        let neighbours = Neighbours::with_links(&[("generated", "../outside")]);
        let list = "../Sentinel of the neighbours.\n";
        neighbours.folder.write("outside/.arkerr-files", list);
        neighbours.refuses(&["check"], "output");
        neighbours.refuses(&["generate"], "output");
    }

    #[test]
    fn a_pipe_in_the_place_of_an_output_is_not_read() {
        for path in [
            "generated/rust/mod.rs",
            "generated/rust/left_over.rs",
            "generated/.arkerr-files",
        ] {
            let neighbours = Neighbours::new();
            neighbours.does(&["generate"]);
            if path.contains("left_over") {
                let list = neighbours.folder.read("project/generated/.arkerr-files");
                let list = format!("{list}rust/left_over.rs\n");
                neighbours
                    .folder
                    .write("project/generated/.arkerr-files", list);
            }
            let place = neighbours.folder.path(&format!("project/{path}"));
            let _ = fs::remove_file(&place);
            let made = std::process::Command::new("mkfifo").arg(&place).status();
            assert!(made.is_ok_and(|made| made.success()), "{path}");
            for command in ["check", "generate"] {
                let run = neighbours.arkerr(&[command]);
                assert_eq!(run.status, 2, "{run:#?}");
                let reason = "the file cannot be read: it is a pipe or a device, and no file";
                assert!(run.stderr.contains(reason), "{run:#?}");
            }
        }
    }

    #[test]
    fn records_that_lead_out_are_not_read() {
        let neighbours = Neighbours::new();
        neighbours.does(&["generate"]);
        let catalog = neighbours
            .folder
            .path("project/generated/json/catalog.json");
        let text = fs::read_to_string(&catalog).expect("the records are there");
        let text = text.replace("Permission denied.", "Sentinel of the neighbours.");
        neighbours.folder.write("outside/catalog.json", text);
        fs::remove_file(&catalog).expect("it is removed");
        symlink("../../../outside/catalog.json", &catalog).expect("a link");
        let run = neighbours.arkerr(&["explain", "401"]);
        assert!(run.stderr.contains("error[outside-project]"), "{run:#?}");
        assert!(!run.stdout.contains("Sentinel"), "{run:#?}");
    }
}

/// What somebody hostile would try as a name, an id or a path.
fn hostile() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        Just("..".to_owned()),
        Just(".".to_owned()),
        Just(String::new()),
        Just("outside".to_owned()),
        Just("{page}".to_owned()),
        Just("{code}".to_owned()),
        Just("C:".to_owned()),
        Just("CON".to_owned()),
        Just("x.".to_owned()),
        Just("a\u{2215}b".to_owned()),
        Just("a\u{ff0e}\u{ff0e}".to_owned()),
        Just("%2e%2e".to_owned()),
        Just("a\\..\\..".to_owned()),
        "[a-z]{1,6}",
    ];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.join("/"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_a_project_says_nothing_outside_of_it_changes(
        ids in prop::collection::vec(hostile(), 3),
        folder in hostile(),
        pattern in hostile(),
        setting in prop::option::of((prop::sample::select(&["snapshots", "output", "templates"][..]), hostile())),
    ) {
        let setting = setting.map(|(key, value)| format!("{key} = {}\n", quoted(&value)));
        let settings = format!(
            "{}[targets.own]\nfolder = {}\nfiles = [{{ path = {}, template = 'json/catalog.json' }}]\n\
             [pages.{}]\nslug = 'scan-error-code'\n",
            setting.unwrap_or_default(), quoted(&folder), quoted(&pattern), quoted(&ids[0]),
        );
        // Without the settings that are refused the others are tried, too.
        let fallback = format!("[pages.{}]\nslug = 'scan-error-code'\n", quoted(&ids[0]));
        let neighbours = Neighbours::new();
        let before = neighbours.outside();
        for settings in [settings, fallback, String::new()] {
            neighbours.folder.write("project/arkerr.toml", settings);
            let Ok(project) = arkerr::Project::open(neighbours.folder.path("project")) else {
                continue;
            };
            for id in &ids {
                let facts = ImportFacts { id: Some(id.clone()), ..ImportFacts::default() };
                if let Ok(import) = project.import("-", PAGE.into(), &facts) {
                    let _ = project.write_import(&import, Some(SECRET.as_bytes()));
                }
            }
            if let Ok(analysis) = project.analyse() {
                let _ = project.carry_out(&analysis);
            }
        }
        prop_assert_eq!(neighbours.outside(), before);
    }
}
