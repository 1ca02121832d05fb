//! Headings: their levels, and which of them hold an error code.

use scraper::ElementRef;

use super::inline;
use super::label;
use super::section::Section;
use crate::catalog::{Block, Run, plain_text};
use crate::snapshot::{attribute, has_class};

/// The most digits that a code may have. Every number of so many digits is exact in the
/// floating-point numbers of ArkTS and TypeScript; the longest code known has 11.
const MAX_DIGITS: usize = 15;

/// A heading that holds an error code.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct CodeHeading<'a> {
    /// The code as it is written.
    pub(crate) code: &'a str,
    /// The code as an integer; none where it is a symbol.
    pub(crate) value: Option<i64>,
    /// What follows the code.
    pub(crate) title: Option<&'a str>,
}

impl<'a> CodeHeading<'a> {
    fn new(code: &'a str, value: Option<i64>, rest: &'a str) -> Self {
        let title = Some(rest.trim()).filter(|title| !title.is_empty());
        Self { code, value, title }
    }
}

/// Reads a heading such as `1001400001 运行失败`, `12345`, `-1 时间服务异常` or `401参数错误`.
///
/// `1. 网络不可用`, `3、x`, `1-100`, `2.3.4` and `3D` are no codes: after the digits comes
/// nothing, white space, or, glued to them, a parenthesis or a character that is no Latin one.
pub(crate) fn find_code(text: &str) -> Option<CodeHeading<'_>> {
    let digits_start = usize::from(text.starts_with('-'));
    let rest = text[digits_start..].trim_start_matches(|c: char| c.is_ascii_digit());
    let code = &text[..text.len() - rest.len()];
    let digits = code.len() - digits_start;
    if !(1..=MAX_DIGITS).contains(&digits) || !ends_code(rest) {
        return None;
    }
    Some(CodeHeading::new(code, Some(code.parse().ok()?), rest))
}

/// The number that a text is and nothing else, as headings write it.
pub(super) fn number(text: &str) -> Option<i64> {
    find_code(text)
        .filter(|heading| heading.code == text)?
        .value
}

/// Reads a heading that has a colon behind its code: `401：参数错误`. Where no fields follow, it may
/// be any sentence.
pub(super) fn find_code_before_colon(text: &str) -> Option<CodeHeading<'_>> {
    let (before, title) = text.split_once(['：', ':'])?;
    let code = find_code(before.trim_end()).filter(|code| code.title.is_none())?;
    Some(CodeHeading::new(code.code, code.value, title))
}

/// Reads a heading whose code is a symbol, such as `InvalidBundleName` or `E000001 设备离线`. The
/// fields below tell whether it is one: by their look alone, such words are no codes.
///
/// A symbol that stands alone may be any name of program code. One that has a title has to have
/// an underscore, or a letter and a number of four digits or more, as no word has.
pub(super) fn find_symbol(text: &str) -> Option<CodeHeading<'_>> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let (code, rest) = text.split_at(end.unwrap_or(text.len()));
    let is_name = code.starts_with(|c: char| c.is_ascii_alphabetic());
    let is_symbol = if rest.trim().is_empty() {
        label::find_field(code).is_none()
    } else {
        rest.starts_with(char::is_whitespace) && !may_be_word(code)
    };
    (is_name && is_symbol).then(|| CodeHeading::new(code, None, rest))
}

fn may_be_word(symbol: &str) -> bool {
    let number = symbol.get(1..).unwrap_or_default();
    let is_number = number.len() >= 4
        && number.bytes().all(|byte| byte.is_ascii_hexdigit())
        && number.bytes().any(|byte| byte.is_ascii_digit());
    !symbol.trim_matches('_').contains('_') && !is_number
}

/// Whether a code is so short that a heading may begin with such a number and mean a chapter.
pub(super) fn may_be_chapter(code: &str) -> bool {
    code.len() <= 2 && !code.starts_with(['-', '0'])
}

/// Splits the mark off a heading by which the document API tells its level: `[h2]算法异常` lies
/// one level below the sections of the page.
pub(crate) fn split_mark(text: &str) -> Option<(u8, &str)> {
    let (digit, title) = text.strip_prefix("[h")?.split_once(']')?;
    let mark = digit.parse().ok().filter(|mark| *mark <= 5)?;
    let title = title.trim();
    (!title.is_empty()).then_some((mark, title))
}

