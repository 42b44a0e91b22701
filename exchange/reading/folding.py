"""Full-width digits, letters and ：－．／ folded to their plain forms, as the contract says."""

import re

_FULL = "０-９Ａ-Ｚａ-ｚ：－．／"
_ANY_FULL = re.compile(f"[{_FULL}]")
_FOLD = {
    code: code - 0xFEE0
    for code in (*range(0xFF0D, 0xFF1B), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}


def fold(text: str) -> str:
    """`text` with full-width digits, letters and ：－．／ replaced; nothing else is touched."""
    if text.isascii() or not _ANY_FULL.search(text):
        return text
    return text.translate(_FOLD)
