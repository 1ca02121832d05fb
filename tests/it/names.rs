//! Names that never change by accident: `names.toml`, `generate --locked` and `arkerr names`.

use crate::common::names::{SCAN, generate, generated, lines, page};
use crate::common::{Project, Run};

/// Runs a command that may not write anything.
#[track_caller]
fn refused(project: &Project, arguments: &[&str], status: i32) -> Run {
    let run = project.arkerr_reads(arguments);
    assert_eq!(run.status, status, "{run:#?}");
    run
}

#[test]
fn names_stay_whatever_upstream_does() {
    let project = generated(&[("1001", "Busy."), ("1002", "Disk full."), ("1003", "Gone.")]);
    let before = project.read("generated/typescript/scan-error-code.ts");
    assert!(before.contains("DISK_FULL: 1002"), "{before}");

    // Reworded, in another order, with a new neighbour that says what an old one said.
    project.write(
        SCAN,
        page(&[
            ("1004", "Busy."),
            ("1002", "No space left."),
            ("1001", "In use."),
        ]),
    );
    let run = generate(&project);
    assert!(
        run.stdout
            .contains("names.toml: 1 name added, 1 retired, 0 returned\n"),
        "{run:#?}"
    );
    assert_eq!(
        lines(&project),
        [
            "scan-error-code.enum = \"ScanErrorCode\"",
            "scan-error-code.1001 = \"BUSY\"",
            "scan-error-code.1002 = \"DISK_FULL\"",
            "scan-error-code.1003 = { name = \"GONE\", retired = true }",
            "scan-error-code.1004 = \"BUSY_1004\"",
        ]
    );
    let code = project.read("generated/rust/scan_error_code.rs");
    assert!(
        code.contains("DiskFull = 1002") && !code.contains("Gone"),
        "{code}"
    );

    // What vanished gets its name back, which nobody has got meanwhile.
    project.write(SCAN, page(&[("1003", "Left."), ("1005", "Gone.")]));
    let run = generate(&project);
    assert!(
        run.stdout.contains("1 name added, 3 retired, 1 returned\n"),
        "{run:#?}"
    );
    let code = project.read("generated/rust/scan_error_code.rs");
    assert!(
        code.contains("Gone = 1003") && code.contains("Gone1005 = 1005"),
        "{code}"
    );
}

#[test]
fn pages_keep_their_enums() {
    let project = generated(&[("1001", "Busy.")]);
    project.write(
        "docs-snapshot/errorcode-scan.html",
        page(&[("2001", "Busy.")]),
    );
    generate(&project);
    assert_eq!(
        lines(&project),
        [
            "errorcode-scan.enum = \"ErrorcodeScanErrorCode\"",
            "errorcode-scan.2001 = \"BUSY\"",
            "scan-error-code.enum = \"ScanErrorCode\"",
            "scan-error-code.1001 = \"BUSY\"",
        ]
    );
    project.remove(SCAN);
    generate(&project);
    assert_eq!(
        lines(&project)[2],
        "scan-error-code.enum = { name = \"ScanErrorCode\", retired = true }"
    );
    assert!(!project.path("generated/rust/scan_error_code.rs").exists());
    project.write(SCAN, page(&[("1001", "In use.")]));
    generate(&project);
    assert_eq!(
        lines(&project)[2..],
        [
            "scan-error-code.enum = \"ScanErrorCode\"",
            "scan-error-code.1001 = \"BUSY\""
        ]
    );
}

