//! Pages of error codes that nobody has written, in the form in which the real ones are saved and
//! in their proportions: 200 pages have 2,500 codes in 3 MB, most pages a few codes and a few pages
//! many. What they say is put together from the words in [`words`].
//!
//! A page depends on its number alone, so that every run measures the same bytes, and the first
//! 200 of 2,000 pages are the 200.

// Every program that measures compiles this module for itself and uses a part of it.
#![allow(dead_code)]

mod chance;
mod section;
mod table;
mod words;

use std::fs;
use std::io;
use std::path::Path;

use chance::Chance;

/// How many codes the pages have, one after another and then again from the start. Twenty pages
/// have 250, which is what the site has on as many; the largest real page has 56 with headings.
const CODES: [usize; 20] = [
    8, 3, 16, 5, 1, 12, 54, 4, 7, 10, 20, 2, 9, 6, 33, 11, 4, 14, 6, 25,
];

/// The place in [`CODES`] of the pages that have a table instead of headings, a tenth of the codes.
const TABLE: usize = 19;

/// The number of a page with twelve codes, as many as a page has on the average.
pub const ORDINARY: usize = 5;

/// Writes the first pages into a folder, as snapshots.
pub fn write(folder: &Path, count: usize) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    (0..count).try_for_each(|number| {
        let name = format!("{}.html", id(number));
        fs::write(folder.join(name), page(number))
    })
}

/// The id of a page, which is the stem of its file name.
pub fn id(number: usize) -> String {
    let (english, _) = words::OBJECTS[number % words::OBJECTS.len()];
    let english = english.replace(' ', "-");
    format!("{english}-{number}-error-code")
}

/// A page: the title and the article, as copied out of a browser.
pub fn page(number: usize) -> String {
    let mut chance = Chance::new(number);
    let (_, chinese) = words::OBJECTS[number % words::OBJECTS.len()];
    let title = format!("{chinese}错误码");
    let count = CODES[number % CODES.len()];
    // Angular marks its elements by a name that is another in each build.
    let build = chance.letters(3);
    let mut text = format!(
        "<h1 _ngcontent-{build}-c119=\"\" class=\"doc-title ng-star-inserted\" title=\"{title}\"> {title} </h1>\n\n\
         <div _ngcontent-{build}-c106=\"\" auitextselectionexpansion=\"\" class=\"markdown-body ng-star-inserted\" \
         style=\"position: relative;\"> <div>{NOTE} "
    );
    if number % CODES.len() == TABLE {
        table::push(&mut text, number, count, &mut chance);
    } else {
        let shared = words::SHARED[number % words::SHARED.len()];
        let shared = (count > 4).then_some(shared).into_iter();
        let own = (1..).map(|place| 1_000_000_000 + number * 100_000 + place);
        for code in shared.chain(own).take(count) {
            section::push(&mut text, code, &mut chance);
        }
    }
    text.push_str("</div> <div></div></div>");
    text
}

/// The remark above the codes of nearly every page.
const NOTE: &str = "<div><div class=\"hw-editor-tip info\"><div class=\"title\">说明</div><div class=\"content\">\
    <p>本页只列出本模块自己的错误码，其余见<a href=\"https://developer.huawei.com/consumer/cn/doc/harmonyos-references/errorcode-universal\" \
    target=\"_blank\">通用错误码</a>。</p> </div></div></div>";
