//! Names for what a page says in Chinese only, where it says it in the set phrases of error
//! messages: `权限校验失败` is `permission verification failed`.
//!
//! A text is put into English as a whole or not at all: half of a phrase may say the opposite.

use std::cmp::Reverse;
use std::sync::LazyLock;

use super::clause::start_of;
use super::word::split;
use crate::text::is_chinese;

/// The phrases with their English words, the longest first. Those for the start of a text go before
/// those for anywhere.
static PHRASES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("chinese.txt").lines();
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let phrases = lines.map(|line| line.split_once(' ').unwrap_or((line, "")));
    let mut phrases: Vec<(&str, &str)> = phrases.collect();
    phrases
        .sort_by_key(|(phrase, _)| Reverse((phrase.trim_start_matches('^').len(), phrase.len())));
    phrases
});

/// The English words for the first piece of a Chinese text; none where a part of it is no set
/// phrase.
pub(super) fn words(text: &str) -> Option<Vec<String>> {
    let ends = |c: char| "，。；：！？、,;:!?\n（(".contains(c);
    let mut clauses = start_of(text).split(ends).map(str::trim);
    let clause = clauses.find(|clause| !clause.is_empty())?;
    if !clause.chars().any(is_chinese) {
        return None;
    }
    let clause = format!("^{clause}$");
    let (mut words, mut last) = (Vec::new(), Vec::new());
    let mut rest = clause.as_str();
    while !rest.is_empty() {
        rest = rest.trim_start_matches([' ', '-', '_', '/']);
        let word = rest.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
        if !word.is_empty() {
            words.extend(split(word));
            rest = &rest[word.len()..];
            continue;
        }
        let (english, after) = phrase_at(rest)?;
        match english.strip_prefix("… ") {
            Some(english) => last.extend(english.split(' ').map(str::to_owned)),
            None => words.extend(english.split_whitespace().map(str::to_owned)),
        }
        rest = after;
    }
    words.extend(last);
    (!words.is_empty()).then_some(words)
}

/// The English words of the longest phrase at the start of a text, and what follows it.
fn phrase_at(text: &str) -> Option<(&'static str, &str)> {
    let anywhere = text.strip_prefix('^');
    PHRASES.iter().find_map(|(phrase, english)| {
        let rest = text.strip_prefix(phrase);
        let rest = rest.or_else(|| anywhere?.strip_prefix(phrase))?;
        Some((*english, rest))
    })
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
        let mut phrases: Vec<&str> = PHRASES.iter().map(|(phrase, _)| *phrase).collect();
        phrases.sort_unstable();
        let count = phrases.len();
        phrases.dedup();
        assert_eq!(phrases.len(), count);
    }
}
