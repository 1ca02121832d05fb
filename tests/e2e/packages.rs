//! The layouts that are packages: a HAR module of ArkTS and an npm package, as they are installed
//! and used.

use std::fs;

use crate::common::{Project, repository};
use crate::node::{hover, javascript, node, npm, script, tsc};
use serde_json::{Value, json};

/// What makes packages of the outputs.
const PACKAGES: &str = "
[targets]
others = false

[targets.arkts]
layout = 'har'
options = { name = '@team/error-codes', version = '2.1.0', license = 'MIT', author = 'A \"team\"' }

[targets.typescript]
layout = 'package'
options = { name = '@team/error-codes', version = '2.1.0', license = 'MIT', author = 'A \"team\"' }
";

/// The module systems from which a user may import the package.
const TSC_OPTIONS: [&[&str]; 3] = [
    &["--module", "nodenext", "--target", "es2022", "--types", ""],
    &[
        "--module",
        "esnext",
        "--moduleResolution",
        "bundler",
        "--target",
        "es2022",
        "--types",
        "",
    ],
    // The declarations themselves are looked at, too.
    &[
        "--module",
        "preserve",
        "--target",
        "es2022",
        "--types",
        "",
        "--skipLibCheck",
        "false",
        "--exactOptionalPropertyTypes",
        "--isolatedModules",
        "--verbatimModuleSyntax",
    ],
];

/// A project whose outputs are packages.
fn packages(project: Project) -> Project {
    let own = project.path("arkerr.toml");
    let own = fs::read_to_string(own).unwrap_or_default();
    // The seed page's project says itself which targets it has.
    let (own, _) = own.split_once("[targets]").unwrap_or((&own, ""));
    project.write("arkerr.toml", format!("{own}\n{PACKAGES}"));
    assert_eq!(project.arkerr(&["generate", "-q"]).status, 0);
    project
}

/// A file of `tests/e2e/npm`, which imports from files, as one that imports from the package.
fn application(name: &str, from: &str) -> String {
    let text = fs::read_to_string(repository("tests/e2e/npm").join(name));
    let text = text.expect("there is such a file");
    let changed = text.replace(from, "@team/error-codes");
    assert_ne!(text, changed);
    changed
}

/// Packs the npm package and installs it into the folder `app` of a project.
fn install(project: &Project) {
    let packed = npm(project, "generated/typescript", &["pack"]);
    let archive = format!("../generated/typescript/{}", packed.trim());
    let own = json!({ "name": "app", "private": true, "type": "module" });
    project.write("app/package.json", own.to_string());
    npm(project, "app", &["install", &archive]);
}

fn pages_of_all_kinds() -> [Project; 5] {
    [
        Project::seed(),
        Project::page("every-kind-error-code.html"),
        Project::page("hostile-error-code.html"),
        Project::bilingual(),
        Project::renamed(),
    ]
}

#[test]
fn the_arkts_linter_has_nothing_to_say_on_a_har() {
    for project in pages_of_all_kinds() {
        let project = packages(project);
        let run = script("lint-arkts.mjs", &project.path("generated/arkts"));
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
    }
}

#[test]
fn an_application_imports_a_har_by_its_name() {
    let project = packages(Project::seed());
    project.write("generated/app.ets", application("app.ets", "./arkts/Index"));
    let run = script("lint-arkts.mjs", &project.path("generated"));
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");

    // What the package does not have is missed, so that the import is seen to be looked up.
    project.write(
        "generated/wrong.ets",
        "import { NoErrorCode } from '@team/error-codes';\nexport const code: number = NoErrorCode.A;\n",
    );
    let run = script("lint-arkts.mjs", &project.path("generated"));
    assert_eq!(run.status, 1, "{run:#?}");
    assert!(
        run.stdout.contains("wrong.ets:1:10 compiler 2305"),
        "{run:#?}"
    );
}

