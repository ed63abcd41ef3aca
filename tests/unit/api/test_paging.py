from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from proxymock.api import spec
from proxymock.api.errors import BadRequestException
from proxymock.api.paging import cut

CONNECTORS = spec.operation("ListVoiceConnectors")
SESSIONS = spec.operation("ListProxySessions")


class Numbers:
    """The even numbers below *end*, each at its own position."""

    page_size: int | None = None

    def __init__(self, end: int) -> None:
        self.end = end
        self.taken = 0

    def after(self, position: int) -> Iterator[tuple[int, int]]:
        """Yield those behind *position*."""
        for number in range(position + 1, self.end):
            if number % 2 == 0:
                self.taken += 1
                yield number, number


class SmallPages(Numbers):
    """Numbers in pages of two, unless asked otherwise."""

    page_size = 2


def members(**given: Any) -> dict[str, Any]:
    """Return the members of a request for sessions."""
    return {"VoiceConnectorId": "v", **given}


@pytest.mark.parametrize(
    ("end", "size", "pages"),
    [
        (0, 2, [[]]),
        (3, 2, [[0, 2]]),
        (4, 2, [[0, 2]]),
        (5, 2, [[0, 2], [4]]),
        (5, 1, [[0], [2], [4]]),
        (5, 3, [[0, 2, 4]]),
    ],
)
def test_pages_hold_everything_once(
    end: int, size: int, pages: list[list[int]]
) -> None:
    """Page by page everything comes once, and no page is empty but the only one."""
    found = []
    token: dict[str, str] = {}
    while True:
        items, next_token = cut(
            SESSIONS, members(MaxResults=size, **token), Numbers(end)
        )
        found.append(items)
        if next_token is None:
            break
        token = {"NextToken": next_token}

    assert found == pages


def test_page_costs_what_it_holds() -> None:
    """A page takes from the view what it shows, and looks one further."""
    numbers = Numbers(1000)

    cut(SESSIONS, members(MaxResults=5), numbers)

    assert numbers.taken == 6


@pytest.mark.parametrize(
    ("view", "size"), [(Numbers(1000), 100), (SmallPages(1000), 2)]
)
def test_page_size_by_default(view: Numbers, size: int) -> None:
    """A page is as large as may be asked for, or as the view wants."""
    items, _ = cut(SESSIONS, members(), view)

    assert len(items) == size


def test_token_stays_good_when_things_come_and_go() -> None:
    """The next page begins behind the last thing seen, whatever else has changed."""
    _, token = cut(SESSIONS, members(MaxResults=2), Numbers(10))

    items, _ = cut(SESSIONS, members(MaxResults=9, NextToken=token), Numbers(8))

    assert items == [4, 6]


def moved_on(token: str) -> str:
    """Return *token* with its position changed and its seal as it was."""
    return base64.urlsafe_b64encode(base64.urlsafe_b64decode(token) + b"0").decode()


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda token: "", id="empty"),
        pytest.param(lambda token: "nonsense", id="nonsense"),
        pytest.param(lambda token: "é", id="not ASCII"),
        pytest.param(lambda token: token[:-1], id="cut"),
        pytest.param(lambda token: token + "=", id="longer"),
        pytest.param(str.swapcase, id="other letters"),
        pytest.param(lambda token: token * 1000, id="very long"),
        pytest.param(moved_on, id="other position"),
    ],
)
def test_other_tokens_are_refused(tamper: Callable[[str], str]) -> None:
    """Only what was handed out is a token."""
    _, token = cut(SESSIONS, members(MaxResults=1), Numbers(10))
    assert token is not None

    with pytest.raises(BadRequestException) as error:
        cut(SESSIONS, members(NextToken=tamper(token)), Numbers(10))

    assert error.value.message == (
        "NextToken must be the token of the page before, from the same list"
    )


@pytest.mark.parametrize(
    ("operation", "given"),
    [
        (SESSIONS, {"VoiceConnectorId": "other"}),
        (SESSIONS, {"VoiceConnectorId": "v", "Status": "Open"}),
        (CONNECTORS, {}),
    ],
)
def test_token_of_another_list_is_refused(
    operation: spec.Operation, given: dict[str, str]
) -> None:
    """A token is good for its own operation and its own filters alone."""
    _, token = cut(SESSIONS, members(MaxResults=1), Numbers(10))

    with pytest.raises(BadRequestException):
        cut(operation, {**given, "NextToken": token}, Numbers(10))
