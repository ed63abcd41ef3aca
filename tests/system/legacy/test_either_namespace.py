"""Requests at a server, where nothing tells the namespaces apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.sip import create_application
from kit.transports.wire import HOST, Reply, via_server
from proxymock.api import exchange, legacy, spec
from proxymock.api.errors import BadRequestException

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


class Requests:
    """A sender of JSON to the server, by a host that says nothing or by ours."""

    def __init__(self, url: str, host: str = "127.0.0.1:5000") -> None:
        self._wire = via_server(url)
        self._host = {"Host": host}

    def __call__(self, method: str, target: str, **members: Any) -> Reply:
        """Return the answer."""
        body = json.dumps(members).encode() if members else b""
        return self._wire(method, target, body, self._host)


@pytest.fixture
def send(motos_server_url: str) -> Requests:
    """A sender to a host that says nothing."""
    return Requests(motos_server_url)


CONNECTOR = {"Name": "Rides & Co", "RequireEncryption": True}


def test_name_that_the_older_namespace_allows(send: Requests) -> None:
    """A name passes that only the older namespace allows, and Get answers it."""
    made = send("POST", "/voice-connectors", **CONNECTOR)

    id = made.json["VoiceConnector"]["VoiceConnectorId"]
    assert made.status == 201
    assert send("GET", f"/voice-connectors/{id}").json == made.json
    assert made.json["VoiceConnector"]["Name"] == "Rides & Co"


def test_rule_named_by_its_number(send: Requests, client: ChimeSDKVoiceClient) -> None:
    """So does a SIP rule that is named by its number."""
    connector = send("POST", "/voice-connectors", **CONNECTOR).json["VoiceConnector"]
    target = {"SipMediaApplicationId": create_application(client), "Priority": 1}

    made = send(
        "POST",
        "/sip-rules",
        Name="+12065550100",
        TriggerType="RequestUriHostname",
        TriggerValue=connector["OutboundHostName"],
        TargetApplications=[target],
    )

    assert (made.status, made.json["SipRule"]["Name"]) == (201, "+12065550100")
    found = send("GET", f"/sip-rules/{made.json['SipRule']['SipRuleId']}")
    assert found.json == made.json


def test_member_that_the_older_namespace_does_not_require(send: Requests) -> None:
    """So does a streaming configuration that does not say whether it is disabled."""
    connector = send("POST", "/voice-connectors", **CONNECTOR).json["VoiceConnector"]
    path = f"/voice-connectors/{connector['VoiceConnectorId']}/streaming-configuration"

    put = send("PUT", path, StreamingConfiguration={"DataRetentionInHours": 24})

    assert put.status == 200
    assert put.json["StreamingConfiguration"]["DataRetentionInHours"] == 24
    assert send("GET", path).json == put.json


def test_what_only_the_newer_namespace_allows(send: Requests) -> None:
    """What the newer namespace alone allows passes as well."""
    assert send("GET", "/voice-connectors?max-results=100").status == 200


def test_what_neither_allows(send: Requests) -> None:
    """What neither allows is refused with the newer namespace's message."""
    refused = send("POST", "/voice-connectors", Name="&" * 257, RequireEncryption=True)

    with pytest.raises(BadRequestException) as error:
        exchange.bind(
            spec.operation("CreateVoiceConnector"),
            [],
            {},
            lambda: json.dumps({"Name": "&" * 257, "RequireEncryption": True}).encode(),
        )
    assert (refused.status, refused.json["Message"]) == (400, error.value.message)


def test_operation_that_the_older_namespace_lacks(send: Requests) -> None:
    """Where there is no older form, the newer one is all there is."""
    assert not legacy.has("CreateVoiceProfileDomain")
    assert send("POST", "/voice-profile-domains", Name="&").status == 400


def test_host_tells(motos_server_url: str) -> None:
    """A host of the service itself leaves no doubt."""
    send = Requests(motos_server_url, HOST)

    assert send("POST", "/voice-connectors", **CONNECTOR).status == 400
