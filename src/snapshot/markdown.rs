use super::extract::Extract;
pub(super) fn is_markdown(_: &str)->bool{false}
pub(super) fn open(_:&str)->Extract{Extract::default()}
