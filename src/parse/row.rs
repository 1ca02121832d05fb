//! Rows: the codes that stand in tables, one a row.
//!
//! A table is one of codes where a header says so and the cells below it look like it.

use indexmap::IndexMap;

use super::heading;
use crate::catalog::{Block, Case, plain_text};

type Cell = Vec<Block>;

/// A code in a row of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) code: String,
    /// The code as an integer; none where it is a symbol.
    pub(super) value: Option<i64>,
    /// The official name of the code.
    pub(super) symbol: Option<String>,
    /// What follows the code in its cell.
    pub(super) title: Option<String>,
    /// Whether its cell says that it is deprecated.
    pub(super) deprecated: bool,
    /// The text of every cell by its header.
    pub(super) columns: IndexMap<String, String>,
    /// The cells that say something, by the fields that their headers name; the rest is extra.
    pub(super) case: Case,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Code,
    Message,
    Description,
    Causes,
    Steps,
    Other,
}

/// Headers of columns that hold the code, in lower case, where the cells are numbers: other tables
/// have such columns too.
const VAGUE_CODES: [&str; 10] = [
    "值",
    "返回值",
    "value",
    "code",
    "error id",
    "errno",
    "status",
    "ret",
    "return value",
    "error no.",
];

/// Headers of columns that hold the code, in lower case: what they end in, and the names of
/// members of an answer.
const CODE_ENDINGS: [&str; 19] = [
    "错误码",
    "错误码id",
    "错误码数值",
    "错误码值",
    "错误码取值",
    "错误码编号",
    "错误代码",
    "错误编码",
    "错误号",
    "异常码",
    "返回码",
    "响应码",
    "状态码",
    "结果码",
    "error code",
    "error codes",
    "error code id",
    "error code value",
    "result code",
];
const CODE_NAMES: [&str; 14] = [
    "http code",
    "return code",
    "status code",
    "http status code",
    "response code",
    "http response code",
    "nsp_status",
    "errcode",
    "errorcode",
    "resultcode",
    "retcode",
    "returncode",
    "statuscode",
    "subcode",
];

/// Headers of columns that hold a field, in lower case and without what stands in parentheses.
const FIELDS: [(Column, &[&str]); 4] = [
    (
        Column::Message,
        &[
            "错误信息",
            "错误码信息",
            "报错信息",
            "msg",
            "message",
            "error message",
            "error information",
        ],
    ),
    (
        Column::Description,
        &[
            "描述",
            "错误描述",
            "错误码描述",
            "说明",
            "错误说明",
            "错误码说明",
            "含义",
            "description",
            "error description",
            "meaning",
            "symptom",
        ],
    ),
    (
        Column::Causes,
        &[
            "可能原因",
            "可能的原因",
            "原因",
            "cause",
            "causes",
            "possible cause",
            "possible causes",
        ],
    ),
    (
        Column::Steps,
        &[
            "处理步骤",
            "处理方法",
            "处理建议",
            "解决方法",
            "解决方案",
            "解决办法",
            "解决措施",
            "solution",
            "solutions",
            "procedure",
            "handling procedure",
        ],
    ),
];

/// Words in the headers of columns that hold the official name of a code, in lower case.
const SYMBOL_WORDS: [&str; 16] = [
    "错误码",
    "error code",
    "定义",
    "名称",
    "枚举",
    "宏",
    "符号",
    "标识",
    "常量",
    "name",
    "symbol",
    "macro",
    "definition",
    "constant",
    "enum",
    "msg",
];

/// Takes the codes out of a block: the rows that hold one, and the rest of the table where any
/// other row says something. None where the block is no table of codes.
pub(super) fn read(block: &Block) -> Option<(Vec<Row>, Option<Block>)> {
    let Block::Table { header, rows } = block else {
        return None;
    };
    let (header, rows) = match header.is_empty() {
        true => rows.split_first()?,
        false => (header, &rows[..]),
    };
    let headers: Vec<String> = header.iter().map(|cell| text(cell)).collect();
    let code_column = headers
        .iter()
        .position(|header| column(header) == Column::Code)?;
    let (of_codes, others): (Vec<_>, Vec<_>) = rows.iter().partition(|row| {
        row.get(code_column)
            .is_some_and(|cell| split_code(&text(cell)).is_some())
    });
    let are_numbers = || {
        let mut cells = of_codes.iter().map(|row| text(&row[code_column]));
        cells.all(|cell| split_code(&cell).is_some_and(|(code, _)| value(code).is_some()))
    };
    // Tables of parameters and enumerations have such a column too.
    let is_vague = VAGUE_CODES.contains(&headers[code_column].to_lowercase().trim());
    if of_codes.is_empty()
        || of_codes.len() < others.len()
        || is_vague && !(others.is_empty() && are_numbers())
    {
        return None;
    }
    let codes = of_codes
        .into_iter()
        .map(|row| read_row(&headers, row, code_column));
    let rest = (!others.is_empty()).then(|| Block::Table {
        header: header.clone(),
        rows: others.into_iter().cloned().collect(),
    });
    Some((codes.collect(), rest))
}

