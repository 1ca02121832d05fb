//! The page whose changes are compared.

/// Where the page is in a project.
pub const SCAN: &str = "docs-snapshot/scan-error-code.md";

/// A page with a heading and a message for each code.
pub fn page(codes: &[(u32, &str)]) -> String {
    let codes = codes
        .iter()
        .map(|(code, message)| format!("## {code} Title\n\n**Error Message**\n\n{message}\n\n"));
    format!("# Scan Error Codes\n\n{}", codes.collect::<String>())
}
