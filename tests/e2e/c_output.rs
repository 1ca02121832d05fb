//! The generated C, compiled as C and as C++, and used.

use std::fs;
use std::process::Command;

use crate::common::{Project, Run, repository};
use crate::tools::run;

/// The compilers, with the language that they are to take every file for.
const COMPILERS: [&[&str]; 2] = [
    &["gcc", "-std=c99"],
    // A file that ends in `.c` is one of C to g++ too, unless it is told what it is.
    &["g++", "-std=c++17", "-x", "c++"],
];

/// Makes C of a project, and nothing else.
fn generate(project: &Project) {
    project.write("arkerr.toml", "[targets]\nothers = false\nc = true\n");
    assert_eq!(project.arkerr(&["generate"]).status, 0);
}

/// A project with pages of every sort, those whose numbers need 64 bits among them.
fn several() -> Project {
    let project = Project::page("every-kind-error-code.html");
    for page in ["hostile-error-code.html", "naming-error-code.html"] {
        let text =
            fs::read(repository("tests/it/cases/pages").join(page)).expect("there is such a page");
        project.write(&format!("docs-snapshot/{page}"), text);
    }
    let code =
        |number: &str| format!("<h2>{number} N</h2><p>Error Message</p><p>It is {number}.</p>");
    let wide = [
        "-2147483648",
        "2147483647",
        "2147483648",
        "-2147483649",
        "-1",
        "0",
    ];
    let wide: String = wide.into_iter().map(code).collect();
    let pages = [
        ("wide-error-code", wide),
        // No constant of it is one of an enum.
        ("large-error-code", code("100000000000")),
        // Pages that are called as something in the generated code is, or as a header of C.
        ("error-code", code("1")),
        ("error-codes", code("1")),
        ("error-code-info", code("1")),
        ("errno", code("1")),
        (
            "long-error-code",
            format!("{}{}", code("1"), "<p>so long</p>".repeat(700)),
        ),
        (
            "symbols",
            "<h2>NoScan</h2><p>Error Message</p><p>No.</p>".to_owned(),
        ),
    ];
    for (id, codes) in pages {
        project.write(
            &format!("docs-snapshot/{id}.html"),
            format!("<h1>T</h1>{codes}"),
        );
    }
    project
}

/// Compiles files of a project to a program.
#[track_caller]
fn compile(project: &Project, compiler: &[&str], files: &[String], program: &str) -> Run {
    run(Command::new(compiler[0])
        .args(&compiler[1..])
        .args(["-Wall", "-Wextra", "-pedantic", "-I", "generated/c"])
        .args(["-o", program])
        .args(files)
        .current_dir(project.path("")))
}

/// The sources below the output folder, and another.
fn sources(project: &Project, main: &str) -> Vec<String> {
    let files = project.tree().into_keys();
    let is_source = |path: &String| path.starts_with("generated/c/") && path.ends_with(".c");
    files.filter(is_source).chain([main.to_owned()]).collect()
}

/// What a program prints that is compiled together with the outputs, in C and in C++ alike.
#[track_caller]
fn output_of(project: &Project, main: &str) -> String {
    project.write("main.c", main);
    let sources = sources(project, "main.c");
    let [one, other] = COMPILERS.map(|compiler| {
        let compiled = compile(project, compiler, &sources, "program");
        assert_eq!((compiled.status, compiled.stderr.as_str()), (0, ""));
        run(&mut Command::new(project.path("program")))
            .succeeded()
            .stdout
    });
    assert_eq!(one, other);
    one
}

#[test]
fn compilers_have_nothing_to_say() {
    let projects = [
        Project::seed(),
        several(),
        Project::bilingual(),
        Project::renamed(),
    ];
    for project in projects {
        generate(&project);
        let nothing = "#include \"error_codes.h\"\nint main(void) { return 0; }\n";
        assert_eq!(output_of(&project, nothing), "");
    }
}

#[test]
fn a_native_module_can_use_the_constants_and_the_table() {
    let project = Project::seed();
    generate(&project);
    let main = r#"
#include <stdio.h>
#include "core_vision_error_code.h"

static const char *advice(int64_t code) {
    switch (code) {
        case CORE_VISION_ERROR_CODE_RUN_TIMED_OUT: return "try again";
        default: return is_core_vision_error_code(code) ? "known" : "unknown";
    }
}

int main(void) {
    const struct arkerr_info *info = core_vision_error_code_info(401);
    printf("%s %s %s\n", advice(200), advice(401), advice(-1));
    printf("%d %s\n%s\n%s\n", (int)info->code, info->name, info->message, info->title);
    for (size_t i = 0; i < info->device_count; i++) {
        printf("%s;", info->devices[i]);
    }
    printf("\n%s\n%s\n%s\n", info->causes[0], info->steps[0], info->url);
    printf("%d\n", core_vision_error_code_info(1) == NULL);
    size_t found = 0;
    for (size_t i = 0; i < core_vision_error_code_count; i++) {
        const struct arkerr_info *each = &core_vision_error_code_all[i];
        found += core_vision_error_code_info(each->code) == each;
    }
    printf("%d\n", (int)found);
    return sizeof core_vision_error_code_all / sizeof *core_vision_error_code_all != found;
}
"#;
    let printed = output_of(&project, main);
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(
        lines,
        [
            "try again known unknown",
            "401 PARAMETER_CHECK_FAILED",
            "The parameter check failed.",
            "参数错误",
            "Phone;PC/2in1;Tablet;",
            "输入图片的类型错误或参数值错误，入参图片不符合要求。",
            "确保输入的图片类型正确并且参数值无误后，再次尝试。",
            "https://developer.huawei.com/consumer/cn/doc/harmonyos-references/core-vision-error-code#section667182695117",
            "1",
            "12",
        ]
    );
}

