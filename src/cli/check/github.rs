//! The check as workflow commands of GitHub Actions, a line each.
//!
//! The runner takes a line for a command that begins with `::`. What could end the line or the part
//! of a command that it stands in is percent-encoded, as the runner's own toolkit does it, so that
//! text of a page stays text.

use super::finding::{Finding, Kind};
use super::report::Report;
use crate::escape::visible;

/// A command for each finding and, unless `quiet`, a line that counts them by kind, which is a
/// notice only where there are some.
pub(super) fn github(report: &Report, quiet: bool) -> String {
    let mut text: String = report.findings.iter().map(annotation).collect();
    if quiet {
        return text;
    }
    let counts = Kind::ALL.into_iter().filter_map(|kind| {
        let count = report.count(kind)?;
        Some(format!("{}: {count}", kind.name()))
    });
    let counts = counts.collect::<Vec<_>>().join(", ");
    text.push_str(&match report.findings.is_empty() {
        true => format!("arkerr check: {counts}\n"),
        false => command("notice", &[("title", "arkerr check")], &counts),
    });
    text
}

fn annotation(finding: &Finding) -> String {
    let title = format!("arkerr {}: {}", finding.kind.name(), finding.id);
    let path = finding.path.as_deref().map(visible);
    let numbers = [("line", finding.line), ("col", finding.column)];
    let numbers = numbers.map(|(name, number)| number.map(|number| (name, number.to_string())));
    let mut properties: Vec<(&str, &str)> = Vec::new();
    properties.extend(path.as_deref().map(|path| ("file", path)));
    properties.extend(
        numbers
            .iter()
            .flatten()
            .map(|(name, number)| (*name, number.as_str())),
    );
    properties.push(("title", &title));
    command(finding.level.name(), &properties, &finding.text())
}

fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let properties = properties.iter();
    let properties: Vec<String> = properties
        .map(|(name, value)| format!("{name}={}", escape_property(value)))
        .collect();
    format!(
        "::{name} {}::{}\n",
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn text_cannot_end_its_part_of_a_command() {
        let line = command("error", &[("file", "a,b:c%.rs")], "50% of\r\n::error::x");
        assert_eq!(
            line,
            "::error file=a%2Cb%3Ac%25.rs::50%25 of%0D%0A::error::x\n"
        );
    }

    proptest! {
        #[test]
        fn a_command_is_one_line_and_gives_its_text_back(file in ".*", message in "(?s).*") {
            let line = command("error", &[("file", &file)], &message);
            let line = line.strip_suffix('\n').expect("it ends with its line");
            prop_assert!(!line.contains(['\n', '\r']));
            let rest = line.strip_prefix("::error file=").expect("it begins so");
            let (property, data) = rest.split_once("::").expect("it has two parts");
            prop_assert!(!property.contains([':', ',']));
            let decoded = |text: &str| {
                let bytes = percent_encoding::percent_decode_str(text);
                bytes.decode_utf8().expect("it is UTF-8").into_owned()
            };
            prop_assert_eq!(decoded(property), file);
            prop_assert_eq!(decoded(data), message);
        }
    }
}
