"""What no SDK would send is answered in JSON with a 4xx, and changes nothing."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kit.builders.full_account import Everything, create_everything
from kit.oracles.state import state
from kit.requests.calls import call, sound_members
from kit.requests.hostile import json_values
from kit.requests.smallest import request_of
from kit.transports.wire import Reply, Wire, via_botocore
from proxymock.api import spec
from proxymock.api.errors import ERRORS
from proxymock.api.neighbours import NEIGHBOURS
from proxymock.service import OPERATIONS

CONNECTORS = "/voice-connectors"
NAMED = b'{"Name":"Rides","RequireEncryption":true,%s}'
BAD_REQUEST = (400, "BadRequestException")
NOT_FOUND = (404, "NotFoundException")
UNKNOWN = (404, "UnknownOperationException")


@pytest.fixture(autouse=True)
def connector_id() -> str:
    """A connector, so that there is something to change."""
    created = call("CreateVoiceConnector", Name="Rides", RequireEncryption=True)
    connector_id: str = created["VoiceConnector"]["VoiceConnectorId"]
    return connector_id


@pytest.fixture
def everything() -> Everything:
    """One of each thing."""
    return create_everything()


def check_refusal(reply: Reply, error: tuple[int, str]) -> None:
    """Check that an answer is an error in the service's own form."""
    assert reply.error == error
    assert reply.headers["Content-Type"] == "application/json"
    assert list(reply.json) == ["Code", "Message"]


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"Name=Rides",
        b"<Name>Rides</Name>",
        b"\xef\xbb\xbf{}",
        b"null",
        b"[]",
        b'"Rides"',
        b"1",
        NAMED % b'"x":NaN',
        NAMED % b'"x":Infinity',
        NAMED % b'"x":01',
        NAMED.replace(b"Rides", b"\xff") % b'"x":1',
        NAMED.replace(b"Rides", b"\xed\xa0\x80") % b'"x":1',
        NAMED % b'"x":"\\ud800"',
        NAMED % b'"\\udc00\\ud800":1',
        NAMED % (b'"x":' + b"[" * 100_000),
        NAMED % (b'"x":' + b'{"x":' * 100_000),
        NAMED % (b'"x":' + b"9" * 100_000),
        NAMED % (b'"x":"' + b"x" * 2_000_000 + b'"'),
        b'{"Name":"Rides","RequireEncryption":[]}',
        b'{"Name":"Rides","RequireEncryption":1e999}',
        b'{"Name":"Rides","RequireEncryption":true,"Tags":{"Key":"k","Value":"v"}}',
        b'{"Name":"Rides","RequireEncryption":true,"Tags":[[]]}',
    ],
    ids=lambda body: repr(body[:60] + body[-20:]) + str(len(body)),
)
def test_bad_body(wire: Wire, body: bytes) -> None:
    """A body that is no JSON object of the right types is a bad request."""
    before = state()

    check_refusal(wire("POST", CONNECTORS, body), BAD_REQUEST)

    assert state() == before


@pytest.mark.parametrize(
    ("method", "target", "error"),
    [
        ("GET", "/", UNKNOWN),
        ("GET", "/nope", UNKNOWN),
        ("GET", "//evil.example/voice-connectors", UNKNOWN),
        ("GET", f"{CONNECTORS}/v/nope", UNKNOWN),
        ("GET", f"{CONNECTORS}/../tags", UNKNOWN),
        ("PATCH", CONNECTORS, UNKNOWN),
        ("DELETE", CONNECTORS, UNKNOWN),
        ("OPTIONS", CONNECTORS, UNKNOWN),
        ("POST", f"{CONNECTORS}?operation=nope", UNKNOWN),
        ("POST", "/phone-numbers", UNKNOWN),
        ("GET", f"{CONNECTORS}/", NOT_FOUND),
        ("GET", f"{CONNECTORS}//proxy-sessions", NOT_FOUND),
        ("GET", f"{CONNECTORS}/\xff", NOT_FOUND),
        ("GET", f"{CONNECTORS}/%00%0D%0A", NOT_FOUND),
        ("GET", f"{CONNECTORS}/%252F", NOT_FOUND),
        ("GET", f"{CONNECTORS}/{'x' * 60_000}", NOT_FOUND),
        ("GET", f"{CONNECTORS}/%", BAD_REQUEST),
        ("GET", f"{CONNECTORS}/%2", BAD_REQUEST),
        ("GET", f"{CONNECTORS}/%zz", BAD_REQUEST),
        ("GET", f"{CONNECTORS}/%ff", BAD_REQUEST),
        ("GET", f"{CONNECTORS}/%ED%A0%80", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?x=%", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?%ff=x", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?max-results=1&max-results=1", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?max-results=", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?max-results=0", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?max-results={'9' * 10_000}", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?max-results=1e1", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?next-token=", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?next-token=nonsense", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?next-token=%C3%A9", BAD_REQUEST),
        ("GET", f"{CONNECTORS}?next-token={'A' * 60_000}", BAD_REQUEST),
    ],
    ids=lambda value: value[:60] if isinstance(value, str) else str(value[0]),
)
def test_bad_target(
    wire: Wire, method: str, target: str, error: tuple[int, str]
) -> None:
    """A path, query or method that means nothing is told so."""
    before = state()

    check_refusal(wire(method, target, b""), error)

    assert state() == before


