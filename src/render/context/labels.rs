//! What the fields of a code are called, in the languages of the documentation.

use schemars::JsonSchema;
use serde::Serialize;

use crate::catalog::Language;

/// What the fields are called in a page's language.
#[derive(Serialize, JsonSchema)]
pub(in crate::render) struct Labels {
    /// 错误信息, or `Error message`.
    message: &'static str,
    /// 错误描述, or `Description`.
    description: &'static str,
    /// 可能原因, or `Possible causes`.
    causes: &'static str,
    /// 处理步骤, or `Solution`.
    steps: &'static str,
    /// 支持设备, or `Supported devices`.
    devices: &'static str,
    /// 查看文档, or `Documentation`.
    documentation: &'static str,
}

/// The labels of Chinese pages.
const CHINESE: Labels = Labels {
    message: "错误信息",
    description: "错误描述",
    causes: "可能原因",
    steps: "处理步骤",
    devices: "支持设备",
    documentation: "查看文档",
};

/// The labels of English pages.
const ENGLISH: Labels = Labels {
    message: "Error message",
    description: "Description",
    causes: "Possible causes",
    steps: "Solution",
    devices: "Supported devices",
    documentation: "Documentation",
};

pub(super) fn labels(language: Language) -> &'static Labels {
    match language {
        Language::Zh => &CHINESE,
        Language::En => &ENGLISH,
    }
}

/// What a language is called in itself.
pub(super) fn own_name(language: Language) -> &'static str {
    match language {
        Language::Zh => "中文",
        Language::En => "English",
    }
}
