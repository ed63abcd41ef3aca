"""A state that a person has written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
import time_machine

from kit.builders.documents import CONNECTOR_ID, PROXY_NUMBER, seed
from kit.builders.people import ALICE, BOB, CAROL
from kit.oracles.answers import body
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot
from proxymock.telephony.routing import ENDED

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """Let real time stand still at noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


CALLS = {"InboundCall", "OutboundCall"}
MESSAGES = {"InboundSMS", "OutboundSMS", "InboundMMS", "OutboundMMS"}


class TestByHand:
    """What a person writes is completed."""

    def test_connector_needs_a_name(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """Everything else of a connector has a default."""
        snapshot.load(
            {
                "FormatVersion": 1,
                "Regions": {"us-east-1": {"VoiceConnectors": [{"Name": "Rides"}]}},
            }
        )

        (connector,) = client.list_voice_connectors()["VoiceConnectors"]
        id = connector["VoiceConnectorId"]
        assert re.fullmatch("[a-z][a-z0-9]{21}", id)
        assert {**connector, "NetworkType": "IPV4_ONLY"} == {
            "VoiceConnectorId": id,
            "AwsRegion": "us-east-1",
            "Name": "Rides",
            "OutboundHostName": f"{id}.voiceconnector.chime.aws",
            "RequireEncryption": True,
            "CreatedTimestamp": NOON,
            "UpdatedTimestamp": NOON,
            "VoiceConnectorArn": f"arn:aws:chime:us-east-1:123456789012:vc/{id}",
            "NetworkType": "IPV4_ONLY",
        }
        arn = connector["VoiceConnectorArn"]
        assert client.list_tags_for_resource(ResourceARN=arn)["Tags"] == []

    def test_session_needs_participants(
        self, client: ChimeSDKVoiceClient, phone: Phone, snapshot: Snapshot
    ) -> None:
        """A session without a number gets one, as if it had been created."""
        pair = {"ParticipantPhoneNumbers": ["(206) 555-0100", "+1 401 555 0101"]}
        snapshot.load(seed(ProxySessions=[{"ProxySessionId": "ride-1", **pair}]))

        answer = client.get_proxy_session(
            VoiceConnectorId=CONNECTOR_ID, ProxySessionId="ride-1"
        )

        assert body(answer) == {
            "ProxySession": {
                "VoiceConnectorId": CONNECTOR_ID,
                "ProxySessionId": "ride-1",
                "Status": "Open",
                "ExpiryMinutes": 60,
                "Capabilities": ["SMS", "Voice"],
                "CreatedTimestamp": NOON,
                "UpdatedTimestamp": NOON,
                "Participants": [
                    {"PhoneNumber": BOB, "ProxyPhoneNumber": PROXY_NUMBER},
                    {"PhoneNumber": ALICE, "ProxyPhoneNumber": PROXY_NUMBER},
                ],
            }
        }
        assert phone.call(ALICE, PROXY_NUMBER).connected_to == BOB

    def test_sessions_with_a_number_take_it_first(
        self, phone: Phone, snapshot: Snapshot
    ) -> None:
        """Those that want any number get what is left, and all stay in order."""
        snapshot.load(
            seed(
                ProxySessions=[
                    {"ParticipantPhoneNumbers": [BOB, ALICE]},
                    {
                        "ParticipantPhoneNumbers": [BOB, CAROL],
                        "ProxyPhoneNumber": PROXY_NUMBER,
                        "CreatedTimestamp": "2026-01-02T11:30:00Z",
                        "Status": "InProgress",
                    },
                ]
            )
        )

        assert [
            (mask.proxy_phone_number, mask.status, mask.expires_at)
            for mask in phone.masks()
        ] == [
            (PROXY_NUMBER, "InProgress", NOON + timedelta(minutes=30)),
            ("+12015550151", "Open", NOON + timedelta(minutes=60)),
        ]

    def test_session_that_has_expired_is_closed(
        self, phone: Phone, snapshot: Snapshot
    ) -> None:
        """A session of yesterday has ended at its end."""
        snapshot.load(
            seed(
                ProxySessions=[
                    {
                        "ParticipantPhoneNumbers": [BOB, ALICE],
                        "ProxyPhoneNumber": PROXY_NUMBER,
                        "CreatedTimestamp": "2026-01-01T12:00:00+01:00",
                    }
                ],
                Settings={
                    "Proxy": {
                        "DefaultSessionExpiryMinutes": 60,
                        "PhoneNumberCountries": ["US"],
                        "FallBackPhoneNumber": "(206) 555-0199",
                    }
                },
            )
        )

        interaction = phone.call(BOB, PROXY_NUMBER)

        assert (interaction.reason, interaction.connected_to) == (ENDED, "+12065550199")

    def test_phone_number_needs_a_number(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """A number of the account can be seeded without an order."""
        number = {
            "E164PhoneNumber": "1-206-555-0100",
            "Associations": [
                {
                    "Name": "VoiceConnectorId",
                    "Value": CONNECTOR_ID,
                    "AssociatedTimestamp": "2026-01-02T12:00:00Z",
                }
            ],
        }
        document = seed()
        document["Regions"]["us-east-1"]["PhoneNumbers"] = [number]
        snapshot.load(document)

        found = client.list_phone_numbers(
            FilterName="VoiceConnectorId", FilterValue=CONNECTOR_ID
        )["PhoneNumbers"]

        assert [(n["E164PhoneNumber"], n["Status"], n["Country"]) for n in found] == [
            (BOB, "Assigned", "US")
        ]

    def test_phone_number_is_what_its_digits_say(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """Country, type and capabilities of a seeded number are those of an order."""
        numbers = ["+1 866 234 5678", "+44 20 7123 4567", "+1 206 234 5678"]
        document = seed()
        document["Regions"]["us-east-1"]["PhoneNumbers"] = [
            {"E164PhoneNumber": number} for number in numbers
        ]
        snapshot.load(document)

        found = client.list_phone_numbers()["PhoneNumbers"]
        assert [
            (
                number["PhoneNumberId"],
                number["Country"],
                number["Type"],
                {name for name, able in number["Capabilities"].items() if able},
            )
            for number in found
        ] == [
            ("%2B18662345678", "US", "TollFree", CALLS),
            ("%2B442071234567", "GB", "Local", CALLS),
            ("%2B12062345678", "US", "Local", CALLS | MESSAGES),
        ]

    def test_clock_offset(self, clock: Clock, snapshot: Snapshot) -> None:
        """A seed may be set in the future."""
        snapshot.load({"FormatVersion": 1, "ClockOffset": 86400})

        assert clock.now() == NOON + timedelta(days=1)
