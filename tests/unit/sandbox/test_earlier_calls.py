"""Documents of format 1, which had the calls of applications by region."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.sip import NUMBER, create_application, own
from proxymock.plugin.sandbox_client import Phone, Snapshot
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

CALLEE = "+12065550122"
ID = "abcdefab-abcd-4bcd-abcd-abcdefabcdef"


@pytest.fixture
def document(client: ChimeSDKVoiceClient, snapshot: Snapshot) -> dict[str, Any]:
    """A document of format 1 with a call."""
    own(client)
    application_id = create_application(client)
    document: dict[str, Any] = json.loads(json.dumps(snapshot.export()))
    document["FormatVersion"] = 1
    document["Regions"]["us-east-1"]["SipMediaApplicationCalls"] = [
        {
            "TransactionId": ID,
            "SipMediaApplicationId": application_id,
            "FromPhoneNumber": NUMBER,
            "ToPhoneNumber": CALLEE,
            "SipHeaders": {"X-Order": "7"},
            "Arguments": {"language": "nl"},
        }
    ]
    return document


def test_calls_begin(
    document: dict[str, Any], phone: Phone, snapshot: Snapshot
) -> None:
    """Such a call begins once the document is loaded."""
    snapshot.load(document)

    [call] = phone.calls()
    [leg] = call.legs
    assert (call.transaction_id, call.status) == (ID, "InProgress")
    assert (leg.from_number, leg.to_number, leg.sip_headers) == (
        NUMBER,
        CALLEE,
        {"X-Order": "7"},
    )


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("SipMediaApplicationId", "other", "must be one of the region"),
        ("ToPhoneNumber", None, "must be a string"),
        ("Arguments", {"language": 1}, "must be a string"),
    ],
)
def test_broken_call_is_refused(
    document: dict[str, Any],
    phone: Phone,
    snapshot: Snapshot,
    member: str,
    value: Any,
    message: str,
) -> None:
    """What is wrong is told with its place, and nothing has changed."""
    [call] = document["Regions"]["us-east-1"]["SipMediaApplicationCalls"]
    call[member] = value

    with pytest.raises(SandboxError, match=f"SipMediaApplicationCalls.*{message}"):
        snapshot.load(document)

    assert phone.calls() == []