#[test]
fn a_har_says_what_ohpm_and_hvigor_have_to_know() {
    let project = packages(Project::seed());
    let files = script("read-json5.mjs", &project.path("generated/arkts")).succeeded();
    let files: Value = serde_json::from_str(&files.stdout).expect("it is JSON");
    assert_eq!(
        files,
        json!({
            "oh-package.json5": {
                "name": "@team/error-codes",
                "version": "2.1.0",
                "description": "HarmonyOS error codes, with what their documentation says.",
                "main": "Index.ets",
                "author": "A \"team\"",
                "license": "MIT",
                "dependencies": {},
            },
            "src/main/module.json5": {
                "module": {
                    // The name of a module has neither slashes nor hyphens.
                    "name": "team_error_codes",
                    "type": "har",
                    "deviceTypes": ["default", "tablet", "2in1"],
                },
            },
            "build-profile.json5": {
                "apiType": "stageMode",
                "buildOption": {},
                "targets": [{ "name": "default" }],
            },
        })
    );
    let tasks = project.read("generated/arkts/hvigorfile.ts");
    assert!(
        tasks.contains("import { harTasks } from '@ohos/hvigor-ohos-plugin';"),
        "{tasks}"
    );
    for file in ["README.md", "CHANGELOG.md"] {
        let text = project.read(&format!("generated/arkts/{file}"));
        assert!(text.contains("CoreVisionErrorCode"), "{text}");
    }
    let license = project.read("generated/arkts/LICENSE");
    assert!(
        license.ends_with("licensed as the package says: MIT.\n"),
        "{license}"
    );
}

#[test]
fn the_devices_of_a_har_may_be_chosen() {
    let project = Project::seed();
    project.write(
        "arkerr.toml",
        "[targets]\nothers = false\n[targets.arkts]\nlayout = 'har'\noptions.devices = 'phone,wearable'\n",
    );
    project.arkerr(&["generate"]).succeeded();
    let files = script("read-json5.mjs", &project.path("generated/arkts")).succeeded();
    let files: Value = serde_json::from_str(&files.stdout).expect("it is JSON");
    let module = &files["src/main/module.json5"]["module"];
    assert_eq!(module["deviceTypes"], json!(["phone", "wearable"]));
    let package = &files["oh-package.json5"];
    assert_eq!(package["license"], "LicenseRef-LICENSE");
    assert_eq!(package.get("author"), None);
}

#[test]
fn every_file_of_a_package_says_that_arkerr_made_it() {
    let project = packages(Project::seed());
    for path in project.tree().keys() {
        if path.starts_with("generated/") {
            let text = project.read(path);
            let says_so =
                |line: &str| line.contains("Generated by arkerr") && line.contains("do not edit");
            assert!(text.lines().take(4).any(says_so), "{path}: {text}");
        }
    }
}

#[test]
fn a_package_goes_where_another_layout_is_chosen() {
    let project = packages(Project::seed());
    project.write("arkerr.toml", "targets = ['arkts', 'typescript']\n");
    project.arkerr(&["generate"]).succeeded();
    let files = crate::common::read_tree(&project.path("generated"));
    let files: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        [
            ".arkerr-files",
            ".gitattributes",
            "arkts/CoreVisionErrorCode.ets",
            "arkts/ErrorCodeInfo.ets",
            "arkts/Index.ets",
            "typescript/core-vision-error-code.ts",
            "typescript/error-code-info.ts",
            "typescript/index.ts",
        ]
    );
}

#[test]
fn a_package_may_be_built_where_it_lies() {
    let project = packages(Project::seed());
    let copy = project.read("generated/arkts/Index.ets");
    project.write("generated/arkts/build/default/Index.ets", &copy);
    project.write("generated/arkts/oh_modules/other/Index.ets", &copy);
    project.arkerr_reads(&["check"]).succeeded();
    project.arkerr_reads(&["generate"]).succeeded();
}

