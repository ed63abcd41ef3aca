"""Phone numbers as people write them."""

from __future__ import annotations

import re

from proxymock.api import spec
from proxymock.sandbox import SandboxError
from proxymock.service.numbering import e164

_IN_THE_API = spec.shape("E164PhoneNumber").pattern


def e164_of(number: str) -> str:
    """Return the E.164 form of a number in any usual spelling.

    Digits alone are international, as they are for the API. A number with punctuation
    but neither ``+``, ``00`` nor ``011`` is a North American one if that can be.

    >>> e164_of("(206) 555-0100"), e164_of("+44 (0)20 7946 0000")
    ('+12065550100', '+442079460000')
    """
    assert _IN_THE_API is not None
    if _IN_THE_API.fullmatch(number):
        return e164(number)
    from phonenumbers import (  # slow to import, and few need it
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_possible_number,
        parse,
    )

    text = re.sub(r"^\s*00", "+", number)
    for spelling in (text, f"+{text}"):
        try:
            parsed = parse(spelling, "US")
        except NumberParseException:
            continue
        if is_possible_number(parsed):
            return format_number(parsed, PhoneNumberFormat.E164)
    raise SandboxError(f"{number!r} is no phone number such as +1 206 555 0100")
