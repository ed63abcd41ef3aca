"""The fixtures are fresh, and only theirs, whatever the process is like."""

from __future__ import annotations

import socket

import pytest

from support import run_tests

BOTH = """
import pytest

def use(sandbox):
    client, id = sandbox.client, sandbox.voice_connector_id
    assert [c["VoiceConnectorId"] for c in client.list_voice_connectors()[
        "VoiceConnectors"]] == [id]
    client.create_proxy_session(VoiceConnectorId=id, Capabilities=["Voice"],
        ParticipantPhoneNumbers=["+12065550100", "+14015550101"])
    [mask] = sandbox.phone.masks()
    assert mask.voice_connector_id == id
    assert len(sandbox.phone.log()) == 0
    sandbox.phone.call("+12065550100", mask.proxy_phone_number)
    sandbox.faults.inject("ListVoiceConnectors", "ForbiddenException", times=9)
    sandbox.clock.advance(days=1)
    assert sandbox.phone.masks() == []
    assert len(sandbox.phone.log()) == 1
    state = sandbox.snapshot.export()
    sandbox.snapshot.load(state)
    assert sandbox.snapshot.export() == state

@pytest.mark.parametrize("fixture", ["proxymock", "proxymock_server"])
def test_it(fixture, request):
    use(request.getfixturevalue(fixture))

def test_both(proxymock, proxymock_server):
    use(proxymock)
    use(proxymock_server)
"""


AROUND = """
import boto3
import pytest
from moto import mock_aws
from proxymock import clock, faults, phone, snapshot

@pytest.fixture(scope="session", autouse=True)
def aws():
    config = {
        "proxymock": {"proxy_sessions": "retired"},
        "core": {"service_whitelist": ["chime-sdk-voice"]},
    }
    with mock_aws(config=config):
        client = boto3.client("chime-sdk-voice", "us-east-1")
        client.create_voice_connector(Name="Around", RequireEncryption=True)
        faults.inject("CreateVoiceConnector", "ForbiddenException", times=99)
        phone.call("+12065550100", "+14015550101")
        clock.advance(days=400)
        before = snapshot.export()
        yield client
        assert snapshot.export() == before
        assert len(faults.pending()) == 1
        with pytest.raises(client.exceptions.ClientError):
            client.list_proxy_sessions(VoiceConnectorId="a" * 21)
"""


def test_mock_around_the_fixtures(pytester: pytest.Pytester) -> None:
    """A mock of a wider scope neither reaches into a fixture nor hears of it."""
    pytester.makepyfile(conftest=AROUND, test_it=BOTH)

    result = run_tests(pytester)

    result.assert_outcomes(passed=3)


def test_everybody_is_in_the_world_of_the_fixture(pytester: pytest.Pytester) -> None:
    """In a mock, client of before, modules and other services are the fixture's."""
    pytester.makepyfile(
        conftest=AROUND,
        test_it="""
import boto3
import moto.core.models
from proxymock import clock, faults, phone, snapshot

def test_it(aws, proxymock):
    assert proxymock.account_id != "123456789012"
    id = proxymock.voice_connector_id
    for client in aws, boto3.client("chime-sdk-voice", "us-east-1"):
        connectors = client.list_voice_connectors()["VoiceConnectors"]
        assert [c["VoiceConnectorId"] for c in connectors] == [id]
    proxymock.clock.advance(days=1)
    assert snapshot.export() == proxymock.snapshot.export()
    assert abs(clock.now() - proxymock.clock.now()).total_seconds() < 60
    assert (faults.pending(), phone.log()) == ([], [])
    identity = boto3.client("sts", "us-east-1").get_caller_identity()
    assert identity["Account"] == proxymock.account_id
""",
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)


def _nowhere() -> str:
    """Return a URL at which nobody listens."""
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{reserved.getsockname()[1]}"


