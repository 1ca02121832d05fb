//! The results of a check as workflow commands of GitHub Actions, a line each.
//!
//! What could end a line, or the part of a command, is percent-encoded, as the runner's own toolkit
//! does it, so that text of a page stays text.

use std::io::{self, Write};

use super::results::{Finding, Results};
use crate::escape::visible;

/// A command for each finding and, unless `is_quiet`, a line that counts them by category, which
/// is a notice only where there are some.
pub(crate) fn write(results: &Results, is_quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    for finding in &results.findings {
        writeln!(out, "{}", annotation(finding))?;
    }
    if is_quiet {
        return Ok(());
    }
    let counts = results.counts.iter();
    let counts: Vec<String> = counts
        .filter_map(|(name, count)| Some(format!("{name}: {}", (*count)?)))
        .collect();
    let counts = counts.join(", ");
    if results.findings.is_empty() {
        writeln!(out, "arkerr check: {counts}")
    } else {
        writeln!(
            out,
            "{}",
            command("notice", &[("title", "arkerr check")], &counts)
        )
    }
}

fn annotation(finding: &Finding) -> String {
    let title = format!("arkerr {}: {}", finding.category.name(), finding.id);
    let path = finding.path.as_deref().map(visible);
    let [line, column] = [finding.line, finding.column].map(|number| number.map(|n| n.to_string()));
    let properties = [
        ("file", &path),
        ("line", &line),
        ("col", &column),
        ("title", &Some(title)),
    ];
    let properties = properties.map(|(name, value)| Some((name, value.as_deref()?)));
    let properties: Vec<(&str, &str)> = properties.into_iter().flatten().collect();
    command(finding.level.name(), &properties, &finding.full_message())
}

fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties = properties.iter();
    let properties: Vec<String> = properties
        .map(|(name, value)| format!("{name}={}", escape_property(value)))
        .collect();
    format!(
        "::{name} {}::{}",
        properties.join(","),
        escape_data(message)
    )
}

fn escape_data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn escape_property(text: &str) -> String {
    escape_data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_end_its_part_of_a_command() {
        let line = command("error", &[("file", "a,b:c%.rs")], "50% of\r\n::error::x");
        assert_eq!(
            line,
            "::error file=a%2Cb%3Ac%25.rs::50%25 of%0D%0A::error::x"
        );
    }
}
