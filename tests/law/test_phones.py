"""Phones are stored in E.164 and shown masked; what is no phone is refused."""

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from common.phones import BadPhone, mask_phone, parse_mobile, parse_phone


@pytest.mark.parametrize(
    "text",
    [
        "13800138000",
        "+8613800138000",
        "8613800138000",
        "008613800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
    ],
)
def test_mobile_is_stored_in_e164_however_it_is_written(text: str) -> None:
    stored = parse_mobile(text)

    assert stored == "+8613800138000"
    assert parse_mobile(stored) == stored
    assert parse_phone(text) == stored


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phone_invalid"),
        ("1380013800", "phone_invalid"),
        ("138001380000", "phone_invalid"),
        ("10000000000", "phone_invalid"),
        ("11800138000", "phone_invalid"),
        ("1380013800O", "phone_invalid"),
        ("没有", "phone_invalid"),
        ("95588", "phone_invalid"),
        ("1.38E+10", "phone_invalid"),
        ("1" * 5000, "phone_invalid"),
        ("02342712345", "phone_not_mobile"),
        ("4001234567", "phone_not_mobile"),
        ("13800138000x12", "phone_not_mobile"),
    ],
)
def test_what_is_no_mobile_is_refused_with_its_reason_and_without_itself(
    text: str, code: str
) -> None:
    with pytest.raises(BadPhone) as refused:
        parse_mobile(text)

    assert refused.value.code == code
    shown = f"{refused.value} {refused.value.reason} {refused.value.remedy}"
    assert text == "" or text not in shown


def test_mobile_of_another_country_keeps_its_country_code() -> None:
    stored = parse_mobile("+852 9123 4567")

    assert stored == "+85291234567"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("023-42712345", "+862342712345"),
        ("（023）42712345", "+862342712345"),
        ("010-62345678", "+861062345678"),
        ("4001234567", "+864001234567"),
        ("023-42712345转8001", "+862342712345x8001"),
        ("023-42712345 分机 8001", "+862342712345x8001"),
    ],
)
def test_enterprise_may_give_a_landline(text: str, stored: str) -> None:
    parsed = parse_phone(text)

    assert parsed == stored
    assert parse_phone(parsed) == parsed
    assert len(parsed) <= 20


@pytest.mark.parametrize("text", ["42712345", "12345", "张经理", "", "+", "1" * 41])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(BadPhone) as refused:
        parse_phone(text)

    assert refused.value.code == "phone_invalid"


def test_extension_too_long_to_store_is_refused_and_one_digit_less_is_not() -> None:
    longest = parse_phone("023-42712345转123456")

    with pytest.raises(BadPhone) as refused:
        parse_phone("023-42712345转1234567")

    assert longest == "+862342712345x123456"
    assert refused.value.code == "phone_extension"


def test_text_of_forty_characters_is_read_and_one_of_forty_one_is_not() -> None:
    longest = "138" + " " * 29 + "00138000"

    stored = parse_phone(longest)

    assert (len(longest), stored) == (40, "+8613800138000")
    with pytest.raises(BadPhone) as refused:
        parse_phone(longest.replace("138 ", "138  ", 1))
    assert refused.value.code == "phone_invalid"


@given(st.integers(10**10, 2 * 10**10 - 1).map(str))
@example("12322002110")
def test_quick_way_for_eleven_digits_agrees_with_the_full_parser(text: str) -> None:
    try:
        number = phonenumbers.parse(text, "CN")
    except phonenumbers.NumberParseException:
        wanted = False
    else:
        wanted = (
            phonenumbers.is_valid_number(number)
            and phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
        )

    try:
        stored = parse_mobile(text)
    except BadPhone:
        stored = None

    assert stored == (f"+86{text}" if wanted else None)


@given(st.text(max_size=45))
def test_no_text_makes_the_parsers_crash(text: str) -> None:
    outcomes = []

    for parse in (parse_mobile, parse_phone):
        try:
            outcomes.append(parse(text))
        except BadPhone as refused:
            outcomes.append(refused.code)

    assert len(outcomes) == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("+8613800138000", "138****8000"),
        ("13800138000", "138****8000"),
        ("+85291234567", "+85*****4567"),
        ("1380013800", "1********0"),
        ("1380013", "*******"),
        ("张三", "**"),
        ("", ""),
    ],
)
def test_masked_phone_hides_its_middle(text: str, shown: str) -> None:
    masked = mask_phone(text)

    assert masked == shown
