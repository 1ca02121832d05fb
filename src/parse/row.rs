//! Rows: the codes in tables, one a row.
//!
//! A table is one of codes where a header says so and the cells below it look like it.

use super::label;
use super::label::Field::{self, Causes, Description, Message, Steps};
use super::{heading, is_one_of};
use crate::budget::Budget;
use crate::catalog::{Block, Case, CodeKind, ErrorCode, NODE, plain_text};

type Cell = Vec<Block>;

/// A column of a table of codes: what it holds, and the text of its header.
type Column = (Content, String);

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Code,
    Field(Field),
    Other,
}

// Headers are in lower case here, and without what is in parentheses.

/// Headers of columns that hold the code where all cells are numbers: other tables have such
/// columns too.
const VAGUE_CODES: &str = "值|返回值|value|code|error id|errno|status|ret|return value|error no.";

/// The ends of headers of columns that hold the code, without blanks.
const CODE_ENDINGS: &str = "错误码|错误码id|错误码数值|错误码值|错误码取值|错误码编号|错误代码|\
    错误编码|错误号|异常码|返回码|响应码|状态码|结果码|errorcode|errorcodes|errorcodeid|\
    errorcodevalue|resultcode";

/// Headers of columns that hold the code, without blanks: some are names of members of an answer.
const CODE_NAMES: &str = "httpcode|returncode|statuscode|httpstatuscode|responsecode|\
    httpresponsecode|nsp_status|errcode|retcode|subcode";

/// Headers of columns that hold a field, beside those that are labels too.
const FIELDS: [(Field, &str); 5] = [
    (Message, "报错信息|msg"),
    (
        Description,
        "错误码描述|说明|错误说明|错误码说明|含义|meaning",
    ),
    (Causes, "原因"),
    (Steps, "处理方法|处理建议|解决方法|解决方案"),
    (Steps, "解决办法|解决措施"),
];

/// Words in the headers of columns that hold the official name of a code.
const SYMBOL_WORDS: &str = "错误码|error code|定义|名称|枚举|宏|符号|标识|常量|name|symbol|macro|\
    definition|constant|enum|msg";

/// Takes the codes out of a block: the rows that hold one, and the rest of the table where any
/// other row says something. None where the block is not a table of codes.
///
/// Each code has the headers of all columns, which count against the budget of the page. Once it is
/// exceeded, further rows are left out.
pub(super) fn codes_in_table(
    block: &Block,
    budget: &Budget,
) -> Option<(Vec<ErrorCode>, Option<Block>)> {
    let Block::Table { header, rows } = block else {
        return None;
    };
    let (header, rows) = if header.is_empty() {
        rows.split_first()?
    } else {
        (header, &rows[..])
    };
    let headers = header.iter().map(|cell| cell_text(cell));
    let with_content = |header: String| (content_below(&header), header);
    let columns: Vec<Column> = headers.map(with_content).collect();
    let is_code = |(content, _): &Column| *content == Content::Code;
    let code_column = columns.iter().position(is_code)?;
    let repeated = columns.iter().map(|(_, header)| header.len() + NODE).sum();
    let (mut codes, mut others) = (Vec::new(), Vec::new());
    for row in rows {
        if !budget.spend(repeated) {
            break;
        }
        match code_of(row, &columns, code_column) {
            Some(code) => codes.push(code),
            None => others.push(row.clone()),
        }
    }
    // Tables of parameters and enumerations have such a column too.
    let header_text = columns[code_column].1.to_lowercase();
    let is_vague = is_one_of(header_text.trim(), VAGUE_CODES);
    let are_numbers = || codes.iter().all(|code| code.value.is_some());
    if codes.is_empty()
        || codes.len() < others.len()
        || is_vague && !(others.is_empty() && are_numbers())
    {
        return None;
    }
    let rest = (!others.is_empty()).then(|| Block::Table {
        header: header.clone(),
        rows: others,
    });
    Some((codes, rest))
}

