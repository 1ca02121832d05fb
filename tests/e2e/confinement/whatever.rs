//! Whatever the settings, ids and paths of a project are, nothing around it changes.

use proptest::prelude::*;

use super::{Neighbours, PAGE};

/// What somebody hostile would try as a name, an id or a path.
fn hostile() -> impl Strategy<Value = String> {
    let parts = [
        "..",
        ".",
        "",
        "outside",
        "{page}",
        "{code}",
        "C:",
        "CON",
        "x.",
        "a\u{2215}b",
        "a\u{ff0e}\u{ff0e}",
        "%2e%2e",
        "a\\..\\..",
    ];
    let part = prop_oneof![
        13 => prop::sample::select(parts.to_vec()).prop_map(str::to_owned),
        1 => "[a-z]{1,6}",
    ];
    prop::collection::vec(part, 1..5).prop_map(|parts| parts.join("/"))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_project_says_nothing_outside_of_it_changes(
        id in hostile(),
        folder in hostile(),
        pattern in hostile(),
        setting in prop::option::of((prop::sample::select(&["snapshots", "output", "templates"][..]), hostile())),
    ) {
        let setting = setting.map(|(key, value)| format!("{key} = {}\n", quoted(&value)));
        let settings = format!(
            "{}[targets.own]\nfolder = {}\nfiles = [{{ path = {}, template = 'json/catalog.json' }}]\n\
             [pages.{}]\nslug = 'scan-error-code'\n",
            setting.unwrap_or_default(), quoted(&folder), quoted(&pattern), quoted(&id),
        );
        // Without the settings that are refused the others are tried, too.
        let fallback = format!("[pages.{}]\nslug = 'scan-error-code'\n", quoted(&id));
        let neighbours = Neighbours::with(&[("saved.html", PAGE)]);
        for settings in [settings, fallback, String::new()] {
            neighbours.folder.write("project/arkerr.toml", settings);
            neighbours.arkerr(&["import", "saved.html", &format!("--id={id}"), "--keep-original"]);
            neighbours.arkerr(&["generate"]);
        }
    }
}
