"""The control interface over HTTP, in this process and on the server."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import time_machine

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_session
from kit.transports.control import Control, answer

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
OTHER = "111111111111"
LIFE = {"TransactionId", "Status", "Legs", "OpenLegs"}  # what the log has not


def test_call(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, control: Control
) -> None:
    """A call answers 201 and the interaction; the list has it, by session too."""
    with time_machine.travel(NOON, tick=False):
        session = create_session(client, proxy_connector_id)
        number = session["Participants"][0]["ProxyPhoneNumber"]
        status, call = answer(
            control("POST", "calls", json={"From": ALICE, "To": number})
        )
    id = session["ProxySessionId"]

    logged = {name: value for name, value in call.items() if name not in LIFE}
    assert (status, logged) == (
        201,
        {
            "Id": call["Id"],
            "Type": "Call",
            "From": ALICE,
            "To": number,
            "Body": None,
            "Outcome": "Connected",
            "Reason": None,
            "ConnectedTo": BOB,
            "CallerId": number,
            "ProxySessionId": id,
            "VoiceConnectorId": proxy_connector_id,
            "At": "2026-01-02T12:00:00.000Z",
        },
    )
    assert (call["TransactionId"], call["Status"]) == (call["Id"], "InProgress")
    assert call["OpenLegs"] == [leg["Tag"] for leg in call["Legs"]]
    everything = {"Interactions": [logged]}
    assert answer(control("GET", "interactions")) == (200, everything)
    assert answer(control("GET", f"interactions?ProxySessionId={id}")) == (
        200,
        everything,
    )
    assert answer(control("GET", "interactions?ProxySessionId=other")) == (
        200,
        {"Interactions": []},
    )


def test_text(control: Control) -> None:
    """A text carries its body."""
    members = {"From": ALICE, "To": BOB, "Body": "Hello"}

    status, text = answer(control("POST", "texts", json=members))

    assert status == 201
    assert (text["Type"], text["Body"], text["Outcome"]) == (
        "Text",
        "Hello",
        "Rejected",
    )


def test_masks(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, control: Control
) -> None:
    """Every live session is a mask."""
    with time_machine.travel(NOON, tick=False):
        session = create_session(client, proxy_connector_id)

        assert answer(control("GET", "masks")) == (
            200,
            {
                "Masks": [
                    {
                        "ProxySessionId": session["ProxySessionId"],
                        "VoiceConnectorId": proxy_connector_id,
                        "Region": "us-east-1",
                        "ProxyPhoneNumber": session["Participants"][0][
                            "ProxyPhoneNumber"
                        ],
                        "Participants": [BOB, ALICE],
                        "Status": "Open",
                        "ExpiresAt": "2026-01-02T13:00:00.000Z",
                    }
                ]
            },
        )


def test_clock(control: Control) -> None:
    """The clock is read, moved by seconds, set and reset."""
    with time_machine.travel(NOON, tick=False):
        seen = [
            answer(control("GET", "clock")),
            answer(control("POST", "clock", json={"Advance": 61.5})),
            answer(control("POST", "clock", json={"Set": "2026-01-03T00:00:00+01:00"})),
            answer(control("GET", "clock")),
            answer(control("DELETE", "clock")),
        ]

    assert seen == [
        (200, {"Now": "2026-01-02T12:00:00.000Z"}),
        (200, {"Now": "2026-01-02T12:01:01.500Z"}),
        (200, {"Now": "2026-01-02T23:00:00.000Z"}),
        (200, {"Now": "2026-01-02T23:00:00.000Z"}),
        (200, {"Now": "2026-01-02T12:00:00.000Z"}),
    ]


def test_faults(control: Control) -> None:
    """Faults are injected, seen and cleared, all of them or one."""
    first = {"Operation": "GetProxySession", "Error": "NotFoundException"}
    second = {
        "Operation": "CreateProxySession",
        "Error": "ThrottledClientException",
        "Times": 2,
        "Message": "Slow down",
        "Delay": 0.5,
    }
    status, one = answer(control("POST", "faults", json=first))
    _, both = answer(control("POST", "faults", json=second))
    pending = answer(control("GET", "faults"))
    left = answer(control("DELETE", f"faults?FaultId={one['FaultId']}"))

    expected = {"FaultId": both["FaultId"], **second}
    assert status == 200
    assert one["Faults"] == [
        {
            "FaultId": one["FaultId"],
            **first,
            "Times": 1,
            "Message": "Injected NotFoundException",
            "Delay": 0.0,
        }
    ]
    assert pending == (200, {"Faults": [*one["Faults"], expected]})
    assert both["Faults"] == [*one["Faults"], expected]
    assert left == (200, {"Faults": [expected]})
    assert answer(control("DELETE", "faults")) == (200, {"Faults": []})


def test_body_of_a_delete_counts(control: Control) -> None:
    """A DELETE may have its members in the body, which is as strict as elsewhere."""
    fault = {"Operation": "GetProxySession", "Error": "NotFoundException"}
    ids = [
        answer(control("POST", "faults", json=fault))[1]["FaultId"] for _ in range(2)
    ]

    foreign = answer(control("DELETE", "faults", json={"AccountId": "111111111111"}))
    wrong = answer(control("DELETE", "faults", json={"Fault": ids[0]}))
    own = answer(control("DELETE", "faults", json={"FaultId": ids[0]}))

    assert foreign == (200, {"Faults": []})
    assert wrong[0] == 400
    assert own[0] == 200
    assert [pending["FaultId"] for pending in own[1]["Faults"]] == ids[1:]


def test_state(control: Control, proxy_connector_id: str) -> None:
    """The state that is got can be put."""
    _, state = answer(control("GET", "state"))

    assert answer(control("PUT", "state", json={"FormatVersion": 1})) == (200, {})
    assert answer(control("GET", "state")) == (200, {"FormatVersion": 2})
    assert answer(control("PUT", "state", json=state)) == (200, {})
    assert answer(control("GET", "state")) == (200, state)
    (connector,) = state["Regions"]["us-east-1"]["VoiceConnectors"]
    assert connector["VoiceConnectorId"] == proxy_connector_id


def test_settings(control: Control) -> None:
    """Settings are those in force."""
    defaults: dict[str, Any] = {
        "ProxyNumbers": None,
        "MaxSessionMinutes": 720,
        "DeletedSessions": "gone",
        "ProxySessions": "available",
        "EnforceQuotas": False,
        "Participants": "leg of the event first",
        "HangUpDuringAction": "fails the action",
        "Streaming": "works",
        "AllStartedEvent": False,
        "VoiceAnalyticsSinks": {},
    }

    assert answer(control("GET", "settings")) == (200, defaults)
    assert answer(control("PUT", "settings", json={"MaxSessionMinutes": 5})) == (
        200,
        {**defaults, "MaxSessionMinutes": 5},
    )
