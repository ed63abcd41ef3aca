"""Sandboxes outside of the fixtures, and what is set where it can do nothing."""

from __future__ import annotations

import pytest

from support import run_tests

WIDER = """
import pytest
from proxymock import Sandbox, ServerSandbox

@pytest.fixture(scope="module")
def sandbox():
    with Sandbox.mocked(region="eu-west-2", expiry_minutes=7) as sandbox:
        yield sandbox

@pytest.fixture(scope="module")
def server(proxymock_server_url):
    return ServerSandbox.on(proxymock_server_url, region="eu-west-2", expiry_minutes=7)

@pytest.mark.parametrize("n", [1, 2])
def test_one_world(sandbox, server, n):
    for each in sandbox, server:
        assert each.client.meta.region_name == "eu-west-2"
        session = each.client.create_proxy_session(
            VoiceConnectorId=each.voice_connector_id,
            ParticipantPhoneNumbers=["+12065550100", "+14015550101"],
            Capabilities=["Voice"],
        )["ProxySession"]
        assert session["ExpiryMinutes"] == 7
        assert len(each.phone.masks()) == n

def test_apart(sandbox, proxymock):
    assert proxymock.snapshot.export() == {"FormatVersion": 2}
    assert len(sandbox.phone.masks()) == 2

def test_wrong():
    with pytest.raises(ValueError, match="region must be one of"):
        ServerSandbox.on("http://127.0.0.1:1", region="mars-1")
"""


def test_fixture_of_a_wider_scope(pytester: pytest.Pytester) -> None:
    """A module can have a sandbox of its own; a test's fixture is apart from it."""
    pytester.makepyfile(WIDER)

    result = run_tests(pytester)

    result.assert_outcomes(passed=4)


MARKED = {
    "right": "region='eu-west-2'",
    "wrong": "place='us-east-1'",
}


@pytest.mark.parametrize("keywords", MARKED.values(), ids=MARKED)
def test_marker_without_a_fixture_fails(
    pytester: pytest.Pytester, keywords: str
) -> None:
    """A marker that sets nothing is an error, on a function, a class or a module."""
    pytester.makepyfile(
        test_function=f"""
import pytest
@pytest.mark.proxymock({keywords})
def test_it(): ...
""",
        test_class=f"""
import pytest, unittest
@pytest.mark.proxymock({keywords})
class TestIt(unittest.TestCase):
    def test_it(self): ...
""",
        test_module=f"""
import pytest
pytestmark = pytest.mark.proxymock({keywords})
def test_it(): ...
def test_broken(): assert False, "its own reason"
""",
    )

    result = run_tests(pytester)

    result.assert_outcomes(failed=4)
    result.stdout.fnmatch_lines(["proxymock: the marker proxymock sets the *"] * 3)
    result.stdout.fnmatch_lines(["*AssertionError: its own reason"])


def test_sandbox_outside_of_a_mock(pytester: pytest.Pytester) -> None:
    """What would be lost with the next mock is refused, and says why."""
    pytester.makepyfile(
        """
import pytest
from proxymock import SandboxError, clock, faults, mock_aws, phone, snapshot

def use():
    phone.call("+12065550100", "+14015550101")

@pytest.mark.parametrize("use", [
    use, lambda: clock.advance(days=1), lambda: snapshot.load({"FormatVersion": 1}),
    lambda: faults.inject("GetProxySession", "NotFoundException"), phone.log,
])
def test_it(use):
    with mock_aws():
        use()
    with pytest.raises(SandboxError, match="^AWS is not mocked here"):
        use()
"""
    )

    result = run_tests(pytester)

    result.assert_outcomes(passed=5)


def test_public_names_bring_no_moto(pytester: pytest.Pytester) -> None:
    """The error can be imported where nothing else of moto is."""
    result = pytester.runpython_c(
        "import sys; from proxymock import SandboxError as error; "
        "print(error.__name__, 'moto' in sys.modules)"
    )

    assert result.outlines == ["SandboxError False"]
