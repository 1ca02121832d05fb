#!/usr/bin/env python3
"""What arkerr is compared with: a script as one writes it with BeautifulSoup and Jinja2.

    python3 generate.py SNAPSHOTS OUTPUT [--quiet]

It reads every page in a folder, in the form in which it is copied out of a browser, and writes four
files for each: Rust, ArkTS, TypeScript and Markdown. It does what its authors could do to be quick
in an ordinary way: the parser is lxml, each page is walked once, templates are compiled once.
"""

import re
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from jinja2 import Environment, FileSystemLoader

FIELDS = {
    "错误信息": "message",
    "错误码信息": "message",
    "错误描述": "description",
    "描述": "description",
    "可能原因": "causes",
    "处理步骤": "steps",
}
HEADINGS = ("h2", "h3", "h4")
CODE = re.compile(r"(-?\d+)\s*(.*)", re.DOTALL)
BLANKS = re.compile(r"\s+")
NO_WORD = re.compile(r"[^0-9A-Za-z]+")
# What the heads of the columns of a table of codes begin with.
CODE_COLUMNS = ("错误码", "业务响应主错误码", "返回码", "HTTP响应码", "NSP_STATUS", "errCode", "值", "Value")
COLUMNS = {
    "message": ("错误信息", "错误码信息", "返回信息", "MSG", "信息"),
    "description": ("错误描述", "描述", "说明", "错误码描述", "含义"),
    "causes": ("可能原因", "原因"),
    "steps": ("处理步骤", "处理", "解决", "建议"),
}


def text_of(element):
    return BLANKS.sub(" ", element.get_text()).strip()


def new_code(number, title):
    return {
        "number": number,
        "title": title,
        "message": [],
        "description": [],
        "causes": [],
        "steps": [],
    }


def label_of(paragraph):
    """The field that a paragraph begins, where it is nothing but a label in bold."""
    strong = paragraph.find("strong", recursive=False)
    if strong is None:
        return None
    label = strong.get_text().strip().rstrip(":：。")
    return FIELDS.get(label)


def read_sections(article):
    """The codes that have headings. Headings without a number are cases of the code above."""
    codes = []
    field = None
    for element in article.find_all([*HEADINGS, "p", "li", "pre"]):
        if element.name in HEADINGS:
            field = None
            found = CODE.fullmatch(text_of(element))
            if found:
                codes.append(new_code(found[1], found[2]))
            continue
        if not codes or element.find_parent("table"):
            continue
        if element.name == "p":
            label = label_of(element)
            if label:
                field = label
                continue
        if field is None or element.find_parent(["li", "pre"]):
            continue
        text = text_of(element)
        if text:
            codes[-1][field].append(text)
    return codes


def cells_of(table):
    """The texts of a table's cells by rows; a cell that spans rows stands in each of them."""
    rows = []
    spans = {}
    for row in table.find_all("tr"):
        texts = []
        cells = iter(row.find_all(["td", "th"]))
        while True:
            column = len(texts)
            left, text = spans.get(column, (0, ""))
            if left:
                spans[column] = (left - 1, text)
                texts.append(text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            text = text_of(cell)
            spans[column] = (int(cell.get("rowspan", 1)) - 1, text)
            texts.append(text)
            texts.extend([""] * (int(cell.get("colspan", 1)) - 1))
        rows.append(texts)
    return rows


def column_of(heads, names):
    return next((place for place, head in enumerate(heads) if head.startswith(names)), None)


def read_table(table):
    """The codes of a table, where one of its columns has codes."""
    heads, *rows = cells_of(table)
    code_column = column_of(heads, CODE_COLUMNS)
    if code_column is None:
        return []
    columns = {field: column_of(heads, names) for field, names in COLUMNS.items()}
    codes = []
    for row in rows:
        found = code_column < len(row) and CODE.fullmatch(row[code_column])
        if not found:
            continue
        code = new_code(found[1], found[2])
        for field, column in columns.items():
            if column not in (None, code_column) and column < len(row) and row[column]:
                code[field].append(row[column])
        codes.append(code)
    return codes


def words_of(code):
    message = " ".join(code["message"])
    words = [word for word in NO_WORD.split(message) if word]
    return words[:8] if words and words[0][0].isalpha() else ["Error", code["number"].replace("-", "minus")]


def give_names(codes):
    """A constant is named after its message, with the number where others have the same. The rows
    of a table may have one number several times; the first of them gets the constant."""
    taken = set()
    numbers = set()
    for code in codes:
        code["is_constant"] = code["number"] not in numbers
        numbers.add(code["number"])
        words = words_of(code)
        if "_".join(words).upper() in taken:
            words = [*words, code["number"].replace("-", "minus")]
        taken.add("_".join(words).upper())
        code["upper"] = "_".join(words).upper()
        code["pascal"] = "".join(word[:1].upper() + word[1:].lower() for word in words)


def read_page(path):
    soup = BeautifulSoup(path.read_text(encoding="utf-8-sig"), "lxml")
    title = soup.find("h1")
    article = soup.find("div", class_="markdown-body") or soup
    codes = read_sections(article)
    for table in article.find_all("table"):
        codes.extend(read_table(table))
    give_names(codes)
    stem = path.name.split(".")[0]
    words = [word for word in NO_WORD.split(stem) if word]
    return {
        "id": stem,
        "title": text_of(title) if title else stem,
        "type": "".join(word.capitalize() for word in words),
        "snake": "_".join(words).lower(),
        "codes": codes,
    }


def in_comment(text):
    return text.replace("*/", "* /")


def in_cell(text):
    return text.replace("|", "\\|")


def main():
    arguments = [argument for argument in sys.argv[1:] if argument != "--quiet"]
    snapshots, output = map(Path, arguments)
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["in_comment"] = in_comment
    environment.filters["in_cell"] = in_cell
    targets = [
        (environment.get_template("page.rs.jinja"), "rust/{snake}.rs"),
        (environment.get_template("page.ets.jinja"), "arkts/{type}.ets"),
        (environment.get_template("page.ts.jinja"), "typescript/{id}.ts"),
        (environment.get_template("page.md.jinja"), "markdown/{id}.md"),
    ]
    for _, path in targets:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
    count = pages = 0
    for path in sorted(snapshots.glob("*.html")):
        page = read_page(path)
        if not page["codes"]:
            continue
        pages += 1
        count += len(page["codes"])
        for template, name in targets:
            (output / name.format(**page)).write_text(template.render(page), encoding="utf-8")
    if "--quiet" not in sys.argv:
        print(f"{count} codes on {pages} pages")


main()
