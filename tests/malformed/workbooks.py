"""Bad workbooks: sheets, formulas, merges, hidden things, and archives that are no workbook."""

import io
import struct
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from openpyxl import Workbook

from tests.malformed.case import Malformed, changed_parts, good_parts, pack, repacked, sheet

SHEET = "xl/worksheets/sheet1.xml"
SCHOOLS = "学校"


def _set(title: str, cell: str, value: object) -> Callable[[Workbook], None]:
    def change(workbook: Workbook) -> None:
        workbook[title][cell] = value

    return change


def _error(workbook: Workbook) -> None:
    workbook["学生"]["G3"] = "#N/A"
    workbook["学生"]["G3"].data_type = "e"


def _hide_row(workbook: Workbook) -> None:
    workbook["考勤"].row_dimensions[3].hidden = True


def _hide_column(workbook: Workbook) -> None:
    workbook["岗位"].column_dimensions["D"].hidden = True


def _hide_sheet(workbook: Workbook) -> None:
    workbook["保单"].sheet_state = "hidden"


def _hide_sheet_well(workbook: Workbook) -> None:
    workbook["保单"].sheet_state = "veryHidden"


def _rename(old: str, new: str) -> Callable[[Workbook], None]:
    def change(workbook: Workbook) -> None:
        workbook[old].title = new

    return change


def _merge(title: str, area: str) -> Callable[[Workbook], None]:
    return lambda workbook: workbook[title].merge_cells(area)


def _clear(workbook: Workbook) -> None:
    workbook["特殊备案"].delete_rows(1, 9)


def _far_cell(workbook: Workbook) -> None:
    workbook["特殊备案"]["C1000000"] = "加班"


def _far_column(workbook: Workbook) -> None:
    workbook["特殊备案"]["XFD1"] = "备注"


def _add_chart_sheet(workbook: Workbook) -> None:
    workbook.create_chartsheet("图表")


SHEETS = [
    sheet("formula", _set("考勤", "D3", "=4+4"), "formula_cell", "考勤", 3, "工时"),
    sheet(
        "formula of a text",
        _set("学校", "B3", '="钓鱼城"&"学院"'),
        "formula_cell",
        "学校",
        3,
        "学校名称",
    ),
    sheet(
        "formula in the header",
        _set("学校", "B1", '="学校"&"名称"'),
        "formula_cell",
        "学校",
        1,
        None,
    ),
    sheet(
        "formula to the right of the titles",
        _set("学校", "E3", "=1+1"),
        "formula_cell",
        "学校",
        3,
    ),
    sheet(
        "formula far to the right of the titles",
        _set("学校", "Z3", "=A3&B3"),
        "formula_cell",
        "学校",
        3,
    ),
    sheet("error value", _error, "error_cell", "学生", 3, "班级"),
    sheet("hidden row", _hide_row, "hidden_row", "考勤", 3),
    sheet("hidden column", _hide_column, "hidden_column", "岗位", 1, "同岗位在岗人数"),
    sheet("hidden sheet", _hide_sheet, "hidden_sheet", "保单"),
    sheet("very hidden sheet", _hide_sheet_well, "hidden_sheet", "保单"),
    sheet("unknown sheet", _rename("岗位", "岗位表"), "unknown_sheet", "岗位表"),
    sheet("English sheet", _rename("岗位", "posts"), "unknown_sheet", "posts"),
    sheet("sheet of Excel's own", lambda w: w.create_sheet("Sheet2"), "unknown_sheet", "Sheet2"),
    sheet("chart sheet", _add_chart_sheet, "unknown_sheet", "图表"),
    sheet("merged down", _merge("岗位", "B2:B3"), "merged_cells", "岗位", 2, "统一社会信用代码"),
    sheet("merged across", _merge("岗位", "C3:D3"), "merged_cells", "岗位", 3, "岗位名称"),
    sheet("cleared sheet", _clear, "no_header", "特殊备案", 1),
    sheet(
        "real date for a code",
        _set("岗位", "A3", date(2026, 1, 2)),
        "date_cell",
        "岗位",
        3,
        "岗位编号",
    ),
    sheet("cell far below", _far_cell, "sheet_too_large", "特殊备案"),
    sheet("cell far to the right", _far_column, "sheet_too_large", "特殊备案"),
]


