//! The generated ArkTS and TypeScript, compiled, bundled and run.

use crate::common::{Project, repository};
use crate::node::{javascript, script, tsc};

/// Module systems and switches that a user's own project may have.
const TSC_OPTIONS: [&[&str]; 2] = [
    &[
        "--module",
        "nodenext",
        "--target",
        "es2022",
        "--noUnusedLocals",
        "--noUnusedParameters",
    ],
    &[
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
        "--target",
        "es2015",
        "--verbatimModuleSyntax",
        "--isolatedModules",
        "--erasableSyntaxOnly",
        "--noUncheckedIndexedAccess",
        "--exactOptionalPropertyTypes",
    ],
];

/// A project of the seed page with its outputs and these files of `tests/e2e/npm` beside them.
fn seed_with(files: &[&str]) -> Project {
    let project = Project::seed();
    project.arkerr(&["generate"]).succeeded();
    for file in files {
        let bytes =
            std::fs::read(repository("tests/e2e/npm").join(file)).expect("there is such a file");
        project.write(&format!("generated/{file}"), bytes);
    }
    project
}

fn page(name: &str) -> Project {
    generated(Project::page(name))
}

fn generated(project: Project) -> Project {
    assert_eq!(project.arkerr(&["generate", "-q"]).status, 0);
    project
}

#[test]
fn the_arkts_linter_has_nothing_to_say() {
    for project in [
        seed_with(&["app.ets"]),
        page("every-kind-error-code.html"),
        page("hostile-error-code.html"),
        generated(Project::bilingual()),
        generated(Project::renamed()),
    ] {
        let run = script("lint-arkts.mjs", &project.path("generated"));
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
    }
}

#[test]
fn the_arkts_linter_is_seen_to_work() {
    let project = seed_with(&["refused.ets"]);
    let run = script("lint-arkts.mjs", &project.path("generated"));
    assert_eq!(run.status, 1, "{run:#?}");
    for (line, rule) in [
        (3, "arkts-no-untyped-obj-literals"),
        (4, "arkts-no-as-const"),
        (5, "arkts-no-is"),
    ] {
        let found =
            |said: &str| said.starts_with(&format!("refused.ets:{line}:")) && said.contains(rule);
        assert!(run.stdout.lines().any(found), "{rule}: {}", run.stdout);
    }
    assert!(
        run.stdout
            .lines()
            .all(|said| said.starts_with("refused.ets:")),
        "{}",
        run.stdout
    );
}

#[test]
fn the_typescript_compiler_has_nothing_to_say() {
    for options in TSC_OPTIONS {
        let run = tsc(&seed_with(&["app.ts"]), "generated/app.ts", options);
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
        for project in [
            page("every-kind-error-code.html"),
            page("hostile-error-code.html"),
            generated(Project::bilingual()),
            generated(Project::renamed()),
        ] {
            let run = tsc(&project, "generated/typescript/index.ts", options);
            assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
        }
    }
}

#[test]
fn the_typescript_compiler_is_seen_to_work() {
    let run = tsc(
        &seed_with(&["refused.ts"]),
        "generated/refused.ts",
        TSC_OPTIONS[0],
    );
    assert_ne!(run.status, 0);
    for line in [5, 6, 7] {
        let place = format!("generated/refused.ts({line},");
        assert!(run.stdout.contains(&place), "{place} in {}", run.stdout);
    }
}

#[test]
fn applications_run() {
    let project = seed_with(&["app.ts", "app.ets"]);
    let program = script("bundle.mjs", &project.path("generated/app.ts"))
        .succeeded()
        .stdout;
    assert_eq!(
        javascript(&format!("{program}; console.log(JSON.stringify(results))")),
        "[\"later\",\"Failed to run, please try again.\",\"unknown\",true,12,401,true,\
         \"known 200\",\"unknown 7\",\"unknown undefined\",\"unknown undefined\",\
         \"unknown undefined\",\"unknown undefined\",\"unknown undefined\"]\n"
    );
    let program = script("bundle.mjs", &project.path("generated/app.ets"))
        .succeeded()
        .stdout;
    assert_eq!(
        javascript(&format!(
            "{program}; console.log(onFailure({{ code: 401 }}), describe(200), describe(7), known());\
             console.log(caught(200), caught(7), onFinished(undefined), onFinished(null))"
        )),
        "输入参数错误。 RUN_TIMED_OUT: 当前存在大量的请求，无法及时处理。 过一段时间重试，并做好相关的逻辑判断。 7 12\n\
         true 200 200 false 7 undefined false false\n"
    );
}

