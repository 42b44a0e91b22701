"""Text as people type it: without the control characters that no table and no workbook holds."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """The text without its control characters (Unicode Cc), line ends and tabs among them."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cc")
