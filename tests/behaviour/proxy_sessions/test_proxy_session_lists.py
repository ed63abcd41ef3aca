"""Finding proxy sessions: by id, and in lists with pages and a filter."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine
from botocore import xform_name

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_session
from kit.oracles.answers import body, pages

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
LATER = datetime(2026, 1, 2, 12, 30, tzinfo=timezone.utc)
UNKNOWN_ID = "3e3a6a4c-0e0c-4a8e-9b52-5a3f0a5f6c11"

CALLS: dict[str, dict[str, Any]] = {
    "CreateProxySession": {
        "ParticipantPhoneNumbers": [ALICE, BOB],
        "Capabilities": ["SMS"],
    },
    "GetProxySession": {"ProxySessionId": UNKNOWN_ID},
    "ListProxySessions": {},
    "UpdateProxySession": {"ProxySessionId": UNKNOWN_ID, "Capabilities": ["SMS"]},
    "DeleteProxySession": {"ProxySessionId": UNKNOWN_ID},
}


@pytest.mark.parametrize("operation", CALLS)
@pytest.mark.parametrize("id", ["a" * 22, "No connector has such an id"])
def test_unknown_connector(
    client: ChimeSDKVoiceClient, operation: str, id: str
) -> None:
    """All operations answer 404 for a connector that does not exist."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        getattr(client, xform_name(operation))(VoiceConnectorId=id, **CALLS[operation])

    assert error.value.response["Error"] == {
        "Code": "NotFoundException",
        "Message": f"Could not find VoiceConnector with Id '{id}'",
    }


@pytest.mark.parametrize(
    "operation", ["GetProxySession", "UpdateProxySession", "DeleteProxySession"]
)
def test_unknown_session(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, operation: str
) -> None:
    """Get, Update and Delete answer 404 for a session that does not exist."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        getattr(client, xform_name(operation))(
            VoiceConnectorId=proxy_connector_id, **CALLS[operation]
        )

    assert error.value.response["Error"]["Message"] == (
        f"Could not find ProxySession with Id '{UNKNOWN_ID}'"
    )


def test_session_of_another_connector(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A session is found through its own connector alone."""
    session = create_session(client, proxy_connector_id)
    other = client.create_voice_connector(Name="Other", RequireEncryption=True)
    other_id = other["VoiceConnector"]["VoiceConnectorId"]

    with pytest.raises(client.exceptions.NotFoundException):
        client.get_proxy_session(
            VoiceConnectorId=other_id, ProxySessionId=session["ProxySessionId"]
        )
    found = client.list_proxy_sessions(VoiceConnectorId=other_id)
    assert body(found) == {"ProxySessions": []}


def test_list_answers_whole_sessions(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A list holds the sessions as Get answers them, in the order of creation."""
    sessions = [
        create_session(client, proxy_connector_id, Name=f"Order {n}") for n in range(3)
    ]

    answer = client.list_proxy_sessions(VoiceConnectorId=proxy_connector_id)

    assert body(answer) == {"ProxySessions": sessions}


def test_pages(client: ChimeSDKVoiceClient, proxy_connector_id: str) -> None:
    """MaxResults bounds a page, and the last page has no token."""
    names = [f"Order {n}" for n in range(5)]
    for name in names:
        create_session(client, proxy_connector_id, Name=name)

    found = pages(
        client.list_proxy_sessions,
        "ProxySessions",
        VoiceConnectorId=proxy_connector_id,
        MaxResults=2,
    )

    assert [[session["Name"] for session in page] for page in found] == [
        names[0:2],
        names[2:4],
        names[4:5],
    ]


def test_full_page_is_the_last(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """There is no token for an empty page."""
    for _ in range(2):
        create_session(client, proxy_connector_id)

    answer = client.list_proxy_sessions(
        VoiceConnectorId=proxy_connector_id, MaxResults=2
    )

    assert "NextToken" not in answer


def test_default_page_holds_a_hundred(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Without MaxResults a page is as large as it may be."""
    for _ in range(101):
        create_session(client, proxy_connector_id)

    found = pages(
        client.list_proxy_sessions, "ProxySessions", VoiceConnectorId=proxy_connector_id
    )

    assert [len(page) for page in found] == [100, 1]


def test_page_after_a_deleted_session(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A token stays good when the session before it is deleted."""
    ids = [
        create_session(client, proxy_connector_id)["ProxySessionId"] for _ in range(3)
    ]
    token = client.list_proxy_sessions(
        VoiceConnectorId=proxy_connector_id, MaxResults=2
    )["NextToken"]

    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=ids[1]
    )
    page = client.list_proxy_sessions(
        VoiceConnectorId=proxy_connector_id, NextToken=token
    )

    assert [session["ProxySessionId"] for session in page["ProxySessions"]] == ids[2:]


def test_status_filters_before_paging(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Pages are cut from the sessions of the wanted status, not filtered after."""
    with time_machine.travel(NOON, tick=False):
        for n in range(6):
            create_session(
                client,
                proxy_connector_id,
                Name=f"Order {n}",
                ExpiryMinutes=10 if n % 2 else 60,
            )

    with time_machine.travel(LATER, tick=False):
        found = {
            status: pages(
                client.list_proxy_sessions,
                "ProxySessions",
                VoiceConnectorId=proxy_connector_id,
                Status=status,
                MaxResults=2,
            )
            for status in ("Open", "InProgress", "Closed")
        }

    assert {
        status: [[session["Name"] for session in page] for page in found[status]]
        for status in found
    } == {
        "Open": [["Order 0", "Order 2"], ["Order 4"]],
        "InProgress": [[]],
        "Closed": [["Order 1", "Order 3"], ["Order 5"]],
    }


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (
            {"Status": "open"},
            'Status must be one of Open, InProgress, Closed, not "open"',
        ),
        ({"MaxResults": 101}, "MaxResults must be at most 100, not 101"),
        (
            {"NextToken": "no token"},
            "NextToken must be the token of the page before, from the same list",
        ),
    ],
)
def test_bad_list_is_refused(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    members: dict[str, Any],
    message: str,
) -> None:
    """A bad filter, page size or token is a 400 that names it."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.list_proxy_sessions(VoiceConnectorId=proxy_connector_id, **members)

    assert error.value.response["Error"]["Message"] == message


def test_token_of_another_list_is_refused(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A token goes on with the list that it comes from, and with no other."""
    for _ in range(2):
        create_session(client, proxy_connector_id)
    token = client.list_proxy_sessions(
        VoiceConnectorId=proxy_connector_id, MaxResults=1
    )["NextToken"]

    with pytest.raises(client.exceptions.BadRequestException):
        client.list_proxy_sessions(
            VoiceConnectorId=proxy_connector_id, Status="Open", NextToken=token
        )