def _added(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts[name] = content

    return change


def _replaced(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return change


def _nothing_but(new: dict[str, bytes]) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts.clear()
        parts.update(new)

    return change


def _dropped(name: str) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        del parts[name]

    return change


_DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet'

PARTS = [
    repacked(
        "with entities in a sheet", _replaced(SHEET, b"<worksheet", _DOCTYPE), "unsafe_workbook"
    ),
    repacked(
        "with a DOCTYPE in the index",
        _replaced("xl/workbook.xml", b"<workbook", b"<!DOCTYPE workbook><workbook"),
        "unsafe_workbook",
    ),
    repacked(
        "with an external entity",
        _added(
            "docProps/more.xml",
            b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        ),
        "unsafe_workbook",
    ),
    repacked(
        "in UTF-16",
        lambda parts: parts.update({SHEET: parts[SHEET].decode().encode("utf-16")}),
        "unsafe_workbook",
    ),
    repacked(
        "that says it is GBK",
        _replaced(SHEET, b"<worksheet", b'<?xml version="1.0" encoding="gbk"?><worksheet'),
        "unsafe_workbook",
    ),
    repacked(
        "of cells without an address", _replaced(SHEET, b'<c r="A1"', b"<c"), "unsafe_workbook"
    ),
    repacked("with macros", _added("xl/vbaProject.bin", b"x"), "macro_workbook"),
    repacked("with a macro sheet", _added("xl/macrosheets/sheet1.xml", b"<x/>"), "macro_workbook"),
    repacked(
        "with an archive inside", _added("xl/media/image1.png", pack({"a": b"x"})), "nested_archive"
    ),
    repacked(
        "with an OLE object",
        _added("xl/embeddings/oleObject1.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "nested_archive",
    ),
    repacked(
        "with a program inside",
        _added("xl/media/image1.png", b"MZ\x90\x00" + bytes(60)),
        "nested_archive",
    ),
    repacked("with a web page inside", _added("xl/media/page.html", b"<html>"), "nested_archive"),
    repacked("with a part above it", _added("../evil.xml", b"<x/>"), "unsafe_workbook"),
    repacked("with an absolute part", _added("/etc/evil.xml", b"<x/>"), "unsafe_workbook"),
    repacked("with a backslash part", _added("xl\\evil.xml", b"<x/>"), "unsafe_workbook"),
    repacked("with a drive letter", _added("C:evil.xml", b"<x/>"), "unsafe_workbook"),
    repacked("with a part twice", _added("XL/Workbook.xml", b"<x/>"), "unsafe_workbook"),
    repacked(
        "with 1,001 parts",
        lambda parts: parts.update({f"xl/media/{number}.png": b"x" for number in range(1001)}),
        "workbook_too_large",
    ),
    repacked(
        "of a part that leads out",
        _replaced("xl/_rels/workbook.xml.rels", b"/xl/worksheets/sheet1.xml", b"../../sheet1.xml"),
        "unsafe_workbook",
    ),
    repacked("without its index", _dropped("xl/workbook.xml"), "not_a_workbook"),
    repacked("that is a Word document", _added("word/document.xml", b"<x/>"), "not_a_workbook"),
    repacked("that is binary", _added("xl/workbook.bin", b"x"), "not_a_workbook"),
    repacked(
        "that is OpenDocument",
        _nothing_but({"mimetype": b"x", "content.xml": b"<x/>"}),
        "not_a_workbook",
    ),
    repacked(
        "that is any archive",
        _nothing_but({"a.txt": b"x"}),
        "not_a_workbook",
    ),
    repacked(
        "of broken XML in the index",
        _replaced("xl/workbook.xml", b"<sheets>", b"<sheets"),
        "broken_workbook",
    ),
    repacked(
        "of broken XML in a sheet",
        _replaced(SHEET, b"</sheetData>", b"</sheetDate>"),
        "broken_workbook",
        place=SCHOOLS,
    ),
    repacked("with a lost sheet", _dropped(SHEET), "broken_workbook", place=SCHOOLS),
]


def _bytes(name: str, change: Callable[[bytes], bytes], code: str) -> Malformed:
    def make(folder: Path) -> Path:
        path = folder / "district.xlsx"
        path.write_bytes(change(pack(good_parts())))
        return path

    return Malformed(f"xlsx {name}", make, code, "district.xlsx")


def _flagged(data: bytes) -> bytes:
    """Every entry marked as encrypted, in its own header and in the directory."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + offset] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


def _with_entry(data: bytes, method: int) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a", method) as archive:
        archive.writestr("xl/media/image1.png", b"x" * 1000)
    return buffer.getvalue()


def _with_link(data: bytes) -> bytes:
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive:
        link = zipfile.ZipInfo("xl/media/link.xml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def _with_comment(data: bytes) -> bytes:
    return data[:-2] + struct.pack("<H", 4) + b"PK!!"


def _damaged(data: bytes) -> bytes:
    place = data.index(b"xl/worksheets/sheet1.xml") + 60
    return data[:place] + bytes(40) + data[place + 40 :]


def _lying(data: bytes) -> bytes:
    """The directory says that a sheet is smaller than it is."""
    changed = bytearray(data)
    entry = data.index(b"PK\x01\x02")
    while data[entry + 46 :].startswith(b"xl/worksheets/sheet1.xml") is False:
        entry = data.index(b"PK\x01\x02", entry + 4)
    changed[entry + 24 : entry + 28] = struct.pack("<L", 50)
    return bytes(changed)


ARCHIVES = [
    _bytes("cut short", lambda data: data[: len(data) // 2], "unsafe_workbook"),
    _bytes("with a tail", lambda data: data + b"<script>", "unsafe_workbook"),
    _bytes("behind a picture", lambda data: b"\x89PNG\r\n\x1a\n" + data, "not_a_workbook"),
    _bytes("behind another archive", lambda data: pack({"a": b"x"}) + data, "unsafe_workbook"),
    _bytes("with a comment", _with_comment, "unsafe_workbook"),
    _bytes("of encrypted parts", _flagged, "encrypted_workbook"),
    _bytes(
        "packed with bzip2", lambda data: _with_entry(data, zipfile.ZIP_BZIP2), "unsafe_workbook"
    ),
    _bytes("packed with LZMA", lambda data: _with_entry(data, zipfile.ZIP_LZMA), "unsafe_workbook"),
    _bytes("with a symbolic link", _with_link, "unsafe_workbook"),
    _bytes("with damaged bytes", _damaged, "broken_workbook"),
    _bytes("that lies about a size", _lying, "broken_workbook"),
]


def _rows(row: bytes, times: int) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        head, tail = parts[SHEET].split(b"</sheetData>")
        parts[SHEET] = head + row * times + b"</sheetData>" + tail

    return change


def _overlapping(folder: Path) -> Path:
    """A directory in which a hundred names share the bytes of one entry."""
    data = pack(changed_parts(_added("xl/media/zeros.bin", bytes(1 << 20))))
    end = data.rindex(b"PK\x05\x06")
    *_, count, length, offset = struct.unpack("<4s4H2L", data[end : end + 20])[:7]
    directory = data[offset : offset + length]
    entry = directory[directory.rindex(b"PK\x01\x02") :]
    copies = b"".join(entry.replace(b"zeros.bin", b"%05d.bin" % number) for number in range(100))
    closing = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, count + 100, count + 100, length + len(copies), offset, 0
    )
    path = folder / "district.xlsx"
    path.write_bytes(data[:offset] + directory + copies + closing)
    return path


_DENSE = b"".join(b'<c r="%c2"><v>1</v></c>' % letter for letter in b"ABCDEFG")

BOMBS = [
    repacked("bomb of zeros", _added("xl/media/zeros.bin", bytes(200 << 20)), "workbook_too_large"),
    repacked("bomb of spaces in a sheet", _rows(b" " * (1 << 20), 150), "workbook_too_large"),
    repacked(
        "bomb of cells", _rows(b'<row r="2">' + _DENSE + b"</row>", 300_000), "workbook_too_large"
    ),
    repacked(
        "bomb of texts",
        lambda parts: parts.update(
            {"xl/sharedStrings.xml": b"<sst>" + b"<si><t/></si>" * 3_000_000 + b"</sst>"}
        ),
        "workbook_too_large",
    ),
    repacked(
        "bomb of one endless text",
        lambda parts: parts.update(
            {"xl/sharedStrings.xml": b"<sst><si><t>" + b"ab" * (2 << 20) + b"</t></si></sst>"}
        ),
        "workbook_too_large",
    ),
    repacked(
        "of distant cells",
        _rows(b'<row r="1048576"><c r="H1048576"><v>1</v></c></row>', 1),
        "sheet_too_large",
        place=SCHOOLS,
    ),
    Malformed("xlsx of overlapping entries", _overlapping, "unsafe_workbook", "district.xlsx"),
]

CASES: list[Malformed] = [*SHEETS, *PARTS, *ARCHIVES, *BOMBS]
