"""Checks, makes and masks resident ID numbers (GB 11643) and credit codes (GB 32100)."""

import re
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_ID_CHECK_CHARACTERS = "10X98765432"
_ID_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_ID_FORM = re.compile(r"[0-9]{17}[0-9X]")

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_VALUES = {character: value for value, character in enumerate(_CREDIT_ALPHABET)}
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))
_CREDIT_FORM = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}")

_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_MOST_STARS = 18


class Sex(StrEnum):
    """The sex an ID number states: an odd order number is male."""

    FEMALE = "female"
    MALE = "male"


class BadIdentifier(ValueError):
    """An identifier is not one; `code` is stable, `reason` and `remedy` are for people.

    Neither text repeats the identifier, so that it may be shown and logged.
    """

    def __init__(self, code: str, reason: "_StrPromise", remedy: "_StrPromise") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason
        self.remedy = remedy


class BadIdNumber(BadIdentifier):
    """The text is not a resident ID number."""


class BadCreditCode(BadIdentifier):
    """The text is not a unified social credit code."""


@dataclass(frozen=True, slots=True)
class IdNumber:
    """What a resident ID number says of its holder; the number itself stays out of the repr."""

    born_on: date
    sex: Sex
    number: str = field(repr=False)


def check_id_number(text: str) -> IdNumber:
    """Read an 18-character resident ID number; `x` is taken for `X`.

    Refuses another length or character, a birth date that no calendar has, and a wrong check
    character (ISO 7064 MOD 11-2). The region code is not checked: it is the region of the
    registration, which may be younger than the person.
    """
    number = text[:-1] + "X" if text.endswith("x") else text
    if len(number) != 18:
        raise BadIdNumber(
            "id_number_length",
            _("证件号码不是18位"),
            _("请填写18位公民身份号码；在表格中把该列设为文本"),
        )
    if not _ID_FORM.fullmatch(number):
        raise BadIdNumber(
            "id_number_characters",
            _("证件号码含有不允许的字符"),
            _("前17位只能是数字，最后一位是数字或X"),
        )
    try:
        born_on = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise BadIdNumber(
            "id_number_birth_date",
            _("证件号码第7至14位不是真实的出生日期"),
            _("请对照身份证件核对第7至14位（年月日）"),
        ) from None
    if number[17] != _id_check_character(number[:17]):
        raise BadIdNumber(
            "id_number_check_character",
            _("证件号码的校验码不对"),
            _("请对照身份证件逐位核对，可能有一位写错或两位颠倒"),
        )
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdNumber(born_on=born_on, sex=sex, number=number)


def make_id_number(region: str, born_on: date, serial: int) -> str:
    """A valid number for demo and tests: 6-digit region, birth date, serial 0 to 999."""
    if not re.fullmatch(r"[0-9]{6}", region) or not 0 <= serial <= 999:
        raise ValueError("a region code has 6 digits and a serial is 0 to 999")
    body = f"{region}{born_on.year:04}{born_on.month:02}{born_on.day:02}{serial:03}"
    return body + _id_check_character(body)


def check_credit_code(text: str) -> str:
    """The unified social credit code in capitals, when it is one.

    Refuses another length, a letter GB 32100 leaves out (I O S V Z), a wrong check character, and
    an organisation code (places 9 to 17, GB 11714) whose own check character is wrong. The codes of
    the registering authorities A, N and Y are accepted as the digits are.
    """
    code = text.upper() if text.isascii() else text
    if len(code) != 18:
        raise BadCreditCode(
            "credit_code_length",
            _("统一社会信用代码不是18位"),
            _("请填写营业执照上的18位代码；在表格中把该列设为文本"),
        )
    if not _CREDIT_FORM.fullmatch(code):
        raise BadCreditCode(
            "credit_code_characters",
            _("统一社会信用代码含有不允许的字符"),
            _("代码只用数字和大写字母，不用I、O、S、V、Z；第3至8位是数字"),
        )
    if code[17] != _credit_check_character(code[:17]):
        raise BadCreditCode(
            "credit_code_check_character",
            _("统一社会信用代码的校验码不对"),
            _("请对照营业执照逐位核对，可能有一位写错或两位颠倒"),
        )
    if code[16] != _organisation_check_character(code[8:16]):
        raise BadCreditCode(
            "credit_code_organisation",
            _("统一社会信用代码中主体标识码（第9至17位）的校验码不对"),
            _("请对照营业执照核对第9至17位"),
        )
    return code


def make_credit_code(prefix: str, body: str) -> str:
    """A valid code for demo and tests: 8 places such as 91500117, 8 of organisation code."""
    code = prefix + body + _organisation_check_character(body)
    if not re.fullmatch(r"[0-9A-Y]{17}", code) or not set(code) <= _CREDIT_VALUES.keys():
        raise ValueError("a prefix and a body have 8 places each, without I, O, S, V and Z")
    return code + _credit_check_character(code)


def mask_id_number(text: str) -> str:
    """An ID number with its first 3 and last 4 places; of a shorter text even less is shown."""
    return veil(text, head=3, tail=4, whole=15)


def veil(text: str, *, head: int, tail: int, whole: int) -> str:
    """`text` with stars between its ends: as told from `whole` places on, of 8 and more one each.

    Shorter texts become stars altogether, and a long one shows no more stars than an ID number.
    """
    if len(text) < whole:
        head, tail = (1, 1) if len(text) >= 8 else (0, 0)
    stars = "*" * min(len(text) - head - tail, _MOST_STARS)
    return text[:head] + stars + text[len(text) - tail :]


def _id_check_character(body: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, body, strict=True))
    return _ID_CHECK_CHARACTERS[total % 11]


def _credit_check_character(body: str) -> str:
    total = sum(
        weight * _CREDIT_VALUES[character]
        for weight, character in zip(_CREDIT_WEIGHTS, body, strict=True)
    )
    return _CREDIT_ALPHABET[-total % 31]


def _organisation_check_character(body: str) -> str:
    total = sum(
        weight * int(character, 36)
        for weight, character in zip(_ORGANISATION_WEIGHTS, body, strict=True)
    )
    return "0123456789X"[-total % 11]
