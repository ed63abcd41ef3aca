"""Sound requests gone wrong on the way, to every interface that there is.

Whatever arrives, the answer is JSON, or the page, and no failure, and a refusal changes
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime, timezone
from itertools import product
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
import time_machine
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from moto.core.models import DEFAULT_ACCOUNT_ID

from kit.builders.full_account import Everything, create_everything
from kit.oracles.state import state
from kit.requests.calls import sound_members
from kit.requests.hostile import Sent, changes
from kit.requests.smallest import request_of
from kit.transports.lambdas import ARN
from kit.transports.wire import Reply, Wire, through_requests, via_botocore, via_server
from proxymock.api import spec
from proxymock.plugin.control import PREFIX
from proxymock.plugin.transports import InProcess
from proxymock.sandbox.command_table import COMMANDS, Command
from proxymock.sandbox.json_values import api_name
from proxymock.service import OPERATIONS
from proxymock.state.options import Options


def operations(everything: Everything) -> list[Sent]:
    """Return a sound request of each operation."""
    sound = []
    for name in sorted(OPERATIONS):
        members = sound_members(spec.operation(name), everything)
        method, path, query, body = request_of(name, members)
        sound.append(Sent(method, f"{path}?{query}" if query else path, body))
    return sound


JSON = {"Content-Type": "application/json"}
FROM, TO = "+12065550100", "+12015550150"
BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/BOT/ALIAS"
VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    1e300,
    10**30,
    "",
    "x",
    [],
    ["x"],
    {},
    {"x": 1},
)


def _commands(method: str, path: str) -> list[Command[..., Any]]:
    return [command for command, _ in [COMMANDS.at(path)[method]]]


def _ringing(everything: Everything) -> list[str]:
    """Have two calls that nobody has answered; return their ids."""
    name = "CreateSipMediaApplicationCall"
    members = sound_members(spec.operation(name), everything)
    person = {"Number": members["ToPhoneNumber"], "Answers": "by hand"}
    InProcess().perform("PUT", "people", None, person)
    method, path, _, body = request_of(name, members)
    replies = [via_botocore(*Sent(method, path, body)) for _ in range(2)]
    return [reply.json["SipMediaApplicationCall"]["TransactionId"] for reply in replies]


def routes(everything: Everything) -> list[Sent]:
    """Return sound requests of each route of the control interface."""
    first, second = _ringing(everything)
    state = InProcess().perform("GET", "state", None, {})
    sound: list[tuple[str, str, Mapping[str, Any] | None]] = [
        ("POST", "calls", {"From": FROM, "To": TO, "AccountId": DEFAULT_ACCOUNT_ID}),
        ("POST", "texts", {"From": FROM, "To": TO, "Body": "Hello"}),
        ("GET", f"interactions?ProxySessionId={everything['ProxySessionId']}", None),
        ("GET", "calls?Status=InProgress&MaxResults=5&NextToken=0", None),
        ("GET", f"calls/{first}", None),
        ("POST", f"calls/{first}/answer", {"Leg": "A"}),
        ("POST", f"calls/{first}/press", {"Digits": "5#", "Leg": "A"}),
        ("POST", f"calls/{first}/hang-up", {"Leg": "A"}),
        ("POST", f"calls/{second}/reject", {"Leg": "A", "SipResponseCode": 480}),
        ("GET", f"calls/{first}/summary", None),
        ("GET", f"calls/{first}/conversation", None),
        ("GET", "people", None),
        ("PUT", "people", {"Number": TO, "Answers": "busy", "After": 1}),
        ("DELETE", f"people?Number={quote(TO)}", None),
        ("PUT", "bots", {"BotAliasArn": BOT, "Slots": {"n": None}}),
        ("GET", "sounds", None),
        ("PUT", "sounds", {"Sound": "Welcome", "Seconds": 1.5}),
        ("DELETE", "sounds?Sound=Welcome", None),
        ("GET", "refusals", None),
        ("POST", "refusals", {"Action": "Speak", "Error": "AccessDenied", "Times": 2}),
        ("DELETE", "refusals?Action=Speak", None),
        ("GET", "functions", None),
        ("POST", "functions", {"FunctionArn": ARN, "Url": "http://localhost:1"}),
        ("POST", "functions/failures", {"FunctionArn": ARN, "How": "error"}),
        ("DELETE", f"functions?FunctionArn={ARN}-2", None),
        ("GET", f"masks?AccountId={DEFAULT_ACCOUNT_ID}", None),
        (
            "POST",
            "analyses",
            {
                "TransactionId": "call-1",
                "Status": "FAILED",
                "StatusMessage": "Silence",
                "ConfidenceScores": {"vp-1": 0.5},
            },
        ),
        ("GET", "clock", None),
        ("POST", "clock", {"Advance": 0.5}),
        ("POST", "clock", {"Set": "2300-01-01T00:00:00Z"}),
        ("DELETE", "clock", None),
        ("GET", "faults", None),
        (
            "POST",
            "faults",
            {
                "Operation": "GetProxySession",
                "Error": "NotFoundException",
                "Times": 2,
                "Message": "Gone",
                "Delay": 0.5,
            },
        ),
        ("DELETE", "faults?FaultId=1", None),
        ("GET", "state", None),
        ("PUT", "state", state),
        ("GET", "settings", None),
        ("PUT", "settings", {api_name(k): v for k, v in asdict(Options()).items()}),
        *(("GET", path, None) for path in _reads(everything)),
    ]
    paths = ((method, resource.partition("?")[0]) for method, resource, _ in sound)
    asked = {command for method, path in paths for command in _commands(method, path)}
    assert asked == {*COMMANDS}
    return [
        Sent(method, PREFIX + resource, b"")
        if members is None
        else Sent(method, PREFIX + resource, json.dumps(members).encode(), JSON)
        for method, resource, members in sound
    ]


def _reads(everything: Everything) -> list[str]:
    """Return a sound address of each read."""
    pair = f"ParticipantPhoneNumbers={quote(FROM)},{quote(TO)}"
    return [
        *("overview", "openapi.json", "operations?Ended=true&Called=false"),
        "accounts?MaxResults=5",
        f"sessions?Status=Live&Number={quote(TO)}&Filter=x&MaxResults=5&NextToken=7",
        f"sessions/{everything['ProxySessionId']}",
        f"person?Number={quote(FROM)}&Counterpart={quote(TO)}",
        "log?Type=Call&Status=Ended&Outcome=Rejected&Filter=206",
        f"pools?Number={quote(TO)}&Filter=206",
        f"pools/choice?VoiceConnectorId={everything['VoiceConnectorId']}&{pair}",
        "resources?Kind=SipRule&Region=us-east-1&Filter=x",
        "requests?Operation=GetProxySession&Filter=get&Outcome=failed&Ended=true",
    ]


def addresses(everything: Everything) -> list[Sent]:
    """Return sound addresses of the page, and of its files."""
    opened = f"?View=Sessions&Open={everything['ProxySessionId']}"
    queries = [
        *("", opened, "?View=Now&AccountId=123456789012", "?View=Calls&Type=Text"),
        f"?View=Person&Number={quote(FROM)}&Region=us-east-1",
        *("?View=Requests&Open=0", "?View=Resources&Filter=x&NextToken=99"),
        *("?View=Numbers", "?View=Controls", "?View=State", "static/inspector.css"),
    ]
    return [Sent("GET", PREFIX + query, b"") for query in queries]


class Interface(NamedTuple):
    """Something that answers requests.

    *sound* returns requests that it takes while there is one of each thing, *wire* is
    the way there in process, *prefix* what the path begins with.
    """

    sound: Callable[[Everything], list[Sent]]
    wire: Wire
    prefix: str


INTERFACES: Mapping[str, Interface] = {
    "service": Interface(operations, via_botocore, ""),
    "control": Interface(
        routes, through_requests("http://motoapi.amazonaws.com"), PREFIX
    ),
    "page": Interface(
        addresses, through_requests("http://motoapi.amazonaws.com"), PREFIX
    ),
}


@pytest.fixture(params=INTERFACES)
def interface(request: pytest.FixtureRequest) -> Interface:
    """Something that answers requests."""
    return INTERFACES[request.param]


@pytest.fixture
def sound(interface: Interface) -> list[Sent]:
    """Requests that the interface takes."""
    return interface.sound(create_everything())


@pytest.fixture(autouse=True)
def stopped_clock() -> Iterator[None]:
    """What falls due while a test takes its time is nothing that a refusal changes."""
    with time_machine.travel(datetime.now(timezone.utc), tick=False):
        yield


@pytest.fixture(params=["in process", "server"])
def wire(request: pytest.FixtureRequest, interface: Interface) -> Wire:
    """A way to the interface."""
    if request.param == "server":
        return via_server(request.getfixturevalue("server_url"))
    return interface.wire


@pytest.mark.measured
@pytest.mark.parametrize("interface", ["control", "page"], indirect=True)
def test_sound_requests_are_served(wire: Wire, sound: list[Sent]) -> None:
    """What is broken in the other test is not broken before."""
    replies = [(sent, wire(*sent)) for sent in sound]

    assert [sent for sent, reply in replies if reply.status >= 300] == []


def check(reply: Reply, before: object) -> None:
    """Check that an answer is one, and that a refusal has changed nothing."""
    assert reply.status < 500, reply.body
    if "Cache-Control" in reply.headers:  # the page, or a file of it
        assert (reply.status in (200, 304, 400, 404), state()) == (True, before)
        return
    assert reply.headers["Content-Type"] == "application/json", reply.body
    assert reply.status == 204 or isinstance(reply.json, dict)
    assert reply.status < 300 or (list(reply.json), state()) == (
        ["Code", "Message"],
        before,
    )


@pytest.mark.sampled(40)
@pytest.mark.parametrize("interface", ["control"], indirect=True)
def test_any_value_of_any_member(wire: Wire, sound: list[Sent]) -> None:
    """A member may have any value; the service's are seen to by its description."""
    before = state()
    bodies = [(sent, json.loads(sent.body)) for sent in sound if sent.body]
    for sent, body in bodies:
        for member, value in product(body, VALUES):
            changed = json.dumps({**body, member: value}).encode()
            reply = wire(*sent._replace(body=changed))
            check(reply, before)
            before = state() if reply.status < 300 else before


@pytest.mark.sampled(40)
@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_change(
    wire: Wire, interface: Interface, sound: list[Sent], data: st.DataObject
) -> None:
    """Whatever is done to a request, the answer is an interface's own."""
    sent = data.draw(st.sampled_from(sound).flatmap(changes))
    assume(sent.target.startswith(interface.prefix))  # or it goes to somebody else
    before = state()

    check(wire(*sent), before)
