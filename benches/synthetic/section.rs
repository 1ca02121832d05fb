//! A code with a heading, as most pages have them.

use super::chance::Chance;
use super::words::{ACTIONS, GUIDES, OBJECTS, REASONS, REMEDIES};

/// By the name in the heading's attribute and by the name that people see.
const DEVICES: [(&str, &str); 5] = [
    ("phone", "Phone"),
    ("2in1", "PC/2in1"),
    ("tablet", "Tablet"),
    ("tv", "TV"),
    ("wearable", "Wearable"),
];

/// How many causes or steps a code may have: mostly one, which is a paragraph, else a list.
const ITEMS: [usize; 10] = [1, 1, 1, 1, 1, 1, 1, 1, 2, 3];

/// Appends the section of a code: its heading, its devices, and its four fields.
pub fn push(text: &mut String, code: usize, chance: &mut Chance) {
    let (action, action_zh) = chance.one(&ACTIONS);
    let (object, object_zh) = chance.one(&OBJECTS);
    let (reason, reason_zh) = chance.one(&REASONS);
    text.push_str("<div class=\"tiledSection\">");
    heading(
        text,
        &format!("{code} {action_zh}{object_zh}失败"),
        code,
        chance,
    );
    let message = match chance.below(4) {
        0 => format!("{reason}."),
        1 => format!("Failed to {action} the {object}. {reason}."),
        _ => format!("Failed to {action} the {object}."),
    };
    field(text, "错误信息", &message);
    field(
        text,
        "错误描述",
        &format!("{action_zh}{object_zh}时{reason_zh}，操作没有完成，{object_zh}保持原来的状态。"),
    );
    let causes = chance.one(&ITEMS);
    let causes: Vec<String> = (0..causes)
        .map(|_| {
            let (first, second) = (chance.one(&REASONS).1, chance.one(&REASONS).1);
            format!("{first}，或者{second}，因而不能{action_zh}{object_zh}。")
        })
        .collect();
    list_field(text, "可能原因", &causes);
    let steps = chance.one(&ITEMS);
    let steps: Vec<String> = (0..steps).map(|_| step(chance)).collect();
    list_field(text, "处理步骤", &steps);
    if chance.percent(1) {
        code_block(text, action, object);
    }
    text.push_str("</div> ");
}

/// A heading with its icons, and on three pages of four the devices below.
fn heading(text: &mut String, title: &str, code: usize, chance: &mut Chance) {
    let anchor = format!("section{code}{:09}", chance.below(1_000_000_000));
    let devices = &DEVICES[..2 + chance.below(4)];
    let has_devices = chance.percent(75);
    let names: Vec<&str> = devices.iter().map(|(name, _)| *name).collect();
    text.push_str(&format!("<h2 id=\"{anchor}\""));
    if has_devices {
        text.push_str(&format!(" device-type=\"{}\"", names.join(",")));
    }
    text.push_str(&format!(">{title}"));
    if has_devices {
        text.push_str("<i class=\"anchor-icon anchor-icon-device active\" active-tips=\"隐藏支持设备\" tips=\"显示支持设备\"></i>");
    }
    text.push_str(&format!("<i class=\"anchor-icon anchor-icon-link\" anchorid=\"{anchor}\" tips=\"复制节点链接\"></i></h2> "));
    if has_devices {
        let items = devices.iter().map(|(_, shown)| shown);
        let items: String = items
            .map(|shown| format!("<span class=\"support-device-item\">{shown}</span>"))
            .collect();
        text.push_str(&format!("<div class=\"device-list active\"><span class=\"support-device-pre\">支持设备</span>{items}</div> "));
    }
}

fn field(text: &mut String, label: &str, value: &str) {
    text.push_str(&format!("<p><strong>{label}</strong></p> <p>{value}</p> "));
}

/// A field with one paragraph, or with a list.
fn list_field(text: &mut String, label: &str, values: &[String]) {
    if let [value] = values {
        return field(text, label, value);
    }
    text.push_str(&format!("<p><strong>{label}</strong></p> <ol>"));
    for value in values {
        text.push_str(&format!(" <li>{value}</li>"));
    }
    text.push_str("</ol> ");
}

/// A remedy, half of the time with where to read about it.
fn step(chance: &mut Chance) -> String {
    let remedy = format!("{}{}", chance.one(&REMEDIES), chance.one(&REMEDIES));
    if chance.percent(65) {
        return remedy;
    }
    let (slug, title) = chance.one(&GUIDES);
    format!(
        "{remedy}具体请参见<a href=\"https://developer.huawei.com/consumer/cn/doc/harmonyos-guides/{slug}\" target=\"_blank\">{title}</a>。"
    )
}

/// A command in a code block, with the buttons that the site puts above it.
fn code_block(text: &mut String, action: &str, object: &str) {
    text.push_str("<div class=\"highlight-scroll-div\"><div class=\"highlight-div\"><div class=\"highlight-div-header\">");
    for (name, tip) in [
        ("expand", "收起"),
        ("line", "自动换行"),
        ("theme", "深色代码主题"),
        ("copy", "复制"),
    ] {
        text.push_str(&format!("<div class=\"handle-button {name}-button\"><i class=\"handle-icon\"></i><div class=\"handle-hover-tips\">{tip}</div></div>"));
    }
    text.push_str(&format!(
        "</div><pre class=\"screen prettyprint linenums hljs language-shell\" hw-language=\"shell\" data-highlighted=\"yes\">\
         <ol class=\"linenums\"><li># {action} the {object}</li><li>hdc shell hilog -x | grep <span class=\"hljs-string\">\"{object}\"</span></li></ol></pre></div></div> "
    ));
}
