"""What one number reaches behind each proxy number, and the log of calls and texts."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import CALLER, open_desk
from kit.builders.numbers import SEATTLE, acquire
from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.builders.proxy_sessions import create_session
from kit.builders.rides import FALLBACK, set_fallback
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Phone
from proxymock.sandbox.reads.interactions import Log, LogEntry, log
from proxymock.sandbox.reads.people import Reach, RouteView, person
from proxymock.sandbox.reads.sessions import sessions
from proxymock.telephony.routing import ENDED, STRANGER

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


def test_a_stranger_reaches_nobody(read: Read) -> None:
    """A number that no session has is nobody, and takes calls as everybody does."""
    shown = read(person, number="+1 (303) 555-0102")

    assert (shown.number, shown.answers) == (CAROL, "at once")
    assert (shown.reaches, shown.reached_by, shown.total) == ((), (), 0)
    assert shown.log == Log(interactions=(), total=0, next_token=None)


def test_both_reach_each_other_behind_the_number(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, read: Read
) -> None:
    """What a call and a text would come to, for a person and for the counterpart."""
    made = create_session(client, proxy_connector_id, Capabilities=["Voice"])
    proxy = made["Participants"][0]["ProxyPhoneNumber"]
    ids = {
        "proxy_session_id": made["ProxySessionId"],
        "voice_connector_id": proxy_connector_id,
    }
    phone.person(ALICE, answers="busy")
    [view] = read(sessions).sessions

    shown = read(person, number=ALICE)

    def way(who: str, counterpart: str) -> Reach:
        call = RouteView(
            outcome="Connected",
            reason=None,
            connected_to=counterpart,
            caller_id=proxy,
            **ids,
        )
        text = RouteView(
            outcome="Rejected",
            reason="The proxy session lacks the capability SMS",
            connected_to=None,
            caller_id=None,
            **ids,
        )
        return Reach(
            from_number=who,
            proxy_phone_number=proxy,
            counterpart=counterpart,
            call=call,
            text=text,
            session=view,
        )

    assert shown.reaches == (way(ALICE, BOB),)
    assert shown.reached_by == (way(BOB, ALICE),)
    assert (shown.answers, shown.total) == ("busy", 1)


def test_after_the_end(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """Of a session that was deleted its number still leads to the fallback."""
    set_fallback(client, proxy_connector_id)
    made = create_session(client, proxy_connector_id)
    id = made["ProxySessionId"]
    client.delete_proxy_session(VoiceConnectorId=proxy_connector_id, ProxySessionId=id)

    [reach] = read(person, number=ALICE).reaches

    assert (reach.counterpart, reach.session) == (BOB, None)
    assert (reach.call.outcome, reach.call.connected_to) == ("Fallback", FALLBACK)
    assert (reach.text.outcome, reach.text.reason) == ("Rejected", ENDED)
    assert reach.call.proxy_session_id == id


@pytest.mark.settings(proxy_numbers="connector")
def test_a_number_that_has_another_use(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """Behind a number that has been given away, the former pair reach nobody."""
    number = SEATTLE[5]
    acquire(client, number)
    given = {"VoiceConnectorId": proxy_connector_id, "E164PhoneNumbers": [number]}
    client.associate_phone_numbers_with_voice_connector(**given)  # type: ignore[arg-type]
    made = create_session(client, proxy_connector_id)
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=made["ProxySessionId"]
    )
    other = [CAROL, DAVE]
    create_session(client, proxy_connector_id, ParticipantPhoneNumbers=other)
    client.disassociate_phone_numbers_from_voice_connector(**given)  # type: ignore[arg-type]
    another = client.create_voice_connector(Name="Other", RequireEncryption=False)
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=another["VoiceConnector"]["VoiceConnectorId"],
        E164PhoneNumbers=[number],
    )

    [reach] = read(person, number=ALICE).reaches

    assert (reach.counterpart, reach.call.outcome) == (BOB, "Rejected")
    assert reach.call.reason == STRANGER


def test_pages_are_of_proxy_numbers_in_their_order(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """Who has many numbers gets them a page at a time, live and ended ones alike."""
    made = [
        create_session(
            client, proxy_connector_id, ParticipantPhoneNumbers=[ALICE, each]
        )
        for each in (BOB, CAROL, DAVE)
    ]
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=made[1]["ProxySessionId"]
    )
    numbers = sorted(each["Participants"][0]["ProxyPhoneNumber"] for each in made)

    first = read(person, number=ALICE, max_results=2)
    assert first.next_token is not None
    second = read(person, number=ALICE, max_results=2, next_token=first.next_token)

    pages = [
        [each.proxy_phone_number for each in one.reaches] for one in (first, second)
    ]
    assert pages == [numbers[:2], numbers[2:]]
    assert (first.total, second.total, second.next_token) == (3, 3, None)


class TestLog:
    """The log of calls and texts."""

    @pytest.fixture
    def ids(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> dict[str, str]:
        """A call and a text of a pair, a call that rings, and one to nobody."""
        made = create_session(client, proxy_connector_id)
        proxy = made["Participants"][0]["ProxyPhoneNumber"]
        call = phone.call(ALICE, proxy)
        call.hang_up()
        text = phone.text(BOB, proxy, "I am here")
        phone.person(ALICE, answers="by hand")
        ringing = phone.call(BOB, proxy)
        lost = phone.call(CAROL, proxy)
        return {
            "call": call.id,
            "text": text.id,
            "ringing": ringing.id,
            "lost": lost.id,
            "session": made["ProxySessionId"],
        }

    def test_entries(
        self, ids: dict[str, str], phone: Phone, proxy_connector_id: str, read: Read
    ) -> None:
        """An entry is what the phone's log has, its status and its direction."""
        page = read(log)
        text = page.interactions[2]

        logged = phone.log()
        assert [each.id for each in page.interactions] == [
            each.id for each in reversed(logged)
        ]
        assert text == LogEntry(
            id=ids["text"],
            type="Text",
            from_number=BOB,
            to_number=logged[1].to_number,
            body="I am here",
            outcome="Connected",
            reason=None,
            connected_to=ALICE,
            caller_id=logged[1].to_number,
            proxy_session_id=ids["session"],
            voice_connector_id=proxy_connector_id,
            at=NOON,
            status="Ended",
            direction="Inbound",
        )
        assert (page.total, page.next_token) == (4, None)

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            ({"type": "Text"}, ["text"]),
            ({"type": "Call"}, ["lost", "ringing", "call"]),
            ({"status": "Ringing"}, ["ringing"]),
            ({"status": "Ended"}, ["lost", "text", "call"]),
            ({"outcome": "Rejected"}, ["lost"]),
            ({"number": CAROL}, ["lost"]),
            ({"number": ALICE}, ["ringing", "text", "call"]),
            (
                {"number": ALICE, "counterpart": "(206) 555-0100", "type": "Text"},
                ["text"],
            ),
            ({"number": ALICE, "counterpart": CAROL}, []),
            ({"filter": CAROL[2:9]}, ["lost"]),
            ({"filter": "(206) 555-", "type": "Text"}, ["text"]),
            ({"filter": "somebody"}, []),
        ],
    )
    def test_filters(
        self,
        ids: dict[str, str],
        read: Read,
        filters: dict[str, Any],
        found: list[str],
    ) -> None:
        """Several filters hold together; the total counts what fits."""
        page = read(log, **filters)

        assert [each.id for each in page.interactions] == [ids[name] for name in found]
        assert page.total == len(found)

    def test_of_a_session(self, ids: dict[str, str], read: Read) -> None:
        """A session finds what went through it."""
        page = read(log, proxy_session_id=ids["session"])

        names = ("ringing", "text", "call")
        assert [each.id for each in page.interactions] == [ids[name] for name in names]

    def test_pages(self, ids: dict[str, str], read: Read) -> None:
        """Calls and texts come in one order, each once."""
        first = read(log, max_results=3)
        second = read(log, max_results=3, next_token=str(first.next_token))

        shown = [each.id for each in (*first.interactions, *second.interactions)]
        assert shown == [ids[name] for name in ("lost", "ringing", "text", "call")]

    def test_of_the_person(self, ids: dict[str, str], read: Read) -> None:
        """A person's log is what they took part in; that of a pair, what both did."""
        alone = read(person, number=BOB).log
        pair = read(person, number=BOB, counterpart=CAROL).log

        assert alone == read(log, number=BOB)
        assert pair == Log(interactions=(), total=0, next_token=None)

    def test_calls_of_applications_are_there(
        self, client: ChimeSDKVoiceClient, read: Read
    ) -> None:
        """A call that an application makes is outbound."""
        application_id = open_desk(client)
        client.create_sip_media_application_call(
            FromPhoneNumber=NUMBER,
            ToPhoneNumber=CALLER,
            SipMediaApplicationId=application_id,
        )

        [entry] = read(log).interactions

        assert (entry.from_number, entry.to_number) == (NUMBER, CALLER)
        assert entry.direction == "Outbound"


@pytest.mark.settings(proxy_numbers=[NUMBER])
def test_a_proxy_number_may_lead_to_an_application(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """Where a rule answers, the application is whom a call would reach."""
    made = create_session(
        client, proxy_connector_id, ParticipantPhoneNumbers=[ALICE, CAROL]
    )
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=made["ProxySessionId"]
    )
    application_id = open_desk(client)

    ways = [each.call for each in read(person, number=ALICE).reaches]

    assert [(way.outcome, way.connected_to) for way in ways] == [
        ("Connected", application_id)
    ]