/// The code in a row, if there is one. What the table is in is not known here.
fn code_of(row: &[Cell], columns: &[Column], code_column: usize) -> Option<ErrorCode> {
    let code_cell = cell_text(row.get(code_column)?);
    let (code, title) = split_code(&code_cell)?;
    let mut record = ErrorCode {
        kind: CodeKind::Table,
        value: numeric_value(code),
        code: code.to_owned(),
        title: title.map(str::to_owned),
        deprecated: title.is_some_and(heading::says_deprecated),
        ..ErrorCode::default()
    };
    let mut case = Case::default();
    let (no_column, no_cell) = ((Content::Other, String::new()), Vec::new());
    // A header over no cell of the row keeps its place: its text is nowhere else.
    for index in 0..row.len().max(columns.len()) {
        let cell = row.get(index).unwrap_or(&no_cell);
        let column = columns.get(index).unwrap_or(&no_column);
        let words = cell_text(cell);
        append(record.columns.entry(column.1.clone()).or_default(), &words);
        if index == code_column || cell.is_empty() {
            continue;
        }
        if record.symbol.is_none() && is_official_name(&words) && may_name(&column.1) {
            record.symbol = Some(words.clone());
        }
        add_cell(&mut case, column, cell, &words);
    }
    record.cases.push(case);
    Some(record)
}

/// Adds a cell beside that of the code; `words` is its text.
fn add_cell(case: &mut Case, (content, header): &Column, cell: &[Block], words: &str) {
    // A lone dash says that there is nothing to say.
    if matches!(words, "-" | "–" | "—") {
        return;
    }
    // Another code of the row, such as `20222` below `1101`, tells it from its neighbours.
    if *content == Content::Code && split_code(words).is_some() {
        return append(case.title.get_or_insert_default(), words);
    }
    let field = match content {
        Content::Field(field) => field.blocks_in(case),
        Content::Code | Content::Other => case.extra.entry(header.clone()).or_default(),
    };
    field.extend_from_slice(cell);
}

/// Adds words to a text, behind a blank where both say something.
fn append(text: &mut String, words: &str) {
    if !text.is_empty() && !words.is_empty() {
        text.push(' ');
    }
    text.push_str(words);
}

/// Whether a column may hold the official name of a code.
fn may_name(header: &str) -> bool {
    let header = header.to_lowercase();
    SYMBOL_WORDS.split('|').any(|word| header.contains(word))
}

/// What is below a header.
fn content_below(header: &str) -> Content {
    let header = header.to_lowercase();
    let name = header.split(['(', '（']).next().unwrap_or_default().trim();
    if let Some((field, _)) = label::find_exact_field(name) {
        return Content::Field(field);
    }
    if let Some((field, _)) = FIELDS.iter().find(|(_, names)| is_one_of(name, names)) {
        return Content::Field(*field);
    }
    let joined = name.replace(' ', "");
    let ends_in_code = CODE_ENDINGS.split('|').any(|end| joined.ends_with(end));
    if ends_in_code || is_one_of(&joined, CODE_NAMES) || is_one_of(name, VAGUE_CODES) {
        Content::Code
    } else {
        Content::Other
    }
}

fn cell_text(cell: &[Block]) -> String {
    plain_text(cell).join(" ")
}

/// Splits what a cell says into the code and the rest: `404`, `404 Not Found`, `401（旧）`, `ERR_OK`.
/// None where it is no code, or several.
fn split_code(cell: &str) -> Option<(&str, Option<&str>)> {
    let end = cell.find([' ', '(', '（']).unwrap_or(cell.len());
    let (code, rest) = (&cell[..end], cell[end..].trim());
    let is_code = match numeric_value(code) {
        Some(_) => !rest.starts_with(|c: char| c.is_ascii_digit()),
        None => rest.is_empty() && is_symbol(code),
    };
    is_code.then_some((code, Some(rest).filter(|rest| !rest.is_empty())))
}

/// Whether a word is the name of a code rather than a word: `ERR_OK`, `InvalidBundleName`, `4xx`.
fn is_symbol(word: &str) -> bool {
    let is_name = word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let capitals = word.bytes().filter(u8::is_ascii_uppercase).count();
    let has_small = word.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let is_no_word = word.contains('_') || has_digit || capitals >= 2 && has_small;
    is_name && is_no_word && word.len() <= 64
}

fn numeric_value(code: &str) -> Option<i64> {
    match code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
        Some(digits) if digits.len() <= 8 => i64::from_str_radix(digits, 16).ok(),
        Some(_) => None,
        None => heading::number(code),
    }
}

