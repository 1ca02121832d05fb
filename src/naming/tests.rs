//! What naming promises: names that say what the documentation says, that never clash, and that
//! nothing but a person changes.

use std::collections::{BTreeMap, HashSet};

use proptest::prelude::*;

use super::*;
use crate::catalog::{Block, Case, CodeKind, CodeText, Language};
use crate::names::Item;

/// A code of a page, as the tests write it.
#[derive(Debug, Clone, Default)]
struct Code<'a> {
    code: &'a str,
    message: &'a str,
    title: &'a str,
    description: &'a str,
}

fn record(code: &Code) -> ErrorCode {
    let blocks = |text: &str| match text {
        "" => Vec::new(),
        text => text.split('\n').map(Block::plain).collect(),
    };
    ErrorCode {
        code: code.code.to_owned(),
        value: code.code.parse().ok(),
        title: Some(code.title.to_owned()).filter(|title| !title.is_empty()),
        cases: vec![Case {
            message: blocks(code.message),
            description: blocks(code.description),
            ..Case::default()
        }],
        ..ErrorCode::default()
    }
}

fn page(codes: &[Code]) -> Page {
    Page {
        id: "scan-error-code".to_owned(),
        codes: codes.iter().map(record).collect(),
        ..Page::default()
    }
}

fn messages<'a>(messages: &[(&'a str, &'a str)]) -> Vec<Code<'a>> {
    let code = |&(code, message): &(&'a str, &'a str)| Code {
        code,
        message,
        ..Code::default()
    };
    messages.iter().map(code).collect()
}

/// The constants of a page without recorded names, in its order.
fn constants(page: Page, prefixes: &[(&str, &str)]) -> Vec<String> {
    let prefixes = prefixes
        .iter()
        .map(|(digits, name)| (digits.to_string(), name.to_string()));
    let prefixes = Prefixes::from([(page.id.clone(), prefixes.collect())]);
    let mut catalog = Catalog::new(vec![page]);
    assign(&mut catalog, &Names::default(), &prefixes).expect("the page can be named");
    let codes = catalog.pages.remove(0).codes.into_iter();
    codes
        .filter_map(|code| Some(code.identifiers?.constant))
        .collect()
}

fn names(codes: &[Code]) -> Vec<String> {
    constants(page(codes), &[])
}

#[test]
fn a_name_comes_from_the_first_source_that_has_one() {
    for (code, name) in [
        (
            Code {
                message: "Busy.",
                title: "忙",
                ..Code::default()
            },
            "BUSY",
        ),
        (
            Code {
                message: "ENOENT",
                title: "No such file",
                ..Code::default()
            },
            "ENOENT",
        ),
        (
            Code {
                message: "网络异常。",
                title: "BUFFER_TOO_SMALL 缓冲区太小",
                ..Code::default()
            },
            "BUFFER_TOO_SMALL",
        ),
        (
            Code {
                title: "Not Found",
                ..Code::default()
            },
            "NOT_FOUND",
        ),
        (
            Code {
                title: "权限校验失败",
                ..Code::default()
            },
            "PERMISSION_VERIFICATION_FAILED",
        ),
        (
            Code {
                title: "奇怪",
                description: "The disk is full.",
                ..Code::default()
            },
            "DISK_FULL",
        ),
        (
            Code {
                message: "网络异常。",
                title: "奇怪",
                ..Code::default()
            },
            "NETWORK_ERROR",
        ),
        (
            Code {
                title: "奇怪的JSON",
                ..Code::default()
            },
            "JSON_ERROR",
        ),
        (
            Code {
                title: "奇怪",
                ..Code::default()
            },
            "CODE_7",
        ),
        (Code::default(), "CODE_7"),
    ] {
        let code = Code { code: "7", ..code };
        assert_eq!(names(std::slice::from_ref(&code)), [name], "{code:?}");
    }
}