fn read_row(headers: &[String], row: &[Cell], code_column: usize) -> Row {
    let cell = text(&row[code_column]);
    let (code, title) = split_code(&cell).unwrap_or((&cell, None));
    let mut read = Row {
        value: value(code),
        code: code.to_owned(),
        symbol: None,
        title: title.map(str::to_owned),
        deprecated: title.is_some_and(|title| heading::is_deprecated(&[], title)),
        columns: IndexMap::new(),
        case: Case::default(),
    };
    let nothing = Vec::new();
    // A header over no cell of the row keeps its place: its text is nowhere else.
    for index in 0..row.len().max(headers.len()) {
        let cell = row.get(index).unwrap_or(&nothing);
        let header = headers.get(index).map_or("", String::as_str);
        let words = text(cell);
        let column_text = read.columns.entry(header.to_owned()).or_default();
        if !column_text.is_empty() && !words.is_empty() {
            column_text.push(' ');
        }
        column_text.push_str(&words);
        if index == code_column || cell.is_empty() {
            continue;
        }
        read.symbol = read.symbol.or_else(|| symbol(header, cell));
        // A lone dash says that there is nothing to say.
        if matches!(words.as_str(), "-" | "–" | "—") {
            continue;
        }
        // Another code of the row, such as `20222` below `1101`, tells it from its neighbours.
        if column(header) == Column::Code && split_code(&words).is_some() {
            let title = read.case.title.get_or_insert_default();
            if !title.is_empty() {
                title.push(' ');
            }
            title.push_str(&words);
            continue;
        }
        let field = match column(header) {
            Column::Message => &mut read.case.message,
            Column::Description => &mut read.case.description,
            Column::Causes => &mut read.case.causes,
            Column::Steps => &mut read.case.steps,
            Column::Code | Column::Other => read.case.extra.entry(header.to_owned()).or_default(),
        };
        field.extend(cell.iter().cloned());
    }
    read
}

/// What the column with a header holds.
fn column(header: &str) -> Column {
    let whole = header.to_lowercase();
    let name = whole.split(['(', '（']).next().unwrap_or_default().trim();
    let is_field = |(_, names): &&(Column, &[&str])| names.contains(&name);
    if let Some((field, _)) = FIELDS.iter().find(is_field) {
        return *field;
    }
    // Some pages have a blank between Chinese and Latin letters.
    let joined = name.replace(' ', "");
    let is_ending = |ending: &&str| name.ends_with(ending) || joined.ends_with(ending);
    let ends_in_code = CODE_ENDINGS.iter().any(is_ending);
    if ends_in_code || CODE_NAMES.contains(&name) || VAGUE_CODES.contains(&name) {
        return Column::Code;
    }
    Column::Other
}

fn text(cell: &[Block]) -> String {
    plain_text(cell).join(" ")
}

/// Splits what a cell says into the code and the rest: `404`, `404 Not Found`, `401（旧）`, `ERR_OK`.
/// None where it is no code, or several.
fn split_code(cell: &str) -> Option<(&str, Option<&str>)> {
    let end = cell.find([' ', '(', '（']).unwrap_or(cell.len());
    let (code, rest) = cell.split_at(end);
    let rest = rest.trim();
    let is_code = match value(code) {
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

fn value(code: &str) -> Option<i64> {
    if let Some(digits) = code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")) {
        return i64::from_str_radix(digits, 16)
            .ok()
            .filter(|_| digits.len() <= 8);
    }
    let digits = code.strip_prefix('-').unwrap_or(code);
    let is_number = (1..=heading::MAX_DIGITS).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit());
    code.parse().ok().filter(|_| is_number)
}

/// The official name that a cell gives: capital letters, digits and underscores.
fn symbol(header: &str, cell: &[Block]) -> Option<String> {
    let header = header.to_lowercase();
    let symbol = text(cell);
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_';
    let is_symbol = symbol.len() >= 2
        && symbol.starts_with(|c: char| c.is_ascii_uppercase())
        && symbol.bytes().all(is_part);
    let is_named = || SYMBOL_WORDS.iter().any(|word| header.contains(word));
    (is_symbol && is_named()).then_some(symbol)
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
        let (rows, rest) = read(&table).expect("it is a table of codes");
        let [row] = &rows[..] else {
            panic!("{rows:?}");
        };
        assert_eq!((row.code.as_str(), row.value), ("1", Some(1)));
        assert_eq!(row.symbol.as_deref(), Some("EPERM"));
        assert_eq!(row.case.description, [Block::plain("操作不允许")]);
        assert_eq!(row.case.steps, []);
        assert_eq!(row.case.title, None);
        let extra: Vec<_> = row.case.extra.keys().collect();
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
            assert_eq!(column(header), Column::Code, "{header}");
        }
        assert_eq!(column("错误码描述"), Column::Description);
        assert_eq!(column("错误信息（此处仅提供关键信息）"), Column::Message);
        assert_eq!(column("参数名"), Column::Other);
        assert_eq!(column("countryCode"), Column::Other);
    }

    #[test]
    fn a_second_code_is_the_title_of_the_row() {
        let table = table(
            "主错误码 | 子错误码 | 描述",
            &["1101 | 20222 | 无效的token"],
        );
        let (rows, _) = read(&table).expect("it is a table of codes");
        assert_eq!(
            (rows[0].code.as_str(), rows[0].case.title.as_deref()),
            ("1101", Some("20222"))
        );
        assert!(rows[0].case.extra.is_empty());
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
            (value("0x1F"), value("-1"), value("000000")),
            (Some(31), Some(-1), Some(0))
        );
    }

    #[test]
    fn tables_of_other_things_stay_tables() {
        let parameters = table("名称 | 值 | 说明", &["timeout | true | 超时", "x | 1 | y"]);
        assert!(read(&parameters).is_none());
        assert!(read(&table("名称 | 说明", &["1 | 2"])).is_none());
        assert!(read(&Block::plain("错误码")).is_none());
    }

    #[test]
    fn rows_without_a_code_stay_in_a_table() {
        let table = table("返回码 | 描述", &["000000 | 成功", "| 以上为通用返回码"]);
        let (rows, rest) = read(&table).expect("it is a table of codes");
        assert_eq!((rows.len(), rows[0].code.as_str()), (1, "000000"));
        let rest = plain_text(&[rest.expect("one row is left")]);
        assert_eq!(rest, ["返回码 | 描述", " | 以上为通用返回码"]);
    }
}
