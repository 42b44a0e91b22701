"""A drawn signature: made anew of its pixels, or refused."""

from __future__ import annotations

import base64

import pytest

from internships.signing.drawings import PREFIX, redrawn
from internships.signing.refusals import DrawingRefused
from tests.signing.pictures import png


def test_a_drawing_is_made_anew_of_its_pixels_alone() -> None:
    made = redrawn(png(extra=b"text"))

    assert made == redrawn(png())
    assert b"GPS" not in made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "data:image/svg+xml;base64,PHN2Zz4=",
        PREFIX + "!!!!",
        PREFIX + base64.b64encode(b"GIF89a").decode(),
        PREFIX + base64.b64encode(base64.b64decode(png().removeprefix(PREFIX))[:-1]).decode(),
        png(extra=b"<html>"),
        png(1601, 1),
        png(4, 801),
        png(pixels=bytes(15)),
        png(pixels=b"\x09" + bytes(range(14))),
        png(pixels=bytes(range(14))),
        png(pixels=bytes(16)),
        png(pixels=bytes(10**7)),
        PREFIX + "A" * 300_000,
    ],
)
def test_what_is_no_small_picture_of_a_signature_is_refused(text: str) -> None:
    with pytest.raises(DrawingRefused):
        redrawn(text)