#[test]
fn the_english_page_names_what_the_chinese_one_does_not() {
    let mut page = page(&[Code {
        code: "7",
        message: "奇怪。",
        title: "奇怪",
        ..Code::default()
    }]);
    let english = record(&Code {
        message: "The order is strange.",
        title: "Strange order",
        ..Code::default()
    });
    let text = CodeText {
        title: english.title,
        anchor: None,
        cases: english.cases,
    };
    page.codes[0].translations.insert(Language::En, text);
    assert_eq!(constants(page.clone(), &[]), ["ORDER_STRANGE"]);
    page.codes[0].cases[0].message = vec![Block::plain("Order is odd.")];
    assert_eq!(constants(page.clone(), &[]), ["ORDER_ODD"]);
    page.codes[0].cases.clear();
    page.codes[0].translations[0].cases.clear();
    assert_eq!(constants(page, &[]), ["STRANGE_ORDER"]);
}

/// Names that are too long for one stay apart by more than what there is room for.
#[test]
fn names_without_end_are_cut() {
    let [one, other] = ["One", "Other"].map(|end| format!("{}{end}", "LongName".repeat(60)));
    let record = |code: &str| ErrorCode {
        value: None,
        ..record(&Code {
            code,
            ..Code::default()
        })
    };
    let page = Page {
        codes: vec![record(&one), record(&other)],
        ..page(&[])
    };
    let names = derive(&page, &Prefixes::new());
    let names: HashSet<&str> = names
        .values()
        .map(|derived| &*derived.name.constant)
        .collect();
    assert_eq!(names.len(), 2);
    for name in names {
        assert!(name.starts_with("LONG_NAME_LONG_"), "{name}");
        assert!((140..=160).contains(&name.len()), "{name}");
    }
}

#[test]
fn symbols_are_names_already() {
    let mut page = page(&[
        Code {
            code: "1",
            message: "Not permitted.",
            ..Code::default()
        },
        Code {
            code: "2",
            message: "Odd.",
            ..Code::default()
        },
        Code {
            code: "InvalidBundleName",
            message: "The name of the bundle is odd.",
            ..Code::default()
        },
        Code {
            code: "TSS2_BAD_REPLY",
            ..Code::default()
        },
        Code {
            code: "enum",
            ..Code::default()
        },
    ]);
    page.codes[0].symbol = Some("ENOENT".to_owned());
    page.codes[1].symbol = Some("IAP_NOT_ACTIVATED".to_owned());
    assert_eq!(
        constants(page.clone(), &[]),
        [
            "ENOENT",
            "IAP_NOT_ACTIVATED",
            "INVALID_BUNDLE_NAME",
            "TSS2_BAD_REPLY"
        ]
    );
    let derived = derive(&page, &Prefixes::new());
    let variants: Vec<&str> = derived
        .values()
        .map(|derived| derived.name.variant.as_str())
        .collect();
    assert_eq!(
        variants,
        [
            "ENOENT",
            "IapNotActivated",
            "InvalidBundleName",
            "Tss2BadReply"
        ]
    );
    assert!(
        derived
            .values()
            .all(|derived| derived.origin == Origin::Symbol)
    );
}

#[test]
fn a_status_of_http_has_its_standard_name() {
    let mut page = page(&[Code {
        code: "404",
        description: "找不到。",
        ..Code::default()
    }]);
    page.codes[0].kind = CodeKind::Table;
    page.codes[0]
        .columns
        .insert("HTTP响应码".to_owned(), "404".to_owned());
    assert_eq!(constants(page, &[]), ["NOT_FOUND"]);
}

#[test]
fn a_name_never_begins_with_a_digit_nor_is_a_keyword() {
    let names = names(&messages(&[
        ("5", "404 not found."),
        ("6", "Self."),
        ("7", "3DES is off."),
        ("8", "```</script>1.5abc_error"),
        ("-1", "奇"),
    ]));
    assert_eq!(
        names,
        [
            "NOT_FOUND",
            "SELF_ERROR",
            "ERROR_3DES_OFF",
            "ERROR_5ABC_ERROR",
            "CODE_MINUS_1"
        ]
    );
}

