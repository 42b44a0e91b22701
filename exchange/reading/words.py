"""Words, lists and codes of the interchange format, from clean text to typed values."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from difflib import get_close_matches

from django.utils.translation import gettext as _

from common.identifiers import BadIdentifier, check_credit_code, check_id_number
from common.phones import parse_mobile, parse_phone
from exchange.reading.faults import Fault, fault_of
from exchange.reading.values import parse_money
from law.codes import MAJOR_GROUPS, is_major_code

_SEPARATORS = re.compile("[;；、]")
_TEN_DIGITS = re.compile("[0-9]{10}")
_SIX_DIGITS = re.compile("[0-9]{6}")
_ORDINAL = re.compile("[0-9]{1,2}")


def nearest(word: str, known: Iterable[str]) -> str:
    """A question that names the known word most like `word`, or nothing."""
    close = closest(word, known)
    return _("；是不是“%(word)s”？") % {"word": close} if close else ""


def closest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, if one is like it."""
    return next(iter(get_close_matches(word[:60], list(known), n=1, cutoff=0.5)), None)


def items_of(text: str) -> list[str]:
    """The items of a list written with ; ； or 、, outer spaces and empty items dropped."""
    return [item for part in _SEPARATORS.split(text) if (item := part.strip())]


def _unknown_word(word: str, choices: tuple[str, ...]) -> Fault:
    return Fault("unknown_word", choices="、".join(choices), nearest=nearest(word, choices))


def choice_parser(choices: tuple[str, ...]) -> Callable[[str], str]:
    """A parser of one of the words."""
    words = {word: word for word in choices}

    def parse_choice(text: str) -> str:
        try:
            return words[text]
        except KeyError:
            raise _unknown_word(text, choices) from None

    return parse_choice


def choices_parser(choices: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """A parser of a set of the words, in the order of `choices`."""

    def parse_choices(text: str) -> tuple[str, ...]:
        words = set(items_of(text))
        for word in sorted(words):
            if word not in choices:
                raise _unknown_word(word, choices)
        return tuple(word for word in choices if word in words)

    return parse_choices


def parse_boolean(text: str) -> bool:
    """是 or 否."""
    if text == "是":
        return True
    if text == "否":
        return False
    raise Fault("bad_boolean")


def parse_ordinals(text: str) -> tuple[str, ...]:
    """A set of ordinals 01 to 19 of major groups; 5 is 05."""
    ordinals = set()
    for item in items_of(text):
        ordinal = f"{int(item):02d}" if _ORDINAL.fullmatch(item) else ""
        if ordinal not in MAJOR_GROUPS:
            raise Fault("bad_ordinal")
        ordinals.add(ordinal)
    return tuple(sorted(ordinals))


def parse_deductions(text: str) -> tuple[tuple[str, Decimal], ...]:
    """A list of name:amount in yuan, a name once and without a colon; ascending by name."""
    amounts: dict[str, Decimal] = {}
    for item in items_of(text):
        name, *rest = (part.strip() for part in item.split(":"))
        if len(rest) > 1:
            raise Fault("deduction_colon")
        if not name or not rest:
            raise Fault("bad_deduction")
        if name in amounts:
            raise Fault("deduction_twice")
        amounts[name] = parse_money(rest[0])
    return tuple(sorted(amounts.items()))


def parse_school_code(text: str) -> str:
    """Ten digits."""
    if not _TEN_DIGITS.fullmatch(text):
        raise Fault("bad_school_code")
    return text


def parse_division_code(text: str) -> str:
    """Six digits."""
    if not _SIX_DIGITS.fullmatch(text):
        raise Fault("bad_division_code")
    return text


def parse_major_code(text: str) -> str:
    """Six digits and perhaps K, of a known major group."""
    if not is_major_code(text):
        raise Fault("bad_major_code")
    return text


def parse_credit_code(text: str) -> str:
    """A unified social credit code (GB 32100), in capitals."""
    try:
        return check_credit_code(text)
    except BadIdentifier as bad:
        raise fault_of(bad) from None


def parse_id_number(text: str) -> str:
    """A resident's ID number (GB 11643), with a capital X."""
    try:
        return check_id_number(text).number
    except BadIdentifier as bad:
        raise fault_of(bad) from None


def parse_mobile_number(text: str) -> str:
    """A mobile number in E.164."""
    try:
        return parse_mobile(text)
    except BadIdentifier as bad:
        raise fault_of(bad) from None


def parse_phone_number(text: str) -> str:
    """Any telephone number in E.164, with `x` and the extension where there is one."""
    try:
        return parse_phone(text)
    except BadIdentifier as bad:
        raise fault_of(bad) from None
