from __future__ import annotations

from typing import Any

import pytest

from proxymock.state.options import Options, OptionsError


def test_defaults() -> None:
    """Nothing set is a generated pool, twelve hours, and deleted sessions gone."""
    settings = Options.of({})

    assert settings == Options()
    assert (
        settings.proxy_numbers,
        settings.max_session_minutes,
        settings.deleted_sessions,
    ) == (None, 720, "gone")


@pytest.mark.parametrize(
    "numbers",
    [
        ["+12065550151", "+12065550150", "+12065550151"],
        ("+12065550150", "+12065550151"),
    ],
)
def test_numbers_are_a_sorted_set(numbers: Any) -> None:
    """Numbers that are listed ascend, each once."""
    settings = Options.of({"proxy_numbers": numbers})

    assert settings.proxy_numbers == ("+12065550150", "+12065550151")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"proxy_numbers": ["2065550150"]},
            "proxy_numbers must be E.164 numbers such as +12065550150, "
            "not '2065550150'",
        ),
        (
            {"proxy_numbers": [12065550150]},
            "proxy_numbers must be E.164 numbers such as +12065550150, not 12065550150",
        ),
        (
            {"max_session_minutes": 0},
            "max_session_minutes must be a positive integer, not 0",
        ),
        (
            {"max_session_minutes": True},
            "max_session_minutes must be a positive integer, not True",
        ),
        (
            {"max_session_minutes": "60"},
            "max_session_minutes must be a positive integer, not '60'",
        ),
        (
            {"max_session_minutes": 10**12},
            "max_session_minutes must be at most 525600, not 1000000000000",
        ),
        (
            {"enforce_quotas": "yes"},
            "enforce_quotas must be False or True, not 'yes'",
        ),
        (
            {"deleted_sessions": "hidden"},
            "deleted_sessions must be 'gone' or 'closed', not 'hidden'",
        ),
    ],
)
def test_wrong_value(values: dict[str, Any], message: str) -> None:
    """A value that a setting does not take is an error that says what it takes."""
    with pytest.raises(OptionsError) as error:
        Options.of(values)

    assert str(error.value) == message


def test_numbers_must_be_listed() -> None:
    """One number is no list of numbers."""
    with pytest.raises(OptionsError, match="proxy_numbers must be"):
        Options.of({"proxy_numbers": "+12065550150"})


def test_unknown_name() -> None:
    """A setting that does not exist is an error that names those that do."""
    with pytest.raises(OptionsError, match="no setting 'numbers'; it has proxy_num"):
        Options.of({"numbers": []})


@pytest.mark.parametrize("values", [None, [], ["proxy_numbers"], 5])
def test_no_mapping(values: Any) -> None:
    """Options that are no mapping are an error that shows what was given."""
    with pytest.raises(OptionsError) as error:
        Options.of(values)

    assert str(error.value) == (
        f"proxymock's settings must be a mapping of names, not {values!r}"
    )
