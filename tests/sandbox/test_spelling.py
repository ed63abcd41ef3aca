"""Phone numbers as people write them."""

from __future__ import annotations

import doctest

import pytest

from proxymock.sandbox import SandboxError, spelling
from proxymock.sandbox.spelling import e164_of


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
    assert e164_of(written) == number


@pytest.mark.parametrize(
    "written", ["", " ", "+", "0", "+1 206 555", "Bob", "+1206555010012345678"]
)
def test_what_is_no_number(written: str) -> None:
    """What cannot be a number is refused."""
    with pytest.raises(SandboxError, match="is no phone number such as"):
        e164_of(written)


def test_examples() -> None:
    """The documented examples hold."""
    assert doctest.testmod(spelling).failed == 0
