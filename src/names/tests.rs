//! The file of names: what it may say, and how lines are added to it and changed.

use proptest::prelude::*;

use super::*;

fn problems(text: &str) -> Vec<String> {
    let found = Names::parse(text).err().unwrap_or_default();
    found.into_iter().map(|found| found.to_string()).collect()
}

fn key(page: &str, item: &str) -> Key {
    Key {
        page: page.to_owned(),
        item: Item::named(item),
    }
}

fn entry(constant: &str) -> Entry {
    Entry::derived(Name::of_constant(constant))
}

/// The text with entries added, each as page, code and name.
fn with(text: &str, added: &[(&str, &str, &str)]) -> String {
    let names = Names::parse(text).expect("the text is right");
    let changes = added.iter().map(|(page, item, name)| {
        let key = key(page, item);
        let entry = match key.item {
            Item::Enum => Entry::derived(Name::of_type(name)),
            _ => entry(name),
        };
        (key, entry)
    });
    names.with(&changes.collect())
}

#[test]
fn all_there_is_to_say_of_a_name_stands_in_its_line() {
    let text = "\
# A comment.
scan.enum = \"ScanErrorCode\"

  scan.-1 = 'MINUS' # why
scan.Odd = { name = \"AN_URI\", variant = \"AnURI\", given = true, retired = true, aliases = [\"OLD\", { name = \"OLD_URI\", variant = \"OldURI\" }] }
\"扫码 a.b\".1 = { name = \"ONE\" }
";
    let names = Names::parse(text).expect("the text is right");
    let shown: Vec<String> = names
        .iter()
        .map(|(key, _)| format!("{} {}", key.page, key.item))
        .collect();
    assert_eq!(shown, ["scan enum", "scan -1", "scan Odd", "扫码 a.b 1"]);
    let odd = names.get(&key("scan", "Odd")).expect("it is there");
    assert_eq!((odd.given, odd.retired), (true, true));
    let variants: Vec<&str> = odd.all_names().map(|name| name.variant.as_str()).collect();
    assert_eq!(variants, ["AnURI", "Old", "OldURI"]);
    assert_eq!(names.with(&BTreeMap::new()), text);
}

#[test]
fn all_that_cannot_be_meant_is_told_with_its_place() {
    let text = "\
a.1 = \"one\"
a.2 = \"CLASS\"
a.3 = 3
a.4 = { name = \"FOUR\", variant = \"Five\" }
a.5 = { nam = \"FIVE\" }
a.6 = { retired = true }
a.007 = \"SEVEN\"
a.8.name = \"EIGHT\"
a = \"NINE\"
[a]
a.10 = \"TEN
<<<<<<< ours
a.11 = { name = \"ELEVEN\", given = \"yes\" }
a.12 = { name = \"TWELVE\", aliases = \"OLD\" }
a.enum = \"scan\"
";
    assert_eq!(
        problems(text),
        [
            "names.toml:1:7: error[names]: `one` is no name: names are capital letters and digits in words with underscores between them, a letter first, as in `RUN_TIMED_OUT`",
            "names.toml:2:7: error[names]: `CLASS` is a word of C or C++, and cannot be a name",
            "names.toml:3:7: error[names]: this must be a name in quotes",
            "names.toml:4:7: error[names]: the variant `Five` does not spell the name `FOUR` with a capital letter first; correct it, or delete it",
            "names.toml:5:9: error[names]: unknown field `nam`, expected one of `name`, `variant`, `given`, `retired`, `aliases`",
            "names.toml:6:7: error[names]: the name is missing: `name = \"…\"`",
            "names.toml:7:3: error[names]: numbers stand here without zeros before them: 7",
            "names.toml:8:1: error[names]: every line is a name of its own: `page.code = \"NAME\"`",
            "names.toml:9:1: error[names]: every line is a name of its own: `page.code = \"NAME\"`",
            "names.toml:10:1: error[names]: every line is a name of its own: `page.code = \"NAME\"`",
            "names.toml:11:12: error[names]: invalid basic string, expected `\"`",
            "names.toml:12:1: error[names]: the line is the mark of a merge that was not finished",
            "names.toml:13:35: error[names]: this must be true or false",
            "names.toml:14:37: error[names]: this must be a list of names",
            "names.toml:15:10: error[names]: `scan` is no name of a type: those are letters and digits, a capital letter first, as in `ScanErrorCode`",
        ]
    );
}

#[test]
fn what_would_be_passed_over_is_refused() {
    for line in [
        "a = { 1 = \"ONE\", 2 = \"TWO\" }",
        "a.1 = { name = \"ONE\", aliases = [{ name = \"OLD\", given = true }] }",
        "a.enum = { name = \"A\", variant = \"A\" }",
        "a.1 = { name = \"ALL\", variant = \"ALL\" }",
        "a.1 = { name = \"ONE\", variant = \"one\" }",
        "  <<<<<<< ours",
    ] {
        assert_eq!(problems(line).len(), 1, "{line}");
    }
    let many = (0..5000).map(|number| format!("a.{number} = \"bad\"\n"));
    assert_eq!(problems(&many.collect::<String>()).len(), 100);
}

#[test]
fn names_that_a_language_takes_for_one_are_refused() {
    let text = "\
a.1 = \"RUN_TIMED_OUT\"
a.2 = \"RUN_TIMEDOUT\"
a.2 = \"OTHER\"
a.3 = { name = \"GONE\", retired = true }
a.4 = { name = \"NEWER\", aliases = [\"GONE\", \"NEWER\"] }
a.enum = \"AErrorCode\"
b.1 = \"RUN_TIMED_OUT\"
b.enum = \"AErrorcode\"
";
    assert_eq!(
        problems(text),
        [
            "names.toml:2:7: error[names]: the name `RUN_TIMEDOUT` is that of `1` too",
            "names.toml:3:7: error[names]: `2` of the page `a` stands here twice",
            "names.toml:5:7: error[names]: the name `GONE` is that of `3` too",
            "names.toml:5:7: error[names]: the name `NEWER` stands here twice",
            "names.toml:8:10: error[names]: the name `AErrorcode` is that of the page `a` too",
        ]
    );
}

#[test]
fn a_new_line_goes_where_the_order_puts_it() {
    let text = "# The header.\n\na.enum = \"A\"\n# The first.\na.1 = \"ONE\"\n# About ten.\na.10 = \"TEN\"\nc.1 = \"ONE\"\n";
    assert_eq!(
        with(
            text,
            &[
                ("a", "2", "TWO"),
                ("b", "enum", "B"),
                ("b", "-1", "ONE"),
                ("d", "x", "EX")
            ]
        ),
        "# The header.\n\na.enum = \"A\"\n# The first.\na.1 = \"ONE\"\na.2 = \"TWO\"\n# About ten.\na.10 = \"TEN\"\nb.enum = \"B\"\nb.-1 = \"ONE\"\nc.1 = \"ONE\"\nd.x = \"EX\"\n"
    );
    assert_eq!(
        with("b.1 = \"B\"\r\n", &[("a", "1", "A")]),
        "a.1 = \"A\"\r\nb.1 = \"B\"\r\n"
    );
    assert_eq!(
        with("b.1 = \"B\"", &[("c", "1", "C")]),
        "b.1 = \"B\"\nc.1 = \"C\"\n"
    );
    assert_eq!(
        with("\u{feff}b.1 = \"B\"\n", &[("a", "1", "A")]),
        "\u{feff}a.1 = \"A\"\nb.1 = \"B\"\n"
    );
    assert_eq!(
        with("", &[("页 .", "1", "A")]).lines().last(),
        Some("\"页 .\".1 = \"A\"")
    );
}

#[test]
fn a_changed_line_keeps_what_stands_around_its_name() {
    let text = "b.2='TWO'# kept\n  a.1   =  \"ONE\"   # kept too\n";
    let names = Names::parse(text).expect("the text is right");
    let mut changes = BTreeMap::new();
    for (page, item) in [("a", "1"), ("b", "2")] {
        let old = names.get(&key(page, item)).expect("it is there").clone();
        changes.insert(
            key(page, item),
            Entry {
                retired: true,
                ..old
            },
        );
    }
    assert_eq!(
        names.with(&changes),
        "b.2={ name = \"TWO\", retired = true }# kept\n  a.1   =  { name = \"ONE\", retired = true }   # kept too\n"
    );
}

#[test]
fn a_person_renames_with_or_without_an_alias() {
    let text = "a.enum = \"AErrorCode\"\na.1 = \"ONE\"\na.2 = { name = \"TWO\", retired = true }\nb.enum = \"BErrorCode\"\n";
    let names = Names::parse(text).expect("the text is right");
    let rename = |item: &str, new: &str, alias| {
        let key = key("a", item);
        let entry = renamed(&names, &key, new, alias)?;
        let text = names.with(&[(key, entry)].into());
        Ok::<_, Report>(
            text.lines()
                .nth(usize::from(item != "enum"))
                .map(str::to_owned),
        )
    };
    let line = |item, new, alias| {
        rename(item, new, alias)
            .expect("it can be renamed")
            .expect("there is a line")
    };
    assert_eq!(
        line("1", "FIRST", false),
        "a.1 = { name = \"FIRST\", given = true }"
    );
    assert_eq!(
        line("1", "FIRST", true),
        "a.1 = { name = \"FIRST\", given = true, aliases = [\"ONE\"] }"
    );
    assert_eq!(
        line("1", "MyURI", false),
        "a.1 = { name = \"MY_URI\", variant = \"MyURI\", given = true }"
    );
    assert_eq!(
        line("enum", "Codes", true),
        "a.enum = { name = \"Codes\", given = true, aliases = [\"AErrorCode\"] }"
    );
    for (item, new, alias) in [
        ("1", "TWO", false),
        ("1", "T_WO", false),
        ("1", "9", false),
        ("1", "class", false),
        ("1", "O_NE", true),
        ("3", "THREE", false),
        ("enum", "BErrorCode", false),
        ("enum", "Map", false),
    ] {
        assert!(rename(item, new, alias).is_err(), "{item} {new}");
    }
}

#[test]
fn a_name_goes_back_to_what_it_was() {
    let text = "a.1 = { name = \"NEWER\", given = true, aliases = [\"OLD\", \"OLDEST\"] }\n";
    let names = Names::parse(text).expect("the text is right");
    let entry = renamed(&names, &key("a", "1"), "OLD", true).expect("it can be renamed");
    let shown: Vec<&str> = entry
        .all_names()
        .map(|name| name.constant.as_str())
        .collect();
    assert_eq!(shown, ["OLD", "OLDEST", "NEWER"]);

    let text = "a.1 = { name = \"NO_SSID\", variant = \"NoSSID\", aliases = [{ name = \"SSID_GONE\", variant = \"SSIDGone\" }] }\n";
    let names = Names::parse(text).expect("the text is right");
    for (new, variant) in [
        ("NO_SSID", "NoSSID"),
        ("SSID_GONE", "SSIDGone"),
        ("SSID_LOST", "SSIDLost"),
        ("NoSsid", "NoSsid"),
    ] {
        let entry = renamed(&names, &key("a", "1"), new, false).expect("it can be renamed");
        assert_eq!(entry.name.variant, variant);
        assert_eq!(entry.given, new != "NO_SSID");
    }
}

#[test]
fn the_codes_that_a_page_had_are_those_whose_names_are_in_use() {
    let text = "a.enum = \"AErrorCode\"\na.1 = \"ONE\"\na.2 = { name = \"TWO\", retired = true }\nb.enum = \"BErrorCode\"\nb.3 = \"THREE\"\nb.Odd = \"ODD\"\nc.enum = \"CErrorCode\"\n";
    let names = Names::parse(text).expect("the text is right");
    let items = |items: &[&str]| items.iter().map(|item| Item::named(item)).collect();
    assert_eq!(names.codes_of("a"), items(&["1"]));
    assert_eq!(names.codes_of("c"), items(&[]));
    assert_eq!(
        names.pages_without(&["a"].into()),
        [("b", items(&["3", "Odd"]))].into()
    );
}

proptest! {
    #[test]
    fn no_text_confuses_the_reader(text in "([a-c0-9.\"'{}\\[\\]=, #\\n\\r]|name|aliases|\\PC){0,60}") {
        if let Ok(names) = Names::parse(&text) {
            prop_assert_eq!(names.with(&BTreeMap::new()), text);
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        page in "[^\\p{C}]{1,12}",
        codes in prop::collection::btree_map(-9_i64..999, "[A-Z]{3,9}_Q", 1..9),
        comment in "[^\\p{C}]{0,9}",
    ) {
        let unique: BTreeMap<String, i64> = codes.into_iter().map(|(code, name)| (name, code)).collect();
        let changes: BTreeMap<Key, Entry> = unique
            .iter()
            .map(|(name, code)| (Key { page: page.clone(), item: Item::Number(*code) }, entry(name)))
            .collect();
        let text = format!("# {comment}\n\n");
        let names = Names::parse(&text).expect("comments are right");
        let names = Names::parse(&names.with(&changes)).expect("what is written is right");
        let read: BTreeMap<Key, Entry> = names.iter().map(|(key, entry)| (key.clone(), entry.clone())).collect();
        prop_assert_eq!(&read, &changes);
        prop_assert!(names.file_text().starts_with(&text));
        prop_assert_eq!(names.with(&changes), names.file_text());
    }
}

#[test]
fn the_file_in_the_document_is_one() {
    let document = include_str!("../../docs/names.md");
    let (_, rest) = document.split_once("```toml\n").expect("it has a file");
    let (text, _) = rest.split_once("```").expect("which ends");
    assert_eq!(Names::parse(text).expect("it is right").iter().count(), 5);
}
