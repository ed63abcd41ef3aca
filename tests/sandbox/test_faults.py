"""Errors that the service answers with, although nothing is wrong."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

from proxymock.api import spec
from proxymock.plugin.sandbox_client import Faults
from proxymock.sandbox import SandboxError
from proxymock.sandbox.faults import Fault
from proxymock.sandbox.faults import Faults as Pending
from support import ALICE, BOB, Connect, create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

DECLARED = [
    (name, error)
    for name in ("CreateProxySession", "ListVoiceConnectors", "UpdatePhoneNumber")
    for error in sorted(spec.operation(name).errors)
]


@pytest.fixture
def once(endpoint_url: str | None) -> ChimeSDKVoiceClient:
    """A client that never tries again."""
    client: ChimeSDKVoiceClient = client_with_attempts(endpoint_url, 1)
    return client


def client_with_attempts(endpoint_url: str | None, attempts: int) -> Any:
    """Return a client that calls at most so often."""
    return boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        endpoint_url=endpoint_url,
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"total_max_attempts": attempts, "mode": "legacy"}),
    )


@pytest.mark.parametrize(("operation", "error"), DECLARED)
def test_declared_errors_are_answered(
    once: ChimeSDKVoiceClient, faults: Faults, operation: str, error: str
) -> None:
    """Every error of an operation reaches the SDK as its class, whatever the input."""
    faults.inject(operation, error, message="Because I say so")
    call = getattr(once, spec.snake_case(operation))
    members: dict[str, dict[str, Any]] = {
        "CreateProxySession": {
            "VoiceConnectorId": "none",
            "ParticipantPhoneNumbers": [ALICE, BOB],
            "Capabilities": [],
        },
        "UpdatePhoneNumber": {"PhoneNumberId": "none"},
    }

    with pytest.raises(ClientError) as raised:
        call(**members.get(operation, {}))

    assert raised.value.response["Error"]["Message"] == "Because I say so"
    assert type(raised.value) is getattr(once.exceptions, error)


def test_fault_strikes_as_often_as_told(
    once: ChimeSDKVoiceClient, faults: Faults
) -> None:
    """After its times a fault is over, and other operations never meet it."""
    faults.inject("ListVoiceConnectors", "ThrottledClientException", times=2)

    outcomes = []
    for _ in range(3):
        once.list_voice_connector_groups()
        try:
            once.list_voice_connectors()
            outcomes.append("fine")
        except once.exceptions.ThrottledClientException as error:
            outcomes.append(error.response["Error"]["Message"])

    message = "Injected ThrottledClientException"
    assert outcomes == [message, message, "fine"]
    assert faults.pending() == []


def test_faults_strike_in_order(once: ChimeSDKVoiceClient, faults: Faults) -> None:
    """Of several faults the oldest strikes first."""
    faults.inject("ListVoiceConnectors", "ForbiddenException")
    faults.inject("ListVoiceConnectors", "ServiceFailureException")

    with pytest.raises(once.exceptions.ForbiddenException):
        once.list_voice_connectors()
    with pytest.raises(once.exceptions.ServiceFailureException):
        once.list_voice_connectors()


def test_fault_leaves_no_state(
    once: ChimeSDKVoiceClient, proxy_connector_id: str, faults: Faults
) -> None:
    """A call that a fault has struck has done nothing."""
    faults.inject("CreateProxySession", "ServiceUnavailableException")

    with pytest.raises(once.exceptions.ServiceUnavailableException):
        create_session(once, proxy_connector_id)

    sessions = once.list_proxy_sessions(VoiceConnectorId=proxy_connector_id)
    assert sessions["ProxySessions"] == []


@pytest.mark.parametrize(
    "error",
    [
        "ThrottledClientException",
        "ServiceFailureException",
        "ServiceUnavailableException",
    ],
)
def test_botocore_tries_again(
    endpoint_url: str | None,
    proxy_connector_id: str,
    faults: Faults,
    error: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two faults cost two more attempts, and one session is made."""
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda seconds: None)
    client = client_with_attempts(endpoint_url, 3)
    faults.inject("CreateProxySession", error, times=2)

    answer = client.create_proxy_session(
        VoiceConnectorId=proxy_connector_id,
        ParticipantPhoneNumbers=[ALICE, BOB],
        Capabilities=["Voice"],
    )

    assert answer["ResponseMetadata"]["RetryAttempts"] == 2
    sessions = client.list_proxy_sessions(VoiceConnectorId=proxy_connector_id)
    assert sessions["ProxySessions"] == [answer["ProxySession"]]