#[test]
fn numbers_have_the_bits_that_they_need() {
    let project = several();
    generate(&project);
    let main = r#"
#include <inttypes.h>
#include <stdio.h>
#include "error_codes.h"

int main(void) {
    for (size_t i = 0; i < wide_error_code_count; i++) {
        printf("%" PRId64 "\n", wide_error_code_all[i].code);
    }
    int64_t sum = LARGE_ERROR_CODE_ERROR_100000000000 - 1;
    printf("%" PRId64 "\n", sum);
    return 0;
}
"#;
    assert_eq!(
        output_of(&project, main),
        "-2147483648\n2147483647\n2147483648\n-2147483649\n-1\n0\n99999999999\n"
    );
}

#[test]
fn hostile_text_is_read_back_as_it_was() {
    let project = Project::page("hostile-error-code.html");
    generate(&project);
    let main = r#"
#include <stdio.h>
#include "error_codes.h"

int main(void) {
    for (size_t i = 0; i < hostile_error_code_count; i++) {
        const struct arkerr_info *info = &hostile_error_code_all[i];
        printf("%s%c%s%c", info->message, 0, info->description, 0);
    }
    return 0;
}
"#;
    let printed = output_of(&project, main);
    let printed: Vec<&str> = printed.split_terminator('\0').collect();
    assert_eq!(printed, crate::common::texts(&project));
}

#[test]
fn nothing_that_only_compilers_of_c_know_gets_out_of_its_place() {
    let project = Project::empty();
    // Three letters that stand for a backslash or a quote, lines that are joined, and comments.
    let text = r#"??/ ???/ ????/" ??' ??= */ /* // %: <: \\
??/<br>*??/<br>/ int x;<br>*\<br>/ int y;<br>" \" \\" \0 \x41 \u0041 \\u0041 %s ??/"#;
    let page = format!(
        "<h1>??/</h1><h2>1 ??/</h2><p>Error Message</p><p>{text}</p>\
         <p>Description</p><p>{text}</p><p>Possible Causes</p><p>{text}</p>"
    );
    project.write("docs-snapshot/three-error-code.html", page);
    generate(&project);
    let main = r#"
#include <stdio.h>
#include "error_codes.h"

int main(void) {
    printf("%s%c", three_error_code_all[0].message, 0);
    printf("%s", three_error_code_all[0].description);
    return 0;
}
"#;
    let printed = output_of(&project, main);
    let printed: Vec<&str> = printed.split('\0').collect();
    assert_eq!(printed, crate::common::texts(&project));
    assert!(printed[0].contains("????/\""), "{printed:?}");
}

#[test]
fn former_names_are_deprecated_and_mean_what_the_new_ones_do() {
    let project = Project::renamed();
    generate(&project);
    project.write(
        "main.c",
        r#"
#include <stdio.h>
#include "error_codes.h"

int main(void) {
    const struct arkerr_info *slow = transfer_error_code_info(TRANSFER_ERROR_CODE_TOO_SLOW);
    printf("%s\n", slow->name);
    return slow->code != UPLOAD_ERROR_CODE_HTTPS_CONNECTION_TIMED_OUT
        || slow != &transfer_error_code_all[1]
        || !is_transfer_error_code(TRANSFER_ERROR_CODE_CONNECTION_TIMED_OUT);
}
"#,
    );
    for compiler in COMPILERS {
        let compiled = compile(&project, compiler, &sources(&project, "main.c"), "program");
        assert_eq!(compiled.status, 0, "{compiled:#?}");
        for former in [
            "TRANSFER_ERROR_CODE_TOO_SLOW",
            "UPLOAD_ERROR_CODE_HTTPS_CONNECTION_TIMED_OUT",
            "TRANSFER_ERROR_CODE_CONNECTION_TIMED_OUT",
        ] {
            let says_so = |line: &str| {
                let now = "it is called `UPLOAD_ERROR_CODE_TOO_SLOW` now";
                line.contains(former) && line.contains("is deprecated") && line.contains(now)
            };
            let warns = compiled.stderr.lines().any(says_so);
            assert!(warns, "{former}: {}", compiled.stderr);
        }
        let ran = run(&mut Command::new(project.path("program"))).succeeded();
        assert_eq!(ran.stdout, "TOO_SLOW\n");
    }
}

#[test]
fn codes_of_different_pages_cannot_have_one_name() {
    let project = Project::empty();
    let page =
        |message: &str| format!("<h1>T</h1><h2>1 N</h2><p>Error Message</p><p>{message}</p>");
    project.write("docs-snapshot/scan.html", page("Card lost."));
    project.write("docs-snapshot/scan-card.html", page("Lost."));
    let names = "scan.enum = { name = 'Scan', given = true }\n\
                 scan-card.enum = { name = 'ScanCard', given = true }\n";
    project.write("names.toml", names);
    let run = project.arkerr_reads(&["generate"]);
    assert_eq!(run.status, 2, "{run:#?}");
    for line in [
        "error[names]: C has one name space, where `SCAN_CARD_LOST` would be two things",
        "one is code 1 of the page `scan`",
        "the other is code 1 of the page `scan-card`",
    ] {
        assert!(run.stderr.contains(line), "{}", run.stderr);
    }
    project.write("arkerr.toml", "[targets]\nc = false\n");
    assert_eq!(project.arkerr(&["generate"]).status, 0);
}
