//! Whatever the settings, ids and paths of a project are, nothing around it changes.

use arkerr::project::ImportFacts;
use proptest::prelude::*;

use super::{Neighbours, PAGE, SECRET};

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
