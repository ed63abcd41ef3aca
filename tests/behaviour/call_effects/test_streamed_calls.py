"""The calls that voice connectors stream, and the pipelines that analyse them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    answer,
    masking,
    open_desk,
    saying,
    to_telephones,
)
from kit.builders.proxy_sessions import create_proxy_connector
from kit.builders.receivers import (
    ENDED,
    STARTED,
    attach_telephones,
    keep_records,
    queue,
    received,
    route_to_host,
    rule,
    statuses,
    stream,
    terminate,
)
from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER, create_rule, host_of
from kit.oracles.left_behind import event_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("listener")

CONFIGURATION = (
    "arn:aws:chime:us-east-1:123456789012:media-insights-pipeline-configuration/calls"
)


def test_text(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    phone: Phone,
    connect: Connect,
) -> None:
    """A text leaves nothing behind."""
    keep_records(client, connect)
    stream(client, proxy_connector_id)
    _, number = mask(client, proxy_connector_id)

    phone.text(RIDER, number, "I am here")

    assert received(connect) == []
    assert connect("s3").list_objects_v2(Bucket="records")["KeyCount"] == 0


class TestConnectorsCalls:
    """Calls from and to the telephone system of a connector."""

    def test_inbound(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call that a route sends to the telephone system is Inbound."""
        attach_telephones(client, connector_id)
        stream(client, connector_id)

        with phone.call(CALLER, NUMBER):
            pass

        events = received(connect)
        assert statuses(events) == STARTED + ENDED
        assert ways(events) == [("Inbound", CALLER, NUMBER, connector_id)] * 4

    def test_outbound(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call that a termination makes is Outbound, from the number it shows."""
        terminate(client, connector_id)
        stream(client, connector_id)

        with phone.call(CALLER, "+12065550122", via=connector_id):
            pass

        events = received(connect)
        assert statuses(events) == STARTED + ENDED
        assert ways(events) == [("Outbound", CALLER, "+12065550122", connector_id)] * 4

    def test_between_two_connectors(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call from one connector to a number of another is a call of both."""
        second = client.create_voice_connector(Name="Two", RequireEncryption=True)
        second_id = second["VoiceConnector"]["VoiceConnectorId"]
        attach_telephones(client, connector_id)
        terminate(client, second_id)
        for id in (connector_id, second_id):
            stream(client, id)

        phone.call(CALLER, NUMBER, via=second_id)

        assert ways(received(connect)) == [
            *[("Outbound", CALLER, NUMBER, second_id)] * 2,
            *[("Inbound", CALLER, NUMBER, connector_id)] * 2,
        ]

    def test_application(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """A call that no connector has is not streamed, whatever connectors do."""
        open_desk(client)
        stream(client, connector_id)

        phone.call(CALLER, NUMBER)

        assert received(connect) == []


def test_region(connect: Connect, phone: Phone) -> None:
    """Events are in the connector's region, and nowhere else."""
    region = "eu-west-1"
    client = connect(region=region)
    connector_id = create_proxy_connector(client)
    stream(client, connector_id)
    _, number = mask(client, connector_id)
    rule(connect, queue(connect, region=region), region=region)

    phone.call(RIDER, number)

    events = received(connect, region=region)
    assert statuses(events) == STARTED
    assert {event["region"] for event in events} == {region}
    assert received(connect) == []


class TestCallsOfApplications:
    """Calls that an application has, and the telephone systems that take part."""

    @pytest.fixture(autouse=True)
    def application_id(self, client: ChimeSDKVoiceClient, connector_id: str) -> str:
        """An application that answers NUMBER, and a connector that streams."""
        stream(client, connector_id)
        return open_desk(client)

    def test_from_the_telephone_system_to_a_host(
        self,
        client: ChimeSDKVoiceClient,
        application_id: str,
        connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call to the host of a connector comes from its telephone system."""
        host = host_of(connector_id)
        create_rule(client, host, application_id)

        with phone.call(CALLER, f"sip:12065550122@{host}"):
            pass

        events = received(connect)
        assert statuses(events) == STARTED + ENDED
        way = ("Outbound", CALLER, "12065550122", connector_id)
        assert ways(events) == [way] * 4

    def test_from_the_telephone_system_to_a_number(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """The caller is the one who calls, whoever the application calls then."""
        terminate(client, connector_id)
        functions.bind(ARN, masking)

        phone.call(CALLER, NUMBER, via=connector_id)

        way = ("Outbound", CALLER, NUMBER, connector_id)
        assert ways(received(connect)) == [way] * 2

    def test_to_the_telephone_system(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """A leg that the application bridges to is streamed while it lasts."""
        route_to_host(client, connector_id)
        to_desk = to_telephones(connector_id, "+12065550122")
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_desk)))

        call = phone.call(CALLER, NUMBER)
        call.hang_up("B")

        events = received(connect)
        assert (statuses(events), call.status) == (STARTED + ENDED, "InProgress")
        way = ("Inbound", NUMBER, "+12065550122", connector_id)
        assert ways(events) == [way] * 4


class TestMediaInsights:
    """The pipeline of a media insights configuration."""

    def test_state_changes(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """The pipeline begins after the streams, and stops after them."""
        insights = {"Disabled": False, "ConfigurationArn": CONFIGURATION}
        stream(client, proxy_connector_id, MediaInsightsConfiguration=insights)
        _, number = mask(client, proxy_connector_id)
        with phone.call(RIDER, number):
            pass

        events = received(connect)

        assert [
            event["detail"].get("streamingStatus") or event["detail"]["eventType"]
            for event in events
        ] == [
            *["STARTED", "STARTED"],
            *["chime:MediaInsightsCreated", "chime:MediaInsightsInProgress"],
            *["ENDED", "ENDED", "chime:MediaInsightsStopped"],
        ]
        assert [event_problems(event) for event in events] == [[]] * 7
        [created] = [e for e in events if CONFIGURATION in e["detail"].values()]
        assert created["detail"]["eventType"] == "chime:MediaInsightsCreated"

    @pytest.mark.parametrize(
        "insights",
        [{"Disabled": True, "ConfigurationArn": CONFIGURATION}, {"Disabled": False}],
    )
    def test_without(
        self,
        client: ChimeSDKVoiceClient,
        proxy_connector_id: str,
        phone: Phone,
        connect: Connect,
        insights: dict[str, Any],
    ) -> None:
        """A configuration that is disabled, or names nothing, makes no pipeline."""
        stream(client, proxy_connector_id, MediaInsightsConfiguration=insights)
        _, number = mask(client, proxy_connector_id)

        phone.call(RIDER, number)

        assert statuses(received(connect)) == STARTED


def ways(events: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return direction, numbers and connector of each event."""
    names = ("direction", "fromNumber", "toNumber", "voiceConnectorId")
    return [tuple(event["detail"][name] for name in names) for event in events]