#[test]
fn an_npm_package_is_imported_from_typescript() {
    let project = packages(Project::seed());
    install(&project);
    project.write("app/app.ts", application("app.ts", "./typescript/index.js"));
    project.write(
        "app/subpath.ts",
        "import { CoreVisionErrorCode } from '@team/error-codes/core-vision-error-code';\n\
         import * as all from '@team/error-codes';\n\
         export const code: 200 = CoreVisionErrorCode.RUN_TIMED_OUT;\n\
         export const same: typeof CoreVisionErrorCode = all.CoreVisionErrorCode;\n",
    );
    project.write(
        "app/refused.ts",
        application("refused.ts", "./typescript/index.js"),
    );
    for options in TSC_OPTIONS {
        for file in ["app/app.ts", "app/subpath.ts"] {
            let run = tsc(&project, file, options);
            assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
        }
        let run = tsc(&project, "app/refused.ts", options);
        for line in [5, 6, 7] {
            let place = format!("app/refused.ts({line},");
            assert!(run.stdout.contains(&place), "{place} in {}", run.stdout);
        }
    }
    let program = script("bundle.mjs", &project.path("app/app.ts")).succeeded();
    let program = format!("{}; console.log(JSON.stringify(results))", program.stdout);
    assert_eq!(
        javascript(&program),
        "[\"later\",\"Failed to run, please try again.\",\"unknown\",true,12,401,true,\
         \"known 200\",\"unknown 7\",\"unknown undefined\",\"unknown undefined\",\
         \"unknown undefined\",\"unknown undefined\",\"unknown undefined\"]\n"
    );
}

#[test]
fn the_declarations_of_every_page_are_right() {
    for project in pages_of_all_kinds() {
        let project = packages(project);
        for options in TSC_OPTIONS {
            let run = tsc(&project, "generated/typescript/index.d.ts", options);
            assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
        }
    }
}

#[test]
fn the_declarations_tell_what_the_modules_have() {
    for project in pages_of_all_kinds() {
        let project = packages(project);
        project.write(
            "generated/exports.mjs",
            "import * as all from './typescript/index.js';\n\
             console.log(Object.keys(all).join('\\n'));\n",
        );
        let had = node(&project, "generated/exports.mjs");
        let declared: String = had
            .lines()
            .map(|name| format!("import {{ {name} }} from './typescript/index.js'; {name};\n"))
            .collect();
        project.write("generated/declared.mts", declared);
        let run = tsc(&project, "generated/declared.mts", TSC_OPTIONS[0]);
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run:#?}");
        // Each export of the declarations, but for the types, is there.
        let index = project.read("generated/typescript/index.d.ts");
        let values = index.lines().filter(|line| line.starts_with("export {"));
        let names = values.flat_map(|line| {
            let (_, names) = line.split_once('{').expect("it has braces");
            let (names, _) = names.split_once('}').expect("it has braces");
            names.split(',').map(str::trim)
        });
        for name in names {
            assert!(had.lines().any(|export| export == name), "{name}: {had}");
        }
    }
}

#[test]
fn an_npm_package_is_imported_from_javascript() {
    let project = packages(Project::renamed());
    install(&project);
    project.write(
        "app/main.js",
        "import { UploadErrorCode, TransferErrorCode, hasTransferErrorCode, codeOf } from '@team/error-codes';\n\
         import { uploadErrorCodeInfo, uploadErrorCodeFromCode } from '@team/error-codes/upload-error-code';\n\
         import { transferErrorCodeInfo } from '@team/error-codes/transfer-error-code';\n\
         import { createRequire } from 'node:module';\n\
         const own = createRequire(import.meta.url)('@team/error-codes/package.json');\n\
         console.log(UploadErrorCode.TOO_SLOW, TransferErrorCode.CONNECTION_TIMED_OUT);\n\
         console.log(hasTransferErrorCode({ code: 1000100002 }), codeOf({ code: 7 }), codeOf(null));\n\
         console.log(uploadErrorCodeInfo(13).description, transferErrorCodeInfo(7));\n\
         console.log(uploadErrorCodeFromCode(13), uploadErrorCodeFromCode(7), own.version);\n",
    );
    assert_eq!(
        node(&project, "app/main.js"),
        "1000100002 1000100002\ntrue 7 undefined\nNot allowed. undefined\n13 undefined 2.1.0\n"
    );
}