CONFIG = """
[default]
region = mars-1
retry_mode = nonsense
services = elsewhere
use_fips_endpoint = true
[services elsewhere]
chime_sdk_voice =
  endpoint_url = {nowhere}
sts =
  endpoint_url = {nowhere}
"""
ENVIRONMENTS = [
    {"AWS_ENDPOINT_URL": "{nowhere}"},
    {
        "AWS_ENDPOINT_URL_CHIME_SDK_VOICE": "{nowhere}",
        "AWS_ENDPOINT_URL_STS": "{nowhere}",
    },
    {"HTTP_PROXY": "{nowhere}", "HTTPS_PROXY": "{nowhere}"},
    {"http_proxy": "{nowhere}", "https_proxy": "{nowhere}"},
    {"AWS_CONFIG_FILE": "config"},
    {"AWS_PROFILE": "missing"},
    {"AWS_RETRY_MODE": "nonsense", "AWS_MAX_ATTEMPTS": "0"},
    {"AWS_CA_BUNDLE": "missing.pem", "REQUESTS_CA_BUNDLE": "missing.pem"},
]
SURROUNDINGS = """
import pytest

@pytest.fixture(autouse=True, params={environments})
def surroundings(request, monkeypatch):
    for name, value in request.param.items():
        monkeypatch.setenv(name, value.format(nowhere="{nowhere}"))
"""


def test_environment_stays_outside(pytester: pytest.Pytester) -> None:
    """What is set for other programs does not reach into the fixtures."""
    nowhere = _nowhere()
    pytester.path.joinpath("config").write_text(CONFIG.format(nowhere=nowhere))
    pytester.makepyfile(
        conftest=SURROUNDINGS.format(environments=ENVIRONMENTS, nowhere=nowhere),
        test_it=BOTH,
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=3 * len(ENVIRONMENTS))


def test_clients_of_the_program_follow_no_endpoint(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that the program makes in a test looks where the fixture does."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", _nowhere())
    monkeypatch.delenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", raising=False)
    pytester.makepyfile(
        """
import os
import boto3
import pytest

@pytest.fixture
def after():
    yield
    assert "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS" not in os.environ

def test_it(after, proxymock):
    proxymock.voice_connector_id
    client = boto3.client("chime-sdk-voice", "us-east-1")
    assert len(client.list_voice_connectors()["VoiceConnectors"]) == 1
"""
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)


# What libraries replace that mock HTTP: here it breaks whoever goes through it.
MOCKED = [
    ["requests.sessions.Session.request"],
    ["requests.adapters.HTTPAdapter.send"],
    ["urllib3.connectionpool.HTTPConnectionPool.urlopen"],
    ["botocore.awsrequest.AWSHTTPConnection"],
    ["http.client.HTTPConnection", "http.client.HTTPSConnection"],
    ["socket.socket", "socket.create_connection", "socket.getaddrinfo"],
]
MOCKING = """
import pytest

def broken(*arguments, **options):
    raise AssertionError("mocked")

@pytest.fixture(autouse=True, params={mocked})
def mocked(request, monkeypatch):
    for name in request.param:
        monkeypatch.setattr(name, broken)
"""


def test_what_a_test_mocks_is_not_in_the_way(pytester: pytest.Pytester) -> None:
    """The server of the fixture is reached past every library that mocks HTTP."""
    pytester.makepyfile(conftest=MOCKING.format(mocked=MOCKED), test_it=BOTH)

    result = run_tests(pytester)

    result.assert_outcomes(passed=3 * len(MOCKED))


def test_responses_is_not_in_the_way(pytester: pytest.Pytester) -> None:
    """A test that mocks other HTTP with the library responses has both fixtures."""
    pytester.makepyfile(
        f"""
import responses
{BOTH}
@responses.activate
def test_activated(proxymock, proxymock_server):
    use(proxymock)
    use(proxymock_server)
"""
    )

    result = run_tests(pytester, "-k", "activated")

    result.assert_outcomes(passed=1, deselected=3)


def test_file_named_as_the_package(pytester: pytest.Pytester) -> None:
    """A file proxymock.py in the working directory is nobody's server."""
    pytester.makepyfile(
        **{
            "elsewhere/proxymock": "raise SystemExit('not this one')",
            "conftest": "import os\nos.chdir('elsewhere')\n",
            "test_it": "def test_it(proxymock_server): ...",
        }
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)


def test_server_of_ours_has_accounts(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MOTO_ACCOUNT_ID is for the calls in process; the server knows nothing of it."""
    monkeypatch.setenv("MOTO_ACCOUNT_ID", "111111111111")
    pytester.makepyfile(
        """
def test_it(proxymock_server):
    arn = proxymock_server.client.get_voice_connector(
        VoiceConnectorId=proxymock_server.voice_connector_id
    )["VoiceConnector"]["VoiceConnectorArn"]
    assert arn.split(":")[4] == proxymock_server.account_id != "111111111111"
"""
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=1)
