"""The state of an account as JSON: out and in again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.full_account import DELETED, KEY, TAGS, TOKEN, create_everything
from kit.builders.people import ALICE, BOB, CAROL
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.oracles.state import state
from kit.transports.clients import Connect
from proxymock.api import spec
from proxymock.plugin.models import chimesdkvoice_backends
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """Let real time stand still at noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def unordered(dumped: Any) -> Any:
    """Return a dumped state without the order of mappings, and without caches.

    What has been seen before loses its place, which a cache may have before it.
    """
    if isinstance(dumped, str):
        return re.sub(r"^<(\w+) \d+>$", r"<\1>", dumped)
    if isinstance(dumped, dict):
        return {
            name: unordered(value)
            for name, value in dumped.items()
            if name not in {"numbering", "_numbering"}
        }
    if isinstance(dumped, list):
        items = [unordered(item) for item in dumped]
        pairs = all(isinstance(item, tuple) for item in items)
        return sorted(items, key=repr) if pairs else items
    if isinstance(dumped, tuple):
        return tuple(map(unordered, dumped))
    return dumped


class TestRoundTrip:
    """What comes out goes in again."""

    def test_nothing(self, snapshot: Snapshot) -> None:
        """An account without anything is a version."""
        assert snapshot.export() == {"FormatVersion": 2}

    def test_everything_survives(
        self, connect: Connect, phone: Phone, clock: Clock, snapshot: Snapshot
    ) -> None:
        """Loading what was exported changes nothing, in any region."""
        create_everything()
        west = connect(region="us-west-2")
        create_session(west, create_proxy_connector(west))
        clock.advance(minutes=10)
        mask = phone.masks()[0]
        phone.call(mask.participants[0], mask.proxy_phone_number)
        before, seen = unordered(state()), (phone.masks(), phone.log(), clock.now())
        exported = snapshot.export()

        snapshot.load(json.loads(json.dumps(exported)))

        assert unordered(state()) == before
        assert (phone.masks(), phone.log(), clock.now()) == seen
        assert snapshot.export() == exported

    def test_everything_is_everything(self) -> None:
        """A furnished account has each kind of thing, and of setting, that there is."""
        connector_id = create_everything()["VoiceConnectorId"]

        store = chimesdkvoice_backends["123456789012"]["us-east-1"].store
        held = {
            name: held for name, held in vars(store).items() if hasattr(held, "__len__")
        }
        settings = store.voice_connectors[connector_id].settings
        operations = spec.operation_names()
        puts = [name for name in operations if name.startswith("PutVoiceConnector")]
        assert [name for name, things in held.items() if not things] == []
        assert settings.keys() == {
            "TerminationHealth",
            *(name.removeprefix("PutVoiceConnector") for name in puts),
        }

    def test_text_stays_the_same(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """Not even the order changes, of tags and all else, so files do not differ."""
        create_everything()
        tags: Any = [{"Key": key, "Value": key} for key in "zyxwvutsabcdefgh"]
        client.create_voice_connector(Name="Tags", RequireEncryption=True, Tags=tags)
        exported = json.dumps(snapshot.export())

        snapshot.load(json.loads(exported))

        assert json.dumps(snapshot.export()) == exported

    def test_another_account_gets_arns_of_its_own(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """The service's ARNs are the account's, those of other services stay."""
        create_everything()
        exported = snapshot.export()

        snapshot.load(exported, account_id="111111111111")

        moved = re.sub(
            r'"(arn:aws:chime:[^:"]*:|AccountId": ")\d{12}',
            r'"\g<1>111111111111',
            json.dumps(exported),
        )
        assert snapshot.export(account_id="111111111111") == json.loads(moved)

    def test_load_replaces_everything(
        self, connect: Connect, phone: Phone, clock: Clock, snapshot: Snapshot
    ) -> None:
        """What was there before is gone, in regions that the file lacks too."""
        create_everything()
        create_proxy_connector(connect(region="eu-west-2"))
        phone.call(ALICE, BOB)
        clock.advance(days=1)

        snapshot.load({"FormatVersion": 1})

        assert snapshot.export() == {"FormatVersion": 2}
        assert connect().list_voice_connectors()["VoiceConnectors"] == []
        assert (phone.log(), phone.masks(), clock.now()) == ([], [], NOON)

    def test_what_falls_due_does(
        self,
        client: ChimeSDKVoiceClient,
        phone: Phone,
        clock: Clock,
        snapshot: Snapshot,
    ) -> None:
        """After a load sessions expire and deleted numbers go, as before it."""
        create_everything()
        snapshot.load(snapshot.export())

        clock.advance(days=7)

        numbers = client.list_phone_numbers()["PhoneNumbers"]
        assert DELETED not in [number["E164PhoneNumber"] for number in numbers]
        assert phone.masks() == []

    def test_pages_and_order_survive(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """A token of a list from before the load gets the next page after it."""
        connector_id = create_everything()["VoiceConnectorId"]

        def page(**token: Any) -> Any:
            return client.list_proxy_sessions(
                VoiceConnectorId=connector_id, MaxResults=2, **token
            )

        token = {"NextToken": page()["NextToken"]}
        second = page(**token)
        snapshot.load(snapshot.export())
        later = create_session(client, connector_id)

        assert page(**token)["ProxySessions"] == [*second["ProxySessions"], later]

    def test_sticky_memory_survives(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, snapshot: Snapshot
    ) -> None:
        """A pair gets its number back though its sessions were deleted."""
        connector = {"VoiceConnectorId": proxy_connector_id}
        other = create_session(
            client, proxy_connector_id, ParticipantPhoneNumbers=[ALICE, CAROL]
        )
        mine = create_session(client, proxy_connector_id)
        for session in (other, mine):
            client.delete_proxy_session(
                **connector, ProxySessionId=session["ProxySessionId"]
            )

        snapshot.load(snapshot.export())

        again = create_session(client, proxy_connector_id)
        assert again["Participants"] == mine["Participants"]

    def test_tokens_of_requests_survive(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """A request that is sent again after the load makes nothing new."""
        create_everything()
        before = client.list_voice_profile_domains()["VoiceProfileDomains"]
        snapshot.load(snapshot.export())

        client.create_voice_profile_domain(
            Name="Riders",
            ServerSideEncryptionConfiguration=KEY,
            ClientRequestToken=TOKEN,
            Tags=TAGS,
        )

        assert client.list_voice_profile_domains()["VoiceProfileDomains"] == before
