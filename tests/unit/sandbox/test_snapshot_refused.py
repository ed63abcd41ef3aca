"""A state that cannot be."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.documents import CONNECTOR_ID, PROXY_NUMBER, seed
from kit.builders.people import ALICE, BOB, CAROL
from proxymock.plugin.sandbox_client import Snapshot
from proxymock.sandbox.json_values import api_names
from proxymock.sandbox.views import Interaction

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

PAIR = {"ParticipantPhoneNumbers": [ALICE, BOB]}


def session(**members: Any) -> dict[str, Any]:
    """Return a written session of Alice and Bob."""
    return {
        "ParticipantPhoneNumbers": [ALICE, BOB],
        "ProxyPhoneNumber": PROXY_NUMBER,
        **members,
    }


CONNECTOR = "Regions.us-east-1.VoiceConnectors[0]"
REFUSED: list[tuple[Any, str]] = [
    ({}, "FormatVersion must be 2, not None"),
    ({"FormatVersion": 3}, "FormatVersion must be 2, not 3"),
    ({"FormatVersion": 1, "Region": {}}, "A state has no member Region"),
    ({"FormatVersion": 1, "Regions": []}, "Regions must be an object"),
    (
        {"FormatVersion": 1, "Regions": {"us-east-2": {}}},
        "Regions.us-east-2: Amazon Chime SDK Voice has no endpoint in 'us-east-2', ",
    ),
    (
        {"FormatVersion": 1, "Regions": {"us-east-1": {"Connectors": []}}},
        "Regions.us-east-1 has no member Connectors",
    ),
    ({"FormatVersion": True}, "FormatVersion must be 2, not True"),
    ({"FormatVersion": 1, "ClockOffset": -1}, "ClockOffset must be seconds"),
    ({"FormatVersion": 1, "ClockOffset": 1e99}, "ClockOffset must be seconds"),
    ({"FormatVersion": 1, "ClockOffset": "1"}, "ClockOffset must be a number"),
    ({"FormatVersion": 1, "Interactions": [{}]}, "Interactions[0] must have the mem"),
    ({"FormatVersion": 1, "Account": {"Numbering": 1}}, "Account has no member Numb"),
    ({"FormatVersion": 2, "Account": {"Calls": [1]}}, "Account.Calls[0] must be an ob"),
    (
        {"FormatVersion": 1, "Account": {"CallAnalyses": [{"TransactionId": 5}]}},
        "Account.CallAnalyses[0].TransactionId must be a string",
    ),
    (
        {
            "FormatVersion": 1,
            "Account": {"CallAnalyses": [{"TransactionId": "c", "Status": "DONE"}]},
        },
        "Account.CallAnalyses[0]: Status must be 'SUCCEEDED'",
    ),
    (seed(Name=None), f"{CONNECTOR}.Name must be a string"),
    (seed(Name="&" * 257), f"{CONNECTOR}.Name must have at most 256 characters, not"),
    (seed(Nme="x"), f"{CONNECTOR} has no member Nme"),
    (seed(RequireEncryption="yes"), f"{CONNECTOR}.RequireEncryption must be a boo"),
    (seed(CreatedTimestamp="noon"), f"{CONNECTOR}.CreatedTimestamp must be an inst"),
    (seed(CreatedTimestamp="2026-01-02T12:00"), "CreatedTimestamp must be an instant"),
    (seed(Sequence=-1), f"{CONNECTOR}.Sequence must be from 0 to 1000000000000000"),
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
    (seed(Settings={"Origination": []}), "Settings.Origination must be an object"),
    (
        seed(Settings={"Origination": {"Routes": [{"Priority": 0}]}}),
        "Settings.Origination.Routes[0].Priority must be at least 1, not 0",
    ),
    (seed(ProxySessions={}), f"{CONNECTOR}.ProxySessions must be a list"),
    (
        seed(ProxySessions=[session(ParticipantPhoneNumbers=[BOB])]),
        "ProxySessions[0].ParticipantPhoneNumbers must have 2 items",
    ),
    (
        seed(ProxySessions=[session(ParticipantPhoneNumbers=BOB)]),
        "ProxySessions[0].ParticipantPhoneNumbers must be a list",
    ),
    (
        seed(ProxySessions=[session(ProxyPhoneNumber=1)]),
        "ProxySessions[0].ProxyPhoneNumber must be a string",
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
        seed(ProxySessions=[{"ProxySessionId": "a", **PAIR}] * 2),
        "ProxySessions without a number [1] is a second ProxySession 'a'",
    ),
    (
        seed(StickyNumbers=[PAIR]),
        f"{CONNECTOR}.StickyNumbers[0].ProxyPhoneNumbers must be a list",
    ),
    (
        seed(
            StickyNumbers=[
                {"ParticipantPhoneNumbers": [BOB], "ProxyPhoneNumbers": [PROXY_NUMBER]}
            ]
        ),
        f"{CONNECTOR}.StickyNumbers[0].ParticipantPhoneNumbers must have 2 items",
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


def nested(depth: int) -> dict[str, Any]:
    """Return an object in an object, and so on."""
    return {"a": nested(depth - 1)} if depth else {}


INTERACTION = dict.fromkeys(api_names(Interaction).values(), 1)
ARN = "arn:aws:chime:us-east-1:123456789012:vc/none"
OWN_ARN = f"arn:aws:chime:us-east-1:123456789012:vc/{CONNECTOR_ID}"
REFUSED += [
    (regional(Tags={ARN: {}}), f"Regions.us-east-1.Tags has {ARN}, which is not there"),
    (regional(Tags={OWN_ARN: {"a": 1}}), f"Tags.{OWN_ARN}.a must be a string"),
    (regional(Tags={OWN_ARN: 1}), f"Tags.{OWN_ARN} must be an object"),
    (
        regional(PhoneNumbers=[{"E164PhoneNumber": "Bob"}]),
        "PhoneNumbers[0].E164PhoneNumber must be a phone number such as",
    ),
    (
        seed(ProxySessions=[session(ParticipantPhoneNumbers=[BOB, "555-0100"])]),
        "ProxySessions[0].ParticipantPhoneNumbers[1] must be a phone number such as",
    ),
    (
        seed(ProxySessions=[session(ProxyPhoneNumber="anonymous")]),
        "ProxySessions[0].ProxyPhoneNumber must be a phone number such as",
    ),
    (regional(PhoneNumbers=[{}]), "PhoneNumbers[0].PhoneNumberId is required"),
    (
        regional(PhoneNumbers=[{"E164PhoneNumber": BOB, "Associations": [{}]}]),
        "PhoneNumbers[0] has no sound 'Name'",
    ),
    (
        regional(
            PhoneNumbers=[
                {
                    "E164PhoneNumber": BOB,
                    "Associations": [{"Name": "VoiceConnectorId", "Value": "none"}],
                }
            ]
        ),
        "PhoneNumbers[0] refers to VoiceConnectorId 'none', which is not in its reg",
    ),
    (
        {
            "FormatVersion": 1,
            "Regions": {
                **seed()["Regions"],
                "us-west-2": {
                    "PhoneNumbers": [
                        {
                            "E164PhoneNumber": BOB,
                            "Associations": [
                                {"Name": "VoiceConnectorId", "Value": CONNECTOR_ID}
                            ],
                        }
                    ]
                },
            },
        },
        f"Regions.us-west-2.PhoneNumbers[0] refers to VoiceConnectorId '{CONNECTOR_ID}'"
        ", which is not in its region",
    ),
    (
        regional(PhoneNumbers=[{"E164PhoneNumber": BOB}, {"E164PhoneNumber": BOB}]),
        f"PhoneNumbers[1] is a second PhoneNumber '{BOB}'",
    ),
    (regional(OrdersInProgress=[]), "us-east-1 has no member OrdersInProgress"),
    (regional(VoiceProfiles=[{"$ref": 9}]), "refers to 9, which is not before it"),
    (regional(VoiceProfiles=[{"$kind": "SipRule"}]), "cannot be of the kind 'SipRule'"),
    (regional(VoiceProfiles=[{"$kind": []}]), "VoiceProfiles[0].$kind must be a str"),
    (regional(VoiceProfiles=[{"$ref": 0}]), "which is something else"),
    (regional(Tags=nested(500)), "The state is nested too deeply"),
    (
        seed(
            ProxySessions=[session(CreatedTimestamp="9999-12-31T23:59:00Z", Sequence=5)]
        ),
        "The state has an instant that is too far away",
    ),
    ({"FormatVersion": 1, "Interactions": [INTERACTION]}, "Interactions[0].Id must be"),
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
