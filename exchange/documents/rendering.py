"""Contents set into a layout, as PDF/A or as pictures of its pages; the same bytes each time.

Only the fonts of the wheel are used, the clock is not read, and texts go in as values that typst
never reads as markup.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, cast

import pylopdf_fonts_zh_cn
import typst

from exchange.documents.layouts import FOLDER, Layout

# Archivable, tagged for readers that speak, every letter extractable.
STANDARD = "a-2a"
SCREEN = 110.0


def as_pdf(layout: Layout, told: Mapping[str, str]) -> bytes:
    """The paper as PDF/A-2a."""
    return cast(bytes, _compiled(layout, told, "pdf", pdf_standards=[STANDARD]))


def as_pictures(layout: Layout, told: Mapping[str, str]) -> list[bytes]:
    """The paper's pages as PNG, to look at."""
    made = _compiled(layout, told, "png", ppi=SCREEN)
    return [made] if isinstance(made, bytes) else made


def _compiled(
    layout: Layout, told: Mapping[str, str], form: Literal["pdf", "png"], **options: Any
) -> Any:
    return typst.compile(
        str(layout.file),
        root=str(FOLDER),
        font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)],
        ignore_system_fonts=True,
        sys_inputs={"told": json.dumps(dict(told), ensure_ascii=False, sort_keys=True)},
        format=form,
        **options,
    )