#[test]
fn a_code_without_a_name_is_drift() {
    let project = generated(&[("1001", "Busy.")]);
    project.write(SCAN, page(&[("1001", "Busy."), ("1002", "Gone.")]));
    let run = refused(&project, &["check"], 1);
    assert!(
        run.stdout.starts_with("changed names.toml\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("+scan-error-code.1002 = \"GONE\"\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("names.toml: 1 name added, 0 retired, 0 returned\n"),
        "{}",
        run.stdout
    );

    let run = refused(&project, &["generate", "--locked"], 1);
    assert_eq!(
        run.stderr,
        "error[names-missing]: names.toml lacks 1 name\n\
         --> names.toml\n \
         = note: named scan-error-code 1002: GONE\n \
         = help: run arkerr generate without --locked, look at the names, and commit the file\n\n"
    );
    generate(&project);
    project.arkerr(&["generate", "--locked"]).succeeded();

    project.remove("names.toml");
    let run = refused(&project, &["check"], 1);
    assert!(
        run.stdout.starts_with("missing names.toml\n"),
        "{}",
        run.stdout
    );
    let run = refused(&project, &["generate", "--locked"], 1);
    assert!(
        run.stderr.contains("names.toml lacks 3 names"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_locked_run_wants_the_file_up_to_date() {
    let project = generated(&[("1001", "Busy."), ("1002", "Gone.")]);
    project.write(SCAN, page(&[("1001", "In use.")]));
    let run = refused(&project, &["generate", "--locked"], 1);
    assert!(
        run.stderr.contains("names.toml is not up to date"),
        "{run:#?}"
    );
    assert!(
        run.stderr.contains("retired scan-error-code 1002: GONE"),
        "{run:#?}"
    );
    generate(&project);

    // A text may change without a name.
    project.write(SCAN, page(&[("1001", "Occupied.")]));
    project.arkerr(&["generate", "--locked"]).succeeded();
    project.arkerr(&["check"]).succeeded();
    let code = project.read("generated/rust/scan_error_code.rs");
    assert!(
        code.contains("/// Occupied.") && code.contains("Busy = 1001"),
        "{code}"
    );
}

#[test]
fn a_name_is_changed_in_the_file() {
    let project = generated(&[("1001", "Busy."), ("1002", "Gone.")]);
    let text = project
        .read("names.toml")
        .replace("\"BUSY\"", "\"OCCUPIED\" # we say so");
    project.write("names.toml", &text);
    let run = refused(&project, &["check"], 1);
    assert!(
        run.stdout
            .starts_with("renamed scan-error-code 1001: BUSY -> OCCUPIED\n"),
        "{}",
        run.stdout
    );
    let run = generate(&project);
    assert!(
        run.stdout
            .starts_with("renamed scan-error-code 1001: BUSY -> OCCUPIED\n"),
        "{}",
        run.stdout
    );
    assert_eq!(
        lines(&project)[1],
        "scan-error-code.1001 = \"OCCUPIED\" # we say so"
    );
    let code = project.read("generated/arkts/ScanErrorCode.ets");
    assert!(
        code.contains("OCCUPIED = 1001") && !code.contains("BUSY"),
        "{code}"
    );
}

#[test]
fn names_are_listed_with_where_they_come_from() {
    let project = Project::renamed();
    generate(&project);
    let page = project.read("docs-snapshot/upload-error-code.html");
    let page = page.replace("EXIF data cannot be read.", "No data.");
    let page = page
        .replace("The service is busy.", "奇怪。")
        .replace("(deprecated) Busy", "奇怪");
    project.write("docs-snapshot/upload-error-code.html", page);
    let run = project.arkerr(&["names"]).succeeded();
    assert_eq!(
        run.stdout,
        "\
upload-error-code        enum  UploadErrorCode           given    was TransferErrorCode
upload-error-code           2  ENOENT                    derived
upload-error-code          13  EACCES                    derived
upload-error-code  1000100001  URI_OF_PIXEL_MAP_INVALID  derived
upload-error-code  1000100002  TOO_SLOW                  given    was CONNECTION_TIMED_OUT, HTTPS_CONNECTION_TIMED_OUT; today HTTPS_CONNECTION_TIMED_OUT
upload-error-code  1000100003  BUSY                      given    was SERVICE_BUSY; today CODE_1000100003
upload-error-code  1000100004  EXIF_DATA_CANNOT_BE_READ  derived  today NO_DATA
upload-error-code  1000100009  GONE                      derived  retired
"
    );
    let run = project
        .arkerr(&["names", "--format", "json", "upload-error-code"])
        .succeeded();
    let names: serde_json::Value = serde_json::from_str(&run.stdout).expect("this is JSON");
    assert_eq!(
        names[4],
        serde_json::json!({
            "page": "upload-error-code",
            "code": "1000100002",
            "name": "TOO_SLOW",
            "variant": "TooSlow",
            "origin": "given",
            "retired": false,
            "aliases": ["CONNECTION_TIMED_OUT", "HTTPS_CONNECTION_TIMED_OUT"],
            "today": "HTTPS_CONNECTION_TIMED_OUT",
        })
    );
    assert_eq!(project.arkerr(&["names", "no-such-page"]).status, 2);
}

#[test]
fn a_command_renames_and_leaves_all_else_as_it_is() {
    let project = Project::renamed();
    let before = project.read("names.toml");
    let run = project.arkerr(&[
        "names",
        "rename",
        "upload-error-code",
        "1000100002",
        "LATE",
        "--alias",
    ]);
    assert_eq!(
        run.succeeded().stdout,
        "renamed upload-error-code 1000100002: TOO_SLOW -> LATE, the old name is a deprecated alias\n\
         to bring the outputs up to date, run: arkerr generate\n"
    );
    let after = project.read("names.toml");
    let changed: Vec<(&str, &str)> = before
        .lines()
        .zip(after.lines())
        .filter(|(old, new)| old != new)
        .collect();
    let [(_, new)] = changed[..] else {
        panic!("one line has changed: {changed:#?}");
    };
    assert!(
        new.contains("name = \"LATE\"") && new.ends_with(", \"TOO_SLOW\"] }"),
        "{new}"
    );
    generate(&project);
    assert!(
        project
            .read("generated/typescript/upload-error-code.ts")
            .contains("TOO_SLOW: 1000100002")
    );

    project
        .arkerr(&[
            "names",
            "rename",
            "upload-error-code",
            "enum",
            "Uploads",
            "-q",
        ])
        .succeeded();
    generate(&project);
    assert!(project.path("generated/arkts/Uploads.ets").exists());
}

#[test]
fn a_command_takes_a_constant_for_a_code_and_keeps_acronyms() {
    let project = Project::renamed();
    let rename = |code: &str, new: &str| {
        let run = project.arkerr(&["names", "rename", "upload-error-code", code, new]);
        run.succeeded().stdout
    };
    let renamed = rename("URI_OF_PIXEL_MAP_INVALID", "HTTPS_FAILED");
    assert!(
        renamed.starts_with("renamed upload-error-code 1000100001: "),
        "{renamed}"
    );
    assert_eq!(
        rename("HTTPS_FAILED", "HTTPS_FAILED"),
        "upload-error-code 1000100001 is called so\n"
    );
    let renamed = rename("1000100001", "HTTPSFailed");
    assert!(
        renamed.starts_with("renamed upload-error-code 1000100001: HttpsFailed -> HTTPSFailed\n"),
        "{renamed}"
    );
    assert!(rename("1000100001", "HTTPS_LOST").contains("HTTPS_FAILED -> HTTPS_LOST"));
    let line = "upload-error-code.1000100001 = { name = \"HTTPS_LOST\", variant = \"HTTPSLost\", given = true }";
    assert!(
        lines(&project).iter().any(|own| own == line),
        "{:#?}",
        lines(&project)
    );
}

#[test]
fn a_command_refuses_names_that_cannot_be() {
    let project = Project::renamed();
    for (arguments, said) in [
        (
            ["upload-error-code", "1000100001", "GONE"],
            "`GONE` is taken by `1000100009` of the page `upload-error-code`, which is retired",
        ),
        (
            ["upload-error-code", "1000100001", "SERVICE_BUSY"],
            "`SERVICE_BUSY` is taken by `1000100003`",
        ),
        (
            ["upload-error-code", "1000100001", "TooSlow"],
            "`TooSlow` is taken by `1000100002`",
        ),
        (
            ["upload-error-code", "1000100001", "DEFAULT"],
            "is a word of",
        ),
        (["upload-error-code", "1000100001", "上传"], "is no name"),
        (
            ["upload-error-code", "1000100001", "upload-failed"],
            "`upload-failed` is no name",
        ),
        (
            ["upload-error-code", "77", "SEVEN"],
            "`77` of the page `upload-error-code` has no name",
        ),
        (
            ["download-error-code", "1", "ONE"],
            "the page `download-error-code` has no names",
        ),
        (
            ["upload-error-code", "-1", "ONE"],
            "`-1` of the page `upload-error-code` has no name",
        ),
    ] {
        let [page, code, name] = arguments;
        let run = refused(&project, &["names", "rename", page, code, name], 2);
        assert!(run.stderr.contains(said), "{said}: {}", run.stderr);
    }
}

#[test]
fn a_page_that_cannot_be_read_keeps_its_names() {
    let project = generated(&[("1001", "Busy."), ("1002", "Gone.")]);
    project.write(
        "docs-snapshot/other-error-code.html",
        page(&[("1", "One.")]),
    );
    generate(&project);
    let before = lines(&project);
    project.write(
        SCAN,
        "<div class='markdown-body'><h2>1001 Title</h2><p>Error Message</p><p>Bu",
    );
    for command in [&["generate"][..], &["check"], &["generate", "--locked"]] {
        assert_eq!(project.arkerr(command).status, 2, "{command:?}");
    }
    assert_eq!(lines(&project), before);
}

#[test]
fn a_page_that_the_site_renames_keeps_its_names() {
    let project = generated(&[("1001", "Busy."), ("1002", "Gone."), ("401", "Bad.")]);
    project.write(
        "docs-snapshot/other-error-code.html",
        page(&[("401", "Bad."), ("1", "One.")]),
    );
    generate(&project);
    let before = project.tree();
    project.remove(SCAN);
    let new = "docs-snapshot/barcode-errorcode.html";
    project.write(
        new,
        page(&[("1001", "Busy."), ("1002", "Left."), ("1003", "New.")]),
    );

    // Nobody has said so yet: nothing is renamed.
    for command in ["generate", "check"] {
        let run = project.arkerr(&[command]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(
            run.stderr
                .starts_with("error[page-renamed]: the page has the codes of `scan-error-code`"),
            "{}",
            run.stderr
        );
        for line in ["[pages.scan-error-code]", "slug = \"barcode-errorcode\""] {
            assert!(run.stderr.contains(line), "{}", run.stderr);
        }
    }
    for (path, bytes) in project.tree() {
        if path.starts_with("generated/") || path == "names.toml" {
            assert_eq!(Some(&bytes), before.get(&path), "{path}");
        }
    }

    project.write(
        "arkerr.toml",
        "[pages.scan-error-code]\nslug = \"barcode-errorcode\"\nkit = \"Scan Kit\"\n",
    );
    let run = generate(&project);
    assert!(
        run.stdout.contains("1 name added, 1 retired, 0 returned\n"),
        "{run:#?}"
    );
    let code = project.read("generated/rust/scan_error_code.rs");
    assert!(
        code.contains("docs-snapshot/barcode-errorcode.html"),
        "{code}"
    );
    assert!(
        code.contains("harmonyos-references/barcode-errorcode"),
        "{code}"
    );
    assert!(
        code.contains("ScanErrorCode") && code.contains("Gone = 1002"),
        "{code}"
    );
    assert!(
        project
            .read("generated/markdown/scan-error-code.md")
            .contains("Scan Kit")
    );

    // It is another page, says who generates without it.
    project.remove("arkerr.toml");
    let text = project.read(new);
    project.remove(new);
    generate(&project);
    project.write(new, text);
    generate(&project);
    let names = lines(&project);
    assert!(
        names[0].starts_with("barcode-errorcode.enum = \"BarcodeErrorCode\""),
        "{names:#?}"
    );
    assert!(
        names
            .iter()
            .any(|line| line.contains("\"ScanErrorCode\", retired = true")),
        "{names:#?}"
    );
}

#[test]
fn a_file_that_differs_in_case_is_the_same_page() {
    let project = generated(&[("401", "Bad.")]);
    project.remove(SCAN);
    project.write(
        "docs-snapshot/Scan-Error-Code.html",
        page(&[("401", "Wrong.")]),
    );
    generate(&project);
    assert_eq!(lines(&project)[1..], ["scan-error-code.401 = \"BAD\""]);
}

#[test]
fn a_page_without_a_snapshot_stays_while_a_new_one_cannot_be_read() {
    for new in ["", "<h1>Error codes</h1><p>Loading</p>"] {
        let project = generated(&[("1001", "Busy.")]);
        project.write(
            "docs-snapshot/other-error-code.html",
            page(&[("1", "One.")]),
        );
        generate(&project);
        let before = project.tree();
        project.remove(SCAN);
        project.write("docs-snapshot/barcode-errorcode.html", new);
        let run = project.arkerr(&["generate"]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(
            run.stderr
                .contains("error[page-renamed]: the page has no snapshot any more"),
            "{run:#?}"
        );
        let after = project.tree();
        for path in [
            "generated/rust/scan_error_code.rs",
            "generated/arkts/ScanErrorCode.ets",
        ] {
            assert_eq!(after.get(path), before.get(path), "{path}");
        }
        assert!(!project.read("names.toml").contains("retired"), "{run:#?}");
    }
}

#[test]
fn an_unreadable_file_that_differs_in_case_is_the_same_page() {
    let project = generated(&[("1001", "Busy.")]);
    project.write(
        "docs-snapshot/other-error-code.html",
        page(&[("1", "One.")]),
    );
    generate(&project);
    let names = project.read("names.toml");
    project.remove(SCAN);
    project.write("docs-snapshot/Scan-Error-Code.html", b"\xff\xfe\x00bad");
    assert_eq!(project.arkerr(&["generate"]).status, 2);
    assert_eq!(project.read("names.toml"), names);
}

#[test]
fn renamed_pages_and_translations_go_together() {
    let project = generated(&[("1001", "Busy.")]);
    let chinese = "<h1>错误码</h1><h2>1001 忙</h2><p>错误信息</p><p>Busy.</p>";
    project.write("docs-snapshot/scan-cn.html", chinese);
    project.write(
        "arkerr.toml",
        "[pages.scan-cn]\ntranslation_of = 'scan-error-code'\n",
    );
    generate(&project);
    project.remove(SCAN);
    project.remove("docs-snapshot/scan-cn.html");
    project.write("docs-snapshot/scan.html", page(&[("1001", "In use.")]));
    project.write("docs-snapshot/scan-zh.html", chinese);
    for original in ["scan-error-code", "scan"] {
        let config = format!(
            "[pages.scan-error-code]\nslug = 'scan'\n\
             [pages.scan-cn]\nslug = 'scan-zh'\ntranslation_of = '{original}'\n"
        );
        project.write("arkerr.toml", config);
        generate(&project);
        assert_eq!(lines(&project).len(), 2, "{:#?}", lines(&project));
        assert!(
            project
                .read("generated/json/catalog.json")
                .contains("scan-zh.html")
        );
    }
}

#[test]
fn names_are_made_anew_without_names_toml_whatever_the_outputs_say() {
    let project = generated(&[("1001", "Busy.")]);
    project
        .arkerr(&["names", "rename", "scan-error-code", "1001", "OCCUPIED"])
        .succeeded();
    generate(&project);
    project.remove("names.toml");
    generate(&project);
    assert_eq!(
        lines(&project),
        [
            "scan-error-code.enum = \"ScanErrorCode\"",
            "scan-error-code.1001 = \"BUSY\"",
        ]
    );
}

#[test]
fn a_page_that_is_emptied_is_found_whatever_the_targets() {
    let project = generated(&[("1001", "Busy.")]);
    project.write("arkerr.toml", "targets = ['rust']");
    project.write(
        "docs-snapshot/other-error-code.html",
        page(&[("1", "One.")]),
    );
    generate(&project);
    project.write(SCAN, "<h1>Error codes</h1><p>Loading</p>");
    let before = project.tree();
    let run = refused(&project, &["generate"], 2);
    assert!(run.stderr.contains("error[codes-lost]"), "{run:#?}");
    assert_eq!(project.tree(), before);
}

#[test]
fn names_can_be_recorded_without_outputs() {
    let project = Project::seed();
    let run = project.arkerr(&["names", "record"]).succeeded();
    assert_eq!(
        run.stdout,
        "names.toml: 13 names added, 0 retired, 0 returned\n"
    );
    assert!(!project.path("generated").exists());
    let recorded = project.read("names.toml");
    let run = project.arkerr_reads(&["names", "record"]).succeeded();
    assert_eq!(run.stdout, "names.toml is up to date\n");
    project.arkerr(&["generate"]).succeeded();
    assert_eq!(project.read("names.toml"), recorded);
}