#[test]
fn a_message_that_may_be_this_or_that_is_told_by_the_title() {
    let alternatives = "Disk is full.\nFile is gone.";
    let code = Code {
        code: "1",
        message: alternatives,
        title: "文件错误",
        ..Code::default()
    };
    assert_eq!(names(&[code]), ["FILE_ERROR"]);
    let alike = "Internal error. Cannot read.\nInternal error. Cannot write.";
    assert_eq!(names(&messages(&[("1", alike)])), ["INTERNAL_ERROR"]);
}

#[test]
fn records_of_one_number_share_a_name() {
    let mut page = page(&messages(&[
        ("1101", "Bad secret."),
        ("1101", "Bad token."),
        ("5", "Busy."),
        ("5", "Busy."),
        ("5", "In use."),
    ]));
    for code in &mut page.codes {
        code.kind = CodeKind::Table;
    }
    assert_eq!(
        constants(page, &[]),
        ["CODE_1101", "CODE_1101", "BUSY", "BUSY", "BUSY"]
    );
}

#[test]
fn neighbours_are_told_apart_by_what_they_mean() {
    let internal = |code, rest| Code {
        code,
        message: rest,
        ..Code::default()
    };
    for (codes, expected) in [
        (
            vec![
                internal("1", "Internal error. Failed to encode."),
                internal("2", "Internal error. Failed to decode."),
            ],
            vec![
                "INTERNAL_ERROR_FAILED_TO_ENCODE",
                "INTERNAL_ERROR_FAILED_TO_DECODE",
            ],
        ),
        (
            vec![
                internal("1", "Internal error."),
                internal("2", "Internal error. Failed to decode."),
            ],
            vec!["INTERNAL_ERROR", "INTERNAL_ERROR_FAILED_TO_DECODE"],
        ),
        (
            vec![
                Code {
                    title: "磁盘空间不足",
                    ..internal("1", "Cannot dump.")
                },
                Code {
                    title: "系统异常",
                    ..internal("2", "Cannot dump.")
                },
            ],
            vec![
                "CANNOT_DUMP_DISK_SPACE_INSUFFICIENT",
                "CANNOT_DUMP_SYSTEM_ERROR",
            ],
        ),
        (
            vec![
                Code {
                    title: "文件不存在",
                    ..internal("1", "Operation failed.")
                },
                Code {
                    title: "Device is not connected",
                    ..internal("2", "Operation failed.")
                },
            ],
            vec![
                "OPERATION_FAILED_FILE_DOES_NOT_EXIST",
                "OPERATION_FAILED_DEVICE_NOT_CONNECTED",
            ],
        ),
        (
            vec![
                Code {
                    description: "在onError中失败。",
                    ..internal("1", "Cannot start.")
                },
                Code {
                    description: "失败。",
                    ..internal("2", "Cannot start.")
                },
            ],
            vec!["CANNOT_START_ON_ERROR", "CANNOT_START"],
        ),
        (
            vec![
                internal("1001", "Failed to run."),
                internal("2001", "Failed to run."),
                internal("3", "Busy."),
            ],
            vec!["FAILED_TO_RUN_1001", "FAILED_TO_RUN_2001", "BUSY"],
        ),
    ] {
        assert_eq!(names(&codes), expected, "{codes:?}");
        let reversed: Vec<Code> = codes.into_iter().rev().collect();
        let expected: Vec<&str> = expected.into_iter().rev().collect();
        assert_eq!(names(&reversed), expected);
    }
    let mut grouped = page(&messages(&[("1", "Cannot start."), ("2", "Cannot start.")]));
    grouped.codes[0].group = Some("Audio Player".to_owned());
    grouped.codes[1].group = Some("视频播放".to_owned());
    assert_eq!(
        constants(grouped, &[]),
        ["CANNOT_START_AUDIO_PLAYER", "CANNOT_START_VIDEO_PLAYBACK"]
    );
}

