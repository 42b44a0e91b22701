"""Reads phone numbers of a roster into E.164 and masks them."""

import re

import phonenumbers
from django.utils.translation import gettext_lazy as _
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberType

from common.identifiers import BadIdentifier, veil

_REGION = "CN"
_COUNTRY_CODE = 86
_PLAIN_MOBILE = re.compile(r"(?:\+86)?(1[0-9]{10})")
_EXTENSION_WORDS = re.compile(r"[ ]?(?:转|分机)[ ]?")
_MOBILE_TYPES = frozenset({PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE})
_LONGEST_INPUT = 40
_LONGEST_STORED = 20


class BadPhone(BadIdentifier):
    """The text is not a phone number of the kind asked for."""


def parse_mobile(text: str) -> str:
    """The mobile number in E.164, `+8613800138000`; without a country code it is of China.

    Refuses what is no valid number, a landline, and a number with an extension.
    """
    plain = _PLAIN_MOBILE.fullmatch(text)
    if plain:
        number = PhoneNumber(country_code=_COUNTRY_CODE, national_number=int(plain[1]))
    else:
        number = _parse(text)
    kind = phonenumbers.number_type(number)
    if kind == PhoneNumberType.UNKNOWN:
        raise _invalid()
    if kind not in _MOBILE_TYPES or number.extension:
        raise BadPhone(
            "phone_not_mobile",
            _("不是手机号码"),
            _("请填写11位手机号码，如 138 开头的号码；境外号码以 + 和国家代码开头"),
        )
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def parse_phone(text: str) -> str:
    """Any valid number, landlines too, in E.164, with `x` and the extension where there is one."""
    number = _parse(_EXTENSION_WORDS.sub("x", text))
    if not phonenumbers.is_valid_number(number):
        raise _invalid()
    stored = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.extension:
        stored = f"{stored}x{number.extension}"
    if len(stored) > _LONGEST_STORED:
        raise BadPhone("phone_extension", _("分机号太长"), _("请去掉分机号或缩短到5位以内"))
    return stored


def mask_phone(text: str) -> str:
    """A phone number with its first 3 and last 4 digits, a Chinese one without its country code."""
    return veil(text.removeprefix("+86"), head=3, tail=4, whole=11)


def _parse(text: str) -> PhoneNumber:
    if len(text) > _LONGEST_INPUT:
        raise _invalid()
    try:
        return phonenumbers.parse(text, _REGION)
    except NumberParseException:
        raise _invalid() from None


def _invalid() -> BadPhone:
    return BadPhone(
        "phone_invalid",
        _("不是有效的电话号码"),
        _("请填写11位手机号码，或带区号的固定电话，如 023-42712345"),
    )
