"""Paper copies: bounded, plain, sealed, and handed out as attachments to their school alone."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from audit.models import Operation
from internships.documents.copies import CopyRefused, cleaned, keep_copy, read_copy
from internships.life.refusals import NotPermitted
from internships.models import CopyFormat, DocumentKind, PaperCopy, Party
from internships.models.evidence import MOST_BYTES
from people.roles import Role
from tests.console.sites import signed_in
from tests.life.cast import Cast
from tests.rules.builders import make_learner, make_school
from tests.signing.papers import SAID, issued, worded

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg(width: int = 10, height: int = 10, *, told: bytes = b"", tail: bytes = b"") -> bytes:
    frame = segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00")
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return b"\xff\xd8" + told + segment(0xDB, bytes(65)) + frame + scan + b"\xff\xd9" + tail


def png(width: int = 4, height: int = 4, *, told: bytes = b"", tail: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    text = chunk(b"tEXt", told) if told else b""
    pixels = chunk(b"IDAT", zlib.compress(bytes(20)))
    return b"\x89PNG\r\n\x1a\n" + head + text + pixels + chunk(b"IEND", b"") + tail


def test_what_a_picture_tells_besides_its_pixels_is_left_out() -> None:
    exif = segment(0xE1, b"Exif\0\0GPS 29.97 106.27") + segment(0xFE, b"a comment")

    assert cleaned(jpeg(told=exif)) == (CopyFormat.JPEG, jpeg())
    assert cleaned(png(told=b"GPS\x0029.97")) == (CopyFormat.PNG, png())
    assert cleaned(PDF) == (CopyFormat.PDF, PDF)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>%PDF-1.4 %%EOF",
        b"GIF89a",
        b"PK\x03\x04",
        b"%PDF-1.4\n",
        PDF + b"<script>",
        PDF.replace(b"/Type", b"/OpenAction 2 0 R/Type"),
        PDF.replace(b"/Type", b"/JS (x)/Type"),
        PDF.replace(b"/Type", b"/J#53 (x)/Type"),
        PDF.replace(b"/Type", b"/Launch 2 0 R/Type"),
        PDF.replace(b"trailer<<", b"trailer<</Encrypt 3 0 R"),
        jpeg(tail=b"<html>"),
        jpeg(tail=b"\xff\xd9"),
        jpeg()[:-2],
        jpeg(0, 10),
        jpeg(60_000, 60_000),
        png(tail=b"%PDF-1.4"),
        png()[:-1],
        png(60_000, 60_000),
        png().replace(b"IDAT", b"IDAX"),
        b"%PDF-" + bytes(MOST_BYTES) + b"%%EOF",
    ],
)
def test_what_is_no_plain_small_copy_is_refused(content: bytes) -> None:
    with pytest.raises(CopyRefused):
        cleaned(content)


@pytest.mark.django_db
def test_a_copy_is_kept_once_sealed_and_read_on_record() -> None:
    cast = Cast()
    placement = cast.accepted()
    what: dict[str, Any] = {
        "kind": DocumentKind.CONSENT,
        "party": Party.GUARDIAN,
        "content": PDF,
        **cast.by(Role.SCHOOL_COORDINATOR),
    }

    copy = keep_copy(placement, **what)
    again = keep_copy(placement, **what)

    assert (again.pk, PaperCopy.objects.count()) == (copy.pk, 1)
    assert PDF[:20] not in bytes(copy.content_sealed)
    before = Operation.objects.count()
    assert read_copy(copy, **cast.by(Role.SCHOOL_COORDINATOR)) == PDF
    assert Operation.objects.count() == before + 1
    for role in (Role.ENTERPRISE_HR, Role.STUDENT, Role.GUARDIAN, Role.COMMISSION):
        with pytest.raises(NotPermitted):
            keep_copy(placement, **{**what, **cast.by(role)})


@pytest.mark.django_db
def test_the_school_does_everything_with_papers_on_one_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = Cast()
    monkeypatch.setattr(timezone, "now", lambda: cast.at)
    placement = cast.accepted()
    school = signed_in(cast.users[Role.SCHOOL_COORDINATOR])
    page = f"/placements/{placement.pk}/papers"

    missing = school.post(f"{page}/issue", {"kind": "agreement"})
    written = school.post(f"{page}/wording", {**SAID, "notice_days": 7})
    worded(cast, placement)
    made = school.post(f"{page}/issue", {"kind": "agreement"})
    host = {"party": "enterprise", "name": "示例厂长", "phone": "13900139000"}
    paper = placement.documents.get()
    link = school.post(f"/papers/{paper.public_id}/link", host)
    scan = SimpleUploadedFile("x.html", jpeg(told=segment(0xE1, b"Exif GPS")))
    sent = school.post(f"{page}/copy", {"kind": "consent", "party": "guardian", "file": scan})
    shown = school.get(page)

    assert missing.status_code == 422
    assert "还没有实习责任保险" in missing.content.decode()
    assert (written.status_code, made.status_code, sent.status_code) == (302, 302, 302)
    assert "/sign/" in link.content.decode()
    assert paper.sha256[:16] in shown.content.decode()
    copy = PaperCopy.objects.get()
    answer = school.get(f"/copies/{copy.public_id}")
    assert answer.content == jpeg()
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.django_db
def test_a_file_that_is_too_big_is_dropped_and_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = Cast()
    monkeypatch.setattr(timezone, "now", lambda: cast.at)
    placement = cast.accepted()
    school = signed_in(cast.users[Role.SCHOOL_COORDINATOR])
    big = SimpleUploadedFile("x.pdf", PDF + bytes(MOST_BYTES + 100_000))

    answer = school.post(
        f"/placements/{placement.pk}/papers/copy",
        {"kind": "consent", "party": "guardian", "file": big},
    )

    assert answer.status_code == 422
    assert "5 MB" in answer.content.decode()
    assert PaperCopy.objects.count() == 0


@pytest.mark.django_db
def test_the_page_shows_each_party_its_papers_and_strangers_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = Cast()
    monkeypatch.setattr(timezone, "now", lambda: cast.at)
    placement = worded(cast, cast.accepted())
    letter = issued(cast, placement, DocumentKind.CONSENT)
    copy = keep_copy(
        placement,
        kind=DocumentKind.CONSENT,
        party=Party.GUARDIAN,
        content=PDF,
        **cast.by(Role.SCHOOL_COORDINATOR),
    )
    other = Cast(learner=make_learner(school=make_school("5001170077")))
    own = other.accepted()
    stranger = signed_in(other.users[Role.SCHOOL_COORDINATOR])
    parent = signed_in(cast.users[Role.GUARDIAN])
    page = f"/placements/{placement.pk}/papers"

    assert parent.get(page).status_code == 200
    assert "出具文书" not in parent.get(page).content.decode()
    assert parent.get(f"/papers/{letter.public_id}").status_code == 200
    assert parent.get(f"/copies/{copy.public_id}").status_code == 404
    assert parent.post(f"{page}/issue", {"kind": "agreement"}).status_code == 403
    assert stranger.get(f"/placements/{own.pk}/papers").status_code == 200
    for address in (page, f"/papers/{letter.public_id}", f"/copies/{copy.public_id}"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{page}/issue", {"kind": "agreement"}).status_code == 404
