"""The AWS API as the page calls it: at the page's own origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.proxy_sessions import create_session
from kit.transports.control import Control, answer
from proxymock.plugin.sandbox_client import Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

WEST = "AWS4-HMAC-SHA256 Credential=any/20260102/us-west-2/chime/aws4_request"


def test_session_that_is_ended(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, control: Control
) -> None:
    """The operation is the API's own, at the path of the API."""
    id = create_session(client, proxy_connector_id)["ProxySessionId"]
    path = f"voice-connectors/{proxy_connector_id}/proxy-sessions/{id}"

    response = control("DELETE", f"aws/{path}")

    assert (response.status_code, response.content) == (204, b"")
    assert phone.masks() == []


@pytest.mark.parametrize(
    ("signature", "found"), [({}, 1), ({"Authorization": WEST}, 0)]
)
def test_region(
    connector_id: str, control: Control, signature: dict[str, str], found: int
) -> None:
    """The region is that of the signature, as for a server."""
    status, members = answer(control("GET", "aws/voice-connectors", headers=signature))

    assert (status, len(members["VoiceConnectors"])) == (200, found)


def test_account_of_the_query(control: Control) -> None:
    """An account that would be ignored is refused."""
    status, members = answer(
        control("GET", "aws/voice-connectors?AccountId=111122223333")
    )

    assert (status, members) == (
        400,
        {
            "Code": "BadRequest",
            "Message": "/moto-api/proxymock/aws/ takes the account from the "
            "credentials or x-moto-account-id, as the AWS API does, not from AccountId",
        },
    )


def test_path_that_is_none(control: Control) -> None:
    """What the API does not have is refused as the API refuses it."""
    status, members = answer(control("GET", "aws/nothing?a=b"))

    assert (status, members["Code"]) == (404, "UnknownOperation")


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "http://elsewhere.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_pages_of_others(control: Control, headers: dict[str, str]) -> None:
    """No page of another origin uses it, though the API itself is open to all."""
    status, members = answer(control("GET", "aws/voice-connectors", headers=headers))

    assert (status, members["Code"]) == (403, "Forbidden")
