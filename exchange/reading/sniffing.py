"""What a file really is, by its first bytes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SNIFFED = 4096

_MAGIC: tuple[tuple[bytes, Promise], ...] = (
    (ZIP, _("XLSX 工作簿或压缩包")),
    (b"PK\x05\x06", _("空的压缩包")),
    (OLE, _("旧版 Excel（.xls）或加密的文件")),
    (b"%PDF", _("PDF 文件")),
    (b"\x89PNG", _("PNG 图片")),
    (b"\xff\xd8\xff", _("JPEG 图片")),
    (b"GIF8", _("GIF 图片")),
    (b"BM", _("BMP 图片")),
    (b"Rar!", _("RAR 压缩包")),
    (b"7z\xbc\xaf\x27\x1c", _("7z 压缩包")),
    (b"\x1f\x8b", _("gzip 压缩包")),
    (b"BZh", _("bzip2 压缩包")),
    (b"\xfd7zXZ", _("xz 压缩包")),
    (b"MZ", _("可执行程序")),
    (b"\x7fELF", _("可执行程序")),
    (b"\xff\xfe", _("UTF-16 文字")),
    (b"\xfe\xff", _("UTF-16 文字")),
    (b"{\\rtf", _("RTF 文档")),
)
_TITLE_LIKE = frozenset({b"BM", b"MZ"})


def not_text(first: bytes) -> Promise | None:
    """What the bytes are when they are not plain text, else None."""
    for magic, name in _MAGIC:
        if first.startswith(magic) and (magic not in _TITLE_LIKE or b"\0" in first):
            return name
    if first.lstrip().removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        return _("网页或 XML")
    if b"\0" in first[:SNIFFED]:
        return _("二进制内容")
    return None


def archive_in(first: bytes) -> Promise | None:
    """What kind of archive, program or old document the bytes begin, else None."""
    for magic, name in _MAGIC:
        if first.startswith(magic) and (
            magic in (ZIP, OLE, b"PK\x05\x06", b"Rar!", b"\x7fELF", b"%PDF", b"\x1f\x8b", b"BZh")
            or magic.startswith((b"7z", b"\xfd7z"))
            or (magic == b"MZ" and b"\0" in first)
        ):
            return name
    return None
