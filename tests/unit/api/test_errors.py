from __future__ import annotations

import pytest

from proxymock.api import spec
from proxymock.api.errors import ERRORS, NotFoundException, VoiceError


def test_errors_are_the_descriptions() -> None:
    """There is one class per error of the description, with its status."""
    assert {name: error.status for name, error in ERRORS.items()} == (
        spec.description()["errors"]
    )


@pytest.mark.parametrize("error", ERRORS.values())
def test_code_is_in_the_enum(error: type[VoiceError]) -> None:
    """The code in a body is one that the description has for an error."""
    assert error.code in spec.shape("ErrorCode").enum


@pytest.mark.parametrize("error", ERRORS.values())
def test_error_has_a_name_and_a_message(error: type[VoiceError]) -> None:
    """An error is known by its class and says what it was given."""
    raised = error("Too late")

    assert (raised.name, raised.message, str(raised)) == (
        error.__name__,
        "Too late",
        "Too late",
    )


def test_code_can_be_more_specific() -> None:
    """An error can have a code of its own, and its class keeps the usual one."""
    error = ERRORS["ConflictException"]

    assert error("x", code="PhoneNumberAssociationsExist").code == (
        "PhoneNumberAssociationsExist"
    )
    assert error("x").code == "Conflict"


def test_not_found_is_in_the_observed_words() -> None:
    """What cannot be found is named with its kind and its id."""
    error = NotFoundException.of("VoiceConnector", "abc")

    assert error.message == "Could not find VoiceConnector with Id 'abc'"
