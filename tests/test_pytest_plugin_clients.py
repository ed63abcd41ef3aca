"""Under pytest no client reaches AWS while AWS is mocked, whenever it was made."""

from __future__ import annotations

import pytest

from support import WARNINGS_ARE_ERRORS

# No request gets out: who looks up an address ends the test, past every "except".
NO_WAY_OUT = """
import socket

class Leak(BaseException):
    pass

def leak(host, *arguments, **options):
    raise Leak(host)

socket.getaddrinfo = leak
"""
APP = """
import sys
import boto3

assert "moto" not in sys.modules
keys = {"aws_access_key_id": "AKIAREALKEY", "aws_secret_access_key": "real"}
voice = boto3.client("chime-sdk-voice", "us-east-1", **keys)
queues = boto3.Session().resource("sqs", "us-east-1", **keys)
session = boto3.Session(region_name="us-east-1", **keys)
default = boto3.client("sts", "us-east-1", **keys)

def connectors():
    assert queues.create_queue(QueueName="rides").url
    assert session.client("s3").list_buckets()["Buckets"] == []
    assert default.get_caller_identity()["Account"]
    voice.create_voice_connector(Name="Rides", RequireEncryption=True)
    return [c["Name"] for c in voice.list_voice_connectors()["VoiceConnectors"]]
"""
WAYS = {
    "the fixture": "def test_it(proxymock):\n    assert app.connectors() == ['Rides']\n"
    "    [c] = proxymock.client.list_voice_connectors()['VoiceConnectors']\n"
    "    assert c['Name'] == 'Rides'",
    "moto imported in the test": "def test_it():\n    from moto import mock_aws\n"
    "    with mock_aws():\n        assert app.connectors() == ['Rides']",
    "moto imported after the program": "from moto import mock_aws\n@mock_aws\n"
    "def test_it():\n    assert app.connectors() == ['Rides']",
    "a client that is patched as well": "from moto.core import patch_client\n"
    "from moto import mock_aws\n@mock_aws\ndef test_it():\n"
    "    patch_client(app.voice)\n    assert app.connectors() == ['Rides']",
}


@pytest.mark.parametrize("test", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("options", [(), ("-p", "app")], ids=["imported", "plugin"])
def test_client_of_before_is_mocked(
    pytester: pytest.Pytester, test: str, options: tuple[str, ...]
) -> None:
    """Clients and resources from before moto was imported are mocked."""
    pytester.makepyfile(conftest=NO_WAY_OUT, app=APP, test_it=f"import app\n{test}\n")
    pytester.syspathinsert()

    result = pytester.runpytest_subprocess(
        "-p", "no:cacheprovider", *options, *WARNINGS_ARE_ERRORS
    )

    result.assert_outcomes(passed=1)


def test_client_of_before_is_free_without_a_mock(pytester: pytest.Pytester) -> None:
    """Where nothing is mocked a client sends as it always does."""
    pytester.makepyfile(
        conftest=NO_WAY_OUT,
        app=APP,
        test_it="""
import app
import conftest
import pytest
from moto import mock_aws

def test_it():
    with mock_aws():
        app.voice.list_voice_connectors()
    with pytest.raises(conftest.Leak):
        app.voice.list_voice_connectors()
""",
    )

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)


LEAVING = """
import app
import boto3
import pytest
from moto import mock_aws

@mock_aws
def test_it():
    try:
        {call}
    except Exception:
        pass
"""
ELSEWHERE = (
    "boto3.client('sns', 'us-east-1', endpoint_url='https://new.us-east-1.api.aws')"
    ".list_topics()"
)
MODES: dict[str, tuple[str, dict[str, str]]] = {
    "a host that moto does not know": (ELSEWHERE, {}),
    "moto's server": (
        "app.voice.list_voice_connectors()",
        {"TEST_SERVER_MODE": "true"},
    ),
    "moto's proxy": ("app.voice.list_voice_connectors()", {"TEST_PROXY_MODE": "true"}),
}


@pytest.mark.parametrize(("call", "environment"), MODES.values(), ids=MODES)
def test_request_that_would_leave_fails_the_test(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    environment: dict[str, str],
) -> None:
    """What no mock can answer is not sent; the test fails, and says what to do."""
    monkeypatch.setenv("MOTO_CALL_RESET_API", "false")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    pytester.makepyfile(conftest=NO_WAY_OUT, app=APP, test_it=LEAVING.format(call=call))

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["proxymock: a request for * was about to leave for AWS, which is mocked. *"]
    )


def test_what_moto_lets_through_may_leave(pytester: pytest.Pytester) -> None:
    """A URL or a service that the test lets through reaches the network."""
    pytester.makepyfile(
        conftest=NO_WAY_OUT,
        test_it=f"""
import boto3
import conftest
import pytest
from moto import mock_aws

URLS = {{"core": {{"passthrough": {{"urls": ["https://new[.]"]}}}}}}
SERVICES = {{"core": {{"passthrough": {{"services": ["sts"]}}}}}}

def test_url():
    with mock_aws(config=URLS), pytest.raises(conftest.Leak):
        {ELSEWHERE}

def test_service():
    with mock_aws(config=SERVICES), pytest.raises(conftest.Leak):
        boto3.client("sts", "us-east-1").get_caller_identity()
""",
    )

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=2)


ENDPOINTS = {
    "variable": {"AWS_ENDPOINT_URL": "http://nobody.invalid"},
    "variable of the service": {
        "AWS_ENDPOINT_URL_CHIME_SDK_VOICE": "http://nobody.invalid"
    },
    "file": {"AWS_CONFIG_FILE": "config"},
}


@pytest.mark.parametrize("environment", ENDPOINTS.values(), ids=ENDPOINTS)
def test_client_of_before_with_an_endpoint_fails_the_test(
    pytester: pytest.Pytester,
    monkeypatch: pytest.MonkeyPatch,
    environment: dict[str, str],
) -> None:
    """A client that was made for another endpoint would look elsewhere."""
    pytester.path.joinpath("config").write_text(
        "[default]\nservices = s\n"
        "[services s]\nchime_sdk_voice =\n  endpoint_url = http://nobody.invalid\n"
    )
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    pytester.makepyfile(
        conftest=NO_WAY_OUT,
        app=APP,
        test_it="import app\ndef test_it(proxymock): app.voice.list_voice_connectors()",
    )

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["proxymock: a client sends to nobody.invalid, not to the mocked AWS. *"]
    )
