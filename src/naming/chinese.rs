//! Names for what a page says in Chinese only, where it says it in the set phrases of error
//! messages: `权限校验失败` is `permission verification failed`.
//!
//! A text is put into English as a whole or not at all: half of a phrase may say the opposite.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::clause::start_of;
use super::word::split_all;
use crate::text::is_chinese;

/// The phrases with their English words, one a line.
const PHRASES: &str = include_str!("chinese.txt");

/// The phrases that begin with a letter and their English words, the longest first.
static PHRASES_BY_LETTER: LazyLock<HashMap<char, Vec<(&str, &str)>>> = LazyLock::new(|| {
    let mut by_letter: HashMap<char, Vec<(&str, &str)>> = HashMap::new();
    for (phrase, english) in phrases() {
        let alike = by_letter.entry(first_letter(phrase)).or_default();
        alike.push((phrase, english));
    }
    for alike in by_letter.values_mut() {
        alike.sort_by_key(|(phrase, _)| std::cmp::Reverse(phrase.len()));
    }
    by_letter
});

/// Words that English does without.
const FILLERS: [&str; 9] = ["错误码", "中的", "的", "该", "此", "了", "被", "在", "到"];

/// What Chinese says first and English last: `未找到设备` is `device not found`.
const VERDICTS: [&str; 5] = ["未找到", "找不到", "禁止", "拒绝", "不允许"];

/// What becomes of something that is done: `连接超时` is a connection that timed out.
const OUTCOMES: [&str; 7] = ["失败", "超时", "异常", "错误", "出错", "中断", "不通过"];

/// The English words for the first piece of a Chinese text; none where a part of it is no set
/// phrase.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    let ends = |c: char| "，。；：！？、,;:!?\n（(".contains(c);
    let clause = start_of(text.trim())
        .split(ends)
        .find(|clause| !clause.trim().is_empty())?;
    let clause = clause.trim().trim_end_matches('.');
    // `服务异常时` is when the service fails; `超时` is a time-out.
    let clause = clause
        .strip_suffix('时')
        .filter(|rest| !rest.ends_with('超'))
        .unwrap_or(clause);
    if !clause.chars().any(is_chinese) {
        return None;
    }
    let mut words: Vec<String> = Vec::new();
    let mut verdict: Vec<String> = Vec::new();
    let mut rest = clause;
    while let Some(c) = rest.chars().next() {
        let is_ascii_word = |c: char| c.is_ascii_alphanumeric();
        if is_ascii_word(c) {
            let end = rest.find(|c| !is_ascii_word(c)).unwrap_or(rest.len());
            words.extend(split_all(&[rest[..end].to_owned()]));
            rest = &rest[end..];
        } else if let Some(filler) = FILLERS.iter().find(|word| rest.starts_with(**word)) {
            rest = &rest[filler.len()..];
        } else if let Some((phrase, english)) = longest_phrase(rest) {
            let before = &clause[..clause.len() - rest.len()];
            rest = &rest[phrase.len()..];
            let english = in_place(phrase, english, before, rest);
            let is_verdict = VERDICTS.contains(&phrase) && before.is_empty();
            let place = if is_verdict { &mut verdict } else { &mut words };
            place.extend(english.split(' ').map(str::to_owned));
        } else if " -_/".contains(c) {
            rest = &rest[1..];
        } else {
            return None;
        }
    }
    words.extend(verdict);
    (!words.is_empty()).then_some(words)
}

/// The phrases and their English words.
fn phrases() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = PHRASES.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(' '))
}

fn first_letter(text: &str) -> char {
    text.chars().next().unwrap_or_default()
}

fn longest_phrase(text: &str) -> Option<(&'static str, &'static str)> {
    let phrases = PHRASES_BY_LETTER.get(&first_letter(text))?;
    let phrase = phrases.iter().find(|(phrase, _)| text.starts_with(phrase));
    phrase.copied()
}

/// What a phrase is where it stands: a statement about what comes before it, or about what follows.
fn in_place<'a>(phrase: &str, english: &'a str, before: &str, after: &str) -> &'a str {
    let is_first = before.is_empty();
    let is_done = !after.is_empty() && !OUTCOMES.iter().any(|word| after.starts_with(word));
    match phrase {
        "不支持" if is_first => english,
        "不支持" if after.is_empty() => "not supported",
        "不支持" => "does not support",
        "无" | "没有" if !is_first => "has no",
        "校验" | "验证" if is_first && is_done => "verify",
        "连接" if is_first && is_done => "connect",
        _ => english,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_phrases_have_english_words() {
        for (text, words) in [
            ("权限校验失败", Some("permission verification failed")),
            ("不支持的设备类型", Some("unsupported device type")),
            ("该设备不支持此API", Some("device does not support API")),
            ("文件类型不支持。", Some("file type not supported")),
            ("校验token失败，请重试", Some("verify token failed")),
            ("client_id为空", Some("client id empty")),
            ("未找到设备", Some("device not found")),
            ("禁止访问", Some("access prohibited")),
            ("连接超时", Some("connection timed out")),
            ("连接服务器", Some("connect server")),
            ("权限未授予", Some("permission not granted")),
            ("调用频率超过阈值", Some("call frequency exceeds threshold")),
            ("今天天气异常", None),
            ("English only", None),
            ("", None),
        ] {
            let found = super::words(text).map(|words| words.join(" "));
            assert_eq!(found.as_deref(), words, "{text}");
        }
    }

    #[test]
    fn every_phrase_is_there_once() {
        let mut phrases: Vec<&str> = phrases().map(|(phrase, _)| phrase).collect();
        phrases.sort_unstable();
        let count = phrases.len();
        phrases.dedup();
        assert_eq!(phrases.len(), count);
    }
}
