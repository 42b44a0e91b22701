"""The bounds of a workbook as an archive: refused before anything in it is believed.

Readers of ZIP files disagree on odd ones, so only the plain shape that spreadsheets write passes:
entries one behind the other from the first byte, one directory, nothing before, between or after.
"""

import stat
import struct
import zipfile
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from exchange.reading.faults import Fault
from exchange.reading.sniffing import OLE, SNIFFED, ZIP, archive_in, not_text

MOST_FILE_BYTES = 64 << 20
MOST_ENTRIES = 1_000
MOST_ENTRY_BYTES = 192 << 20
MOST_TOTAL_BYTES = 256 << 20
MOST_RATIO = 100
RATIO_COUNTS_FROM = 8 << 20

_END = struct.Struct("<4s4H2LH")
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR_64 = struct.Struct("<4sLQL")
_MOST_DIRECTORY_BYTES = 512 * MOST_ENTRIES
_BY_RECORD_64 = 0xFFFFFFFF
_MACROS = ("vbaproject", "macrosheets/", "dialogsheets/", "activex/")


def check_archive(path: Path) -> None:
    """Refuse with a `Fault` what is no plain ZIP within bounds, before zipfile reads it."""
    with path.open("rb") as file:
        first = file.read(SNIFFED)
        if first.startswith(OLE):
            raise Fault(
                "encrypted_workbook" if _is_encrypted(file) else "not_a_workbook",
                what=_("旧版 Excel（.xls）"),
            )
        if not first.startswith(ZIP):
            raise Fault("not_a_workbook", what=not_text(first) or _("CSV 或其他文字"))
        size = file.seek(0, 2)
        if size > MOST_FILE_BYTES:
            raise too_large(_("文件超过 %(limit)s MiB") % {"limit": MOST_FILE_BYTES >> 20})
        _check_directory(file, size)


def _is_encrypted(file: BinaryIO) -> bool:
    file.seek(0)
    return "EncryptedPackage".encode("utf-16-le") in file.read(1 << 20)


def _check_directory(file: BinaryIO, size: int) -> None:
    file.seek(max(0, size - _END.size))
    tail = file.read(_END.size)
    if len(tail) < _END.size or not tail.startswith(b"PK\x05\x06"):
        raise unsafe(_("压缩包末尾有多余内容或被截断"))
    _magic, disk, first_disk, here, entries, length, offset, comment = _END.unpack(tail)
    end = size - _END.size
    record = _record_64(file, end)
    if record is not None:
        end, entries_64, length_64, offset_64 = record
        if (length, offset) != (length_64, offset_64) and _BY_RECORD_64 not in (length, offset):
            raise unsafe(_("压缩包有两个互相矛盾的目录"))
        here, entries, length, offset = entries_64, entries_64, length_64, offset_64
    if disk or first_disk or here != entries or comment:
        raise unsafe(_("压缩包分卷或带有注释"))
    if entries > MOST_ENTRIES or length > _MOST_DIRECTORY_BYTES:
        raise too_large(_("包含的部件超过 %(limit)s 个") % {"limit": MOST_ENTRIES})
    if offset + length != end:
        raise unsafe(_("压缩包前后有多余内容"))


def _record_64(file: BinaryIO, end: int) -> tuple[int, int, int, int] | None:
    """Where the ZIP64 end record stands, with the entries, length and offset it states."""
    file.seek(max(0, end - _LOCATOR_64.size))
    locator = file.read(_LOCATOR_64.size)
    if len(locator) < _LOCATOR_64.size or not locator.startswith(b"PK\x06\x07"):
        return None
    place = end - _LOCATOR_64.size - _END_64.size
    if _LOCATOR_64.unpack(locator)[2] != place:
        raise unsafe(_("压缩包的目录位置不对"))
    file.seek(place)
    record = _END_64.unpack(file.read(_END_64.size))
    if record[0] != b"PK\x06\x06":
        raise unsafe(_("压缩包的目录位置不对"))
    return place, record[7], record[8], record[9]


def checked_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries of a workbook, every name, method and declared size within bounds."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) != len(names):
        raise unsafe(_("同一个部件出现了两次"))
    for entry in entries:
        _check_entry(entry)
    for entry, following in pairwise(entries):
        if _end_of(entry) > following.header_offset:
            raise unsafe(_("部件互相重叠"))
    if not entries or entries[0].header_offset != 0 or _end_of(entries[-1]) > archive.start_dir:
        raise unsafe(_("压缩包前后有多余内容"))
    if sum(entry.file_size for entry in entries) > MOST_TOTAL_BYTES:
        raise too_large(_("解压后超过 %(limit)s MiB") % {"limit": MOST_TOTAL_BYTES >> 20})
    _check_contents(set(names))
    return entries


def _end_of(entry: zipfile.ZipInfo) -> int:
    return entry.header_offset + 30 + len(entry.orig_filename.encode()) + entry.compress_size


def _check_entry(entry: zipfile.ZipInfo) -> None:
    name = entry.filename
    if entry.flag_bits & 0x1:
        raise Fault("encrypted_workbook")
    parts = name.split("/")
    if entry.orig_filename != name or "\\" in name or name.startswith("/") or ".." in parts:
        raise unsafe(_("部件名指向工作簿之外"))
    if ":" in name or not name.isprintable():
        raise unsafe(_("部件名含有不允许的字符"))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise unsafe(_("部件是符号链接"))
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise unsafe(_("压缩方法不是 deflate"))
    if entry.file_size > MOST_ENTRY_BYTES:
        raise too_large(_("一个部件解压后超过 %(limit)s MiB") % {"limit": MOST_ENTRY_BYTES >> 20})
    check_ratio(entry, entry.file_size)


def check_ratio(entry: zipfile.ZipInfo, unpacked: int) -> None:
    """Refuse an entry of which so many bytes came out of so few."""
    if unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * entry.compress_size:
        raise too_large(_("压缩比超过 %(limit)s 倍，可能是压缩炸弹") % {"limit": MOST_RATIO})


def _check_contents(names: set[str]) -> None:
    if any(macro in name for name in names for macro in _MACROS):
        raise Fault("macro_workbook")
    if "xl/workbook.bin" in names:
        raise Fault("not_a_workbook", what=_("二进制工作簿（.xlsb）"))
    if "mimetype" in names and "content.xml" in names:
        raise Fault("not_a_workbook", what=_("OpenDocument 文档（.ods）"))
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Fault("not_a_workbook", what=_("Word 或 PowerPoint 文档"))
    if not {"[content_types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        raise Fault("not_a_workbook", what=_("普通压缩包"))


def check_first_bytes(name: str, first: bytes) -> None:
    """Refuse an entry that is an archive, a program or an old document itself."""
    what = archive_in(first)
    if what is not None:
        raise Fault("nested_archive", what=what)
    if name.casefold().endswith((".zip", ".xlsx", ".docx", ".exe", ".dll", ".html", ".svg")):
        raise Fault("nested_archive", what=name.rsplit(".", 1)[-1])


def unsafe(why: str) -> Fault:
    """The archive is not of the plain shape spreadsheets write."""
    return Fault("unsafe_workbook", why=why)


def too_large(why: str) -> Fault:
    """The workbook is past a bound."""
    return Fault("workbook_too_large", why=why)
