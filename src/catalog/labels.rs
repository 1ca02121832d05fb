//! What the fields of a code are called, in the languages of the documentation.

use serde::Serialize;

use super::Language;

/// What the fields are called in a page's language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(crate) struct Labels {
    /// 错误信息, or `Error message`.
    pub(crate) message: &'static str,
    /// 错误描述, or `Description`.
    pub(crate) description: &'static str,
    /// 可能原因, or `Possible causes`.
    pub(crate) causes: &'static str,
    /// 处理步骤, or `Solution`.
    pub(crate) steps: &'static str,
    /// 支持设备, or `Supported devices`.
    pub(crate) devices: &'static str,
    /// 查看文档, or `Documentation`.
    pub(crate) documentation: &'static str,
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

impl Language {
    /// What the fields are called in the language.
    pub(crate) fn labels(self) -> &'static Labels {
        match self {
            Self::Zh => &CHINESE,
            Self::En => &ENGLISH,
        }
    }

    /// The language as HTML names it.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }

    /// The language that HTML names so.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        [Self::Zh, Self::En]
            .into_iter()
            .find(|own| own.tag() == tag)
    }

    /// What the language is called in itself.
    pub(crate) fn own_name(self) -> &'static str {
        match self {
            Self::Zh => "中文",
            Self::En => "English",
        }
    }
}
