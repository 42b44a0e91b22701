"""ID numbers and credit codes are checked digit by digit, and never shown whole."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric, uscc

from common.identifiers import (
    BadCreditCode,
    BadIdNumber,
    Sex,
    check_credit_code,
    check_id_number,
    make_credit_code,
    make_id_number,
    mask_id_number,
)

ID_NUMBER = "360426199101010071"
CREDIT_CODE = "91110000600037341L"
ORGANISATION = st.text(alphabet="0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=8, max_size=8)


def test_known_number_says_birth_date_and_sex() -> None:
    holder = check_id_number(ID_NUMBER)

    assert holder.born_on == date(1991, 1, 1)
    assert holder.sex is Sex.MALE
    assert holder.number == ID_NUMBER
    assert ID_NUMBER not in repr(holder)


@pytest.mark.parametrize("serial", [0, 1, 2, 999])
def test_even_order_number_is_female_and_odd_male(serial: int) -> None:
    number = make_id_number("500117", date(2009, 2, 28), serial)

    holder = check_id_number(number)

    assert holder.sex is (Sex.MALE if serial % 2 else Sex.FEMALE)


@given(
    region=st.integers(110000, 659999),
    born_on=st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    serial=st.integers(0, 999),
)
def test_check_character_is_the_oracles(region: int, born_on: date, serial: int) -> None:
    number = make_id_number(f"{region:06}", born_on, serial)

    oracle = ric.calc_check_digit(number)

    assert number[17] == oracle
    assert check_id_number(number).born_on == born_on


@given(
    number=st.builds(
        make_id_number, st.just("500117"), st.dates(date(1950, 1, 1)), st.integers(0, 999)
    ),
    place=st.integers(0, 17),
    other=st.sampled_from("0123456789"),
)
def test_one_wrong_digit_is_always_refused(number: str, place: int, other: str) -> None:
    if number[place] == other:
        other = str((int(other) + 1) % 10)
    mistyped = number[:place] + other + number[place + 1 :]

    with pytest.raises(BadIdNumber):
        check_id_number(mistyped)

    assert check_id_number(number).number == number


def test_small_x_is_taken_for_a_capital() -> None:
    number = next(
        number
        for number in (make_id_number("500117", date(2009, 9, 1), order) for order in range(50))
        if number.endswith("X")
    )

    holder = check_id_number(number.lower())

    assert holder.number == number
    assert holder == check_id_number(number)


def test_region_younger_than_the_person_is_no_fault() -> None:
    registered_in_kaizhou_before_it_was_a_district = make_id_number("500154", date(1960, 1, 1), 7)
    region_no_list_has = make_id_number("999999", date(2009, 9, 1), 7)

    holders = [
        check_id_number(number)
        for number in (registered_in_kaizhou_before_it_was_a_district, region_no_list_has)
    ]

    assert [holder.born_on.year for holder in holders] == [1960, 2009]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "id_number_length"),
        ("36042619910101007", "id_number_length"),
        ("3604261991010100711", "id_number_length"),
        ("360426910101007", "id_number_length"),
        (" 60426199101010071", "id_number_characters"),
        ("36042619910101007Y", "id_number_characters"),
        ("X60426199101010071", "id_number_characters"),
        ("36042619910101007１", "id_number_characters"),
        ("36042619910101007²", "id_number_characters"),
        ("360426199101010071\n", "id_number_length"),
        ("36042619910101007\n", "id_number_characters"),
        ("360426199113010071", "id_number_birth_date"),
        ("360426199100010071", "id_number_birth_date"),
        ("360426199104310071", "id_number_birth_date"),
        ("360426190002290071", "id_number_birth_date"),
        ("360426202302290071", "id_number_birth_date"),
        ("360426000001010071", "id_number_birth_date"),
        ("360426199101010072", "id_number_check_character"),
        ("36042619910101007X", "id_number_check_character"),
        ("360426199101010017", "id_number_check_character"),
    ],
)
def test_malformed_id_number_is_refused_with_its_reason_and_without_itself(
    text: str, code: str
) -> None:
    with pytest.raises(BadIdNumber) as refused:
        check_id_number(text)

    assert refused.value.code == code
    shown = f"{refused.value} {refused.value.reason} {refused.value.remedy}"
    assert text == "" or text not in shown


def test_leap_day_of_a_leap_year_is_a_birth_date() -> None:
    number = make_id_number("500117", date(2008, 2, 29), 10)

    holder = check_id_number(number)

    assert holder.born_on == date(2008, 2, 29)


@pytest.mark.parametrize(
    ("region", "serial"), [("50011", 1), ("5001170", 1), ("50011X", 1), ("500117", 1000)]
)
def test_maker_of_id_numbers_refuses_other_shapes(region: str, serial: int) -> None:
    born_on = date(2009, 9, 1)

    with pytest.raises(ValueError, match="region"):
        make_id_number(region, born_on, serial)

    assert len(make_id_number("500117", born_on, 999)) == 18


@pytest.mark.parametrize("code", [CREDIT_CODE, CREDIT_CODE.lower()])
def test_known_credit_code_is_accepted_in_capitals(code: str) -> None:
    accepted = check_credit_code(code)

    assert accepted == CREDIT_CODE


@given(body=ORGANISATION, prefix=st.sampled_from(["91500117", "92500117", "12500000", "52110101"]))
def test_credit_check_character_is_the_oracles(body: str, prefix: str) -> None:
    code = make_credit_code(prefix, body)

    oracle = uscc.calc_check_digit(code[:17])

    assert code[17] == oracle
    assert check_credit_code(code) == code


@pytest.mark.parametrize(("body", "check"), [("D2143569", "X"), ("60003734", "1")])
def test_organisation_code_has_the_check_character_of_published_examples(
    body: str, check: str
) -> None:
    code = make_credit_code("91500117", body)

    found = code[16]

    assert found == check


@pytest.mark.parametrize("prefix", ["A1500117", "N2500117", "Y1500117"])
def test_authorities_with_letters_are_accepted(prefix: str) -> None:
    code = make_credit_code(prefix, "MA5U0001")

    accepted = check_credit_code(code)

    assert accepted.startswith(prefix)


@given(body=ORGANISATION, place=st.integers(0, 17), other=st.sampled_from("0123456789ABCXY"))
def test_one_wrong_character_of_a_credit_code_is_always_refused(
    body: str, place: int, other: str
) -> None:
    code = make_credit_code("91500117", body)
    if code[place] == other:
        other = "D"
    mistyped = code[:place] + other + code[place + 1 :]

    with pytest.raises(BadCreditCode):
        check_credit_code(mistyped)

    assert check_credit_code(code) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "credit_code_length"),
        (CREDIT_CODE[:-1], "credit_code_length"),
        (CREDIT_CODE + "0", "credit_code_length"),
        ("9111000060003734I0", "credit_code_characters"),
        ("911100006000373O1L", "credit_code_characters"),
        ("911100006000373S1L", "credit_code_characters"),
        ("911100006000373V1L", "credit_code_characters"),
        ("911100006000373Z1L", "credit_code_characters"),
        ("91110000600037341Ｌ", "credit_code_characters"),
        ("9111A000600037341L", "credit_code_characters"),
        ("91110000600037341ß", "credit_code_characters"),
        ("91110000600037341M", "credit_code_check_character"),
        ("91110000600037314L", "credit_code_check_character"),
    ],
)
def test_malformed_credit_code_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(BadCreditCode) as refused:
        check_credit_code(text)

    assert refused.value.code == code
    assert str(refused.value.reason)
    assert str(refused.value.remedy)


def test_wrong_organisation_code_inside_a_right_check_character_is_refused() -> None:
    wrong_inside = "91110000600037342"
    code = wrong_inside + uscc.calc_check_digit(wrong_inside)

    with pytest.raises(BadCreditCode) as refused:
        check_credit_code(code)

    assert uscc.is_valid(code)
    assert refused.value.code == "credit_code_organisation"


@pytest.mark.parametrize(
    ("prefix", "body"),
    [
        ("9150011", "MA5U0001"),
        ("91500117", "MA5U000"),
        ("91500117", "MA5UO001"),
        ("9150011I", "MA5U0001"),
    ],
)
def test_maker_of_credit_codes_refuses_other_shapes(prefix: str, body: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        make_credit_code(prefix, body)

    assert check_credit_code(make_credit_code("91500117", "MA5U0001"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (ID_NUMBER, "360***********0071"),
        (ID_NUMBER[:-1], "360**********1007"),
        ("G" + ID_NUMBER, "G36************0071"),
        (ID_NUMBER[:15], "360********1010"),
        (ID_NUMBER[:14], "3************1"),
        ("12345678", "1******8"),
        ("1234567", "*******"),
        ("张三", "**"),
        ("", ""),
    ],
)
def test_masked_id_number_hides_its_middle(text: str, shown: str) -> None:
    masked = mask_id_number(text)

    assert masked == shown
    assert len(text) < 8 or text[3:-4] not in masked


@given(st.text(max_size=200))
def test_mask_never_shows_more_than_seven_places(text: str) -> None:
    masked = mask_id_number(text)

    assert len(masked.replace("*", "")) <= 7
    assert len(masked) <= 25


@given(st.text(max_size=30))
def test_no_text_makes_the_checks_crash(text: str) -> None:
    outcomes: list[object] = []

    for check in (check_id_number, check_credit_code):
        try:
            outcomes.append(check(text))
        except (BadIdNumber, BadCreditCode) as refused:
            outcomes.append(refused)

    assert len(outcomes) == 2
