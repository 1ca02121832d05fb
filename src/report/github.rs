//! The results of a check as workflow commands of GitHub Actions, a line each.
//!
//! What could end a line, or the part of a command, is percent-encoded, as the runner's own toolkit
//! does it, so that text of a page stays text.

use std::io::{self, Write};

use super::results::{Finding, Results};
use crate::escape::visible;

/// Writes a command for each finding and, unless `is_quiet`, a line that counts them by category,
/// which is a notice only where there are some.
pub(crate) fn write(results: &Results, is_quiet: bool, out: &mut dyn Write) -> io::Result<()> {
    for finding in &results.findings {
        out.write_all(annotation(finding).as_bytes())?;
    }
    if is_quiet {
        return Ok(());
    }
    let counts = results.counts.iter();
    let counts = counts.filter_map(|(kind, count)| Some(format!("{}: {}", kind.name(), (*count)?)));
    let counts = counts.collect::<Vec<_>>().join(", ");
    if results.findings.is_empty() {
        return writeln!(out, "arkerr check: {counts}");
    }
    let title = [("title", Some("arkerr check".to_owned()))];
    out.write_all(command("notice", &title, &counts).as_bytes())
}

fn annotation(finding: &Finding) -> String {
    let number = |number: Option<usize>| number.map(|number| number.to_string());
    let title = format!("arkerr {}: {}", finding.category.name(), finding.id);
    let properties = [
        ("file", finding.path.as_deref().map(visible)),
        ("line", number(finding.line)),
        ("col", number(finding.column)),
        ("title", Some(title)),
    ];
    command(finding.level.name(), &properties, &finding.full_message())
}

/// A line with a command that has these properties, as far as they have a value.
fn command(name: &str, properties: &[(&str, Option<String>)], message: &str) -> String {
    let properties = properties.iter();
    let properties = properties
        .filter_map(|(name, value)| Some(format!("{name}={}", escape_property(value.as_ref()?))));
    let properties = properties.collect::<Vec<_>>().join(",");
    format!("::{name} {properties}::{}\n", escape_data(message))
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
        let line = command(
            "error",
            &[("file", Some("a,b:c%.rs".to_owned())), ("line", None)],
            "50% of\r\n::error::x",
        );
        assert_eq!(
            line,
            "::error file=a%2Cb%3Ac%25.rs::50%25 of%0D%0A::error::x\n"
        );
    }
}
