//! What the site makes of a page's links, which Markdown writes in ways of its own.

/// The address that a link has on the site: there pages are siblings, and their names have no
/// ending.
pub(super) fn link_target(url: &str) -> String {
    let path_end = url.find(['?', '#']).unwrap_or(url.len());
    let (path, rest) = url.split_at(path_end);
    let name = path.rsplit('/').next().unwrap_or(path);
    let page = name.strip_suffix(".md").filter(|page| !page.is_empty());
    let is_relative = !path.contains(':') && !path.starts_with("//");
    match page {
        Some(page) if is_relative => format!("{page}{rest}"),
        _ => url.to_owned(),
    }
}
