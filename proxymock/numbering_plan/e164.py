"""E.164 numbers, in the spellings of people, of the API and of its ids."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from proxymock.api import spec

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

_PATTERN = spec.shape("E164PhoneNumber").pattern
assert _PATTERN is not None
_matches = _PATTERN.fullmatch
# SDKs encode the id of a number once more: %252B. AWS: PN-07.
_ENCODED_PLUS = re.compile(r"%(?:25)*2B", re.ASCII | re.IGNORECASE)


class NotAPhoneNumberError(ValueError):
    """A text that is not a phone number in any usual spelling."""


def is_e164(text: str) -> bool:
    """Tell whether *text* is a number in E.164 form, with its plus sign."""
    return text.startswith("+") and _matches(text) is not None


def with_plus(number: str) -> str:
    """Return a number that the API's pattern allows, in E.164 form. AWS: PS-07."""
    return number if number.startswith("+") else f"+{number}"


def parse(text: str) -> str:
    """Return the E.164 form of a number in any usual spelling.

    Digits alone are an international number, as for the API. A number with punctuation
    and without ``+``, ``00`` or ``011`` is a North American one if that is possible.

    >>> parse("(206) 555-0100"), parse("+44 (0)20 7946 0000")
    ('+12065550100', '+442079460000')

    Raises NotAPhoneNumberError, a ValueError.
    """
    # The spelling of most programs, which need not wait for the library.
    if _matches(text):
        return with_plus(text)
    from phonenumbers import PhoneNumberFormat, format_number

    international = re.sub(r"^\s*00", "+", text)
    # What is no number at home may be an international one that lacks its plus.
    for spelling in (international, f"+{international}"):
        number = as_library_number(spelling, home="US")
        if number is not None and _has_full_length(number):
            return format_number(number, PhoneNumberFormat.E164)
    raise NotAPhoneNumberError(
        f"must be a phone number such as +1 206 555 0100, not {text!r}"
    )


def is_possible(number: str) -> bool:
    """Tell whether an E.164 *number* has a country and a length that its plan allows.

    >>> is_possible("+12065551234"), is_possible("+1206555"), is_possible("+999123456")
    (True, False, False)
    """
    parsed = as_library_number(number)
    return parsed is not None and _has_full_length(parsed)


def as_library_number(text: str, home: str | None = None) -> PhoneNumber | None:
    """Return a number in the form of ``phonenumbers``, None if that cannot parse it.

    Args:
        text: an E.164 number, or any that can be dialled in *home*.
        home: a country; None if the number must be international.
    """
    from phonenumbers import NumberParseException, parse

    try:
        return parse(text, home)
    except NumberParseException:
        return None


def _has_full_length(number: PhoneNumber) -> bool:
    """Tell whether a number has the length of a full national number of its plan."""
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    # is_possible_number() also takes a local number, without its area code.
    return bool(is_possible_number_with_reason(number) == ValidationResult.IS_POSSIBLE)


def id_of(number: str) -> str:
    """Return the id of an E.164 *number* in the documented form. AWS: PN-07.

    >>> id_of("+12065550100")
    '%2B12065550100'
    """
    return number.replace("+", "%2B")


def number_of(id: str) -> str:
    """Return the E.164 number of an *id*; the *id* itself if it is not a number's.

    AWS: PN-07. The path has been decoded once.

    >>> number_of("%252B12065550100"), number_of("12065550100"), number_of("0")
    ('+12065550100', '+12065550100', '0')
    """
    number = with_plus(_ENCODED_PLUS.sub("+", id, count=1))
    return number if is_e164(number) else id
