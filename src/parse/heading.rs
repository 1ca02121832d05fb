//! Headings: which of them hold an error code, and which code.

/// The most digits that a code may have. Every number of so many digits is exact in the
/// floating-point numbers of ArkTS and TypeScript; the longest code known has 11.
const MAX_DIGITS: usize = 15;

/// A heading that holds an error code.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CodeHeading<'a> {
    /// The code as it is written.
    pub(super) code: &'a str,
    /// The code as an integer.
    pub(super) value: i64,
    /// What follows the code.
    pub(super) title: Option<&'a str>,
}

/// Reads a heading such as `1001400001 运行失败`, `12345`, `-1 时间服务异常` or `401参数错误`.
///
/// `1. 网络不可用`, `3、x`, `1-100`, `2.3.4` and `3D` are no codes: after the digits comes
/// nothing, white space, or, glued to them, a parenthesis or a character that is no Latin one.
pub(super) fn read(text: &str) -> Option<CodeHeading<'_>> {
    let digits_start = usize::from(text.starts_with('-'));
    let digits = text[digits_start..]
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len() - digits_start);
    if !(1..=MAX_DIGITS).contains(&digits) {
        return None;
    }
    let (code, rest) = text.split_at(digits_start + digits);
    if !ends_code(rest) {
        return None;
    }
    let title = rest.trim();
    Some(CodeHeading {
        code,
        value: code.parse().ok()?,
        title: (!title.is_empty()).then_some(title),
    })
}

fn ends_code(rest: &str) -> bool {
    match rest.chars().next() {
        None => true,
        Some('(') => true,
        Some(c) => c.is_whitespace() || !(c.is_ascii() || "、：，．".contains(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Option<(&str, i64, &str)> {
        read(text).map(|heading| (heading.code, heading.value, heading.title.unwrap_or("")))
    }

    #[test]
    fn codes_with_and_without_titles() {
        assert_eq!(shown("200 运行超时"), Some(("200", 200, "运行超时")));
        assert_eq!(shown("2900001"), Some(("2900001", 2_900_001, "")));
        assert_eq!(shown("401参数检查失败"), Some(("401", 401, "参数检查失败")));
        assert_eq!(shown("401(参数错误)"), Some(("401", 401, "(参数错误)")));
        assert_eq!(shown("-1 时间服务异常"), Some(("-1", -1, "时间服务异常")));
        assert_eq!(shown("00303001 x"), Some(("00303001", 303_001, "x")));
        assert_eq!(
            shown("10079100997 x"),
            Some(("10079100997", 10_079_100_997, "x"))
        );
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
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