/// Whether a text is an official name: capital letters, digits and underscores.
fn is_official_name(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    text.len() >= 2
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.bytes().all(is_part)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<Cell> {
        let cells = line.split('|').map(str::trim);
        cells
            .map(|cell| match cell {
                "" => vec![],
                text => vec![Block::plain(text)],
            })
            .collect()
    }

    fn table(header: &str, rows: &[&str]) -> Block {
        Block::Table {
            header: cells(header),
            rows: rows.iter().map(|row| cells(row)).collect(),
        }
    }

    #[test]
    fn a_row_is_a_code_with_its_fields() {
        let table = table(
            "错误码数值 | 错误码定义 | 描述 | 模块 | 解决方法",
            &["1 | EPERM | 操作不允许 | 内核 | -"],
        );
        let (rows, rest) =
            codes_in_table(&table, &Budget::default()).expect("it is a table of codes");
        let [row] = &rows[..] else {
            panic!("{rows:?}");
        };
        assert_eq!((row.code.as_str(), row.value), ("1", Some(1)));
        assert_eq!(row.symbol.as_deref(), Some("EPERM"));
        assert_eq!(row.cases[0].description, [Block::plain("操作不允许")]);
        assert_eq!(row.cases[0].steps, []);
        assert_eq!(row.cases[0].title, None);
        let extra: Vec<_> = row.cases[0].extra.keys().collect();
        assert_eq!(extra, ["错误码定义", "模块"]);
        let columns: Vec<_> = row.columns.keys().collect();
        assert_eq!(
            columns,
            ["错误码数值", "错误码定义", "描述", "模块", "解决方法"]
        );
        assert_eq!(rest, None);
    }

    #[test]
    fn headers_that_mean_the_code() {
        for header in [
            "错误码",
            "错误码ID",
            "HTTP响应码",
            "业务响应主错误码",
            "返回码",
            "resultCode",
            "NSP_STATUS",
            "Error Code",
            "值",
            "错误代码",
            "Error Code ID",
            "错误码 ID",
        ] {
            assert_eq!(content_below(header), Content::Code, "{header}");
        }
        assert_eq!(
            content_below("错误码描述"),
            Content::Field(Field::Description)
        );
        assert_eq!(
            content_below("错误信息（此处仅提供关键信息）"),
            Content::Field(Field::Message)
        );
        assert_eq!(content_below("参数名"), Content::Other);
        assert_eq!(content_below("countryCode"), Content::Other);
    }

    #[test]
    fn a_second_code_is_the_title_of_the_row() {
        let table = table(
            "主错误码 | 子错误码 | 描述",
            &["1101 | 20222 | 无效的token"],
        );
        let (rows, _) = codes_in_table(&table, &Budget::default()).expect("it is a table of codes");
        assert_eq!(
            (rows[0].code.as_str(), rows[0].cases[0].title.as_deref()),
            ("1101", Some("20222"))
        );
        assert!(rows[0].cases[0].extra.is_empty());
        assert_eq!(rows[0].columns["子错误码"], "20222");
    }

    #[test]
    fn a_code_may_be_followed_by_words() {
        assert_eq!(
            split_code("404 Not Found"),
            Some(("404", Some("Not Found")))
        );
        assert_eq!(split_code("ERR_OK"), Some(("ERR_OK", None)));
        assert_eq!(split_code("以上 401"), None);
        assert_eq!(split_code("see below"), None);
        assert_eq!(split_code("401（旧）"), Some(("401", Some("（旧）"))));
        assert_eq!(split_code("401 402"), None);
        assert_eq!(split_code("4xx"), Some(("4xx", None)));
        for word in ["true", "CN", "others", "NA", "FOOT"] {
            assert_eq!(split_code(word), None, "{word}");
        }
        assert_eq!(
            ["0x1F", "-1", "000000"].map(numeric_value),
            [Some(31), Some(-1), Some(0)]
        );
    }

    #[test]
    fn tables_of_other_things_stay_tables() {
        let parameters = table("名称 | 值 | 说明", &["timeout | true | 超时", "x | 1 | y"]);
        assert!(codes_in_table(&parameters, &Budget::default()).is_none());
        assert!(codes_in_table(&table("名称 | 说明", &["1 | 2"]), &Budget::default()).is_none());
        assert!(codes_in_table(&Block::plain("错误码"), &Budget::default()).is_none());
    }

    #[test]
    fn rows_without_a_code_stay_in_a_table() {
        let table = table("返回码 | 描述", &["000000 | 成功", "| 以上为通用返回码"]);
        let (rows, rest) =
            codes_in_table(&table, &Budget::default()).expect("it is a table of codes");
        assert_eq!((rows.len(), rows[0].code.as_str()), (1, "000000"));
        let rest = plain_text(&[rest.expect("one row is left")]);
        assert_eq!(rest, ["返回码 | 描述", " | 以上为通用返回码"]);
    }
}
