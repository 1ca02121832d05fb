//! Projects with one page of codes, and the lines of their `names.toml`.

use crate::common::{Project, Run};

/// The page of the projects.
pub const SCAN: &str = "docs-snapshot/scan-error-code.html";

/// A page with a heading and a message for each code.
pub fn page(codes: &[(&str, &str)]) -> String {
    let code = |(code, message): &(&str, &str)| {
        format!("<h2>{code} Title</h2><p>Error Message</p><p>{message}</p>\n")
    };
    let codes: String = codes.iter().map(code).collect();
    format!("<h1>Error codes</h1>\n{codes}")
}

/// A project with a page of these codes that has been generated.
pub fn generated(codes: &[(&str, &str)]) -> Project {
    let project = Project::empty();
    project.write(SCAN, page(codes));
    project.arkerr(&["generate"]).succeeded();
    project
}

/// The lines of the file of names, comments aside.
pub fn lines(project: &Project) -> Vec<String> {
    let text = project.read("names.toml");
    let lines = text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(str::to_owned).collect()
}

/// Runs `generate` and sees that nothing is left to do.
#[track_caller]
pub fn generate(project: &Project) -> Run {
    let run = project.arkerr(&["generate"]).succeeded();
    project.arkerr(&["check"]).succeeded();
    run
}
