//! What languages, their headers and the generated files have names for is no name of a page.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::common::Project;

/// The types that `names.toml` may have of these.
fn accepted(types: BTreeSet<String>) -> Vec<String> {
    // Not too many at once: all that is wrong has to be told.
    const AT_ONCE: usize = 50;
    let types = Vec::from_iter(types);
    types.chunks(AT_ONCE).flat_map(accepted_at_once).collect()
}

fn accepted_at_once(types: &[String]) -> Vec<String> {
    let project = Project::page("every-kind-error-code.html");
    let lines = types.iter().enumerate();
    let lines = lines.map(|(at, name)| format!("page-{at}.enum = \"{name}\"\n"));
    project.write("names.toml", lines.collect::<String>());
    let told = project.arkerr(&["names"]).stderr;
    let is_told = |line: usize| told.contains(&format!("names.toml:{line}:"));
    let types = (1..).zip(types).filter(|(line, _)| !is_told(*line));
    types.map(|(_, name)| name.clone()).collect()
}

/// What the headers of C and POSIX define, as the compiler has it.
fn macros() -> Vec<String> {
    const HEADERS: &str = "assert complex ctype errno fenv float inttypes limits locale math setjmp \
        signal stdarg stdatomic stdbool stddef stdint stdio stdlib string time wchar wctype unistd \
        fcntl netdb sys/socket sys/stat sys/types sys/mman sys/wait pthread poll sched netinet/in";
    let headers = HEADERS.split_ascii_whitespace();
    let includes: String = headers
        .map(|name| format!("#include <{name}.h>\n"))
        .collect();
    let mut gcc = Command::new("gcc");
    gcc.args(["-E", "-dM", "-D_GNU_SOURCE", "-"]);
    gcc.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut gcc = gcc.spawn().expect("the tests need gcc");
    let mut stdin = gcc.stdin.take().expect("it is piped");
    stdin.write_all(includes.as_bytes()).expect("gcc reads it");
    drop(stdin);
    let output = gcc.wait_with_output().expect("gcc ends");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("it is text");
    let names = text
        .lines()
        .filter_map(|line| line.strip_prefix("#define "));
    let names = names.map(|line| line.split([' ', '(']).next().unwrap_or_default());
    names.map(str::to_owned).collect()
}

/// The types that give a name to a constant: `Int`, `IntFast8` for `INT_FAST8_MAX`.
fn types_of(constant: &str) -> Vec<String> {
    let words: Vec<&str> = constant.split('_').collect();
    let is_word = |word: &&str| {
        let is_capital = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        !word.is_empty() && word.bytes().all(is_capital)
    };
    // Two words are one where the second begins with a digit.
    let has_number = words
        .iter()
        .any(|word| word.starts_with(|c: char| c.is_ascii_digit()));
    if !words.iter().all(is_word) || has_number {
        return Vec::new();
    }
    let camel = |word: &&str| word[..1].to_owned() + &word[1..].to_lowercase();
    let prefixes = (1..words.len()).map(|count| words[..count].iter().map(camel).collect());
    prefixes.collect()
}

#[test]
fn constants_of_headers_are_not_those_of_pages() {
    let types: BTreeSet<String> = macros().iter().flat_map(|name| types_of(name)).collect();
    for known in ["Int32", "Size", "Seek", "Exit", "IntFast8"] {
        assert!(types.contains(known), "{known}");
    }
    let accepted = accepted(types);
    assert!(accepted.is_empty(), "{accepted:?}");
}

#[test]
fn words_of_the_generated_files_are_no_types() {
    let project = Project::page("every-kind-error-code.html");
    assert_eq!(project.arkerr(&["generate"]).status, 0);
    let mut words = BTreeSet::new();
    for (path, bytes) in project.tree() {
        if !path.starts_with("generated/")
            || ![".ets", ".ts", ".rs"].iter().any(|end| path.ends_with(end))
        {
            continue;
        }
        let text = String::from_utf8_lossy(&bytes);
        let is_code = |line: &&str| {
            let line = line.trim_start();
            !line.starts_with(['*', '/']) && !line.contains(['\'', '"'])
        };
        // What a declaration or a use of a type has before it, where variants stand behind `::`.
        let code = text
            .lines()
            .filter(is_code)
            .map(|line| line.replace("::", "::_"));
        for line in code {
            let found = line.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
            let found = found.filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
            let is_own = |word: &str| word.contains("EveryKind") || word.contains('_');
            words.extend(found.filter(|word| !is_own(word)).map(str::to_owned));
        }
    }
    for variant in [
        "ServiceError",
        "ParameterError",
        "NoMemory",
        "InternalError",
    ] {
        words.remove(variant);
    }
    for known in [
        "TABLE",
        "Map",
        "AnyCode",
        "ErrorCodeInfo",
        "Option",
        "TryFrom",
    ] {
        assert!(words.contains(known), "{known}: {words:?}");
    }
    let accepted = accepted(words);
    assert!(accepted.is_empty(), "{accepted:?}");
}