/// Whether an element of this name is a heading.
pub(crate) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// Whether an element is a heading with a code.
pub(super) fn has_code(element: ElementRef<'_>) -> bool {
    is_heading(element.value().name())
        && find_code(element.text().collect::<String>().trim()).is_some()
}

/// The text of a heading as one line. What is raised right behind a number is no part of it:
/// `401` with a raised `9+` is no `4019+`.
pub(super) fn heading_line(heading: &[Block]) -> String {
    if let [Block::Paragraph { runs, .. }] = heading
        && let [number, raised, ..] = &runs[..]
        && raised.superscript
        && number.text.ends_with(|c: char| c.is_ascii_digit())
    {
        return format!("{} {}", number.text, inline::text_of_runs(&runs[1..]));
    }
    inline::collapse(&plain_text(heading).join(" "))
}

/// The id of a heading, or of the section of the document API that it begins.
pub(super) fn anchor(heading: ElementRef<'_>) -> Option<String> {
    let id_of = |element| attribute(element, "id").filter(|id| !id.is_empty());
    let id_of_section = || {
        let section = heading.parent().and_then(ElementRef::wrap)?;
        let mut headings = section.child_elements();
        let first = headings.find(|child| is_heading(child.value().name()))?;
        let begins = has_class(section, "section") && first.id() == heading.id();
        id_of(section).filter(|_| begins)
    };
    id_of(heading).or_else(id_of_section).map(str::to_owned)
}

/// The class of a heading that is deprecated, in a canonical snapshot, where its text alone does
/// not say so.
pub(crate) const DEPRECATED: &str = "deprecated";

/// Whether a heading is marked as deprecated: raised, as the site does, or in parentheses at its
/// end.
pub(super) fn is_deprecated(element: ElementRef<'_>, heading: &[Block], text: &str) -> bool {
    let says_so_raised = |run: &Run| run.superscript && is_deprecation(&run.text);
    let is_marked = |block: &Block| match block {
        Block::Paragraph { runs, .. } => runs.iter().any(says_so_raised),
        _ => false,
    };
    heading.iter().any(is_marked) || says_deprecated(text) || has_class(element, DEPRECATED)
}

/// Whether the text of a heading ends in parentheses that say that it is deprecated.
pub(crate) fn says_deprecated(text: &str) -> bool {
    let opening = text
        .rfind(['(', '（'])
        .filter(|_| text.ends_with([')', '）']));
    opening.is_some_and(|opening| is_deprecation(&text[opening..]))
}

fn is_deprecation(text: &str) -> bool {
    const MARKS: [&str; 3] = ["deprecated", "已废弃", "废弃"];
    let text = text.trim_matches(|c: char| c.is_whitespace() || "()（）".contains(c));
    MARKS.iter().any(|mark| mark.eq_ignore_ascii_case(text))
}

/// Gives headings the levels that they have in the article: 2 for its sections.
pub(super) fn settle_levels(sections: &mut [Section]) {
    let above_sections = if are_sections_of_api(sections) { 2 } else { 0 };
    for Section { heading, .. } in sections {
        heading.level = match heading.mark {
            Some(mark) => mark + 1,
            None => heading.level.saturating_sub(above_sections).max(1),
        };
    }
}

/// Whether every section has a heading of level 4, and a mark where it lies deeper, as in one style
/// of the document API: no heading without a mark has level 2 or 3.
pub(crate) fn are_sections_of_api(sections: &[Section]) -> bool {
    let headings = sections.iter().map(|section| &section.heading);
    let unmarked = headings.filter(|heading| heading.mark.is_none() && heading.level > 1);
    unmarked.map(|heading| heading.level).min() == Some(4)
}

fn ends_code(rest: &str) -> bool {
    // What counts things is behind a number, and behind no code: `2024年更新`, `3个接口`.
    const COUNTERS: &str = "年月日号个次条种项位";
    rest.chars().next().is_none_or(|c| {
        c == '('
            || c.is_whitespace()
            || !(c.is_ascii() || "、：，．".contains(c) || COUNTERS.contains(c))
    })
}

