"""Bad names, versions and paths, and bad files of rows to retract."""

import json
import os
from collections.abc import Callable
from pathlib import Path

from tests.malformed.case import (
    Malformed,
    file_named,
    folder_with,
    good_parts,
    pack,
    place_of,
    written,
)
from tests.malformed.district import District, csv_text, good_district


def _write(name: str, content: str | bytes) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(data)

    return change


def _rename(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        (folder / old).rename(folder / new)

    return change


def _fifo(folder: Path) -> None:
    (folder / "filings.csv").unlink()
    os.mkfifo(folder / "filings.csv")


def _replace_by_folder(folder: Path) -> None:
    (folder / "filings.csv").unlink()
    (folder / "filings.csv").mkdir()


FOLDERS = [
    folder_with("unknown file", _write("teachers.csv", "a\n"), "unknown_file", "teachers.csv"),
    folder_with(
        "misspelt file", _rename("filings.csv", "filling.csv"), "unknown_file", "filling.csv"
    ),
    folder_with(
        "Chinese file name", _rename("filings.csv", "特殊备案.csv"), "unknown_file", "特殊备案.csv"
    ),
    folder_with(
        "capital file name", _rename("filings.csv", "Filings.CSV"), "unknown_file", "Filings.CSV"
    ),
    folder_with(
        "workbook in a folder",
        lambda folder: _write("more.xlsx", pack(good_parts()))(folder),
        "unexpected_file",
        "more.xlsx",
    ),
    folder_with(
        "text file of a table",
        _rename("filings.csv", "filings.txt"),
        "unexpected_file",
        "filings.txt",
    ),
    folder_with("pipe", _fifo, "not_a_file", "filings.csv"),
    folder_with(
        "pipe for district.json",
        lambda folder: os.mkfifo(folder / "district.json"),
        "not_a_file",
        "district.json",
    ),
    folder_with(
        "folder for district.json",
        lambda folder: (folder / "district.json").mkdir(),
        "not_a_file",
        "district.json",
    ),
    folder_with("folder for a file", _replace_by_folder, "not_a_file", "filings.csv"),
    folder_with(
        "dangling link",
        lambda folder: (folder / "teachers.csv").symlink_to("none"),
        "unknown_file",
        "teachers.csv",
    ),
    *(
        folder_with(
            f"version {stated!r}",
            _write("district.json", json.dumps({"version": stated})),
            "unknown_version",
            "district.json",
            column="version",
        )
        for stated in (2, 0, "1", 1.0, True, None, [1])
    ),
    *(
        folder_with(
            f"district.json of {name}",
            _write("district.json", content),
            "bad_version_file",
            "district.json",
        )
        for name, content in (
            ("a list", "[1]"),
            ("no JSON", "version: 1"),
            ("nothing", ""),
            ("no text", b"\xff\xfe\x00"),
            ("depth", "[" * 100_000),
            ("digits", '{"version": ' + "9" * 5_000 + "}"),
            ("size", " " * (1 << 21) + "{}"),
        )
    ),
]


def _missing(folder: Path) -> Path:
    return folder / "nowhere"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "district.xlsx")
    return folder / "district.xlsx"


PATHS = [
    Malformed("path that is not there", _missing, "not_found", "nowhere"),
    Malformed("path of a pipe", _pipe, "not_a_file", "district.xlsx"),
    file_named(
        "CSV given alone",
        "schools.csv",
        csv_text(good_district()["schools"]).encode(),
        "not_a_district",
    ),
    file_named("text", "district.txt", b"x", "not_a_district"),
    file_named("CSV named xlsx", "district.xlsx", b"a,b\n1,2\n", "not_a_workbook"),
    file_named("nothing named xlsx", "district.xlsx", b"", "not_a_workbook"),
    file_named("PDF named xlsx", "district.xlsx", b"%PDF-1.7\n", "not_a_workbook"),
    file_named("page named xlsx", "district.xlsx", b"<html><table>", "not_a_workbook"),
    file_named("PNG named xlsx", "district.xlsx", b"\x89PNG\r\n\x1a\n", "not_a_workbook"),
    file_named(
        "old workbook named xlsx",
        "district.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
        "not_a_workbook",
    ),
    file_named(
        "encrypted workbook",
        "district.xlsx",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(2000)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(99),
        "encrypted_workbook",
    ),
]


def _keys(stem: str, change: Callable[[District], None]) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        district = {stem: good_district()[stem]}
        change(district)
        return written(district, folder, "csv")

    return make


def _only(stem: str, *titles: str) -> Callable[[District], None]:
    def change(district: District) -> None:
        district[stem] = [{title: row[title] for title in titles} for row in district[stem]]

    return change


RETRACTIONS = [
    Malformed(
        "retract with another column",
        _keys("agreements", _only("agreements", "协议编号", "示范文本版本")),
        "not_a_key_column",
        place_of("agreements", "csv"),
        1,
        "示范文本版本",
        keys_only=True,
    ),
    Malformed(
        "retract without a key column",
        _keys("attendance", _only("attendance", "安排编号")),
        "missing_column",
        place_of("attendance", "csv"),
        1,
        "日期",
        keys_only=True,
    ),
    Malformed(
        "retract a payment of no reference by its placement",
        _keys(
            "payments",
            _only(
                "payments",
                "安排编号",
                "所属月份",
                "金额",
                "发放日期",
                "发放方式",
                "付款方",
                "银行流水号",
            ),
        ),
        "required",
        place_of("payments", "csv"),
        3,
        "收款人",
        keys_only=True,
    ),
]

CASES: list[Malformed] = [*FOLDERS, *PATHS, *RETRACTIONS]
