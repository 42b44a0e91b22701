"""Bad headers, encodings and rows of the files of a folder."""

from collections.abc import Callable

from tests.malformed.case import (
    Malformed,
    changed,
    good_parts,
    pack,
    table_bytes,
)
from tests.malformed.district import CHEN, District


def _retitled(stem: str, title: str, new: str) -> Callable[[District], None]:
    def change(district: District) -> None:
        district[stem] = [
            {(new if name == title else name): value for name, value in row.items()}
            for row in district[stem]
        ]

    return change


def _without(stem: str, title: str) -> Callable[[District], None]:
    def change(district: District) -> None:
        for row in district[stem]:
            del row[title]

    return change


def _with_column(stem: str, title: str) -> Callable[[District], None]:
    def change(district: District) -> None:
        first, *_, last = district[stem]
        first[title], last[title] = "", "x"

    return change


HEADERS = [
    case
    for form in ("csv", "xlsx")
    for case in (
        changed(
            "misspelt column",
            _retitled("enterprises", "联系人", "联络人"),
            "unknown_column",
            form=form,
            stem="enterprises",
            row=1,
            column="联络人",
        ),
        changed(
            "column of notes",
            _with_column("students", "备注"),
            "unknown_column",
            form=form,
            stem="students",
            row=1,
            column="备注",
        ),
        changed(
            "a column of another table",
            _with_column("posts", "学号"),
            "unknown_column",
            form=form,
            stem="posts",
            row=1,
            column="学号",
        ),
        changed(
            "missing column",
            _without("attendance", "企业确认"),
            "missing_column",
            form=form,
            stem="attendance",
            row=1,
            column="企业确认",
        ),
        changed(
            "missing key column",
            _without("placements", "安排编号"),
            "missing_column",
            form=form,
            stem="placements",
            row=1,
            column="安排编号",
        ),
        changed(
            "untitled column with contents",
            _with_column("filings", ""),
            "untitled_column",
            form=form,
            stem="filings",
            row=3,
            column=None,
        ),
    )
]


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[bytes], bytes]:
    return lambda text: b"".join(change(text.splitlines(keepends=True)))


def _last(line: bytes) -> Callable[[bytes], bytes]:
    """The last line replaced."""
    return _lines(lambda lines: [*lines[:-1], line])


BYTES = [
    table_bytes(
        "duplicate column",
        "agreements",
        _lines(
            lambda lines: [
                lines[0].replace("示范文本版本".encode(), "安排编号".encode()),
                *lines[1:],
            ]
        ),
        "duplicate_column",
        row=1,
        column="安排编号",
    ),
    table_bytes("empty file", "schools", lambda _: b"", "no_header", row=1),
    table_bytes("blank first line", "schools", lambda text: b"\n" + text, "no_header", row=1),
    table_bytes(
        "semicolons", "agreements", lambda text: text.replace(b",", b";"), "wrong_delimiter", row=1
    ),
    table_bytes(
        "tabs", "agreements", lambda text: text.replace(b",", b"\t"), "wrong_delimiter", row=1
    ),
    table_bytes(
        "full-width commas",
        "agreements",
        lambda text: text.replace(b",", "，".encode()),
        "wrong_delimiter",
        row=1,
    ),
    table_bytes(
        "too many cells",
        "schools",
        _last("5001170102,钓鱼城学院,中职,500117,补充\n".encode()),
        "extra_cells",
        row=3,
    ),
    table_bytes(
        "too few cells",
        "schools",
        _last("5001170102,钓鱼城学院,中职\n".encode()),
        "required",
        row=3,
        column="行政区划代码",
    ),
    table_bytes(
        "unclosed quote",
        "schools",
        _last('5001170102,"钓鱼城学院,中职,500117\n'.encode()),
        "broken_quotes",
        row=3,
    ),
    table_bytes(
        "text after a quote",
        "schools",
        _last('5001170102,"钓鱼城"学院,中职,500117\n'.encode()),
        "broken_quotes",
        row=3,
    ),
    table_bytes(
        "huge cell",
        "schools",
        _last(b"5001170102," + b"x" * 200_000 + b",a,500117\n"),
        "huge_cell",
        row=3,
    ),
    table_bytes("endless line", "schools", _last(b"x" * 2_000_000), "huge_cell", row=3),
    table_bytes(
        "NUL in a cell", "agreements", lambda text: text.replace(b"X2", b"X\x002"), "wrong_content"
    ),
    table_bytes("UTF-16", "schools", lambda text: text.decode().encode("utf-16"), "wrong_content"),
    table_bytes(
        "UTF-16 without a mark",
        "schools",
        lambda text: text.decode().encode("utf-16-le"),
        "wrong_content",
    ),
    table_bytes(
        "no encoding at all", "schools", lambda _: b"\xff\xff\xf0,\x80\n", "wrong_encoding", row=1
    ),
    table_bytes(
        "a GBK row in UTF-8",
        "schools",
        lambda text: text.replace("钓鱼城学院".encode(), "钓鱼城学院".encode("gbk")),
        "undecodable",
        row=3,
        column="学校名称",
    ),
    table_bytes(
        "a cut character in GBK",
        "schools",
        lambda text: text.decode().encode("gb18030").replace("学院".encode("gb18030"), b"\xd1"),
        "undecodable",
        row=3,
        column="学校名称",
    ),
    table_bytes("workbook named CSV", "schools", lambda _: pack(good_parts()), "wrong_content"),
    table_bytes(
        "old workbook named CSV",
        "schools",
        lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "wrong_content",
    ),
    table_bytes("PDF named CSV", "schools", lambda _: b"%PDF-1.7\n", "wrong_content"),
    table_bytes("web page named CSV", "schools", lambda _: b"<html><table>", "wrong_content"),
    table_bytes("SVG named CSV", "schools", lambda _: b"\n <svg onload='x'/>", "wrong_content"),
    table_bytes("PNG named CSV", "schools", lambda _: b"\x89PNG\r\n\x1a\n", "wrong_content"),
    table_bytes("gzip named CSV", "schools", lambda _: b"\x1f\x8b\x08\x00", "wrong_content"),
    table_bytes(
        "ID number as a title",
        "agreements",
        lambda text: text.replace("示范文本版本".encode(), CHEN.encode()),
        "unknown_column",
        row=1,
        column=CHEN[:3] + "*" * 11 + CHEN[-4:],
    ),
]


CASES: list[Malformed] = [*HEADERS, *BYTES]
