"""All that moto's mock_aws can be used as, with this service."""

from __future__ import annotations

import unittest
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from kit.builders.proxy_sessions import create_proxy_connector, create_session
from proxymock import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

CONFIG: Any = {"proxymock": {"proxy_numbers": ["+12125550150"]}}


@pytest.fixture(autouse=True)
def mocked_aws() -> None:
    """No mock: these tests bring their own."""


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """No credentials either: the mock brings some."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name, raising=False)


def names() -> list[str]:
    """Return the names of all connectors."""
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")
    return [c["Name"] for c in client.list_voice_connectors()["VoiceConnectors"]]


def create(name: str) -> None:
    """Make a connector."""
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")
    client.create_voice_connector(Name=name, RequireEncryption=True)


@pytest.mark.parametrize("round", [1, 2])
@mock_aws
def test_function(round: int) -> None:
    """A decorated test starts with an empty AWS."""
    assert names() == []
    create("Rides")
    assert names() == ["Rides"]


@pytest.mark.parametrize("round", [1, 2])
@mock_aws(config=CONFIG)
def test_function_with_settings(round: int) -> None:
    """The settings of a decorator are in force in its test."""
    client: ChimeSDKVoiceClient = boto3.client(
        "chime-sdk-voice", region_name="us-east-1"
    )
    session = create_session(client, create_proxy_connector(client))

    assert session["Participants"][0]["ProxyPhoneNumber"] == "+12125550150"


@mock_aws
class TestDecoratedClass:
    """Each test of a decorated class starts with an empty AWS."""

    def test_one(self) -> None:
        """There is nothing of the other test."""
        assert names() == []
        create("One")

    def test_other(self) -> None:
        """There is nothing of the other test."""
        assert names() == []
        create("Other")


@mock_aws
class TestDecoratedClassWithSetUp:
    """What a decorated class sets up is there in each test, once."""

    def setup_method(self, method: object) -> None:
        """Make a connector."""
        create("Set up")

    def test_one(self) -> None:
        """There is what was set up, and nothing of the other test."""
        assert names() == ["Set up"]
        create("One")

    def test_other(self) -> None:
        """There is what was set up, and nothing of the other test."""
        assert names() == ["Set up"]
        create("Other")


@mock_aws
class DecoratedTestCase(unittest.TestCase):
    """The same for a class of unittest."""

    def setUp(self) -> None:
        """Make a connector."""
        create("Set up")

    def test_one(self) -> None:
        """There is what was set up, and nothing of the other test."""
        assert names() == ["Set up"]
        create("One")

    def test_other(self) -> None:
        """There is what was set up, and nothing of the other test."""
        assert names() == ["Set up"]
        create("Other")


def test_context_manager() -> None:
    """What is made in a block is gone after it."""
    with mock_aws():
        create("Rides")
        assert names() == ["Rides"]

    with mock_aws():
        assert names() == []


def test_start_and_stop() -> None:
    """The mock can be started and stopped by hand."""
    mock = mock_aws()

    mock.start()
    try:
        create("Rides")
        found = names()
    finally:
        mock.stop()

    assert found == ["Rides"]
    with mock_aws():
        assert names() == []


def test_nested() -> None:
    """A mock in a mock is the same AWS; what is made in it outlives it."""
    with mock_aws():
        create("Outside")
        with mock_aws():
            assert names() == ["Outside"]
            create("Inside")
        assert names() == ["Outside", "Inside"]


def proxy_number() -> str:
    """Return the proxy number of a new session."""
    client: ChimeSDKVoiceClient = boto3.client(
        "chime-sdk-voice", region_name="us-east-1"
    )
    session = create_session(client, create_proxy_connector(client))
    return str(session["Participants"][0]["ProxyPhoneNumber"])


def test_settings_of_a_mock_in_a_mock() -> None:
    """moto keeps what the inner mock sets, as a whole, until the outer one ends."""
    outer: Any = {"proxymock": {"max_session_minutes": 30}}
    numbers = []
    with mock_aws(config=outer):
        with mock_aws(config=CONFIG):
            numbers.append(proxy_number())
        numbers.append(proxy_number())
    with mock_aws():
        numbers.append(proxy_number())

    assert numbers == ["+12125550150", "+12125550150", "+12015550150"]


def test_settings_that_change_meanwhile() -> None:
    """A configuration that the test changes in place is in force as it is."""
    pool = ["+12125550150"]
    config: Any = {"proxymock": {"proxy_numbers": pool}}
    numbers = []
    with mock_aws(config=config):
        numbers.append(proxy_number())
        pool[0] = "+12065550150"
        numbers.append(proxy_number())
        config["proxymock"]["proxy_numbers"] = None
        numbers.append(proxy_number())

    assert numbers == ["+12125550150", "+12065550150", "+12015550150"]


@mock_aws(config={"proxymock": None})
def test_settings_that_are_no_mapping() -> None:
    """Something else than settings fails the first call, and says so."""
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")

    with pytest.raises(client.exceptions.ClientError) as error:
        client.list_voice_connectors()

    metadata = error.value.response["ResponseMetadata"]
    assert (metadata["HTTPStatusCode"], metadata["RetryAttempts"]) == (400, 0)
    assert error.value.response["Error"] == {
        "Code": "InvalidSettings",
        "Message": "proxymock's settings must be a mapping of names, not None",
    }


def test_client_of_before_the_mock() -> None:
    """A client that was made before the mock is mocked while that lasts."""
    client = boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
    )

    with mock_aws():
        assert client.list_voice_connectors()["VoiceConnectors"] == []


def test_settings_end_with_the_mock() -> None:
    """The next mock has the default settings again."""
    client: ChimeSDKVoiceClient = boto3.client(
        "chime-sdk-voice",
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
    )
    numbers = []
    for config in (CONFIG, None):
        with mock_aws(config=config):
            session = create_session(client, create_proxy_connector(client))
            numbers.append(session["Participants"][0]["ProxyPhoneNumber"])

    assert numbers == ["+12125550150", "+12015550150"]


@pytest.mark.parametrize("key", ["", "core", "Proxymock", "chime-sdk-voice"])
@pytest.mark.parametrize("name", ["proxy_sessions", "enforce_quotas"])
def test_settings_in_another_place(key: str, name: str) -> None:
    """One of our settings among moto's own fails the first call, and says where to."""
    config: Any = {key: {name: "retired"}} if key else {name: "retired"}
    with mock_aws(config=config):
        client = boto3.client("chime-sdk-voice", region_name="us-east-1")
        with pytest.raises(client.exceptions.ClientError) as error:
            client.list_voice_connectors()

    assert error.value.response["Error"] == {
        "Code": "InvalidSettings",
        "Message": f"{name} must stand below the key 'proxymock': "
        'mock_aws(config={"proxymock": {...}})',
    }