#[test]
fn prefixes_go_before_the_words() {
    let codes = messages(&[
        ("1001", "Failed to run."),
        ("2001", "Failed to run."),
        ("1002", "奇"),
    ]);
    assert_eq!(
        constants(
            page(&codes),
            &[("10", "textRecognition"), ("1", "one"), ("2001", "face")]
        ),
        [
            "TEXT_RECOGNITION_FAILED_TO_RUN",
            "FACE_FAILED_TO_RUN",
            "TEXT_RECOGNITION_1002"
        ]
    );
}

#[test]
fn codes_that_no_word_tells_apart_still_have_names() {
    let codes = messages(&[
        ("7", "Busy."),
        ("8", "Busy."),
        ("9", "Busy 7."),
        ("1", "奇"),
        ("2", "Code 1."),
        ("Odd_name", ""),
        ("OddName", ""),
    ]);
    let names = names(&codes);
    let unique: HashSet<String> = names.iter().map(|name| name.replace('_', "")).collect();
    assert_eq!(unique.len(), names.len(), "{names:?}");
}

/// Names a catalogue, and gives the names that are recorded then.
fn recorded(catalog: &mut Catalog, names: &Names) -> Names {
    let changes = assign(catalog, names, &Prefixes::new()).expect("the pages can be named");
    Names::parse(&names.with(&changes)).expect("what arkerr records, it reads")
}

#[test]
fn a_recorded_name_stays_whatever_happens_upstream() {
    let mut old = Catalog::new(vec![page(&messages(&[("1", "Busy."), ("2", "Gone.")]))]);
    let names = recorded(&mut old, &Names::default());
    let mut new = Catalog::new(vec![page(&messages(&[("3", "Busy."), ("1", "In use.")]))]);
    let names = recorded(&mut new, &names);
    assert_eq!(
        names
            .file_text()
            .lines()
            .skip_while(|line| line.starts_with('#') || line.is_empty())
            .collect::<Vec<_>>(),
        [
            "scan-error-code.enum = \"ScanErrorCode\"",
            "scan-error-code.1 = \"BUSY\"",
            "scan-error-code.2 = { name = \"GONE\", retired = true }",
            "scan-error-code.3 = \"BUSY_3\"",
        ]
    );
    let mut back = Catalog::new(vec![page(&messages(&[("4", "Gone."), ("2", "Left.")]))]);
    let names = recorded(&mut back, &names);
    let name = |number| {
        let key = Key {
            page: "scan-error-code".to_owned(),
            item: Item::Number(number),
        };
        names.get(&key).cloned().expect("it has a name")
    };
    assert_eq!(
        (name(2).name.constant.as_str(), name(2).retired),
        ("GONE", false)
    );
    assert_eq!(name(4).name.constant, "GONE_4");
    assert!(name(1).retired && name(3).retired);
}

#[test]
fn aliases_keep_their_names_from_others() {
    let names = Names::parse("scan-error-code.1 = { name = \"IN_USE\", aliases = [\"BUSY\"] }\n");
    let names = names.expect("this is right");
    let mut catalog = Catalog::new(vec![page(&messages(&[("1", "Busy."), ("2", "Busy.")]))]);
    assign(&mut catalog, &names, &Prefixes::new()).expect("the page can be named");
    let names = catalog.pages[0]
        .codes
        .iter()
        .filter_map(|code| code.identifiers.as_ref());
    let names: Vec<&str> = names.map(|names| names.constant.as_str()).collect();
    assert_eq!(names, ["IN_USE", "BUSY_2"]);
}

/// Messages of every kind that a page may have, and of some that none should.
fn any_message() -> impl Strategy<Value = String> {
    prop_oneof![
        "(Busy|Failed to run|Invalid \\$\\{x\\}|The number of rules|网络|超时|[,. _'-]|\\PC){0,6}",
        "(the|a|is|of|to|not|please|try again|be|that| ){0,12}",
        "[!-/:-@ ]{0,30}",
        "(😀|🦀|שלום|مرحبا|\u{202e}|[0-9]){0,8}",
        Just(String::new()),
        Just("word ".repeat(400)),
        Just("x".repeat(2000)),
        Just("is a b_c; ".repeat(400)),
        Just("E_LONG_".repeat(400)),
    ]
}

