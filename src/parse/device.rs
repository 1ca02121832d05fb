//! Devices: the kinds of device a section is meant for, in the site's spelling.

use scraper::ElementRef;

use crate::snapshot::has_class;

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
pub(super) fn of_attribute(heading: ElementRef<'_>) -> Vec<String> {
    let value = heading.value().attr("device-type").unwrap_or_default();
    value
        .split(',')
        .map(str::trim)
        .filter(|kind| !kind.is_empty())
        .map(|kind| {
            let known = NAMES.iter().find(|(key, _)| key.eq_ignore_ascii_case(kind));
            known.map_or(kind, |(_, name)| name).to_owned()
        })
        .collect()
}

/// Whether an element is the list of devices that a page shows under a heading.
pub(super) fn is_list(element: ElementRef<'_>) -> bool {
    has_class(element, "device-list")
}

/// Reads the list of devices that a page shows under a heading.
pub(super) fn of_list(list: ElementRef<'_>) -> Vec<String> {
    list.descendants()
        .filter_map(ElementRef::wrap)
        .filter(|element| has_class(*element, "support-device-item"))
        .map(|item| item.text().collect::<String>().trim().to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use scraper::Html;

    #[test]
    fn attribute_values_are_spelt_as_the_site_does() {
        let html = Html::parse_fragment("<h2 device-type='phone, 2in1,glasses,'>200</h2>");
        let heading = html.root_element().child_elements().next();
        let devices = of_attribute(heading.expect("there is a heading"));
        assert_eq!(devices, ["Phone", "PC/2in1", "glasses"]);
    }
}
