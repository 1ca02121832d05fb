//! `arkerr fetch`, against servers on this machine that speak the documented shapes of the site's
//! document API. Nobody asks the site itself.

use crate::common::server::{Answer, Asked, Server, page, project};
use crate::common::{Project, Run};
use serde_json::json;

#[test]
fn a_request_says_what_it_wants_and_who_asks() {
    let server = Server::start(|_, _| Answer::error(1, ""));
    let project = project(&format!(
        "{}catalog = \"harmonyos-references-V5\"",
        server.settings()
    ));
    project.arkerr_reads(&["fetch", "errorcode-scan", "--language", "en"]);
    let [
        Asked {
            method, head, body, ..
        },
    ] = &server.asked()[..]
    else {
        panic!("one request was made");
    };
    assert_eq!(method, "getDocumentById");
    assert_eq!(
        *body,
        json!({
            "objectId": "errorcode-scan",
            "version": "",
            "catalogName": "harmonyos-references-V5",
            "language": "en",
        })
    );
    let version = env!("CARGO_PKG_VERSION");
    for line in [
        "post /documentportal/getdocumentbyid http/1.1\r\n".to_owned(),
        "content-type: application/json\r\n".to_owned(),
        format!("user-agent: arkerr/{version} (+https://crates.io/crates/arkerr)\r\n"),
        "origin: https://developer.huawei.com\r\n".to_owned(),
    ] {
        assert!(head.contains(&line), "{line} in {head}");
    }
    assert!(!head.contains("cookie"), "{head}");
}

/// A tree with two kits, as the document API gives it.
fn tree() -> Answer {
    Answer::json(&json!({"code": 0, "value": {"catalogTreeList": [
        {"nodeId": "1", "nodeName": "媒体", "isLeaf": false, "children": [
            {"nodeId": "2", "nodeName": "Scan Kit（统一扫码服务）", "isLeaf": false, "children": [
                {"nodeId": "3", "nodeName": "ArkTS API错误码", "isLeaf": true, "relateDocument": "errorcode-scan"},
                {"nodeId": "4", "nodeName": "扫码直达", "isLeaf": true, "relateDocument": "scan-api"},
            ]},
            {"nodeId": "5", "nodeName": "Map Kit（地图服务）", "isLeaf": false, "children": [
                {"nodeId": "6", "nodeName": "ArkTS API错误码", "isLeaf": true, "relateDocument": "map-error-code"},
                {"nodeId": "7", "nodeName": "旧错误码", "isLeaf": true, "realHided": 1, "relateDocument": "map-errcode"},
            ]},
        ]},
    ]}}))
}

/// What the command lists where the site answers with a tree. Nothing is written.
#[track_caller]
fn listed(tree: Answer, arguments: &[&str]) -> Run {
    let server = Server::start(move |asked, _| match asked.method.as_str() {
        "getCatalogTree" => tree.clone(),
        _ => Answer::status("404 Not Found"),
    });
    let project = project(&server.settings());
    project.arkerr_reads(&[&["fetch", "--discover"], arguments].concat())
}

