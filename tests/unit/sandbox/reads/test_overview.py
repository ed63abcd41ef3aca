"""What goes on in an account now, and which accounts there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest

from kit.builders.full_account import create_everything
from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_session
from kit.transports.clients import REGION
from proxymock.plugin.sandbox_client import Clock, Faults, Phone
from proxymock.plugin.transports import InProcess
from proxymock.sandbox.reads.accounts import AccountView, accounts
from proxymock.sandbox.reads.overview import Counts, DueView, Overview, overview
from proxymock.sandbox.reads.sessions import sessions

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
ACCOUNT = "123456789012"
NOTHING = Counts(
    open_sessions=0,
    in_progress_sessions=0,
    closed_sessions=0,
    calls=0,
    calls_in_progress=0,
    texts=0,
    voice_connectors=0,
    voice_connector_groups=0,
    phone_numbers=0,
    sip_rules=0,
    sip_media_applications=0,
    functions=0,
    faults=0,
    requests=0,
)


def test_empty_account(read: Read) -> None:
    """An account that nobody has used has nothing."""
    assert read(overview) == Overview(
        account_id=ACCOUNT,
        regions=(),
        now=NOON,
        clock_offset=0.0,
        counts=NOTHING,
        sessions=read(sessions),
        calls=(),
        due=(),
        interactions=(),
        faults=(),
    )


def test_ride_in_progress(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    clock: Clock,
    faults: Faults,
    read: Read,
) -> None:
    """What lives, what is due, and what happened is there with its counts."""
    made = create_session(client, proxy_connector_id)
    number = made["Participants"][0]["ProxyPhoneNumber"]
    clock.advance(minutes=1)
    phone.person(BOB, hangs_up_after=5)
    call = phone.call(ALICE, number)
    text = phone.text(BOB, number, "I am here")
    faults.inject("GetProxySession", "NotFoundException")

    shown = read(overview)

    assert shown.counts == replace(
        NOTHING,
        in_progress_sessions=1,
        calls=1,
        calls_in_progress=1,
        texts=1,
        voice_connectors=1,
        faults=1,
        requests=3,
    )
    now = NOON + timedelta(minutes=1)
    assert (shown.now, shown.clock_offset, shown.regions) == (now, 60.0, (REGION,))
    assert shown.sessions == read(sessions)
    assert [each.id for each in shown.calls] == [call.id]
    assert [each.id for each in shown.interactions] == [text.id, call.id]
    assert [each.operation for each in shown.faults] == ["GetProxySession"]
    assert shown.due == (
        DueView(
            at=now + timedelta(seconds=5),
            kind="Call",
            id=call.id,
            event="The call goes on: person hangs up",
        ),
        DueView(
            at=NOON + timedelta(hours=1),
            kind="ProxySession",
            id=made["ProxySessionId"],
            event=f"The session behind {number} expires",
        ),
    )


def test_everything_that_falls_due_has_a_name(read: Read) -> None:
    """Each kind of thing that ends by itself is shown by its kind, soonest first."""
    create_everything()

    due = read(overview).due

    assert {each.kind for each in due} >= {
        "PhoneNumber",
        "ProxySession",
        "SpeakerSearchTask",
        "VoiceProfile",
        "VoiceToneAnalysisTask",
    }
    assert sorted(due, key=lambda each: each.at) == [*due]
    assert all(each.id and each.event for each in due)


class TestAccounts:
    """The accounts that anybody has used."""

    @pytest.fixture(autouse=True)
    def others(self, read: Read) -> None:
        """Two more accounts after the default one, of which one has a text."""
        read(overview)
        for account_id in ("111111111111", "222222222222"):
            Phone(account_id, InProcess()).log()
        Phone("111111111111", InProcess()).text(ALICE, BOB, "Hello")

    def test_numbers_and_counts(self, read: Read) -> None:
        """Each shows its number and counts, the newest account first."""

        def view(account_id: str, counts: Counts) -> AccountView:
            return AccountView(
                account_id=account_id, regions=(), now=NOON, counts=counts
            )

        page = read(accounts)

        assert page.accounts == (
            view("222222222222", NOTHING),
            view("111111111111", replace(NOTHING, texts=1)),
            view(ACCOUNT, NOTHING),
        )
        assert (page.total, page.next_token) == (3, None)

    def test_pages(self, read: Read) -> None:
        """The next page begins behind the last account of the page before."""
        first = read(accounts, max_results=2)
        second = read(accounts, max_results=2, next_token=str(first.next_token))

        assert [each.account_id for each in second.accounts] == [ACCOUNT]
        assert (first.next_token, second.next_token) == ("111111111111", None)
        assert (first.total, second.total) == (3, 3)
