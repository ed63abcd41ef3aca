"""Phone numbers as people, the API and its ids write them."""

from __future__ import annotations

import re

import pytest

from proxymock.numbering_plan.e164 import (
    NotAPhoneNumberError,
    id_of,
    is_e164,
    is_possible,
    number_of,
    parse,
    with_plus,
)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("+12065550100", "+12065550100"),
        ("12065550100", "+12065550100"),
        ("2065550100", "+2065550100"),  # digits alone are international, as in the API
        ("+1 (206) 555-0100", "+12065550100"),
        ("(206) 555-0100", "+12065550100"),
        ("206-555-0100", "+12065550100"),
        ("1.206.555.0100", "+12065550100"),
        ("tel:+1-206-555-0100", "+12065550100"),
        ("0049 30 23125 500", "+493023125500"),
        ("011 49 30 23125 500", "+493023125500"),
        ("49 30 23125 500", "+493023125500"),
        ("+44 (0)20 7946 0000", "+442079460000"),
        (" +1 206 555 0100 ", "+12065550100"),
        ("\uff0b\uff11 206 555 0100", "+12065550100"),  # full-width plus and digit
    ],
)
def test_spellings(written: str, number: str) -> None:
    """A number in any usual spelling has one E.164 form."""
    assert parse(written) == number


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "+", "0", "+1 206 555", "Bob", "anonymous", "+1206555010012345678"),
        "555-0100",  # which needs an area to be dialled from
        "+1 555-0100",
    ],
)
def test_what_is_no_number(written: str) -> None:
    """What cannot be called from everywhere is refused."""
    message = f"must be a phone number such as +1 206 555 0100, not {written!r}"

    with pytest.raises(NotAPhoneNumberError, match=f"^{re.escape(message)}$"):
        parse(written)


@pytest.mark.parametrize("number", ["12065550100", "+12065550100"])
def test_plus_is_there_once(number: str) -> None:
    """A number of the API gets the plus sign that it may lack."""
    assert with_plus(number) == "+12065550100"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+12065550100", True),
        ("+12", True),
        ("+123456789012345", True),
        ("12065550100", False),
        ("+1", False),
        ("+02065550100", False),
        ("+1234567890123456", False),
        ("+1206555010\u0660", False),  # an Arabic zero
        ("+12065550100\n", False),
        ("", False),
    ],
)
def test_form_of_a_number(text: str, expected: bool) -> None:
    """E.164 is a plus sign and 2 to 15 digits, of which the first is no zero."""
    assert is_e164(text) is expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("+12065551234", True),
        ("+15551234567", True),  # no area has it, but its length is right
        ("+12065551", False),
        ("+15551234", False),  # which can be dialled at home alone
        ("+120655512345", False),
        ("+447700900123", True),
        ("+999123456789", False),
    ],
)
def test_possible_numbers(number: str, expected: bool) -> None:
    """A number is possible if its country's plan has numbers of that length."""
    assert is_possible(number) is expected


@pytest.mark.parametrize(
    "id",
    [
        "+12065550100",
        "12065550100",
        "%2B12065550100",
        "%2b12065550100",
        "%252B12065550100",
        "%25252B12065550100",
    ],
)
def test_ids_of_a_number(id: str) -> None:
    """An id is the number with a plus sign, without, or encoded any number of times."""
    assert number_of(id) == "+12065550100"


@pytest.mark.parametrize("id", ["", "+", "%2B", "%2B+12", "1%2B2065550100", "Bob", "0"])
def test_ids_of_no_number(id: str) -> None:
    """Any other id stays as it is, so that an error can name it."""
    assert number_of(id) == id


def test_id_leads_back_to_its_number() -> None:
    """The id of a number has its plus sign encoded."""
    assert id_of("+12065550100") == "%2B12065550100"
    assert number_of(id_of("+12065550100")) == "+12065550100"
