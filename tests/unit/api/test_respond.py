from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import pytest

from proxymock.api import exchange, rendering, spec

GET = spec.operation("GetProxySession")
LIST = spec.operation("ListProxySessions")


@dataclass(kw_only=True)
class Session:
    """A thing with members in boto3's spelling."""

    ended_timestamp: datetime | None = None
    participants: tuple[dict[str, str], ...] = ()

    def __getattr__(self, name: str) -> None:
        """All others are not set."""


def test_respond_wraps_the_only_member() -> None:
    """A thing goes below the output's only member, with all of its own members."""
    moment = datetime(2026, 1, 2, 3, 4, 5, 6789, tzinfo=timezone.utc)
    thing = Session(
        ended_timestamp=moment,
        participants=({"PhoneNumber": "+1", "ProxyPhoneNumber": "+2"},),
    )

    body = exchange.respond(GET, {}, thing)

    answer = json.loads(body)
    assert body == json.dumps(answer, sort_keys=True, separators=(",", ":")).encode()
    assert answer == {
        "ProxySession": {
            **dict.fromkeys(spec.shape("ProxySession").members),
            "EndedTimestamp": "2026-01-02T03:04:05.006Z",
            "Participants": [{"PhoneNumber": "+1", "ProxyPhoneNumber": "+2"}],
        }
    }


def test_respond_takes_several_members_from_the_result() -> None:
    """Where an output has several members the result has them all."""
    settings = spec.operation("GetPhoneNumberSettings")

    assert exchange.respond(settings, {}, {"CallingName": "Rides"}) == (
        b'{"CallingName":"Rides","CallingNameUpdatedTimestamp":null}'
    )


def test_respond_cuts_a_page() -> None:
    """A paged list is cut, and its token goes beside it."""

    class View:
        page_size = None

        def after(self, position: int) -> Any:
            return ((n, Session()) for n in range(position + 1, 2))

    answer = json.loads(exchange.respond(LIST, {"MaxResults": 1}, View()))

    assert [len(answer["ProxySessions"]), type(answer["NextToken"])] == [1, str]


def test_respond_lists_plain_values() -> None:
    """A list that is not paged is taken as it is."""
    regions = spec.operation("ListAvailableVoiceConnectorRegions")

    assert exchange.respond(regions, {}, ("us-east-1",)) == (
        b'{"VoiceConnectorRegions":["us-east-1"]}'
    )


def test_respond_to_nothing_with_nothing() -> None:
    """An operation without output has no body at all."""
    delete = spec.operation("DeleteProxySession")

    assert exchange.respond(delete, {}, None) == b""


def test_respond_error_has_code_and_message() -> None:
    """The body of an error is ASCII, its keys in alphabetical order."""
    assert exchange.respond_error("NotFound", "é") == (
        b'{"Code":"NotFound","Message":"\\u00e9"}'
    )


@pytest.mark.parametrize(
    ("microsecond", "text"),
    [(0, "2026-01-02T03:04:05.000Z"), (999_999, "2026-01-02T03:04:05.999Z")],
)
def test_timestamp_has_milliseconds(microsecond: int, text: str) -> None:
    """An instant has three decimals, always, and is never rounded up."""
    moment = datetime(2026, 1, 2, 3, 4, 5, microsecond, tzinfo=timezone.utc)

    assert rendering.timestamp(moment) == text
