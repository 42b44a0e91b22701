"""How a cell is shown in a message: personal numbers masked, wherever they stand."""

import re

from common.identifiers import mask_id_number
from common.phones import mask_phone
from exchange.format import Column
from exchange.reading.folding import fold

SHOWN = 60
# What people put between the parts of a number; full-width signs among it are folded before.
_GAP = r"[\s._/,，()（）·\u2010-\u2015\u2212-]{0,2}"
_ID_LIKE = re.compile(rf"(?<![0-9])[0-9](?:{_GAP}[0-9]){{13,}}(?:{_GAP}[Xx])?")
_PHONE_LIKE = re.compile(
    rf"(?<![0-9])(?:\+?86{_GAP})?1{_GAP}[3-9]{_GAP}[0-9]{_GAP}"
    rf"[0-9]{{4}}{_GAP}[0-9]{{4}}(?![0-9])"
)
_LANDLINE_LIKE = re.compile(
    rf"(?<![0-9])0(?:10|2[0-9]){_GAP}[2-8][0-9]{{3}}{_GAP}[0-9]{{4}}(?![0-9])"
    rf"|(?<![0-9])0[3-9][0-9]{{2}}{_GAP}[2-8][0-9]{{2,3}}{_GAP}[0-9]{{4}}(?![0-9])"
)
_OF_GAP = re.compile(r"[^0-9Xx]")
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
        text = _LANDLINE_LIKE.sub(lambda found: mask_phone(found[0]), text)
        text = _ID_LIKE.sub(_mask_if_personal, text)
        text = _FLOAT_LIKE.sub(r"\1…\2", text)
    text = "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _mask_if_personal(found: re.Match[str]) -> str:
    digits = _OF_GAP.sub("", found[0])
    personal = _BIRTH.search(digits) or _OLD_ID.match(digits) or len(digits) in (15, 17, 18)
    return mask_id_number(digits) if personal else found[0]
