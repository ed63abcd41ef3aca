"""Proxy sessions as people see them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.builders.rides import FALLBACK, set_fallback
from proxymock.plugin.sandbox_client import Clock, Phone
from proxymock.sandbox.reads.sessions import (
    Sessions,
    SessionView,
    session,
    sessions,
)

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from kit.transports.clients import Connect

    from .conftest import Read

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def test_a_session_shows_who_is_masked_to_whom_and_until_when(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """A session has all that AWS keeps of it, its region, and where calls go after."""
    set_fallback(client, proxy_connector_id)
    made = create_session(
        client,
        proxy_connector_id,
        Name="ride 7",
        NumberSelectionBehavior="PreferSticky",
        GeoMatchLevel="AreaCode",
        GeoMatchParams={"Country": "US", "AreaCode": "206"},
    )

    shown = SessionView(
        proxy_session_id=made["ProxySessionId"],
        name="ride 7",
        voice_connector_id=proxy_connector_id,
        region="us-east-1",
        proxy_phone_number=made["Participants"][0]["ProxyPhoneNumber"],
        participants=(BOB, ALICE),
        capabilities=("SMS", "Voice"),
        status="Open",
        created_at=NOON,
        updated_at=NOON,
        expires_at=NOON + timedelta(hours=1),
        ended_at=None,
        fallback_phone_number=FALLBACK,
        number_selection_behavior="PreferSticky",
        geo_match_level="AreaCode",
        geo_match_params={"Country": "US", "AreaCode": "206"},
    )
    assert read(sessions) == Sessions(sessions=(shown,), total=1, next_token=None)


def test_what_is_shown_is_a_copy(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """Who changes what was read does not change the account."""
    place = {"Country": "US", "AreaCode": "206"}
    create_session(client, proxy_connector_id, GeoMatchParams=place)
    [shown] = read(sessions).sessions
    assert shown.geo_match_params is not None

    shown.geo_match_params.clear()

    assert [each.geo_match_params for each in read(sessions).sessions] == [place]


class TestPages:
    """Sessions of all connectors and regions in one order."""

    @pytest.fixture
    def ids(self, connect: Connect) -> list[str]:
        """Five sessions, by turns in two regions, the oldest first."""
        clients = [connect(), connect(region="us-west-2")]
        homes = [(client, create_proxy_connector(client)) for client in clients]
        return [
            create_session(*homes[number % 2], Name=f"Ride {number}")["ProxySessionId"]
            for number in range(5)
        ]

    def test_pages_have_all_once_and_the_newest_first(
        self, ids: list[str], read: Read
    ) -> None:
        """Each page begins where the one before has ended, and says how many are."""
        pages: list[tuple[int, list[str]]] = []
        token = None
        while not pages or token:
            given: dict[str, Any] = {"next_token": token} if token else {}
            page = read(sessions, max_results=2, **given)
            pages.append(
                (page.total, [each.proxy_session_id for each in page.sessions])
            )
            token = page.next_token

        newest = ids[::-1]
        assert pages == [(5, newest[:2]), (5, newest[2:4]), (5, newest[4:])]

    def test_filtered_pages_do_so_too(self, ids: list[str], read: Read) -> None:
        """The next page of a filtered list is filtered alike."""
        first = read(sessions, filter="ride", max_results=4)
        assert first.next_token is not None
        second = read(
            sessions, filter="ride", max_results=4, next_token=first.next_token
        )

        found = [each.proxy_session_id for each in (*first.sessions, *second.sessions)]
        assert (found, second.total, second.next_token) == (ids[::-1], 5, None)

    def test_newer_ones_do_not_move_the_next_page(
        self, connect: Connect, ids: list[str], read: Read
    ) -> None:
        """While somebody reads page one, sessions that come do not shift page two."""
        token = read(sessions, max_results=3).next_token
        assert token is not None
        create_session(connect(), create_proxy_connector(connect()))

        page = read(sessions, max_results=3, next_token=token)

        assert [each.proxy_session_id for each in page.sessions] == ids[1::-1]

    @pytest.mark.parametrize(
        ("filters", "names"),
        [
            ({"region": "us-west-2"}, ["Ride 3", "Ride 1"]),
            ({"region": "eu-west-1"}, []),
            ({"filter": "RIDE 4"}, ["Ride 4"]),
            ({"number": ALICE, "filter": "ride 1"}, ["Ride 1"]),
            ({"number": "(303) 555-0102"}, []),
            ({"status": "Closed"}, []),
            ({"filter": BOB[2:], "region": "us-west-2"}, ["Ride 3", "Ride 1"]),
            ({"filter": "(206) 555-", "region": "us-west-2"}, ["Ride 3", "Ride 1"]),
        ],
    )
    def test_filters(
        self, ids: list[str], read: Read, filters: dict[str, str], names: list[str]
    ) -> None:
        """Several filters hold together; the total counts what fits."""
        page = read(sessions, **filters)

        assert [each.name for each in page.sessions] == names
        assert page.total == len(names)

    def test_one_connector(self, ids: list[str], read: Read) -> None:
        """The sessions of one connector are those made there."""
        one = read(session, proxy_session_id=ids[1]).voice_connector_id

        page = read(sessions, voice_connector_id=one)
        found = read(sessions, filter=one[3:].upper())

        assert [each.proxy_session_id for each in page.sessions] == [ids[3], ids[1]]
        assert found == page


def test_a_number_is_found_on_both_sides(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """A number finds the sessions of its participant, and those behind it."""
    rides = [
        create_session(client, proxy_connector_id, ParticipantPhoneNumbers=[*pair])
        for pair in ((ALICE, BOB), (CAROL, DAVE))
    ]
    proxy = rides[1]["Participants"][0]["ProxyPhoneNumber"]

    found = [read(sessions, number=each).sessions for each in (ALICE, BOB)]
    behind = read(sessions, number=proxy).sessions

    assert [[each.participants for each in page] for page in found] == [
        [(BOB, ALICE)]
    ] * 2
    assert {each.proxy_phone_number for each in behind} == {proxy}


def test_statuses(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    clock: Clock,
    read: Read,
) -> None:
    """A status finds the sessions that have it now; Live are those not closed."""
    people = [(ALICE, BOB), (ALICE, CAROL), (ALICE, DAVE)]
    closed, used, _ = (
        create_session(
            client,
            proxy_connector_id,
            ParticipantPhoneNumbers=[*pair],
            ExpiryMinutes=minutes,
        )
        for pair, minutes in zip(people, (1, 60, 60), strict=True)
    )
    clock.advance(minutes=1)
    phone.call(ALICE, used["Participants"][0]["ProxyPhoneNumber"])

    found = {
        status: [
            each.participants[0] for each in read(sessions, status=status).sessions
        ]
        for status in ("Open", "InProgress", "Closed", "Live")
    }

    assert found == {
        "Open": [min(ALICE, DAVE)],
        "InProgress": [CAROL],
        "Closed": [BOB],
        "Live": [min(ALICE, DAVE), CAROL],
    }
    [ended] = read(sessions, status="Closed").sessions
    assert ended.ended_at == ended.expires_at == NOON + timedelta(minutes=1)
    assert ended.proxy_session_id == closed["ProxySessionId"]
