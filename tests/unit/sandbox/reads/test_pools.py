"""The pools of proxy numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.numbers import SEATTLE, acquire
from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from proxymock.sandbox.reads.pools import NumberView, Pools, PoolView, pools

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

FIRST, SECOND, THIRD = (f"+1206555015{digit}" for digit in range(3))
TORONTO = "+14165550150"


def pool(country: str, source: str, size: int, in_use: int) -> PoolView:
    """Return a pool that connectors share."""
    return PoolView(
        country=country,
        source=source,
        voice_connector_id=None,
        size=size,
        in_use=in_use,
        free=size - in_use,
    )


class TestPools:
    """What is free and what is in use."""

    def test_no_proxy_configuration(self, connector_id: str, read: Read) -> None:
        """An account whose connectors make no sessions has no pool."""
        assert read(pools) == Pools(pools=(), numbers=(), total=0, next_token=None)

    @pytest.mark.settings(proxy_numbers=[FIRST, SECOND, TORONTO])
    def test_listed_numbers(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
    ) -> None:
        """Each country has its part of the list; each number says who blocks it."""
        create_proxy_connector(client, ["US", "CA"])
        for pair in ([ALICE, BOB], [ALICE, BOB], [CAROL, DAVE]):
            create_session(client, proxy_connector_id, ParticipantPhoneNumbers=pair)

        shown = read(pools)

        assert shown.pools == (pool("CA", "Listed", 1, 0), pool("US", "Listed", 2, 2))
        assert shown.numbers == (
            NumberView(
                proxy_phone_number=FIRST,
                countries=("US",),
                sessions=2,
                participants=2,
                blocked_for=(BOB, ALICE),
            ),
            NumberView(
                proxy_phone_number=SECOND,
                countries=("US",),
                sessions=1,
                participants=2,
                blocked_for=(CAROL, DAVE),
            ),
        )

    def test_generated_numbers(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
    ) -> None:
        """The pool of a country is as large as its plan allows."""
        made = create_session(client, proxy_connector_id)
        number = made["Participants"][0]["ProxyPhoneNumber"]

        shown = read(pools)

        [us] = shown.pools
        assert us == pool("US", "Generated", us.size, 1)
        assert us.size > 10_000
        assert shown.numbers == (
            NumberView(
                proxy_phone_number=number,
                countries=("US",),
                sessions=1,
                participants=2,
                blocked_for=(BOB, ALICE),
            ),
        )

    @pytest.mark.settings(proxy_numbers="connector")
    def test_connectors_own_numbers(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
    ) -> None:
        """Each connector has a pool of its own, which may be empty."""
        other_id = create_proxy_connector(client)
        acquire(client, *SEATTLE[:2])
        client.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=proxy_connector_id, E164PhoneNumbers=SEATTLE[:2]
        )
        create_session(client, proxy_connector_id)

        shown = {
            each.voice_connector_id: (each.source, each.size, each.in_use, each.free)
            for each in read(pools).pools
        }

        assert shown == {
            proxy_connector_id: ("Connector", 2, 1, 1),
            other_id: ("Connector", 0, 0, 0),
        }

    @pytest.mark.settings(proxy_numbers=[THIRD, FIRST, SECOND])
    def test_pages_and_filters(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
    ) -> None:
        """The numbers come in their own order, all, of one person, or one alone."""
        for pair in ([ALICE, BOB], [ALICE, CAROL], [ALICE, DAVE]):
            create_session(client, proxy_connector_id, ParticipantPhoneNumbers=pair)

        first = read(pools, max_results=2)
        second = read(pools, max_results=2, next_token=str(first.next_token))
        of_carol = read(pools, participant="(303) 555-0102")
        unused = read(pools, number=TORONTO)
        part = read(pools, filter="(206) 555-0152")

        def numbers(shown: Pools) -> list[str]:
            return [each.proxy_phone_number for each in shown.numbers]

        assert [*map(numbers, (first, second))] == [[FIRST, SECOND], [THIRD]]
        assert (first.total, second.total, second.next_token) == (3, 3, None)
        assert (numbers(of_carol), of_carol.total) == ([SECOND], 1)
        assert (numbers(part), part.total) == ([THIRD], 1)
        [alone] = unused.numbers
        assert (alone.sessions, alone.participants, alone.blocked_for) == (0, 0, ())