def test_token_of_another_list(wire: Wire, connector_id: str) -> None:
    """A token is good for the list that it came from alone, and as it was."""
    call("CreateVoiceConnector", Name="More", RequireEncryption=True)
    page = call("ListVoiceConnectors", MaxResults=1)
    token = page["NextToken"]
    before = state()

    sessions = f"{CONNECTORS}/{connector_id}/proxy-sessions"
    check_refusal(wire("GET", f"{sessions}?next-token={token}", b""), BAD_REQUEST)
    tampered = f"{CONNECTORS}?next-token={token.swapcase()}"
    check_refusal(wire("GET", tampered, b""), BAD_REQUEST)
    assert wire("GET", f"{CONNECTORS}?next-token={token}", b"").status == 200

    assert state() == before


@pytest.mark.parametrize("segment", NEIGHBOURS)
def test_path_of_another_service(wire: Wire, segment: str) -> None:
    """A request of another Chime service is told whose it is."""
    before = state()

    reply = wire("POST", f"/{segment}?operation=anything", b"{}")

    check_refusal(reply, UNKNOWN)
    assert reply.json["Message"] == (
        f"POST /{segment} belongs to {NEIGHBOURS[segment]}, "
        "which proxymock does not mock"
    )
    assert state() == before


targets = st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF), max_size=40)


@st.composite
def changed_members(draw: st.DrawFn) -> tuple[str, dict[str, object]]:
    """Draw an operation, and values that take the place of some of its members'."""
    name = draw(st.sampled_from(sorted(OPERATIONS)))
    members: dict[str, object] = {}
    for member, (_, location, _) in spec.operation(name).input.members.items():
        if draw(st.integers(0, 3)) == 0:
            members[member] = draw(json_values if location == "body" else st.text())
    return name, members


def check_any(reply: Reply, before: object) -> None:
    """Check that an answer is one, and that a refusal has changed nothing."""
    assert reply.headers["Content-Type"] == "application/json"
    if reply.status < 300:
        assert reply.status == 204 or isinstance(reply.json, dict)
        return
    status, name = reply.error
    assert name in {*ERRORS, "UnknownOperationException", "NotImplementedException"}
    assert 400 <= status < 500
    assert list(reply.json) == ["Code", "Message"]
    assert state() == before


thrown = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.mark.sampled(10)
@thrown
@given(changed=changed_members())
def test_any_members(
    everything: Everything, changed: tuple[str, dict[str, object]]
) -> None:
    """Whatever the members are, the answer is the service's."""
    name, members = changed
    method, path, query, body = request_of(
        name, {**sound_members(spec.operation(name), everything), **members}
    )
    before = state()

    check_any(via_botocore(method, f"{path}?{query}", body), before)


@pytest.mark.sampled(10)
@thrown
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "PATCH", "nonsense"]),
    target=targets.map("/{}".format) | targets.map("/voice-connectors{}".format),
    body=st.binary() | json_values.map(lambda value: json.dumps(value).encode()),
)
@example(method="GET", target="/voice-connectors/%%", body=b"")
def test_any_bytes(method: str, target: str, body: bytes) -> None:
    """Whatever the bytes are, the answer is the service's."""
    before = state()

    check_any(via_botocore(method, target, body), before)