/// The first line of a text that would be a heading with a code, were the text read as Markdown.
pub(super) fn find_in_markdown(text: &str) -> Option<&str> {
    text.lines().map(str::trim).find(|line| {
        let title = line.strip_prefix("##").unwrap_or("");
        let code = find_code(title.trim_start_matches('#').trim());
        code.is_some_and(|code| !may_be_chapter(code.code))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_parts(text: &str) -> Option<(&str, i64, &str)> {
        find_code(text).map(|heading| {
            let value = heading.value.unwrap_or_default();
            (heading.code, value, heading.title.unwrap_or(""))
        })
    }

    #[test]
    fn codes_with_and_without_titles() {
        assert_eq!(code_parts("200 运行超时"), Some(("200", 200, "运行超时")));
        assert_eq!(code_parts("2900001"), Some(("2900001", 2_900_001, "")));
        assert_eq!(
            code_parts("401参数检查失败"),
            Some(("401", 401, "参数检查失败"))
        );
        assert_eq!(
            code_parts("401(参数错误)"),
            Some(("401", 401, "(参数错误)"))
        );
        assert_eq!(
            code_parts("-1 时间服务异常"),
            Some(("-1", -1, "时间服务异常"))
        );
        assert_eq!(code_parts("00303001 x"), Some(("00303001", 303_001, "x")));
        assert_eq!(
            code_parts("10079100997 x"),
            Some(("10079100997", 10_079_100_997, "x"))
        );
    }

    #[test]
    fn a_colon_may_follow_a_code() {
        let heading = find_code_before_colon("401：参数错误").expect("it is a code");
        assert_eq!((heading.code, heading.title), ("401", Some("参数错误")));
        assert_eq!(find_code_before_colon("第 1 章：概述"), None);
        assert_eq!(find_code_before_colon("401 错误：参数"), None);
    }

    #[test]
    fn symbols_with_and_without_titles() {
        let symbol_parts = |text| {
            let heading = find_symbol(text)?;
            Some((heading.code, heading.title.unwrap_or("")))
        };
        assert_eq!(
            symbol_parts("InvalidBundleName"),
            Some(("InvalidBundleName", ""))
        );
        assert_eq!(
            symbol_parts("TSS2_BASE_RC 失败"),
            Some(("TSS2_BASE_RC", "失败"))
        );
        assert_eq!(
            symbol_parts("E000001 设备离线"),
            Some(("E000001", "设备离线"))
        );
        for text in [
            "Failed to encode",
            "PixelMap 创建失败",
            "URI无效",
            "MD5 校验失败",
            "Solution",
            "概述",
            "",
        ] {
            assert_eq!(symbol_parts(text), None, "{text}");
        }
    }

    #[test]
    fn marks_tell_levels() {
        assert_eq!(split_mark("[h2]算法异常"), Some((2, "算法异常")));
        assert_eq!(split_mark("[h3] 100 x"), Some((3, "100 x")));
        assert_eq!(split_mark("[hx]y"), None);
        assert_eq!(split_mark("[h2]"), None);
    }

    #[test]
    fn numbers_that_are_no_codes() {
        for text in [
            "",
            "-",
            "概述",
            "1. 网络不可用",
            "3、x",
            "1-100",
            "2.3.4",
            "3D 引擎",
            "- 1",
            "1234567890123456",
            "2024年更新说明",
            "401：参数错误",
        ] {
            assert_eq!(find_code(text), None, "{text}");
        }
    }

    #[test]
    fn headings_of_markdown_are_seen_in_a_text() {
        assert_eq!(
            find_in_markdown("a\n  ### 1001 Failed\nb"),
            Some("### 1001 Failed")
        );
        assert_eq!(find_in_markdown("##14200001 x"), Some("##14200001 x"));
        for other in [
            "# 1001 x",
            "1001 ## x",
            "## 1. x",
            "## 5 x",
            "#### none",
            "####",
        ] {
            assert_eq!(find_in_markdown(other), None, "{other}");
        }
    }
}