fn any_codes() -> impl Strategy<Value = BTreeMap<i64, (String, String)>> {
    prop::collection::btree_map(-9_i64..4000, (any_message(), any_message()), 1..9)
}

fn page_of(codes: &BTreeMap<i64, (String, String)>) -> Page {
    let record = |(code, (message, title)): (&i64, &(String, String))| {
        let code = code.to_string();
        record(&Code {
            code: &code,
            message,
            title,
            ..Code::default()
        })
    };
    Page {
        codes: codes.iter().map(record).collect(),
        ..page(&[])
    }
}

fn names_by_code(catalog: &Catalog) -> BTreeMap<(String, String), CodeIdentifiers> {
    let codes = catalog
        .pages
        .iter()
        .flat_map(|page| page.codes.iter().map(move |code| (page, code)));
    let names = codes.map(|(page, code)| {
        let name = code.identifiers.clone().expect("every code has a name");
        ((page.id.clone(), code.code.clone()), name)
    });
    names.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_page_has_unique_valid_names(codes in any_codes()) {
        let mut catalog = Catalog::new(vec![page_of(&codes)]);
        let names = recorded(&mut catalog, &Names::default());
        prop_assert_eq!(names.iter().count(), codes.len() + 1);
        let mut keys = HashSet::new();
        for name in names_by_code(&catalog).values() {
            prop_assert!(name.constant.len() <= 100, "{}", name.constant);
            prop_assert!(keys.insert(name.variant.to_ascii_lowercase()), "{}", name.variant);
            let name = Name { constant: name.constant.clone(), variant: name.variant.clone() };
            prop_assert_eq!(name.refusal(), None);
        }
    }

    #[test]
    fn the_order_of_a_page_does_not_matter(codes in any_codes(), turn in 0_usize..9) {
        let page = page_of(&codes);
        let mut turned = page.clone();
        let turn = turn % turned.codes.len();
        turned.codes.rotate_left(turn);
        prop_assert_eq!(derive(&page, &Prefixes::new()), derive(&turned, &Prefixes::new()));
    }

    #[test]
    fn other_pages_do_not_matter(codes in any_codes(), others in any_codes()) {
        let other = Page { id: "other-error-code".to_owned(), ..page_of(&others) };
        let mut alone = Catalog::new(vec![page_of(&codes)]);
        let mut beside = Catalog::new(vec![page_of(&codes), other]);
        recorded(&mut alone, &Names::default());
        recorded(&mut beside, &Names::default());
        let beside = names_by_code(&beside);
        for (code, name) in names_by_code(&alone) {
            prop_assert_eq!(&beside[&code], &name);
        }
    }

    #[test]
    fn adding_codes_changes_no_name(
        codes in any_codes(),
        others in any_codes(),
        more in any_codes(),
        more_of_others in any_codes(),
    ) {
        let other = |codes| Page { id: "errorcode-scan".to_owned(), ..page_of(codes) };
        let mut old = Catalog::new(vec![page_of(&codes), other(&others)]);
        let names = recorded(&mut old, &Names::default());
        let with = |codes: &BTreeMap<_, _>, more: &BTreeMap<_, _>| {
            let mut all = more.clone();
            all.extend(codes.clone());
            all
        };
        let third = Page { id: "scan-errcode".to_owned(), ..page_of(&more) };
        let mut new = Catalog::new(vec![page_of(&with(&codes, &more)), other(&with(&others, &more_of_others)), third]);
        recorded(&mut new, &names);
        let new_names = names_by_code(&new);
        for (code, name) in names_by_code(&old) {
            prop_assert_eq!(&new_names[&code], &name);
        }
        let type_of = |catalog: &Catalog, id: &str| {
            let page = catalog.pages.iter().find(|page| page.id == id).cloned();
            page.and_then(|page| page.identifiers)
        };
        for page in &old.pages {
            prop_assert_eq!(type_of(&new, &page.id), page.identifiers.clone());
        }
    }
}