def test_delay_comes_before_the_answer(
    once: ChimeSDKVoiceClient, faults: Faults, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault may take its time."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    faults.inject("ListVoiceConnectors", "ServiceFailureException", delay=1.5)

    with pytest.raises(once.exceptions.ServiceFailureException):
        once.list_voice_connectors()

    assert slept == [1.5]


def test_no_delay_is_no_sleep(
    monkeypatch: pytest.MonkeyPatch, once: ChimeSDKVoiceClient, faults: Faults
) -> None:
    """Whoever watches what sleeps sees nothing of a fault that does not wait."""
    monkeypatch.setattr(time, "sleep", pytest.fail)
    faults.inject("ListVoiceConnectors", "ServiceFailureException")

    with pytest.raises(once.exceptions.ServiceFailureException):
        once.list_voice_connectors()


def test_ids_are_of_one_fault_each() -> None:
    """An id from before a reset, or of another account, means no fault of today."""
    fault = ("GetProxySession", "NotFoundException")

    ids = [Pending().inject(*fault).fault_id for _ in range(2)]

    assert len(set(ids)) == 2


def test_pending_faults(faults: Faults) -> None:
    """What still waits can be seen."""
    id = faults.inject("GetProxySession", "NotFoundException", times=3, delay=2)

    assert faults.pending() == [
        Fault(
            fault_id=id,
            operation="GetProxySession",
            error="NotFoundException",
            times=3,
            message="Injected NotFoundException",
            delay=2.0,
        )
    ]


def test_clear_forgets_all(client: ChimeSDKVoiceClient, faults: Faults) -> None:
    """After a clear the service works."""
    faults.inject("ListVoiceConnectors", "ForbiddenException", times=9)
    faults.clear()

    assert client.list_voice_connectors()["VoiceConnectors"] == []


def test_injected_forgets_its_own(faults: Faults) -> None:
    """A block takes back its fault alone, even when it fails."""
    kept = faults.inject("GetProxySession", "NotFoundException")

    with (
        pytest.raises(ZeroDivisionError),
        faults.injected("GetProxySession", "NotFoundException", times=2),
    ):
        raise ZeroDivisionError

    assert [fault.fault_id for fault in faults.pending()] == [kept]


@pytest.mark.parametrize(
    "spelling", ["create_proxy_session", "create-proxy-session", "createProxySession"]
)
def test_operation_in_the_spelling_of_a_client(faults: Faults, spelling: str) -> None:
    """Whoever names an operation as boto3 or a command line does, is told its name."""
    with pytest.raises(SandboxError) as error:
        faults.inject(spelling, "NotFoundException")

    assert str(error.value) == (
        f"Amazon Chime SDK Voice has no operation '{spelling}'; "
        "it is spelt 'CreateProxySession'"
    )
    assert faults.pending() == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("CreateProxySessions", "NotFoundException"), "has no operation 'CreatePro"),
        (
            ("CreateProxySession", "ConflictException"),
            "CreateProxySession does not declare 'ConflictException', only "
            "BadRequestException, ForbiddenException, NotFoundException, "
            "ServiceFailureException, ServiceUnavailableException, "
            "ThrottledClientException, UnauthorizedClientException",
        ),
    ],
)
def test_unknown_names_are_refused(
    faults: Faults, arguments: tuple[str, str], message: str
) -> None:
    """Only what the operation declares can be injected."""
    with pytest.raises(ValueError, match=message):
        faults.inject(*arguments)

    assert faults.pending() == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"times": 0}, "at least once, not 0 times"),
        ({"delay": -1}, "from 0 to 3600 seconds, not -1"),
        ({"delay": 3601}, "from 0 to 3600 seconds, not 3601"),
    ],
)
def test_wrong_options_are_refused(
    faults: Faults, options: dict[str, Any], message: str
) -> None:
    """Times and delay have sense."""
    with pytest.raises(ValueError, match=message):
        faults.inject("GetProxySession", "NotFoundException", **options)

    assert faults.pending() == []


def test_faults_are_of_one_account(connect: Connect, faults: Faults) -> None:
    """Another account's fault strikes nobody here."""
    faults.inject(
        "ListVoiceConnectors", "ForbiddenException", account_id="111111111111"
    )

    assert connect().list_voice_connectors()["VoiceConnectors"] == []
