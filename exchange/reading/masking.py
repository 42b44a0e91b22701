"""How a cell is shown in a message: personal numbers masked, wherever they stand."""

import re

from common.identifiers import mask_id_number
from common.phones import mask_phone
from exchange.format import Column
from exchange.reading.folding import fold

SHOWN = 60
_ID_LIKE = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){13,}(?:[ .-]?[Xx])?")
_PHONE_LIKE = re.compile(
    r"(?<![0-9])(?:\+?86[- .]?)?1[3-9][0-9][- .]?[0-9]{4}[- .]?[0-9]{4}(?![0-9])"
)
_FLOAT_LIKE = re.compile(r"([0-9]\.[0-9])[0-9]{5,}([eE]\+1[0-9])")
_BIRTH = re.compile(r"[0-9]{6}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_OLD_ID = re.compile(r"[0-9]{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}$")


def shown(text: str, column: Column | None = None) -> str:
    """`text` as a message may show it: a cell of a personal column masked whole, else its numbers.

    Unprintable characters are replaced and long texts cut, so that a message stays one line.
    """
    text = fold(text[: 4 * SHOWN]).strip()
    if column is not None and column.sensitive:
        text = mask_phone(text) if column.sensitive == "phone" else mask_id_number(text)
    else:
        text = _PHONE_LIKE.sub(lambda found: mask_phone(found[0]), text)
        text = _ID_LIKE.sub(_mask_if_personal, text)
        text = _FLOAT_LIKE.sub(r"\1…\2", text)
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _mask_if_personal(found: re.Match[str]) -> str:
    digits = re.sub("[ .-]", "", found[0])
    personal = _BIRTH.search(digits) or _OLD_ID.match(digits) or len(digits) in (15, 17, 18)
    return mask_id_number(digits) if personal else found[0]