#[test]
fn the_pages_of_the_site_are_listed() {
    let run = listed(tree(), &[]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert_eq!(
        run.stdout,
        "\
errorcode-scan  saved
    媒体 > Scan Kit（统一扫码服务） > ArkTS API错误码
map-error-code
    媒体 > Map Kit（地图服务） > ArkTS API错误码
"
    );
    assert_eq!(
        run.stderr,
        "2 pages listed, of 2 with error codes among 7 nodes, and 1 that the site hides\n"
    );
}

#[test]
fn the_pages_of_a_kit_are_listed_for_programs() {
    let run = listed(tree(), &["--kit", "scan", "--format", "json", "--quiet"]).succeeded();
    let pages: serde_json::Value = serde_json::from_str(&run.stdout).expect("this is JSON");
    assert_eq!(
        pages,
        json!([{
            "id": "errorcode-scan",
            "title": "ArkTS API错误码",
            "kit": "Scan Kit（统一扫码服务）",
            "path": ["媒体", "Scan Kit（统一扫码服务）"],
            "snapshots": ["docs-snapshot/errorcode-scan.json"],
        }])
    );
}

#[test]
fn the_name_of_a_page_is_no_part_of_the_site_that_it_is_below() {
    let run = listed(tree(), &["--kit", "ArkTS", "--save"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:#?}");
    assert_eq!(
        run.stderr,
        "\
error[fetch-kit]: the site has no page with error codes below `ArkTS`
 |
 = note: the kits are Map Kit（地图服务）, Scan Kit（统一扫码服务）
 = help: `arkerr fetch --discover` lists all pages, with what is above them

"
    );
    let kits = (10..35).map(|number| {
        let id = format!("errorcode-{number}");
        let page = json!({"nodeName": "错误码", "relateDocument": id});
        json!({"nodeName": format!("Kit {number}"), "children": [page]})
    });
    let kits: Vec<_> = kits.collect();
    let tree = Answer::json(&json!({"code": 0, "value": {"catalogTreeList": kits}}));
    let run = listed(tree, &["--kit", "Nope", "--format", "json"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:#?}");
    let note = "the kits are Kit 10, Kit 11, ";
    assert!(run.stderr.contains(note), "{run:#?}");
    assert!(run.stderr.contains(", Kit 29, and 5 more\n"), "{run:#?}");
}

#[test]
fn a_page_may_be_named_by_its_address() {
    let server = Server::start(|_, _| Answer::error(92_531_031, "document not found"));
    let project = project(&format!("{}connections = 1", server.settings()));
    let page = |language: &str, id: &str| {
        let site = "https://developer.huawei.com/consumer";
        format!("{site}/{language}/doc/harmonyos-references/{id}")
    };
    let (cn, en) = (
        page("cn", "scan-error-code#section1"),
        page("en", "map-error-code"),
    );
    project.arkerr_reads(&["fetch", &cn, &en, "scan-error-code"]);
    project.arkerr_reads(&["fetch", &cn, "--language", "en"]);
    let asked = server.asked().into_iter().map(|asked| {
        let language = asked.body["language"].as_str().unwrap_or_default();
        format!("{} {language}", asked.id())
    });
    assert_eq!(
        asked.collect::<Vec<_>>(),
        [
            "scan-error-code cn",
            "map-error-code en",
            "scan-error-code en"
        ]
    );
    let elsewhere = "https://example.com/consumer/cn/doc/harmonyos-references/scan-error-code";
    let run = project.arkerr_reads(&["fetch", elsewhere]);
    assert_eq!((run.status, server.asked().len()), (2, 3), "{run:#?}");
    assert!(run.stderr.starts_with("error[fetch-name]"), "{run:#?}");
}

#[test]
fn names_in_the_tree_that_lead_elsewhere_are_told_and_never_fetched() {
    let long = "a-error-code".repeat(100);
    let names = ["../x", "/etc/passwd", "a\u{1b}[31m", "a\\b", long.as_str()];
    let nodes = names.map(|name| json!({"nodeName": "错误码\u{202e}", "relateDocument": name}));
    let tree = Answer::json(&json!({"code": 0, "value": {"catalogTreeList": nodes}}));
    let run = listed(tree, &["--save"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
    assert_eq!(
        run.stderr.matches("warning[fetch-name]").count(),
        5,
        "{run:#?}"
    );
    assert!(!run.stderr.contains(['\u{1b}', '\u{202e}']), "{run:#?}");
}

#[test]
fn a_tree_that_is_none_is_refused() {
    for (answer, cause) in [
        (
            Answer::json(&json!({"code": 0, "value": {}})),
            "the answer has no list of pages",
        ),
        (
            Answer::json(&json!({"code": 0, "value": {"catalogTreeList": "x"}})),
            "the answer has no list of pages",
        ),
        (
            Answer::error(92_511_002, "bad argument"),
            "the site does not understand the request",
        ),
        (Answer::text("<html>"), "the answer is HTML, no JSON"),
    ] {
        let run = listed(answer, &["--save"]);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:#?}");
        let expected = format!("error[fetch-answer]: the list of pages was not fetched: {cause}\n");
        assert!(run.stderr.starts_with(&expected), "{run:#?}");
    }
}

/// A project whose snapshot of the page is the one that the site has now.
fn fetched_before() -> Project {
    let server =
        Server::start(|_, _| Answer::page("扫码错误码", &[("401", "Old"), ("402", "Older")]));
    let project = Project::empty();
    project.write("arkerr.toml", server.settings());
    let run = project.arkerr(&["fetch", "errorcode-scan"]);
    assert_eq!(run.status, 0, "{run:#?}");
    project
}

/// Lets a server answer the project from now on.
fn serve(
    project: &Project,
    answer: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static,
) -> Server {
    let server = Server::start(answer);
    project.write("arkerr.toml", server.settings());
    server
}

#[test]
fn a_new_page_becomes_a_snapshot_that_outputs_are_made_of() {
    let project = Project::empty();
    let _server = serve(&project, |_, _| {
        Answer::page("扫码错误码", &[("401", "Denied")])
    });
    let run = project.arkerr(&["fetch", "errorcode-scan"]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert_eq!(run.stdout, "new docs-snapshot/errorcode-scan.html\n");
    assert_eq!(
        run.stderr,
        "1 page: 1 new, 0 changed, 0 unchanged\nto bring the outputs up to date, run: arkerr generate\n"
    );
    project.arkerr(&["generate"]);
    let explained = project.arkerr(&["explain", "401"]).succeeded();
    assert!(explained.stdout.contains("Denied."), "{}", explained.stdout);
}

#[test]
fn all_snapshots_are_fetched_again_and_the_good_ones_are_written() {
    let project = fetched_before();
    let names = [
        "d-error-code",
        "c-error-code",
        "b-error-code",
        "a-error-code",
    ];
    let answer = |asked: &Asked, _: usize| match asked.id() {
        "errorcode-scan" => Answer::page("扫码错误码", &[("401", "New"), ("403", "Newer")]),
        "b-error-code" => Answer::error(92_531_031, "document not found"),
        id => Answer::page(id, &[("7", "Seven")]),
    };
    let server = serve(&project, |asked, _| {
        Answer::page(asked.id(), &[("7", "Seven")])
    });
    let run = project.arkerr(&[&["fetch"], &names[..]].concat());
    assert_eq!(run.status, 0, "{run:#?}");
    drop(server);

    let before = project.tree();
    let _server = serve(&project, answer);
    let run = project.arkerr(&["fetch"]);
    assert_eq!(run.status, 2, "{run:#?}");
    assert_eq!(
        run.stdout,
        "\
unchanged docs-snapshot/a-error-code.html
unchanged docs-snapshot/c-error-code.html
unchanged docs-snapshot/d-error-code.html
changed docs-snapshot/errorcode-scan.html
    new codes: 403
    codes gone: 402
"
    );
    assert!(
        run.stderr.ends_with(
            "5 pages: 0 new, 1 changed, 3 unchanged, 1 not saved\n\
             to bring the outputs up to date, run: arkerr generate\n"
        ),
        "{run:#?}"
    );
    let after = project.tree();
    for name in names {
        let path = format!("docs-snapshot/{name}.html");
        assert_eq!(before[&path], after[&path], "{path}");
    }
    assert!(
        project
            .read("docs-snapshot/errorcode-scan.html")
            .contains("Newer")
    );
}

#[test]
fn what_is_not_named_is_not_fetched_and_what_would_change_is_told_first() {
    let project = fetched_before();
    let server = serve(&project, |_, _| {
        Answer::page("扫码错误码", &[("401", "New")])
    });
    let run = project.arkerr_reads(&["fetch", "--dry-run", "errorcode-scan"]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert_eq!(
        run.stdout,
        "changed docs-snapshot/errorcode-scan.html\n    codes gone: 402\n"
    );
    assert!(
        run.stderr.ends_with("nothing was written: --dry-run\n"),
        "{run:#?}"
    );
    assert_eq!(server.asked().len(), 1);
    let run = project.arkerr_reads(&["fetch", "--dry-run", "other-error-code"]);
    assert_eq!(run.stdout, "new docs-snapshot/other-error-code.html\n");
}

#[test]
fn a_failure_that_passes_is_no_failure() {
    let page = || Answer::page("扫码错误码", &[("401", "Old"), ("402", "Older")]);
    let busy = || Answer::status("429 Too Many Requests");
    let failures = [
        busy(),
        busy().header("Retry-After", "0"),
        busy().header("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"),
        Answer::status("503 Service Unavailable").header("Retry-After", "0"),
        Answer::status("500 Internal Server Error").header("Retry-After", "0"),
        page().length_off(100),
    ];
    for failure in failures {
        let project = fetched_before();
        let server = serve(&project, move |_, before| match before {
            0 => failure.clone(),
            _ => page(),
        });
        let run = project.arkerr_reads(&["fetch", "errorcode-scan"]);
        assert_eq!(run.status, 0, "{run:#?}");
        assert_eq!(run.stdout, "unchanged docs-snapshot/errorcode-scan.html\n");
        assert_eq!(server.asked().len(), 2);
    }
}

/// As `arkerr import` has it.
#[test]
fn a_page_with_warnings_is_saved_unless_they_are_failures() {
    let project = fetched_before();
    let _server = serve(&project, |_, _| Answer::page("", &[("401", "New")]));
    let run = project.arkerr_reads(&["fetch", "--strict"]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:#?}");
    assert!(run.stderr.contains("warning[no-title]"), "{run:#?}");
    assert!(
        run.stderr.ends_with(
            "1 page: 0 new, 0 changed, 0 unchanged, 1 not saved\n\
             failed: 1 warning, and --strict\n"
        ),
        "{run:#?}"
    );
    let not_saved = "some pages were not saved, see above; they are as they were\n";
    let run = project.arkerr(&["update", "--strict"]);
    assert!(
        run.status == 2 && run.stderr.ends_with(not_saved),
        "{run:#?}"
    );
    assert!(
        project
            .read("docs-snapshot/errorcode-scan.html")
            .contains("Older")
    );

    let run = project.arkerr(&["update"]);
    assert!(
        run.status == 0 && !run.stderr.contains(not_saved),
        "{run:#?}"
    );
    assert!(run.stderr.contains("warning[no-title]"), "{run:#?}");
    assert!(
        project
            .read("docs-snapshot/errorcode-scan.html")
            .contains("New")
    );
}

/// What is said of an answer that has no place in the project. Nothing is written.
#[track_caller]
fn unwanted(answer: Answer, arguments: &[&str]) -> String {
    let project = fetched_before();
    let _server = serve(&project, move |_, _| answer.clone());
    let run = project.arkerr_reads(&[&["fetch"], arguments].concat());
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{run:#?}");
    let (diagnostic, _) = run
        .stderr
        .split_once("\n\n")
        .expect("there is a diagnostic");
    diagnostic.to_owned()
}

#[test]
fn a_page_that_has_lost_its_codes_is_refused() {
    assert_eq!(
        unwanted(Answer::page("扫码错误码", &[]), &[]),
        "\
error[codes-lost]: the page has no codes, and its snapshot has 2
--> errorcode-scan (cn)
 = note: `docs-snapshot/errorcode-scan.html` stays as it is
 = help: look at the page in a browser; if its codes are gone for good, delete its snapshot and fetch it again"
    );
}

#[test]
fn another_page_than_the_one_that_was_asked_for_is_refused() {
    assert_eq!(
        unwanted(Answer::page("地图错误码", &[("7", "Seven")]), &[]),
        "\
error[fetch-other-page]: the page \"地图错误码\" is another one than that of the snapshot, \"扫码错误码\"
--> errorcode-scan (cn)
 = note: they have no code in common; `docs-snapshot/errorcode-scan.html` stays as it is
 = help: if the site has given the name to another page, move the snapshot away and fetch the page again"
    );
}

#[test]
fn a_page_in_another_language_than_the_one_that_was_asked_for_is_refused() {
    let page = Answer::page("扫码错误码", &[("401", "New")]);
    assert_eq!(
        unwanted(page, &["--language", "en"]),
        "\
error[fetch-language]: the page is in Chinese, and was asked for in English
--> errorcode-scan (en)
 = note: nothing was written for it
 = help: the site may have no such page in English"
    );
}

#[test]
fn a_new_page_without_codes_is_refused() {
    assert_eq!(
        unwanted(Answer::page("概述", &[]), &["overview"]),
        "\
error[fetch-no-codes]: the page has no error codes
--> overview (cn)
 = note: nothing was written for it
 = help: it may be a page that leads to others: `arkerr fetch --discover` lists them"
    );
}

#[test]
fn an_answer_without_a_page_is_refused() {
    for value in [
        json!(null),
        json!({}),
        json!({"content": {"content": ""}}),
        json!({"content": 7}),
    ] {
        let answer = Answer::json(&json!({"code": 0, "value": value}));
        let told = unwanted(answer, &[]);
        assert!(told.starts_with("error[api-no-content]"), "{told}");
        assert!(told.contains("--> errorcode-scan (cn)"), "{told}");
    }
    let empty = Answer::json(&json!({"code": 0, "value": {"content": {"content": "<div></div>"}}}));
    let told = unwanted(empty, &[]);
    assert!(told.starts_with("error[no-text]"), "{told}");
}

#[test]
fn a_page_is_asked_for_in_the_languages_in_which_it_is_saved() {
    let project = Project::bilingual();
    let server = Server::start(|_, _| Answer::error(92_531_031, "document not found"));
    project.write("arkerr.toml", server.settings());
    project.arkerr_reads(&["fetch"]);
    let mut asked: Vec<(String, String)> = Vec::new();
    for Asked { body, .. } in server.asked() {
        let text = |key: &str| body[key].as_str().unwrap_or_default().to_owned();
        asked.push((text("objectId"), text("language")));
    }
    asked.sort();
    let expected = [("pay-error-code", "cn"), ("pay-error-code", "en")];
    assert_eq!(
        asked,
        expected.map(|(id, language)| (id.to_owned(), language.to_owned()))
    );
}

#[test]
fn the_pages_of_a_kit_are_fetched() {
    let project = fetched_before();
    let list = json!([{"nodeName": "Map Kit", "children": [
        {"nodeName": "错误码", "relateDocument": "map-errcode"},
        {"nodeName": "ArkTS API错误码", "relateDocument": "map-error-code"},
    ]}]);
    let server = serve(&project, move |asked, _| {
        match (asked.method.as_str(), asked.id()) {
            ("getCatalogTree", _) => {
                Answer::json(&json!({"code": 0, "value": {"catalogTreeList": list}}))
            }
            (_, "map-error-code") => Answer::page("地图错误码", &[("7", "Seven")]),
            _ => Answer::page("错误码", &[]),
        }
    });
    let arguments = ["fetch", "--discover", "--kit", "map", "--save"];
    let run = project.arkerr_reads(&[&arguments[..], &["--dry-run"]].concat());
    assert_eq!(run.status, 0, "{run:#?}");
    let run = project.arkerr(&arguments);
    assert_eq!(run.status, 0, "{run:#?}");
    assert!(
        run.stdout
            .ends_with("\nnew docs-snapshot/map-error-code.html\n"),
        "{run:#?}"
    );
    assert!(run.stderr.contains("warning[fetch-no-codes]"), "{run:#?}");
    assert!(
        run.stderr
            .contains("2 pages: 1 new, 0 changed, 0 unchanged, 1 not saved"),
        "{run:#?}"
    );
    assert!(project.path("docs-snapshot/map-error-code.html").exists());
    assert!(!project.path("docs-snapshot/map-errcode.html").exists());
    assert_eq!(server.asked().len(), 6);
}

#[test]
fn without_snapshots_there_is_nothing_to_fetch_again() {
    let project = Project::empty();
    let run = project.arkerr_reads(&["fetch"]);
    assert_eq!(run.status, 2);
    assert_eq!(
        run.stderr,
        "\
error[no-snapshots]: there are no snapshots to fetch again
 |
 = help: name a page, as in `arkerr fetch core-vision-error-code`; `arkerr fetch --discover` lists the pages that there are

"
    );
}

#[test]
fn one_command_does_all_that_there_is_to_do_after_a_change() {
    let server = Server::start(|asked, _| match asked.id() {
        "errorcode-scan" => Answer::page("扫码错误码", &[("401", "Denied"), ("1002", "Newer")]),
        _ => Answer::error(92531031, "not found"),
    });
    let project = project(&server.settings());
    project.arkerr(&["generate"]).succeeded();
    let run = project.arkerr(&["update"]);
    assert_eq!(run.status, 0, "{run:#?}");
    assert_eq!(run.stderr, "1 page: 0 new, 1 changed, 0 unchanged\n");
    let changes = "\
changed docs-snapshot/errorcode-scan.html
removed docs-snapshot/errorcode-scan.json: the new snapshot takes its place
    new codes: 1002

errorcode-scan
  notable   message  401 Denied (ScanErrorCode.OLD)
            [-Old-]{+Denied+}.
  notable   code added  1002 Newer (ScanErrorCode.NEWER)  Newer.
  note      title  401 Denied (ScanErrorCode.OLD)
            [-Old-]
            {+Denied+}

3 changes on 1 page: 2 notable, 1 note; semver: minor

updated names.toml
";
    assert!(run.stdout.starts_with(changes), "{run:#?}");
    project.arkerr(&["check"]).succeeded();

    // What cannot be fetched is told, and keeps nothing else from being done.
    project.write(
        "docs-snapshot/gone.html",
        project.read("docs-snapshot/errorcode-scan.html"),
    );
    let arguments = [
        "update",
        "--changelog",
        "CHANGES.md",
        "--changelog-date",
        "2026-11-25",
    ];
    let run = project.arkerr(&arguments);
    assert_eq!(run.status, 2, "{run:#?}");
    assert!(run.stdout.contains("notable   page added"), "{run:#?}");
    assert!(project.read("CHANGES.md").contains("## 2026-11-25\n"));
    assert_eq!(project.arkerr(&["check"]).status, 0);
}

#[test]
fn a_check_tells_what_the_site_has_changed_apart_from_what_is_wrong_here() {
    let server = Server::start(|asked, _| match asked.id() {
        "errorcode-scan" => Answer::page("扫码错误码", &[("402", "Newer")]),
        "map-error-code" => Answer::page("地图错误码", &[("7", "Seven")]),
        _ => Answer::error(92531031, "not found"),
    });
    let project = project(&server.settings());
    let map = page("地图错误码", &[("7", "Seven")]);
    project.write("docs-snapshot/map-error-code.json", map.to_string());
    project.arkerr(&["generate"]).succeeded();

    // Without the option the site is not asked.
    project.arkerr_reads(&["check"]).succeeded();
    assert_eq!(server.asked().len(), 0);

    let run = project.arkerr_reads(&["check", "--upstream"]);
    assert_eq!(run.status, 1, "{run:#?}");
    assert_eq!(
        run.stderr,
        "\
error[upstream-changed]: the page has changed on the site: 2 changes on 1 page: 1 breaking, 1 notable; semver: major
--> docs-snapshot/errorcode-scan.json
 = note: breaking: code removed: 401
 = note: notable: code added: 402
 = help: to bring snapshots and outputs up to date, run: arkerr update

"
    );
    assert!(
        run.stdout
            .ends_with("upstream: 1 page has changed on the site\n"),
        "{run:#?}"
    );

    // All three kinds of trouble at once, counted apart.
    let output = "generated/rust/scan_error_code.rs";
    project.write(output, project.read(output) + "\n");
    project.write(
        "docs-snapshot/gone-error-code.json",
        page("旧错误码", &[("8", "Eight")]).to_string(),
    );
    let run = project.arkerr_reads(&["check", "--upstream", "--format", "json"]);
    assert_eq!(run.status, 2, "{run:#?}");
    let found: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(found["counts"]["upstream"], 1);
    assert_eq!(found["counts"]["errors"], 1);
    assert_eq!(found["counts"]["names"], 1);
    assert!(
        found["counts"]["outputs"]
            .as_u64()
            .is_some_and(|count| count > 1)
    );
    let kinds = found["findings"]
        .as_array()
        .expect("there are findings")
        .iter();
    let failed: Vec<_> = kinds
        .filter(|finding| finding["kind"] == "errors")
        .collect();
    assert_eq!(failed[0]["id"], "fetch-answer");

    let run = project.arkerr_reads(&["check", "--upstream"]);
    let told = "upstream: 1 page has changed on the site; 1 could not be compared\n";
    assert!(run.stdout.ends_with(told), "{run:#?}");

    // A test that was not run has not passed.
    let run = project.arkerr_reads(&["check", "--upstream", "--format", "junit"]);
    let suite = run.stdout.split("<testsuite name=\"upstream\"").nth(1);
    let suite = suite.and_then(|rest| rest.split("</testsuite>").next());
    let suite = suite.expect("there is a suite");
    assert!(suite.contains("map-error-code.json"), "{suite}");
    assert!(!suite.contains("gone-error-code.json"), "{suite}");
}

/// What a check finds where the site answers all alike, as JSON, and as text for people.
#[track_caller]
fn checked_in_vain(answer: Answer) -> (serde_json::Value, Run) {
    let server = Server::start(move |_, _| answer.clone());
    let project = project(&format!("{}connections = 1", server.settings()));
    let map = page("地图错误码", &[("7", "Seven")]);
    project.write("docs-snapshot/map-error-code.json", map.to_string());
    project.arkerr(&["generate"]).succeeded();
    let run = |more: &[&str]| {
        let run = project.arkerr_reads(&[&["check", "--upstream"], more].concat());
        assert_eq!(run.status, 2, "{run:#?}");
        run
    };
    let found = run(&["--format", "json"]).stdout;
    let junit = run(&["--format", "junit"]).stdout;
    assert!(junit.contains("<testsuite name=\"errors\""), "{junit}");
    assert!(!junit.contains("<testsuite name=\"upstream\""), "{junit}");
    (serde_json::from_str(&found).expect("it is JSON"), run(&[]))
}

#[test]
fn a_check_that_compared_nothing_does_not_say_that_nothing_has_changed() {
    let (found, run) = checked_in_vain(Answer::status("403 Forbidden"));
    assert_eq!(found["counts"]["upstream"], json!(null));
    let told: Vec<String> = (0..2)
        .map(|index| {
            let finding = &found["findings"][index];
            let text = |key: &str| finding[key].as_str().unwrap_or_default().to_owned();
            [
                text("path"),
                text("id"),
                text("message")
                    .split(':')
                    .next()
                    .unwrap_or_default()
                    .to_owned(),
            ]
            .join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            "docs-snapshot/errorcode-scan.json fetch-answer `errorcode-scan` (cn) was not fetched",
            "docs-snapshot/map-error-code.json fetch-not-asked `map-error-code` (cn) was not fetched",
        ]
    );
    let told = "upstream: no page could be compared with the site\n";
    assert!(run.stdout.ends_with(told), "{run:#?}");
}

#[test]
fn a_check_tells_the_snapshot_of_an_answer_that_it_refuses() {
    for (answer, id, message) in [
        (
            Answer::page("扫码错误码", &[]),
            "codes-lost",
            "the page has no codes, and its snapshot has 1",
        ),
        (
            Answer::page("别的错误码", &[("9", "Nine")]),
            "fetch-other-page",
            "the page \"别的错误码\" is another one than that of the snapshot, \"扫码错误码\"",
        ),
        (
            Answer::json(&json!({"code": 0, "value": null})),
            "api-no-content",
            "",
        ),
    ] {
        let (found, _) = checked_in_vain(answer);
        let finding = &found["findings"][0];
        assert_eq!(finding["id"], id);
        assert_eq!(finding["path"], "docs-snapshot/errorcode-scan.json");
        assert_eq!(finding["line"], json!(null));
        let told = finding["message"].as_str().expect("it says something");
        let expected = format!("`errorcode-scan` (cn) was not compared: {message}");
        assert!(told.starts_with(&expected), "{told}");
    }
}
