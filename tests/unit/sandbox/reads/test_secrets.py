"""What the journal of requests keeps to itself."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

from kit.transports.clients import Send
from proxymock.sandbox.reads.requests import RequestView, requests

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

UNKNOWN = "00000000-0000-4000-8000-000000000000"
CONNECTOR = "abcdef1ghij2klmno3pqr4"
CREDENTIALS_PATH = (
    f"/voice-connectors/{CONNECTOR}/termination/credentials?operation=put"
)
PASSWORD = "hunter2"


def newest(read: Read) -> RequestView:
    """Return the newest request."""
    return read(requests, max_results=1).requests[0]


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        (
            {"Credentials": [{"Username": "rider", "Password": PASSWORD}]},
            {"Credentials": [{"Username": "***", "Password": "***"}]},
        ),
        (
            {"Credentials": [{"password": PASSWORD}]},
            {"Credentials": [{"password": "***"}]},
        ),
        ({"Credentials": PASSWORD}, {"Credentials": "***"}),
        ({"Credentials": [PASSWORD]}, {"Credentials": ["***"]}),
        ({"Password": PASSWORD}, {"Password": "***"}),
        ({"Credentials": None}, {"Credentials": None}),
    ],
)
def test_passwords(send: Send, read: Read, sent: Any, shown: Any) -> None:
    """A password is not shown, wherever in the input it stands."""
    send("POST", CREDENTIALS_PATH, json.dumps(sent))

    view = newest(read)

    assert view.operation == "PutVoiceConnectorTerminationCredentials"
    assert view.input == {**shown, "VoiceConnectorId": CONNECTOR}
    assert PASSWORD not in repr(view)


def test_messages_that_may_repeat_one(send: Send, read: Read) -> None:
    """A message about what is withheld is withheld as well."""
    credential = {"Username": "rider", "Password": 12345}
    reply = send("POST", CREDENTIALS_PATH, json.dumps({"Credentials": [credential]}))
    assert "12345" in reply.text

    shown = newest(read)

    assert (shown.error, shown.message) == ("BadRequestException", None)
    assert "12345" not in repr(shown)


def test_arguments_of_functions(
    client: ChimeSDKVoiceClient, application_id: str, read: Read
) -> None:
    """The values of a map that the API marks as sensitive are not shown."""
    with pytest.raises(ClientError):
        client.update_sip_media_application_call(
            SipMediaApplicationId=application_id,
            TransactionId=UNKNOWN,
            Arguments={"pin": "1234"},
        )

    assert newest(read).input == {
        "SipMediaApplicationId": application_id,
        "TransactionId": UNKNOWN,
        "Arguments": {"pin": "***"},
    }


@pytest.mark.parametrize("body", [f'{{"Password": "{PASSWORD}"', f'["{PASSWORD}"]'])
def test_what_is_no_json_object(send: Send, read: Read, body: str) -> None:
    """Of a body that is no JSON object, the size and the error are shown."""
    send("POST", CREDENTIALS_PATH, body)

    shown = newest(read)

    assert (shown.input, shown.body_size) == (None, len(body))
    assert shown.message is not None
    assert PASSWORD not in repr(shown)


def test_large_bodies(send: Send, read: Read) -> None:
    """A body of more than 8 KiB is not kept, and neither is what was said of it."""
    body = json.dumps({"Name": PASSWORD * 2000})
    send("POST", "/voice-connectors", body)

    shown = newest(read)

    assert (shown.input, shown.body_size) == (None, len(body))
    assert (shown.error, shown.message) == ("BadRequestException", None)
