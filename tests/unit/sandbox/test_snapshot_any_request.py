"""What a request may make, a state may hold: any region, and what was allowed once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from kit.builders.documents import seed
from kit.builders.numbers import SEATTLE
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.builders.sip import function
from kit.transports.clients import Connect
from kit.transports.wire import via_server
from proxymock.plugin.sandbox_client import Snapshot
from proxymock.plugin.transports import OverHTTP

# Each is allowed by the older namespace alone.
ANY_NAME = "Fahrten/Ü & Co!"
STREAMING = {"DataRetentionInHours": 24}


class TestRegion:
    """A region that moto was told to accept."""

    @pytest.fixture(autouse=True)
    def any_region(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let moto accept any region."""
        monkeypatch.setenv("MOTO_ALLOW_NONEXISTENT_REGION", "true")

    def test_is_loaded_like_any_other(
        self, connect: Connect, snapshot: Snapshot
    ) -> None:
        """What was made there is there again after a load."""
        client = connect(region="eu-north-1")
        session = create_session(client, create_proxy_connector(client))
        exported = snapshot.export()

        snapshot.load({"FormatVersion": 1})
        snapshot.load(exported)

        id = session["VoiceConnectorId"]
        assert [*exported["Regions"]] == ["eu-north-1"]
        assert snapshot.export() == exported
        assert client.list_proxy_sessions(VoiceConnectorId=id)["ProxySessions"] == [
            session
        ]

    def test_is_refused_where_requests_are(
        self,
        connect: Connect,
        snapshot: Snapshot,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Where moto does not accept it any more, a state gets the same answer."""
        client = connect(region="eu-north-1")
        create_proxy_connector(client)
        exported = snapshot.export()
        monkeypatch.delenv("MOTO_ALLOW_NONEXISTENT_REGION")
        fresh = connect(region="eu-south-1")
        with pytest.raises(fresh.exceptions.BadRequestException) as refused:
            fresh.list_voice_connectors()
        message = refused.value.response["Error"]["Message"].replace(
            "eu-south-1", "eu-north-1"
        )

        with pytest.raises(
            ValueError, match=re.escape(f"Regions.eu-north-1: {message}")
        ):
            snapshot.load(exported)


class TestOlderNamespace:
    """What a server takes since the older namespace allows it."""

    @pytest.fixture
    def send(self, motos_server_url: str) -> Callable[..., Any]:
        """A sender to a host that does not tell the namespaces apart."""
        wire = via_server(motos_server_url)

        def send(method: str, target: str, **members: Any) -> Any:
            body = json.dumps(members).encode()
            reply = wire(method, target, body, {"Host": "127.0.0.1:5000"})
            assert reply.status < 300, reply.body
            return reply.body and reply.json

        return send

    def test_is_loaded_as_it_was_made(
        self, motos_server_url: str, send: Callable[..., Any]
    ) -> None:
        """Names, buckets, orders and settings of the older form survive a load."""
        _furnish(send)
        snapshot = Snapshot(transport=OverHTTP(motos_server_url))
        exported = snapshot.export()

        snapshot.load({"FormatVersion": 1})
        snapshot.load(exported)

        assert snapshot.export() == exported
        assert _older_values(exported["Regions"]["us-east-1"]) == {
            "names": [ANY_NAME] * 4,
            "bucket": "B",
            "product types": ["BusinessCalling"] * 2,
            "streaming": STREAMING,
        }

    def test_may_be_written_by_hand(self, motos_server_url: str) -> None:
        """A person may write what either namespace allows."""
        snapshot = Snapshot(transport=OverHTTP(motos_server_url))

        snapshot.load(seed(Name=ANY_NAME))

        [connector] = snapshot.export()["Regions"]["us-east-1"]["VoiceConnectors"]
        assert connector["Name"] == ANY_NAME


def _furnish(send: Callable[..., Any]) -> None:
    """Make one of each thing that only the older namespace allows."""
    named: dict[str, Any] = {"Name": ANY_NAME}
    connector = send("POST", "/voice-connectors", **named, RequireEncryption=True)
    connector = connector["VoiceConnector"]
    id = connector["VoiceConnectorId"]
    path = f"/voice-connectors/{id}/streaming-configuration"
    send("PUT", path, StreamingConfiguration=STREAMING)
    item = {"VoiceConnectorId": id, "Priority": 1}
    send("POST", "/voice-connector-groups", **named, VoiceConnectorItems=[item])
    application = send(
        "POST",
        "/sip-media-applications",
        **named,
        AwsRegion="us-east-1",
        Endpoints=[function()],
    )["SipMediaApplication"]
    target = {
        "SipMediaApplicationId": application["SipMediaApplicationId"],
        "Priority": 1,
    }
    send(
        "POST",
        "/sip-rules",
        **named,
        TriggerType="RequestUriHostname",
        TriggerValue=connector["OutboundHostName"],
        TargetApplications=[target],
    )
    send("PUT", "/settings", VoiceConnector={"CdrBucket": "B"})
    send(
        "POST",
        "/phone-number-orders",
        ProductType="BusinessCalling",
        E164PhoneNumbers=[SEATTLE[0]],
    )


def _older_values(region: dict[str, Any]) -> dict[str, Any]:
    """Return of a region in a state what only the older namespace allows."""
    named = "VoiceConnectors", "VoiceConnectorGroups", "SipMediaApplications"
    typed = "PhoneNumberOrders", "PhoneNumbers"
    return {
        "names": [region[kind][0]["Name"] for kind in (*named, "SipRules")],
        "bucket": region["GlobalSettings"]["CdrBucket"],
        "product types": [region[kind][0]["ProductType"] for kind in typed],
        "streaming": region["VoiceConnectors"][0]["Settings"]["StreamingConfiguration"],
    }