#[test]
fn an_npm_package_has_what_it_needs_and_no_more() {
    let project = packages(Project::seed());
    install(&project);
    let files = crate::common::read_tree(&project.path("app/node_modules/@team/error-codes"));
    let files: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        files,
        [
            "LICENSE",
            "README.md",
            "core-vision-error-code.d.ts",
            "core-vision-error-code.js",
            "error-code-info.d.ts",
            "error-code-info.js",
            "index.d.ts",
            "index.js",
            "package.json",
        ]
    );
}

#[test]
fn a_bundle_has_no_more_of_the_package_than_the_application_uses() {
    let project = packages(Project::seed());
    install(&project);
    project.write(
        "app/small.ts",
        "import { CoreVisionErrorCode } from '@team/error-codes';\n\
         console.log(CoreVisionErrorCode.RUN_TIMED_OUT);\n",
    );
    let program = script("bundle.mjs", &project.path("app/small.ts")).succeeded();
    let program = program.stdout;
    assert!(program.contains("RUN_TIMED_OUT:200"), "{program}");
    assert!(!program.contains("运行超时"), "{program}");
    assert!(!program.contains("Map"), "{program}");

    // The bundler tells that an import for nothing is left out.
    project.write("app/none.ts", "import '@team/error-codes';\n");
    let run = script("bundle.mjs", &project.path("app/none.ts"));
    assert_eq!((run.status, run.stdout.trim()), (0, ""), "{run:#?}");
    assert!(run.stderr.contains("no side effects"), "{run:#?}");
}

#[test]
fn hostile_text_is_read_back_from_packages_as_it_was() {
    let project = packages(Project::page("hostile-error-code.html"));
    let expected = crate::common::texts(&project);
    for index in ["./typescript/index.js", "./arkts/Index"] {
        let program = format!(
            "import {{ allHostileErrorCodes }} from '{index}';\n\
             const texts = allHostileErrorCodes().flatMap((info) => [info.message, info.description]);\n\
             console.log(JSON.stringify(texts));\n"
        );
        project.write("generated/read.ts", program);
        let program = script("bundle.mjs", &project.path("generated/read.ts")).succeeded();
        let printed: Vec<String> =
            serde_json::from_str(&javascript(&program.stdout)).expect("the program prints JSON");
        assert_eq!(printed, expected, "{index}");
    }
}

#[test]
fn an_editor_shows_the_documentation() {
    let project = packages(Project::renamed());
    install(&project);
    let program = "import { UploadErrorCode, TransferErrorCode, hasUploadErrorCode } from '@team/error-codes';\n\
         console.log(UploadErrorCode.TOO_SLOW, TransferErrorCode.CONNECTION_TIMED_OUT);\n\
         hasUploadErrorCode(new Error(''));\n";
    let shown = "The HTTPS connection timed out. Please try again.\n\n**1000100002 Time-out**\n";
    for (file, constant) in [
        ("app/main.ts", "(property) TOO_SLOW: 1000100002\n"),
        (
            "generated/main.ets",
            "(enum member) UploadErrorCode.TOO_SLOW = 1000100002\n",
        ),
    ] {
        project.write(file, program);
        let text = hover(&project, file, "UploadErrorCode.TOO_SLOW");
        assert!(text.starts_with(&format!("{constant}{shown}")), "{text}");
        // Former names are struck out.
        for (former, said) in [
            (
                "CONNECTION_TIMED_OUT",
                "@deprecated It is called `TOO_SLOW` now.\n",
            ),
            ("OO_SLOW, TransferErrorCode", ""),
        ] {
            let text = hover(&project, file, former);
            assert!(
                text.contains(said) && text.ends_with("\nstruck out\n"),
                "{file}: {text}"
            );
        }
        let text = hover(&project, file, "\nhasUploadErrorCode");
        let said = "Tells whether a caught error carries one of the codes of `UploadErrorCode`.\n";
        assert!(
            text.contains(said) && !text.contains("struck out"),
            "{file}: {text}"
        );
    }
}
