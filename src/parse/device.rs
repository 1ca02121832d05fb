//! Devices: the kinds of device a section is meant for, in the site's spelling.

use ego_tree::NodeRef;
use scraper::{ElementRef, Node};

use crate::snapshot::{attribute, has_class};

/// The names that the site shows for the values of the `device-type` attribute.
const NAMES: [(&str, &str); 7] = [
    ("phone", "Phone"),
    ("2in1", "PC/2in1"),
    ("tablet", "Tablet"),
    ("tv", "TV"),
    ("wearable", "Wearable"),
    ("lite_wearable", "Lite Wearable"),
    ("car", "Car"),
];

/// Reads the `device-type` attribute of a heading. A value the site's spelling of which is not
/// known stays as it is.
pub(super) fn devices_of(heading: ElementRef<'_>) -> Vec<String> {
    names_in_value(attribute(heading, "device-type").unwrap_or_default())
}

fn names_in_value(value: &str) -> Vec<String> {
    let kinds = value.split(',').map(str::trim);
    let kinds = kinds.filter(|kind| !kind.is_empty());
    kinds
        .map(|kind| site_name(kind).unwrap_or(kind).to_owned())
        .collect()
}

/// The site's spelling of a name or of a value of the attribute: `lite_wearable`, `liteWearable`.
fn site_name(word: &str) -> Option<&'static str> {
    let letters = |key: &str| key.replace(['_', '-', ' '], "");
    let own_letters = letters(word);
    let is_same = |key: &str| letters(key).eq_ignore_ascii_case(&own_letters);
    let mut names = NAMES.into_iter();
    let known = names.find(|(key, name)| is_same(key) || *name == word);
    known.map(|(_, name)| name)
}

/// The value of the attribute that names these devices, and nothing else; none where there is no
/// such value.
pub(crate) fn to_attribute(devices: &[String]) -> Option<String> {
    let key = |device: &String| {
        let known = NAMES.iter().find(|(_, name)| name == device);
        known.map_or(device.as_str(), |(key, _)| *key).to_owned()
    };
    let value = devices.iter().map(key).collect::<Vec<_>>().join(",");
    let is_exact = !devices.is_empty() && names_in_value(&value) == devices;
    is_exact.then_some(value)
}

/// Whether an element is the list of devices that a page shows under a heading.
pub(super) fn is_list(element: ElementRef<'_>) -> bool {
    has_class(element, "device-list")
}

/// The items in the list of devices that a page shows under a heading. What is in an item is a part
/// of its name, and not an item itself.
pub(super) fn items_of_list(list: ElementRef<'_>) -> impl Iterator<Item = ElementRef<'_>> {
    let is_item = |element: ElementRef<'_>| has_class(element, "support-device-item");
    let is_in_list = move |above: &NodeRef<'_, Node>| above.id() != list.id();
    list.descendent_elements().filter(move |element| {
        let above = element.ancestors().take_while(is_in_list);
        is_item(*element) && !above.filter_map(ElementRef::wrap).any(is_item)
    })
}

/// Reads a quote that some Markdown pages have below their headings: `phone | 2in1 | tablet`.
/// None where it says anything else.
pub(super) fn names_in_quote(quote: &str) -> Option<Vec<String>> {
    let words = quote.split('|').map(str::trim);
    words
        .map(|word| site_name(word).map(str::to_owned))
        .collect()
}

/// Reads a line in which somebody's converter ran a list of devices together:
/// `支持设备PhonePC/2in1Tablet`. None where the line says anything else.
pub(super) fn names_in_line(line: &str) -> Option<Vec<String>> {
    let mut rest = line.strip_prefix("支持设备").unwrap_or(line);
    rest = rest.strip_suffix("展开").unwrap_or(rest).trim();
    let mut devices = Vec::new();
    while !rest.is_empty() {
        let (_, name) = NAMES.iter().find(|(_, name)| rest.starts_with(name))?;
        devices.push((*name).to_owned());
        rest = rest[name.len()..].trim_start_matches([' ', ',', '、', '|']);
    }
    (!devices.is_empty()).then_some(devices)
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn attribute_values_are_spelt_as_the_site_does() {
        let html =
            Html::parse_fragment("<h2 device-type='phone, 2in1,liteWearable,glasses,'>200</h2>");
        let heading = html.root_element().child_elements().next();
        let devices = devices_of(heading.expect("there is a heading"));
        assert_eq!(devices, ["Phone", "PC/2in1", "Lite Wearable", "glasses"]);
    }

    #[test]
    fn a_quote_of_devices_says_nothing_else() {
        let devices = names_in_quote("phone | 2in1 | Tablet | lite_wearable");
        let expected = ["Phone", "PC/2in1", "Tablet", "Lite Wearable"];
        assert_eq!(devices.as_deref(), Some(&expected.map(str::to_owned)[..]));
        assert_eq!(names_in_quote("phone 13+ | 2in1 13+"), None);
        assert_eq!(names_in_quote("不支持 phone"), None);
        assert_eq!(names_in_quote("说明"), None);
    }

    #[test]
    fn a_line_of_devices_says_nothing_else() {
        let devices = names_in_line("支持设备PhonePC/2in1TabletLite Wearable展开");
        let expected = ["Phone", "PC/2in1", "Tablet", "Lite Wearable"];
        assert_eq!(devices.as_deref(), Some(&expected.map(str::to_owned)[..]));
        assert_eq!(names_in_line("Phone not found"), None);
        assert_eq!(names_in_line("支持设备"), None);
    }
}
