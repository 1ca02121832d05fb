//! Images: what stands for them, and their addresses without what signs these.

use scraper::ElementRef;

use super::is_one_of;
use crate::catalog::Block;
use crate::snapshot::attribute;

/// What begins the names of the parts of an address that sign it. Signatures are made anew whenever
/// a page is requested, and are void after a day.
const SIGNING: [&str; 4] = ["hw-cc-", "x-amz-", "x-obs-", "x-oss-"];

/// The names of other such parts.
const SIGNATURES: &str =
    "accesskeyid|awsaccesskeyid|expires|ossaccesskeyid|security-token|signature";

/// Reads an image; none where it has neither an address nor a text.
pub(super) fn read_image(element: ElementRef<'_>) -> Option<Block> {
    let value = |name| attribute(element, name).unwrap_or_default().trim();
    let (alt, url) = (value("alt"), unsigned(value("src")));
    (!alt.is_empty() || !url.is_empty()).then(|| Block::Image {
        alt: alt.to_owned(),
        url: url.trim().to_owned(),
    })
}

/// An address without what signs it.
fn unsigned(address: &str) -> String {
    let (rest, fragment) = address.split_at(address.find('#').unwrap_or(address.len()));
    let Some((path, query)) = rest.split_once('?') else {
        return address.to_owned();
    };
    let kept: Vec<&str> = query.split('&').filter(|part| !signs(part)).collect();
    let mark = if kept.is_empty() { "" } else { "?" };
    format!("{path}{mark}{}{fragment}", kept.join("&"))
}

fn signs(part: &str) -> bool {
    let (key, _) = part.split_once('=').unwrap_or((part, ""));
    let name = key.to_ascii_lowercase();
    is_one_of(&name, SIGNATURES) || SIGNING.iter().any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_signs_an_address_is_left_out() {
        for (address, expected) in [
            (
                "a/b.png?HW-CC-KV=V1&HW-CC-Date=2026&HW-CC-Expire=86400&HW-CC-Sign=0A",
                "a/b.png",
            ),
            (
                "https://a.b/c.png?v=2&HW-CC-Sign=0A#x",
                "https://a.b/c.png?v=2#x",
            ),
            ("c.png?Signature=x&Expires=1", "c.png"),
            ("c.png?needToken=1&v", "c.png?needToken=1&v"),
            ("c.png?", "c.png?"),
            ("c.png", "c.png"),
        ] {
            assert_eq!(unsigned(address), expected);
        }
    }
}