#[test]
fn former_names_mean_what_the_new_ones_do() {
    let project = generated(Project::renamed());
    for (folder, index) in [
        ("typescript", "./typescript/index.js"),
        ("arkts", "./arkts/Index"),
    ] {
        let program = format!(
            "import {{ UploadErrorCode, TransferErrorCode, isTransferErrorCode }} from '{index}';\n\
             import {{ hasTransferErrorCode, transferErrorCodeFromCode }} from '{index}';\n\
             console.log(UploadErrorCode.TOO_SLOW, TransferErrorCode.CONNECTION_TIMED_OUT,\n\
             isTransferErrorCode(1000100002), hasTransferErrorCode({{ code: 1000100002 }}),\n\
             transferErrorCodeFromCode(1000100002));\n"
        );
        project.write("generated/former.ts", program);
        let program = script("bundle.mjs", &project.path("generated/former.ts"));
        let printed = javascript(&program.succeeded().stdout);
        assert_eq!(
            printed, "1000100002 1000100002 true true 1000100002\n",
            "{folder}"
        );
    }
}

#[test]
fn a_project_replaces_a_block_of_a_template() {
    let project = Project::seed();
    let own = project.read("arkerr.toml");
    project.write("arkerr.toml", format!("templates = 'templates'\n{own}"));
    for (name, block) in [
        ("typescript/page.ts", "former_functions"),
        ("typescript/index.ts", "types"),
        ("arkts/page.ets", "former_functions"),
        ("arkts/info.ets", "header"),
    ] {
        let template = format!(
            "{{% extends \"builtin/{name}\" %}}\n\
             {{% block {block} %}}{{{{ super() }}}}\n// One more line.\n{{% endblock %}}\n"
        );
        project.write(&format!("templates/{name}.tera"), template);
    }
    project.arkerr(&["generate"]).succeeded();
    for file in [
        "typescript/core-vision-error-code.ts",
        "typescript/index.ts",
        "arkts/CoreVisionErrorCode.ets",
        "arkts/ErrorCodeInfo.ets",
    ] {
        let text = project.read(&format!("generated/{file}"));
        let committed = std::fs::read_to_string(repository("generated").join(file));
        let committed = committed.expect("the repository has the file");
        let lines = |text: &str| -> Vec<String> {
            let lines = text.lines().filter(|line| !line.is_empty());
            lines.map(str::to_owned).collect()
        };
        let text: Vec<String> = lines(&text);
        assert!(text.contains(&"// One more line.".to_owned()), "{file}");
        let rest: Vec<String> = text
            .into_iter()
            .filter(|line| line != "// One more line.")
            .collect();
        assert_eq!(rest, lines(&committed), "{file}");
    }
}

#[test]
fn a_bundle_has_no_more_than_the_application_uses() {
    let project = seed_with(&[]);
    project.write(
        "generated/small.ts",
        "import { CoreVisionErrorCode } from './typescript/index.js';\n\
         console.log(CoreVisionErrorCode.RUN_TIMED_OUT);\n",
    );
    let program = script("bundle.mjs", &project.path("generated/small.ts"))
        .succeeded()
        .stdout;
    assert!(program.contains("RUN_TIMED_OUT:200"), "{program}");
    assert!(!program.contains("运行超时"), "{program}");
    assert!(!program.contains("Map"), "{program}");
}

#[test]
fn hostile_text_is_read_back_as_it_was() {
    let project = page("hostile-error-code.html");
    let expected = crate::common::texts(&project);
    for (folder, index) in [
        ("typescript", "./typescript/index.js"),
        ("arkts", "./arkts/Index"),
    ] {
        let program = format!(
            "import {{ allHostileErrorCodes }} from '{index}';\n\
             const texts = allHostileErrorCodes().flatMap((info) => [info.message, info.description]);\n\
             console.log(JSON.stringify(texts));\n"
        );
        project.write("generated/read.ts", program);
        let program = script("bundle.mjs", &project.path("generated/read.ts"))
            .succeeded()
            .stdout;
        let printed: Vec<String> =
            serde_json::from_str(&javascript(&program)).expect("the program prints JSON");
        assert_eq!(printed, expected, "{folder}");
    }
}
