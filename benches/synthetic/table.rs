//! A table of codes, which some pages have instead of headings.

use super::chance::Chance;
use super::words::{ACTIONS, OBJECTS, REASONS, REMEDIES};

const COLUMNS: [&str; 4] = ["错误码", "错误信息", "描述", "处理步骤"];

/// Appends a table with a row for each code.
pub fn push(text: &mut String, page: usize, count: usize, chance: &mut Chance) {
    text.push_str("<div class=\"tablenoborder\"><div class=\"expand-box\"><span class=\"expand-btn\">展开</span></div><div class=\"tbBox\">");
    text.push_str("<table class=\"layoutFixed idpTab\"><thead><tr>");
    for (place, column) in COLUMNS.iter().enumerate() {
        text.push_str(&format!("<th align=\"left\" class=\"cellrowborder\" id=\"mcps1.3.3.2.1.{place}\" valign=\"top\" width=\"25%\"><p>{column}</p> </th> "));
    }
    text.push_str("</tr> </thead> <tbody>");
    for place in 1..=count {
        let (action, action_zh) = chance.one(&ACTIONS);
        let (object, object_zh) = chance.one(&OBJECTS);
        text.push_str("<tr>");
        cell(text, &(1_000_000_000 + page * 100_000 + place).to_string());
        cell(text, &format!("Failed to {action} the {object}."));
        let reason = chance.one(&REASONS).1;
        cell(text, &format!("{reason}，不能{action_zh}{object_zh}。"));
        cell(text, chance.one(&REMEDIES));
        text.push_str("</tr> ");
    }
    text.push_str("</tbody></table></div></div> ");
}

fn cell(text: &mut String, value: &str) {
    text.push_str(&format!(
        "<td class=\"cellrowborder\" valign=\"top\" width=\"25%\"><p>{value}</p> </td> "
    ));
}
