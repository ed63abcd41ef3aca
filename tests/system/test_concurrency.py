"""Many clients at once: nobody notices the others but by what they have done."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from itertools import chain
from random import Random
from threading import Barrier, BrokenBarrierError
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import requests

from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.oracles.answers import pages
from kit.transports.clients import Connect
from proxymock.plugin.transports import Transport
from proxymock.sandbox.clock import Clock
from proxymock.state.numbering import Numbering

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

CLIENTS = {"in process": 16, "server": 32}
# So few that everybody has several counterparts at a time.
PEOPLE = [f"+1303555{n:04}" for n in range(100, 112)]
T = TypeVar("T")
# Has each client do something, all at once, and returns what they return.
Together = Callable[[Callable[[int], T]], list[T]]


@pytest.fixture(autouse=True)
def many_switches() -> Iterator[None]:
    """Let threads take turns hundreds of times as often as they usually do."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(interval)


@pytest.fixture
def together(request: pytest.FixtureRequest, endpoint_url: str | None) -> Together[Any]:
    """Return a way to have many clients do something at once."""
    clients = CLIENTS["server" if endpoint_url else "in process"]
    barrier = Barrier(clients)

    def together(work: Callable[[int], T]) -> list[T]:
        def begin(number: int) -> T:
            barrier.wait()
            return work(number)

        with ThreadPoolExecutor(clients) as threads:
            return list(threads.map(begin, range(clients)))

    return together


def listed(client: ChimeSDKVoiceClient, id: str, **filters: str) -> list[Any]:
    """Return the sessions of a connector from small pages."""
    found = pages(
        client.list_proxy_sessions,
        "ProxySessions",
        VoiceConnectorId=id,
        MaxResults=7,
        **filters,
    )
    return [session for page in found for session in page]


def busy(client: ChimeSDKVoiceClient, id: str, number: int) -> list[dict[str, Any]]:
    """Create, change and delete sessions; return those that should be left."""
    random = Random(number)
    mine: dict[str, dict[str, Any]] = {}
    for _ in range(5):
        session = create_session(
            client, id, ParticipantPhoneNumbers=random.sample(PEOPLE, 2)
        )
        assert session["ProxySessionId"] not in mine
        mine[session["ProxySessionId"]] = session
        of = {"VoiceConnectorId": id, "ProxySessionId": random.choice([*mine])}
        if random.random() < 0.3:
            client.delete_proxy_session(**of)
            del mine[of["ProxySessionId"]]
            continue
        changed = client.update_proxy_session(
            **of,
            Capabilities=[random.choice(["SMS", "Voice"])],
            ExpiryMinutes=random.randint(60, 600),
        )
        assert client.get_proxy_session(**of)["ProxySession"] == changed["ProxySession"]
        mine[of["ProxySessionId"]] = {**changed["ProxySession"]}
    return [*mine.values()]


def test_no_change_is_lost(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, together: Together[Any]
) -> None:
    """What is left is what each client has left, once, and as that has left it."""
    left = together(lambda number: busy(client, proxy_connector_id, number))

    def by_id(sessions: list[Any]) -> list[Any]:
        return sorted(sessions, key=lambda session: str(session["ProxySessionId"]))

    assert by_id(listed(client, proxy_connector_id)) == by_id([*chain(*left)])


def test_nobody_gets_a_second_counterpart(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, together: Together[Any]
) -> None:
    """Who dials a proxy number reaches one person, whoever made the sessions."""
    together(lambda number: busy(client, proxy_connector_id, number))

    counterparts: dict[tuple[str, str], set[str]] = {}
    for session in listed(client, proxy_connector_id, Status="Open"):
        first, second = session["Participants"]
        for caller, other in ((first, second), (second, first)):
            dialled = caller["PhoneNumber"], caller["ProxyPhoneNumber"]
            counterparts.setdefault(dialled, set()).add(other["PhoneNumber"])
    assert counterparts
    assert {who: o for who, o in counterparts.items() if len(o) > 1} == {}


