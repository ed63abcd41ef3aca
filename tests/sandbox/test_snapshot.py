"""The state of an account as JSON: out, in, by hand, and refused."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from furnish import NUMBERS, TOKEN, furnish
from proxymock.plugin.tools import Clock, Phone, Snapshot
from proxymock.sandbox.phone import ENDED
from state import state
from support import (
    ALICE,
    BOB,
    CAROL,
    Connect,
    body,
    create_proxy_connector,
    create_session,
)

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
CONNECTOR_ID = "abcdef1ghij2klmno3pqr4"
PROXY_NUMBER = "+12015550150"


@pytest.fixture(autouse=True)
def noon() -> Iterator[time_machine.Traveller]:
    """Let real time stand still at noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def unordered(dumped: Any) -> Any:
    """Return a dumped state without the order of mappings, and without caches."""
    if isinstance(dumped, dict):
        return {
            name: unordered(value)
            for name, value in dumped.items()
            if name not in {"lock", "numbering"}
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
        assert snapshot.export() == {"FormatVersion": 1}

    def test_everything_survives(
        self, connect: Connect, phone: Phone, clock: Clock, snapshot: Snapshot
    ) -> None:
        """Loading what was exported changes nothing, in any region."""
        furnish(connect())
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

    def test_another_account_gets_arns_of_its_own(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """The service's ARNs are the account's, those of other services stay."""
        furnish(client)
        exported = snapshot.export()

        snapshot.load(exported, account_id="111111111111")

        moved = re.sub(
            r'"(arn:aws:chime:[^:"]*):\d{12}:',
            r'"\1:111111111111:',
            json.dumps(exported),
        )
        assert snapshot.export(account_id="111111111111") == json.loads(moved)

    def test_load_replaces_everything(
        self, connect: Connect, phone: Phone, clock: Clock, snapshot: Snapshot
    ) -> None:
        """What was there before is gone, in regions that the file lacks too."""
        furnish(connect())
        create_proxy_connector(connect(region="eu-west-2"))
        phone.call(ALICE, BOB)
        clock.advance(days=1)

        snapshot.load({"FormatVersion": 1})

        assert snapshot.export() == {"FormatVersion": 1}
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
        furnish(client)
        snapshot.load(snapshot.export())

        clock.advance(days=7)

        numbers = client.list_phone_numbers()["PhoneNumbers"]
        assert NUMBERS[1] not in [number["E164PhoneNumber"] for number in numbers]
        assert phone.masks() == []

    def test_pages_and_order_survive(
        self, client: ChimeSDKVoiceClient, snapshot: Snapshot
    ) -> None:
        """A token of a list from before the load gets the next page after it."""
        connector_id = furnish(client)
        listing = {"VoiceConnectorId": connector_id, "MaxResults": 2}
        first = client.list_proxy_sessions(**listing)  # type: ignore[arg-type]
        second = client.list_proxy_sessions(  # type: ignore[misc]
            **listing, NextToken=first["NextToken"]
        )

        snapshot.load(snapshot.export())
        later = create_session(client, connector_id)
        again = client.list_proxy_sessions(  # type: ignore[misc]
            **listing, NextToken=first["NextToken"]
        )

        assert again["ProxySessions"] == [*second["ProxySessions"], later]

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
        furnish(client)
        before = client.list_voice_profile_domains()["VoiceProfileDomains"]
        snapshot.load(snapshot.export())

        client.create_voice_profile_domain(
            Name="Riders",
            ServerSideEncryptionConfiguration={
                "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/riders"
            },
            ClientRequestToken=TOKEN,
            Tags=[{"Key": "team", "Value": "voices"}],
        )

        assert client.list_voice_profile_domains()["VoiceProfileDomains"] == before


def seed(**connector: Any) -> dict[str, Any]:
    """Return what a person writes who wants a connector and nothing else."""
    written = {
        "VoiceConnectorId": CONNECTOR_ID,
        "Name": "Rides",
        "Settings": {
            "Proxy": {
                "DefaultSessionExpiryMinutes": 60,
                "PhoneNumberCountries": ["US"],
            }
        },
        **connector,
    }
    return {
        "FormatVersion": 1,
        "Regions": {"us-east-1": {"VoiceConnectors": [written]}},
    }


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

    def test_clock_offset(self, clock: Clock, snapshot: Snapshot) -> None:
        """A seed may be set in the future."""
        snapshot.load({"FormatVersion": 1, "ClockOffset": 86400})

        assert clock.now() == NOON + timedelta(days=1)


def session(**members: Any) -> dict[str, Any]:
    """Return a written session of Alice and Bob."""
    return {
        "ParticipantPhoneNumbers": [ALICE, BOB],
        "ProxyPhoneNumber": PROXY_NUMBER,
        **members,
    }


CONNECTOR = "Regions.us-east-1.VoiceConnectors[0]"
REFUSED: list[tuple[Any, str]] = [
    ({}, "FormatVersion must be 1, not None"),
    ({"FormatVersion": 2}, "FormatVersion must be 1, not 2"),
    ({"FormatVersion": 1, "Region": {}}, "A state has no member Region"),
    ({"FormatVersion": 1, "Regions": []}, "Regions must be an object"),
    (
        {"FormatVersion": 1, "Regions": {"us-east-2": {}}},
        "Regions.us-east-2 must be one of us-east-1",
    ),
    (
        {"FormatVersion": 1, "Regions": {"us-east-1": {"Connectors": []}}},
        "Regions.us-east-1 has no member Connectors",
    ),
    ({"FormatVersion": 1, "ClockOffset": -1}, "ClockOffset must be seconds"),
    ({"FormatVersion": 1, "ClockOffset": 1e99}, "ClockOffset must be seconds"),
    ({"FormatVersion": 1, "ClockOffset": "1"}, "ClockOffset must be a number"),
    ({"FormatVersion": 1, "Interactions": [{}]}, "Interactions[0] must have the mem"),
    ({"FormatVersion": 1, "Account": {"Numbering": 1}}, "Account has no member Numb"),
    (seed(Name=None), f"{CONNECTOR}.Name must be a string"),
    (seed(Name="a/b"), f"{CONNECTOR}.Name must match [a-zA-Z0-9 _.-]+, not"),
    (seed(Nme="x"), f"{CONNECTOR} has no member Nme"),
    (seed(RequireEncryption="yes"), f"{CONNECTOR}.RequireEncryption must be a boo"),
    (seed(CreatedTimestamp="noon"), f"{CONNECTOR}.CreatedTimestamp must be an inst"),
    (seed(CreatedTimestamp="2026-01-02T12:00"), "CreatedTimestamp must be an instant"),
    (seed(Sequence=-1), f"{CONNECTOR}.Sequence must be at least 0"),
    (seed(Settings={"Proxy": {}}), "Proxy.DefaultSessionExpiryMinutes is required"),
    (seed(Settings={"Proxy": []}), "Settings.Proxy must be an object"),
    (
        seed(
            Settings={
                "Proxy": {
                    "DefaultSessionExpiryMinutes": 60,
                    "PhoneNumberCountries": ["FR"],
                }
            }
        ),
        "Settings.Proxy.PhoneNumberCountries must be among",
    ),
    (seed(ProxySessions={}), f"{CONNECTOR}.ProxySessions must be a list"),
    (
        seed(ProxySessions=[session(ParticipantPhoneNumbers=[BOB])]),
        "ProxySessions[0].ParticipantPhoneNumbers must have 2 items",
    ),
    (
        seed(ProxySessions=[session(ParticipantPhoneNumbers=[BOB, BOB])]),
        "ProxySessions[0].ParticipantPhoneNumbers must be two different",
    ),
    (
        seed(ProxySessions=[session(Status="Lost")]),
        "ProxySessions[0].Status must be one of Open, InProgress, Closed",
    ),
    (
        seed(ProxySessions=[session(Status="Closed")]),
        "ProxySessions[0] must have an EndedTimestamp if, and only if, Closed",
    ),
    (
        seed(ProxySessions=[session(ExpiryMinutes=0)]),
        "ProxySessions[0].ExpiryMinutes must be at least 1, not 0",
    ),
    (
        seed(ProxySessions=[session(VoiceConnectorId="other")]),
        f"ProxySessions[0].VoiceConnectorId must be '{CONNECTOR_ID}'",
    ),
    (
        seed(ProxySessions=[session(ProxySessionId="a"), session(ProxySessionId="a")]),
        "ProxySessions[1] is a second ProxySession 'a'",
    ),
    (
        seed(ProxySessions=[session(Sequence=7), session(Sequence=7)]),
        f"ProxySessions[1].Sequence must not be that of {CONNECTOR}.ProxySessions[0]",
    ),
    (
        seed(
            ProxySessions=[session(), session(ParticipantPhoneNumbers=[ALICE, CAROL])]
        ),
        f"ProxySessions[1].ProxyPhoneNumber must not be {PROXY_NUMBER}: behind it a",
    ),
    (
        seed(ProxySessions=[session(ProxyPhoneNumber=ALICE)]),
        f"ProxySessions[0].ProxyPhoneNumber must not be {ALICE}",
    ),
    (
        seed(
            ProxySessions=[{"ParticipantPhoneNumbers": [BOB, ALICE], "Status": "Open"}]
        ),
        "needs a ProxyPhoneNumber to have Status",
    ),
    (
        seed(ProxySessions=[{"ParticipantPhoneNumbers": [BOB, ALICE, CAROL]}]),
        "ParticipantPhoneNumbers must have at most 2 items, not 3",
    ),
    (
        seed(ProxySessions=[{"ParticipantPhoneNumbers": [BOB, ALICE]}], Settings={}),
        "has no proxy configuration",
    ),
    (
        seed(StickyNumbers=[{"ParticipantPhoneNumbers": [BOB]}]),
        f"{CONNECTOR}.StickyNumbers[0]",
    ),
    (
        seed(DeletedProxySessions=[{"ProxySessionId": "a"}]),
        f"{CONNECTOR}.DeletedProxySessions[0].ProxyPhoneNumber must be a string",
    ),
]


def regional(**state: Any) -> dict[str, Any]:
    """Return a document with this state of us-east-1 besides a connector."""
    document = seed()
    document["Regions"]["us-east-1"].update(state)
    return document


ARN = "arn:aws:chime:us-east-1:123456789012:vc/none"
OWN_ARN = f"arn:aws:chime:us-east-1:123456789012:vc/{CONNECTOR_ID}"
REFUSED += [
    (regional(Tags={ARN: {}}), f"Regions.us-east-1.Tags has {ARN}, which is not there"),
    (regional(Tags={OWN_ARN: {"a": 1}}), f"Tags.{OWN_ARN}.a must be a string"),
    (regional(Tags={OWN_ARN: 1}), f"Tags.{OWN_ARN} must be an object"),
    (regional(PhoneNumbers=[{}]), "PhoneNumbers[0].PhoneNumberId is required"),
    (
        regional(
            PhoneNumbers=[
                {
                    "E164PhoneNumber": BOB,
                    "Associations": [{"Name": "VoiceConnectorId", "Value": "none"}],
                }
            ]
        ),
        "PhoneNumbers[0] refers to VoiceConnectorId 'none', which is not there",
    ),
    (
        regional(PhoneNumbers=[{"E164PhoneNumber": BOB}, {"E164PhoneNumber": BOB}]),
        f"PhoneNumbers[1] is a second PhoneNumber '{BOB}'",
    ),
    (regional(OrdersInProgress=[{"$ref": 9}]), "refers to 9, which is not before it"),
    (regional(OrdersInProgress=[1]), "OrdersInProgress must have references only"),
    (regional(VoiceProfiles=[{"$kind": "SipRule"}]), "cannot be of the kind 'SipRule'"),
    (regional(VoiceProfiles=[{"$kind": []}]), "VoiceProfiles[0].$kind must be a str"),
    (regional(VoiceProfiles=[{"$ref": 0}]), "which is something else"),
    (regional(Deadlines=[{"Lapse": "os.remove"}]), "Deadlines[0].Lapse must name what"),
    (
        regional(Deadlines=[{"Lapse": "phone_numbers.release", "Thing": 1}]),
        "Deadlines[0].Thing must be a reference",
    ),
]


@pytest.mark.parametrize(("document", "message"), REFUSED)
def test_wrong_state_is_refused(
    client: ChimeSDKVoiceClient, snapshot: Snapshot, document: Any, message: str
) -> None:
    """A state that cannot be says where it is wrong, and nothing changes."""
    client.create_voice_connector(Name="Before", RequireEncryption=True)
    before = copy.deepcopy(snapshot.export())

    with pytest.raises(ValueError, match=re.escape(message)):
        snapshot.load(document)

    assert snapshot.export() == before
