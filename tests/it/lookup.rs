//! Looking codes up: explain, search, and what shells and `man` are told.

use crate::common::{Project, Run, repository};
use crate::expected::assert_file;

fn seed() -> Project {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    project
}

fn bilingual() -> Project {
    let project = Project::bilingual();
    assert_eq!(project.arkerr(&["generate"]).status, 0);
    project
}

#[track_caller]
fn assert_golden(actual: &str, name: &str) {
    let golden = repository("tests/it/cases/golden/lookup").join(name);
    assert_file(actual, golden);
}

#[test]
fn a_code_is_explained() {
    let run = seed().arkerr_reads(&["explain", "1001400001"]).succeeded();
    assert_golden(&run.stdout, "explain.txt");
}

#[test]
fn a_name_means_its_code_and_several_may_be_asked_for() {
    let project = seed();
    let one = project.arkerr(&["explain", "RUN_TIMED_OUT"]).succeeded();
    assert!(one.stdout.starts_with("200 运行超时\n"), "{}", one.stdout);
    let rust = project.arkerr(&["explain", "CoreVisionErrorCode::RunTimedOut"]);
    assert_eq!(rust.succeeded().stdout, one.stdout);
    let both = project.arkerr(&["explain", "200", "401"]).succeeded();
    assert!(both.stdout.starts_with(&one.stdout), "{}", both.stdout);
    assert!(both.stdout.contains("\n401 参数错误\n"), "{}", both.stdout);
}

#[test]
fn an_unknown_code_has_status_1_and_the_nearest_are_offered() {
    let project = seed();
    let run = project.arkerr_reads(&["explain", "200", "1001400009"]);
    assert_eq!(run.status, 1);
    assert!(run.stdout.starts_with("200 "), "{}", run.stdout);
    assert_golden(&run.stderr, "unknown.txt");
    let run = project.arkerr(&["explain", "-7"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:#?}");
    let run = project.arkerr(&["explain", "1001400009", "--format", "json"]);
    let answers: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(answers[0]["found"], serde_json::json!([]));
    assert_eq!(answers[0]["nearest"][0]["code"]["value"], 1_001_400_002);
}

#[test]
fn every_known_code_in_a_log_is_explained() {
    let project = seed();
    let log = b"11-25 10:00:01.200 E vision: code=1001400001\n\xff {\"code\":401} 1001400001\n";
    let run = project
        .arkerr_with_input(&["explain", "-"], log)
        .succeeded();
    let headings: Vec<&str> = run
        .stdout
        .lines()
        .filter(|line| line.contains("core-vision-error-code · "))
        .map(|line| line.rsplit(" · ").next().unwrap_or_default())
        .collect();
    assert_eq!(
        headings,
        ["first in line 1, 2 times", "line 2"],
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("\n> 11-25 10:00:01.200 E vision: code=1001400001\n"),
        "{}",
        run.stdout
    );
    let names = b"CORE_VISION_ERROR_CODE_RUN_TIMED_OUT or CoreVisionErrorCode.RUN_TIMED_OUT";
    let run = project
        .arkerr_with_input(&["explain", "-"], names)
        .succeeded();
    assert!(
        run.stdout.contains("first in line 1, 2 times"),
        "{}",
        run.stdout
    );
    let run = project.arkerr_with_input(&["explain", "-"], b"all is well\n");
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert_eq!(run.stderr, "no known code in the text\n");
}

#[test]
fn a_code_is_explained_in_the_language_that_is_asked_for() {
    let project = bilingual();
    let explain = |lang: &[&str]| {
        let arguments = [&["explain", "201"], lang].concat();
        project.arkerr(&arguments).succeeded().stdout
    };
    let chinese = explain(&[]);
    assert_eq!(explain(&["--lang", "zh"]), chinese);
    assert!(chinese.contains("应用没有支付权限。"), "{chinese}");
    let english = explain(&["--lang", "en"]);
    assert!(
        english.contains("The application may not pay."),
        "{english}"
    );
    assert!(!english.contains("应用没有支付权限。"), "{english}");
}

#[test]
fn records_are_found_from_below_a_project_and_in_any_file() {
    let project = seed();
    project.write("app/src/a.ets", "");
    let mut command = project.command(&["explain", "200"]);
    let output = command.current_dir(project.path("app/src")).output();
    let below = Run::of(&output.expect("arkerr can be started")).succeeded();
    assert!(below.stdout.starts_with("200 "), "{}", below.stdout);

    let elsewhere = Project::empty();
    elsewhere.write("errors.json", project.read("generated/json/catalog.json"));
    let run = elsewhere.arkerr(&["explain", "200", "--catalog", "errors.json"]);
    // The project has no outputs of C; of records from elsewhere nobody knows.
    let c = "  C: CORE_VISION_ERROR_CODE_RUN_TIMED_OUT\n";
    assert!(!below.stdout.contains(c), "{}", below.stdout);
    assert_eq!(run.succeeded().stdout.replace(c, ""), below.stdout);

    // Without records the snapshots have to do.
    let fresh = Project::seed();
    let run = fresh.arkerr_reads(&["explain", "200"]);
    assert_eq!(run.succeeded().stdout, below.stdout);
}

#[test]
fn records_that_cannot_be_read_are_an_error() {
    let project = Project::empty();
    project.write("errors.json", "{\"schema\": 1}");
    for (file, message) in [
        ("errors.json", "this is no file of records"),
        ("nothing.json", "there is no file `nothing.json`"),
    ] {
        let run = project.arkerr(&["search", "a", "--catalog", file]);
        assert_eq!(run.status, 2, "{run:#?}");
        assert!(run.stderr.contains(message), "{}", run.stderr);
    }
    assert_eq!(project.arkerr(&["explain", "1"]).status, 2);
}

#[test]
fn codes_are_found_by_words_in_any_language() {
    let project = bilingual();
    let run = project.arkerr_reads(&["search", "pay"]).succeeded();
    assert_golden(&run.stdout, "search.txt");
    let chinese = project.arkerr(&["search", "支付权限"]).succeeded().stdout;
    let english = project
        .arkerr(&["search", "MAY NOT pay"])
        .succeeded()
        .stdout;
    assert_eq!(chinese, english);
    let run = project.arkerr(&["search", "nothing", "like", "it"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    let run = project.arkerr(&["search", "pay", "--limit", "1"]).stderr;
    assert!(run.starts_with("and "), "{run}");
    let run = project
        .arkerr(&["search", "pay", "--format", "json"])
        .succeeded();
    let hits: serde_json::Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    assert_eq!(hits[0]["identifiers"][2]["target"], "rust");
}

#[test]
fn shells_and_man_are_told_of_all_commands() {
    let project = Project::empty();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = project.arkerr(&["completions", shell]).succeeded().stdout;
        for command in ["generate", "explain", "search", "templates"] {
            assert!(script.contains(command), "{command} for {shell}");
        }
    }
    let page = project.arkerr(&["man"]).succeeded().stdout;
    assert!(page.contains(".TH arkerr 1"), "{page}");
    project.arkerr(&["man", "pages/man1"]).succeeded();
    let explain = project.read("pages/man1/arkerr-explain.1");
    assert!(explain.contains("Tell what codes mean"), "{explain}");
    assert!(project.path("pages/man1/arkerr-names-rename.1").exists());
}