@pytest.mark.parametrize(
    "pair", [("create", "create"), ("create", "advance"), ("advance", "advance")]
)
def test_one_at_a_time(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    transport: Transport,
    monkeypatch: pytest.MonkeyPatch,
    pair: tuple[str, str],
) -> None:
    """While a call is at work on an account, no other is, of the sandbox neither."""
    meeting = Barrier(2)
    alone = []

    def waiting(function: Callable[..., Any]) -> Callable[..., Any]:
        def wait(*arguments: Any, **keywords: Any) -> Any:
            with suppress(BrokenBarrierError):
                meeting.wait(timeout=0.5)  # which nobody joins
            alone.append(meeting.broken)
            return function(*arguments, **keywords)

        return wait

    monkeypatch.setattr(Numbering, "assign", waiting(Numbering.assign))
    monkeypatch.setattr(Clock, "advance_to", waiting(Clock.advance_to))
    calls: dict[str, Callable[[], object]] = {
        "create": lambda: create_session(client, proxy_connector_id),
        "advance": lambda: transport.perform("POST", "clock", None, {"Advance": 1}),
    }
    with ThreadPoolExecutor(2) as threads:
        done = [threads.submit(calls[name]) for name in pair]

    assert [call.exception() for call in done] == [None, None]
    assert alone == [True, True]


def test_pages_are_complete(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, together: Together[Any]
) -> None:
    """Whoever pages meanwhile sees each session that stays, once, and in order."""
    stay = [
        create_session(client, proxy_connector_id)["ProxySessionId"] for _ in range(20)
    ]

    def work(number: int) -> list[str]:
        if number % 4:
            busy(client, proxy_connector_id, number)
            return stay
        seen = [s["ProxySessionId"] for s in listed(client, proxy_connector_id)]
        assert len(set(seen)) == len(seen)
        return [id for id in seen if id in stay]

    walks = together(work)

    assert walks == [stay] * len(walks)


def test_first_requests_of_regions_and_accounts(
    connect: Connect, together: Together[Any]
) -> None:
    """All that come first, to several regions at once, find the same account."""
    regions = ("us-east-1", "us-west-2", "eu-west-1", "eu-central-1")
    clients = [connect(region=region) for region in regions]

    def work(number: int) -> tuple[int, str]:
        region = number % len(regions)
        return region, create_proxy_connector(clients[region])

    made = together(work)

    for region, client in enumerate(clients):
        answer = client.list_voice_connectors()["VoiceConnectors"]
        assert sorted(connector["VoiceConnectorId"] for connector in answer) == sorted(
            id for where, id in made if where == region
        )


def test_tags_of_one_resource(
    client: ChimeSDKVoiceClient,
    connect: Connect,
    connector_id: str,
    together: Together[Any],
) -> None:
    """Tags that many add to one resource, through two services, are all there."""
    tagging = connect("resourcegroupstaggingapi")
    connector = client.get_voice_connector(VoiceConnectorId=connector_id)
    arn = connector["VoiceConnector"]["VoiceConnectorArn"]
    client.tag_resource(ResourceARN=arn, Tags=[{"Key": "first", "Value": "here"}])
    # An older moto's tagging API knows a fixed list of services.
    both = tagging.get_resources()["ResourceTagMappingList"] != []

    def work(number: int) -> str:
        key = f"client-{number}"
        if both and number % 2:
            tagging.tag_resources(ResourceARNList=[arn], Tags={key: "here"})
        else:
            client.tag_resource(ResourceARN=arn, Tags=[{"Key": key, "Value": "here"}])
        return key

    keys = ["first", *together(work)]

    tags = client.list_tags_for_resource(ResourceARN=arn)["Tags"]
    assert sorted(tag["Key"] for tag in tags) == sorted(keys)


@pytest.mark.measured
def test_reset_meanwhile(
    client: ChimeSDKVoiceClient, connect: Connect, together: Together[Any]
) -> None:
    """A reset may come at any time: a request is before it or after it."""
    host = client.meta.endpoint_url
    if "127.0.0.1" not in host:
        host = "http://motoapi.amazonaws.com"

    def work(number: int) -> int:
        if number % 8 == 0:
            return requests.post(f"{host}/moto-api/reset", timeout=60).status_code
        answer = client.create_voice_connector(Name="Rides", RequireEncryption=True)
        return int(answer["ResponseMetadata"]["HTTPStatusCode"])

    assert set(together(work)) == {200, 201}
