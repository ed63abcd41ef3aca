"""What tests say to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pytest
    from botocore.client import BaseClient
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from requests import Response

# Returns a boto3 client: connect(service="chime-sdk-voice", region="us-east-1").
Connect = Callable[..., Any]
# Sets a transition of moto's state manager: steer(model, progression="immediate").
Steer = Callable[..., None]

# Returns a client for the Credentials of an answer: login(region, **credentials).
Login = Callable[..., Any]


class Send(Protocol):
    """Sends a request as it is, without an SDK in between."""

    def __call__(
        self,
        method: str,
        path: str,
        body: str | bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the answer."""
        ...


# For a pytest inside a test, which does not read this project's configuration.
WARNINGS_ARE_ERRORS = (
    *("-W", "error"),
    # botocore 1.34 and moto 5.0 are older than Python 3.12, which deprecates it.
    *("-W", "ignore:datetime.datetime.utcnow() is:DeprecationWarning"),
)


def run_tests(pytester: pytest.Pytester, *options: str) -> pytest.RunResult:
    """Run the test files that a test has written, in a process of their own."""
    return pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", *options, *WARNINGS_ARE_ERRORS
    )


# Of the documentation's fictional people; each lives in another area.
ALICE = "+14015550101"
BOB = "+12065550100"
CAROL = "+13035550102"
DAVE = "+16175550103"


def body(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer of boto3 without what boto3 adds to it."""
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def pages(
    call: Callable[..., Any], member: str, **arguments: object
) -> list[list[Any]]:
    """Return *member* of all pages of a list, following NextToken to the end."""
    found: list[list[Any]] = []
    token: dict[str, str] = {}
    while True:
        page = call(**arguments, **token)
        found.append(page[member])
        if "NextToken" not in page:
            return found
        token = {"NextToken": page["NextToken"]}


def create_proxy_connector(
    client: ChimeSDKVoiceClient, countries: Sequence[str] = ("US",)
) -> str:
    """Return the id of a new connector that makes sessions of an hour."""
    answer = client.create_voice_connector(Name="Rides", RequireEncryption=True)
    id = answer["VoiceConnector"]["VoiceConnectorId"]
    client.put_voice_connector_proxy(
        VoiceConnectorId=id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=countries,
    )
    return id


def create_session(
    client: ChimeSDKVoiceClient, voice_connector_id: str, **members: Any
) -> dict[str, Any]:
    """Return a new proxy session, by default of Alice and Bob for all they can do."""
    given = {
        "ParticipantPhoneNumbers": [ALICE, BOB],
        "Capabilities": ["Voice", "SMS"],
        **members,
    }
    answer = client.create_proxy_session(VoiceConnectorId=voice_connector_id, **given)
    return {**answer["ProxySession"]}


def known(client: BaseClient, shape: str, thing: Mapping[str, Any]) -> dict[str, Any]:
    """Return *thing* without the members that the installed botocore does not know."""
    members = client.meta.service_model.shape_for(shape).members  # type: ignore[attr-defined]
    return {name: value for name, value in thing.items() if name in members}
