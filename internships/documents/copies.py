"""Paper copies: plain pictures, or PDF without anything that acts; sealed, and read on record."""

from __future__ import annotations

import base64
import hashlib
import re
import struct
import zlib
from datetime import datetime

import uuid6
from django.db import transaction
from django.utils.translation import gettext as _

from audit import chain as audit
from audit.reveal import reveal
from internships.life.refusals import LifeRefusal, NotPermitted
from internships.models import CopyFormat, DocumentKind, PaperCopy, Placement
from internships.models.evidence import MOST_BYTES
from internships.models.moves import Party
from people.actors import Actor
from people.roles import Role

MOST_PIXELS = 50_000_000
PNG = b"\x89PNG\r\n\x1a\n"
# A PDF that acts, hides another file, or cannot be read: as names, however they are written.
BARRED = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|OpenAction|AA|Encrypt|RichMedia|XFA)\b"
)
_HEX_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
# Chunks that are the picture itself; texts, times and places are left out.
PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
# Start-of-frame markers of JPEG, which say how big it is.
FRAMES = frozenset({0xC0, 0xC1, 0xC2})
# Application segments, EXIF among them, and comments; APP14 alone says how colours are meant.
TOLD = frozenset({*range(0xE0, 0xEE), 0xEF, 0xFE})
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


class CopyRefused(LifeRefusal):
    """The file is no plain PDF, JPEG or PNG within the bounds; its text says what would be."""


@transaction.atomic
def keep_copy(
    placement: Placement,
    *,
    kind: DocumentKind,
    party: Party,
    content: bytes,
    actor: Actor,
    at: datetime,
) -> PaperCopy:
    """Keep a copy as evidence, without what a picture tells besides its pixels; once each.

    Raises NotPermitted but for the school's coordinator, and CopyRefused.
    """
    if actor.user_id is None or not actor.has(Role.SCHOOL_COORDINATOR, placement.school_id):
        raise NotPermitted(_("纸质文书由学校上传"))
    form, plain = cleaned(content)
    digest = hashlib.sha256(plain).hexdigest()
    Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    known = PaperCopy.objects.filter(placement=placement, kind=kind, party=party, sha256=digest)
    if (before := known.first()) is not None:
        return before
    row = uuid6.uuid7()
    copy = PaperCopy.objects.create(
        public_id=row,
        placement=placement,
        kind=kind,
        party=party,
        form=form,
        size=len(plain),
        sha256=digest,
        content_sealed=PaperCopy.CONTENT.seal(base64.b64encode(plain).decode(), row=row),
        uploaded_by_id=actor.user_id,
        uploaded_on=actor.on,
        uploaded_at=at,
    )
    audit.record(
        "copy.keep",
        subject=f"paper-copy:{row}",
        by=actor.user_id,
        at=at,
        school=placement.school_id,
        facts={"kind": str(kind), "party": str(party), "placement": placement.pk, "sha256": digest},
    )
    return copy


def read_copy(copy: PaperCopy, *, actor: Actor, at: datetime) -> bytes:
    """The bytes, after recording that the actor reads them."""
    assert copy.content is not None
    reason = "a paper copy is read by who keeps it"
    (text,) = reveal([copy.content], by=str(actor), reason=reason, at=at)
    return base64.b64decode(text)


def cleaned(content: bytes) -> tuple[CopyFormat, bytes]:
    """Of which format it is, by its own bytes, and what is kept of it. Raises CopyRefused."""
    if not 0 < len(content) <= MOST_BYTES:
        raise CopyRefused(_("文件应不超过 5 MB"))
    if content.startswith(b"%PDF-"):
        return CopyFormat.PDF, _plain_pdf(content)
    if content.startswith(b"\xff\xd8\xff"):
        return CopyFormat.JPEG, _plain_jpeg(content)
    if content.startswith(PNG):
        return CopyFormat.PNG, _plain_png(content)
    raise CopyRefused(_("只接受 PDF、JPEG 或 PNG 文件"))


def _plain_pdf(content: bytes) -> bytes:
    names = _HEX_NAME.sub(lambda found: bytes([int(found[1], 16)]), content)
    if BARRED.search(content) or BARRED.search(names):
        raise CopyRefused(_("PDF 不能带有密码、脚本、附件或自动动作，请重新扫描"))
    if not content.rstrip(b"\r\n\0 ").endswith(b"%%EOF"):
        raise CopyRefused(_("PDF 不完整，请重新扫描"))
    return content


def _plain_png(content: bytes) -> bytes:
    place, kept = len(PNG), PNG
    kinds: list[bytes] = []
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4], "big")
        whole = content[place : place + 12 + length]
        kind, body = whole[4:8], whole[8 : 8 + length]
        if len(whole) != 12 + length or whole[-4:] != struct.pack(">I", zlib.crc32(kind + body)):
            raise _broken()
        if not kinds and (kind != b"IHDR" or length != 13):
            raise _broken()
        if kind == b"IHDR":
            _check_size(*struct.unpack(">II", body[:8]))
        kinds.append(kind)
        kept += whole if kind in PIXELS else b""
        place += 12 + length
        if kind == b"IEND":
            break
    if not kinds or kinds[-1] != b"IEND" or place != len(content) or b"IDAT" not in kinds:
        raise _broken()
    return kept


def _plain_jpeg(content: bytes) -> bytes:
    """Without comments and application segments: EXIF, and the place in it, are among them."""
    place, kept, sized = 2, content[:2], False
    while place + 4 <= len(content):
        if content[place] != 0xFF:
            raise _broken()
        marker = content[place + 1]
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        segment = content[place : place + 2 + length]
        if marker in ALONE or length < 2 or len(segment) != 2 + length:
            raise _broken()
        if marker in FRAMES and length >= 8:
            height, width = struct.unpack(">HH", segment[5:9])
            _check_size(width, height)
            sized = True
        if marker == 0xDA:
            end = content.find(b"\xff\xd9", place)
            rest = content[place:]
            # Several scans have tables between them; what follows the end is no part of a picture
            if not sized or end < 0 or not content.endswith(b"\xff\xd9") or _markers(rest):
                raise _broken()
            return kept + rest
        kept += b"" if marker in TOLD else segment
        place += 2 + length
    raise _broken()


def _markers(scan: bytes) -> bool:
    """Whether the scans hold a segment that is none of theirs, or a second end."""
    allowed = {0x00, 0xC4, 0xDA, 0xDB, 0xDD, *range(0xD0, 0xD8)}
    found = [scan[at + 1] for at in _ffs(scan[:-2])]
    return any(marker not in allowed and marker != 0xFF for marker in found)


def _ffs(scan: bytes) -> list[int]:
    return [found.start() for found in re.finditer(rb"\xff(?=.)", scan, re.DOTALL)]


def _check_size(width: int, height: int) -> None:
    if not 0 < width * height <= MOST_PIXELS:
        raise CopyRefused(_("图片太大，请降低扫描分辨率"))


def _broken() -> CopyRefused:
    return CopyRefused(_("图片损坏或带有别的内容，请重新拍摄或扫描"))
