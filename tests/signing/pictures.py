"""What a canvas gives of a drawn signature."""

from __future__ import annotations

import base64
import struct
import zlib

from internships.signing.drawings import MAGIC, PREFIX


def png(width: int = 4, height: int = 3, *, pixels: bytes = b"", extra: bytes = b"") -> str:
    """A PNG of grey dots as a canvas gives it."""
    rows = pixels or b"".join(
        b"\0" + bytes((n * 40 + m) % 256 for m in range(width)) for n in range(height)
    )

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    text = chunk(b"tEXt", b"GPS 29.97 106.27") if extra else b""
    made = (
        MAGIC
        + chunk(b"IHDR", head)
        + text
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
    return PREFIX + base64.b64encode(made + extra.replace(b"text", b"")).decode()
