"""What travels on the wire, without an SDK that smooths it."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from uuid import UUID

import pytest
import time_machine

from kit.builders.people import ALICE, BOB
from kit.transports.clients import Send

NOON = datetime(2026, 1, 2, 12, 0, 0, 288500, tzinfo=timezone.utc)
NOON_TEXT = "2026-01-02T12:00:00.288Z"


def test_session_on_the_wire(send: Send, proxy_connector_id: str) -> None:
    """A body is compact JSON: keys ascend, what is unset is null, times are UTC."""
    with time_machine.travel(NOON, tick=False):
        answer = send(
            "POST",
            f"/voice-connectors/{proxy_connector_id}/proxy-sessions",
            json.dumps(
                {
                    "ParticipantPhoneNumbers": [ALICE, BOB],
                    "Capabilities": ["Voice", "SMS"],
                }
            ),
        )
    id = answer.json()["ProxySession"]["ProxySessionId"]

    assert answer.status_code == 201
    assert answer.text == (
        '{"ProxySession":{"Capabilities":["SMS","Voice"],'
        f'"CreatedTimestamp":"{NOON_TEXT}","EndedTimestamp":null,"ExpiryMinutes":60,'
        '"GeoMatchLevel":null,"GeoMatchParams":null,"Name":null,'
        '"NumberSelectionBehavior":null,"Participants":['
        f'{{"PhoneNumber":"{BOB}","ProxyPhoneNumber":"+12015550150"}},'
        f'{{"PhoneNumber":"{ALICE}","ProxyPhoneNumber":"+12015550150"}}],'
        f'"ProxySessionId":"{id}","Status":"Open","UpdatedTimestamp":"{NOON_TEXT}",'
        f'"VoiceConnectorId":"{proxy_connector_id}"}}}}'
    )


def test_connector_on_the_wire(send: Send) -> None:
    """A connector shows all its members, also those that older SDKs lack."""
    with time_machine.travel(NOON, tick=False):
        answer = send(
            "POST",
            "/voice-connectors",
            json.dumps({"Name": "Rides", "RequireEncryption": True}),
        )
    id = answer.json()["VoiceConnector"]["VoiceConnectorId"]

    assert answer.text == (
        '{"VoiceConnector":{"AwsRegion":"us-east-1",'
        f'"CreatedTimestamp":"{NOON_TEXT}","IntegrationType":null,"Name":"Rides",'
        f'"NetworkType":"IPV4_ONLY","OutboundHostName":"{id}.voiceconnector.chime.aws",'
        f'"RequireEncryption":true,"UpdatedTimestamp":"{NOON_TEXT}",'
        f'"VoiceConnectorArn":"arn:aws:chime:us-east-1:123456789012:vc/{id}",'
        f'"VoiceConnectorId":"{id}"}}}}'
    )


def test_configuration_on_the_wire(send: Send, proxy_connector_id: str) -> None:
    """A setting shows all its members, set or not."""
    answer = send(
        "GET", f"/voice-connectors/{proxy_connector_id}/programmable-numbers/proxy"
    )

    assert answer.text == (
        '{"Proxy":{"DefaultSessionExpiryMinutes":60,"Disabled":false,'
        '"FallBackPhoneNumber":null,"PhoneNumberCountries":["US"]}}'
    )


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/voice-connectors?max-results=5", '{"NextToken":null,"VoiceConnectors":[]}'),
        ("/tags?arn={arn}", '{"Tags":[]}'),
    ],
)
def test_empty_list_on_the_wire(
    send: Send, request: pytest.FixtureRequest, path: str, text: str
) -> None:
    """An empty list is a list, and the token of no page is null."""
    if "{arn}" in path:
        id = request.getfixturevalue("connector_id")
        path = path.format(arn=f"arn:aws:chime:us-east-1:123456789012:vc/{id}")

    assert send("GET", path).text == text


def test_headers(send: Send, connector_id: str) -> None:
    """An answer is JSON and has an id of its own."""
    answers = [send("GET", f"/voice-connectors/{connector_id}") for _ in range(2)]
    ids = [answer.headers["x-amzn-RequestId"] for answer in answers]

    assert [answer.headers["Content-Type"] for answer in answers] == [
        "application/json",
        "application/json",
    ]
    assert ids[0] != ids[1]
    assert [str(UUID(id)) for id in ids] == ids


def test_deletion_has_no_body(send: Send, connector_id: str) -> None:
    """A 204 is empty, and still says that it is JSON."""
    answer = send("DELETE", f"/voice-connectors/{connector_id}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["Content-Type"] == "application/json"


def test_error_on_the_wire(send: Send) -> None:
    """An error has its name in a header, and a short code beside its message."""
    answer = send("GET", "/voice-connectors/abcdef1ghij2klmno3pqr4")

    assert answer.status_code == 404
    assert answer.headers["x-amzn-ErrorType"] == "NotFoundException"
    assert answer.headers["Content-Type"] == "application/json"
    assert str(UUID(answer.headers["x-amzn-RequestId"]))
    assert answer.text == (
        '{"Code":"NotFound","Message":"Could not find VoiceConnector with Id '
        "'abcdef1ghij2klmno3pqr4'\"}"
    )


def test_null_is_as_good_as_absent(send: Send) -> None:
    """A member that is sent as null is not set."""
    answer = send(
        "POST",
        "/voice-connectors",
        json.dumps({"Name": "Rides", "RequireEncryption": True, "Tags": None}),
    )

    assert answer.status_code == 201


def test_content_type_does_not_matter(send: Send) -> None:
    """A body is JSON whatever its header says."""
    answer = send(
        "POST",
        "/voice-connectors",
        json.dumps({"Name": "Rides", "RequireEncryption": True}),
        {"Content-Type": "application/x-www-form-urlencoded"},
    )

    assert answer.status_code == 201
