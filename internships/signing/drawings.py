"""A drawn signature: a small PNG of a canvas, taken apart and put together again.

Nothing but its size and its pixels goes on: no text, no place, no profile, nothing after the end.
"""

from __future__ import annotations

import base64
import binascii
import struct
import zlib

from django.utils.translation import gettext as _

from internships.signing.refusals import DrawingRefused

PREFIX = "data:image/png;base64,"
MAGIC = b"\x89PNG\r\n\x1a\n"
MOST_BYTES = 200_000
MOST_WIDTH, MOST_HEIGHT = 1600, 800
# Colour types of PNG with eight bits a channel: grey, RGB, grey and alpha, RGBA.
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}
_FILTERS = 5


def redrawn(text: str) -> bytes:
    """The PNG of a `data:` address, made anew of its pixels alone. Raises DrawingRefused."""
    body = text.removeprefix(PREFIX)
    if body == text or len(body) > MOST_BYTES * 4 // 3 + 4:
        raise _refused()
    try:
        raw = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        raise _refused() from None
    head, packed = _chunks(raw)
    return _made_anew(head, _pixels(head, packed))


def _chunks(raw: bytes) -> tuple[bytes, bytes]:
    """The header and the packed pixels, each chunk by its checksum, up to the end."""
    if not raw.startswith(MAGIC):
        raise _refused()
    place, head, packed = len(MAGIC), b"", b""
    while place + 12 <= len(raw):
        length = int.from_bytes(raw[place : place + 4], "big")
        kind, body = raw[place + 4 : place + 8], raw[place + 8 : place + 8 + length]
        check = raw[place + 8 + length : place + 12 + length]
        if len(body) != length or check != struct.pack(">I", zlib.crc32(kind + body)):
            raise _refused()
        place += 12 + length
        if not head and kind != b"IHDR":
            raise _refused()
        if kind == b"IHDR":
            head = body if not head and length == 13 else b""
        elif kind == b"IDAT":
            packed += body
        elif kind == b"IEND" and head and place == len(raw):
            return head, packed
    raise _refused()


def _pixels(head: bytes, packed: bytes) -> bytes:
    """The filtered rows, no more of them than the header says; refused when nothing is drawn."""
    width, height, depth, colour, *how = struct.unpack(">IIBBBBB", head)
    wide = 0 < width <= MOST_WIDTH and 0 < height <= MOST_HEIGHT
    if not wide or depth != 8 or colour not in CHANNELS or any(how):
        raise _refused()
    row = 1 + width * CHANNELS[colour]
    unpacker = zlib.decompressobj()
    try:
        pixels = unpacker.decompress(packed, row * height + 1)
    except zlib.error:
        raise _refused() from None
    rows = [pixels[start : start + row] for start in range(0, len(pixels), row)]
    if len(pixels) != row * height or any(line[0] >= _FILTERS for line in rows):
        raise _refused()
    # Of an empty picture every row says the same, whichever way it is filtered
    if len({line[1:] for line in rows[1:]}) < 2:
        raise _refused()
    return pixels


def _made_anew(head: bytes, pixels: bytes) -> bytes:
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return MAGIC + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in parts
    )


def _refused() -> DrawingRefused:
    return DrawingRefused(_("手写签名读不出来，请重新签写，或只填写姓名和验证码"))
