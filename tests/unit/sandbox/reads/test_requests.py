"""The journal of requests."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from io import RawIOBase
from typing import TYPE_CHECKING, Any

import pytest
import requests as http
from botocore.exceptions import ClientError
from werkzeug.test import create_environ
from werkzeug.wrappers import Request

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_session
from kit.transports.clients import Connect, Send
from proxymock.plugin.responses import answer
from proxymock.plugin.sandbox_client import Clock, Faults, Snapshot
from proxymock.sandbox.reads.operations import operations
from proxymock.sandbox.reads.requests import Requests, RequestView, requests

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
UNKNOWN = "00000000-0000-4000-8000-000000000000"
CONNECTOR = "abcdef1ghij2klmno3pqr4"
VOICE = "https://voice-chime.us-east-1.amazonaws.com"


class BreaksOff(RawIOBase):
    """A body of which nothing comes."""

    reads = 0

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fail, and count how often."""
        self.reads += 1
        raise OSError("The client has gone away")


def newest(read: Read) -> RequestView:
    """Return the newest request."""
    return read(requests, max_results=1).requests[0]


def test_a_request_that_succeeds(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """It has where and when it was made, and the members that were sent."""
    create_session(client, proxy_connector_id)

    assert newest(read) == RequestView(
        id="2",
        at=NOON,
        region="us-east-1",
        operation="CreateProxySession",
        ended=True,
        status=201,
        error=None,
        message=None,
        fault_id=None,
        input={
            "VoiceConnectorId": proxy_connector_id,
            "ParticipantPhoneNumbers": [ALICE, BOB],
            "Capabilities": ["Voice", "SMS"],
        },
        body_size=95,
    )


def test_a_request_that_is_refused(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, read: Read
) -> None:
    """It has the error by its name, and the message."""
    with pytest.raises(ClientError):
        client.list_proxy_sessions(
            VoiceConnectorId=CONNECTOR, Status="Open", MaxResults=5
        )

    shown = newest(read)

    assert (shown.status, shown.error) == (404, "NotFoundException")
    assert shown.message == f"Could not find VoiceConnector with Id '{CONNECTOR}'"
    assert shown.input == {
        "VoiceConnectorId": CONNECTOR,
        "Status": "Open",
        "MaxResults": 5,
    }


def test_a_fault(client: ChimeSDKVoiceClient, faults: Faults, read: Read) -> None:
    """A failure that was injected names the fault."""
    fault_id = faults.inject("ListVoiceConnectors", "ForbiddenException")
    with pytest.raises(ClientError):
        client.list_voice_connectors()

    shown = newest(read)

    assert (shown.error, shown.message, shown.fault_id) == (
        "ForbiddenException",
        "Injected ForbiddenException",
        fault_id,
    )


def test_times_are_the_accounts(
    client: ChimeSDKVoiceClient, clock: Clock, read: Read
) -> None:
    """A request is at the time that the account's clock showed."""
    clock.set(datetime(2026, 5, 1, tzinfo=timezone.utc))
    client.list_voice_connectors()

    assert newest(read).at == datetime(2026, 5, 1, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("filter", "found"),
    [
        ("CONNECTORS", ["ListVoiceConnectors"]),
        ("voiceconnector", ["ListVoiceConnectors", "CreateVoiceConnector"]),
        ("tag", []),
    ],
)
def test_part_of_an_operation(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    read: Read,
    filter: str,
    found: list[str],
) -> None:
    """A filter is a part of the operation's name, in any case; the total counts so."""
    client.list_voice_connectors()
    client.list_phone_numbers()

    page = read(requests, filter=filter)

    assert [each.operation for each in page.requests] == found
    assert page.total == len(found)


class TestRefusals:
    """Refusals before the operation runs are in the journal if it is known."""

    def test_unknown_operation(self, send: Send, read: Read) -> None:
        """A request for nothing that there is leaves nothing."""
        assert send("GET", "/voice-connectors/a/b/c").status_code == 404

        assert read(requests) == Requests(requests=(), total=0, next_token=None)

    def test_region_without_an_endpoint(self, read: Read) -> None:
        """A request where the service is not is refused, and noted."""
        credential = "AKIAIOSFODNN7EXAMPLE/20260102/us-nowhere-1/chime/aws4_request"
        http.get(
            "https://voice-chime.us-nowhere-1.amazonaws.com/voice-connectors",
            headers={"Authorization": f"AWS4-HMAC-SHA256 Credential={credential}"},
            timeout=10,
        )

        shown = newest(read)

        assert (shown.region, shown.operation, shown.status) == (
            "us-nowhere-1",
            "ListVoiceConnectors",
            400,
        )

    @pytest.mark.settings(proxy_sessions="retired")
    @pytest.mark.parametrize(
        ("path", "error"),
        [
            ("/voice-connectors", "BadRequestException"),
            (f"/voice-connectors/{CONNECTOR}/proxy-sessions", "ForbiddenException"),
        ],
    )
    def test_body_that_breaks_off(self, read: Read, path: str, error: str) -> None:
        """A broken body is read once, by who needs it first, and never waited for."""
        environ = create_environ(path, VOICE, method="POST")
        environ["wsgi.input"] = body = BreaksOff()
        request = Request(environ)

        answer(request, f"{VOICE}{path}", request.headers)

        shown = newest(read)
        assert (shown.error, shown.input is not None) == (error, True)
        assert (shown.body_size, body.reads) == (0, 1)

    @pytest.mark.settings(proxy_sessions="retired")
    def test_retired(
        self, client: ChimeSDKVoiceClient, connector_id: str, read: Read
    ) -> None:
        """A request to a service that was shut down is noted with its input."""
        with pytest.raises(ClientError):
            create_session(client, connector_id)

        shown = newest(read)

        assert (shown.operation, shown.error) == (
            "CreateProxySession",
            "ForbiddenException",
        )
        assert shown.input is not None
        assert shown.input["ParticipantPhoneNumbers"] == [ALICE, BOB]


class TestFilters:
    """A page of the journal."""

    @pytest.fixture(autouse=True)
    def requests_of_two_regions(self, connect: Connect, faults: Faults) -> None:
        """Four requests: one elsewhere, one refused, one by a fault, one after it."""
        connect(region="us-west-2").list_sip_rules()
        with pytest.raises(ClientError):
            connect().get_proxy_session(
                VoiceConnectorId=CONNECTOR, ProxySessionId=UNKNOWN
            )
        faults.inject("ListVoiceConnectors", "ForbiddenException")
        with pytest.raises(ClientError):
            connect().list_voice_connectors()
        connect().list_voice_connectors()

    @pytest.mark.parametrize(
        ("filters", "found"),
        [
            (
                {},
                [
                    "ListVoiceConnectors",
                    "ListVoiceConnectors",
                    "GetProxySession",
                    "ListSipRules",
                ],
            ),
            ({"operation": "ListSipRules"}, ["ListSipRules"]),
            ({"region": "us-west-2"}, ["ListSipRules"]),
            ({"outcome": "succeeded"}, ["ListVoiceConnectors", "ListSipRules"]),
            ({"outcome": "failed"}, ["ListVoiceConnectors", "GetProxySession"]),
            ({"outcome": "injected"}, ["ListVoiceConnectors"]),
            ({"ended": True}, ["GetProxySession"]),
            ({"ended": False, "outcome": "failed"}, ["ListVoiceConnectors"]),
        ],
    )
    def test_filters(
        self, read: Read, filters: dict[str, Any], found: list[str]
    ) -> None:
        """Several filters hold together; the total counts what fits."""
        page = read(requests, **filters)

        assert [each.operation for each in page.requests] == found
        assert page.total == len(found)

    def test_pages(self, read: Read) -> None:
        """The newest come first, and each once."""
        first = read(requests, max_results=3)
        second = read(requests, max_results=3, next_token=str(first.next_token))

        ids = [each.id for each in (*first.requests, *second.requests)]
        assert ids == ["3", "2", "1", "0"]
        assert (first.total, second.total, second.next_token) == (4, 4, None)


def test_the_journal_is_no_state(
    client: ChimeSDKVoiceClient, snapshot: Snapshot, read: Read
) -> None:
    """A saved state has no requests, and its load leaves those that there are."""
    client.list_voice_connectors()
    saved = snapshot.export()
    before = read(requests)

    snapshot.load(saved)

    assert "ListVoiceConnectors" not in json.dumps(saved)
    assert read(requests) == before


def test_a_reset_empties_it(client: ChimeSDKVoiceClient, read: Read) -> None:
    """After moto's reset no request was ever made."""
    client.list_voice_connectors()
    http.post("http://motoapi.amazonaws.com/moto-api/reset", timeout=10)

    assert read(requests) == Requests(requests=(), total=0, next_token=None)
    assert read(operations, called=True).operations == ()
