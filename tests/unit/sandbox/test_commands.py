"""Commands are the same for Python, which hands objects over, and over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone
from itertools import count
from typing import Any

import pytest
import time_machine
from moto.moto_api._internal import mock_random

from kit.builders.documents import PROXY_NUMBER, seed
from kit.builders.people import ALICE, BOB
from kit.requests.reads import BAD_READS, GOOD_READS, SESSION_ID
from kit.requests.surroundings import (
    BAD_SURROUNDINGS,
    FORGETTING,
    GOOD_SURROUNDINGS,
)
from proxymock.plugin.transports import InProcess, OverHTTP, Transport
from proxymock.sandbox import (
    SandboxError,
    call_commands,
    commands,
    faults,
    function_commands,
    surroundings_commands,
)
from proxymock.sandbox.command_table import COMMANDS, Command

HERE = InProcess()
NOON = datetime(2026, 1, 2, 12, 0, 0, 5000, tzinfo=timezone.utc)
ACCOUNT = "111111111111"
MASKING = {"function_arn": "arn:aws:lambda:us-east-1:111111111111:function:masking"}
FAULT = {"operation": "GetProxySession", "error": "NotFoundException"}
STATE = seed(
    ProxySessions=[
        {
            "ProxySessionId": SESSION_ID,
            "ParticipantPhoneNumbers": [ALICE, BOB],
            "ProxyPhoneNumber": PROXY_NUMBER,
            "CreatedTimestamp": "2026-01-02T11:59:00.000Z",
        }
    ]
)
RINGING, TALKING = {"id": "the call that rings"}, {"id": "the call that talks"}
CALL = {"from_number": "(401) 555-0101", "to_number": PROXY_NUMBER}
LATER = datetime.fromisoformat("2026-01-03T00:00:00.123456+01:00")
GOOD: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (call_commands.call, CALL),
    (call_commands.call, {**CALL, "to_number": "+33123456789"}),
    (call_commands.call, {**CALL, "to_number": "sip:desk@sip.example.com"}),
    (call_commands.call, {**CALL, "sip_headers": {"X-Order": "7"}}),
    (call_commands.calls, {}),
    (call_commands.calls, {"status": "Ended", "max_results": 1, "next_token": "0"}),
    (call_commands.one_call, RINGING),
    (call_commands.summary, TALKING),
    (call_commands.press, {**TALKING, "digits": "5#", "leg": "B"}),
    (call_commands.answer, {**RINGING, "leg": "B"}),
    (call_commands.reject, {**RINGING, "sip_response_code": 480}),
    (call_commands.hang_up, RINGING),
    *GOOD_SURROUNDINGS,
    (commands.text, {**CALL, "body": 'Ünïcode, "quoted"'}),
    (commands.interactions, {}),
    (commands.interactions, {"proxy_session_id": SESSION_ID}),
    (commands.masks, {}),
    (commands.set_analysis, {"transaction_id": "call-1"}),
    (
        commands.set_analysis,
        {
            "transaction_id": "call-1",
            "status": "FAILED",
            "status_message": "Silence",
            "confidence_scores": {"vp-1": 0.5},
        },
    ),
    (commands.time, {}),
    (commands.move_time, {"advance": 61.5}),
    (commands.move_time, {"advance": 60}),
    (commands.move_time, {"set": LATER}),
    (commands.reset_time, {}),
    (commands.faults, {}),
    (commands.inject_fault, FAULT),
    (commands.inject_fault, {**FAULT, "times": 2, "message": "Gone", "delay": 1}),
    (commands.clear_faults, {}),
    (commands.clear_faults, {"fault_id": "1"}),
    (function_commands.functions, {}),
    (function_commands.bind, {**MASKING, "target": "https://example.com:3001/base"}),
    (function_commands.unbind, {}),
    (function_commands.unbind, MASKING),
    (function_commands.fail, {**MASKING, "how": "timeout"}),
    (function_commands.fail, {**MASKING, "how": "error", "times": 2}),
    (commands.state, {}),
    (commands.put_state, {"document": {**seed(), "ClockOffset": 60}}),
    (commands.put_state, {"document": {**seed(), "Interactions": ()}}),
    (commands.settings, {}),
    (commands.put_settings, {"proxy_numbers": [PROXY_NUMBER]}),
    (commands.put_settings, {"proxy_numbers": None, "enforce_quotas": True}),
    *GOOD_READS,
]
BAD: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (call_commands.call, {**CALL, "to_number": "Bob"}),
    (call_commands.call, {**CALL, "to_number": 5}),
    (call_commands.call, {**CALL, "to_number": "sip:desk"}),
    (call_commands.call, {**CALL, "to_number": "sip:d@s.com", "via": "vc"}),
    (call_commands.call, {**CALL, "via": "vc"}),
    (call_commands.call, {**CALL, "sip_headers": {"X-Order": 7}}),
    (call_commands.calls, {"max_results": 0}),
    (call_commands.calls, {"status": "Gone"}),
    (call_commands.calls, {"next_token": "x"}),
    (call_commands.one_call, {"id": "other"}),
    (call_commands.summary, {"id": "other"}),
    (call_commands.press, {**TALKING, "digits": "5x"}),
    (call_commands.press, {**TALKING, "digits": "5", "leg": "C"}),
    (call_commands.press, {**RINGING, "digits": "5"}),
    (call_commands.answer, TALKING),
    (call_commands.reject, {**RINGING, "sip_response_code": 500}),
    (call_commands.hang_up, {**RINGING, "id": "other"}),
    *BAD_SURROUNDINGS,
    (commands.text, CALL),
    (commands.set_analysis, {"transaction_id": "c", "confidence_scores": [1]}),
    (commands.set_analysis, {"transaction_id": "c", "confidence_scores": {"vp": 2}}),
    (commands.set_analysis, {"transaction_id": "c", "status": "STOPPED"}),
    (commands.move_time, {}),
    (commands.move_time, {"advance": 1, "set": LATER}),
    (commands.move_time, {"advance": -1}),
    (commands.move_time, {"advance": True}),
    (commands.move_time, {"advance": 10**400}),
    (commands.move_time, {"advance": 1e300}),
    (commands.move_time, {"set": datetime(2026, 1, 3)}),
    (commands.move_time, {"set": "tomorrow"}),
    (commands.inject_fault, {**FAULT, "error": "ConflictException"}),
    (commands.inject_fault, {**FAULT, "times": 1.5}),
    (commands.inject_fault, {**FAULT, "times": 0}),
    (commands.inject_fault, {**FAULT, "delay": "1"}),
    (function_commands.bind, MASKING),
    (function_commands.bind, {"target": "http://localhost"}),
    (function_commands.bind, {**MASKING, "target": "localhost:3001"}),
    (function_commands.bind, {**MASKING, "target": 5}),
    (function_commands.bind, {"function_arn": "masking", "target": "http://localhost"}),
    (function_commands.fail, {**MASKING, "how": "slow"}),
    (function_commands.fail, {**MASKING, "how": "error", "times": 0}),
    (function_commands.fail, {"function_arn": "other", "how": "error"}),
    (commands.put_state, {"document": {"FormatVersion": 3}}),
    (commands.put_state, {"document": {"FormatVersion": 1, "Regions": {1: 2}}}),
    (commands.put_state, {"document": {"FormatVersion": 1, "Regions": {1, 2}}}),
    (commands.put_settings, {"max_session_minutes": 0}),
    *BAD_READS,
]


def ids(
    samples: list[tuple[Command[..., Any], Mapping[str, Any]]],
) -> list[str]:
    """Return what a test of each of *samples* is called."""
    return [
        f"{number} {command.method} {command.path}"
        for number, (command, _) in enumerate(samples)
    ]


def calls_of() -> dict[str, str]:
    """Have two calls, of which one rings; return their ids."""
    mock_random.seed(1)
    there = {"from_number": BOB, "to_number": PROXY_NUMBER}
    for forget in FORGETTING:
        HERE.run(forget, ACCOUNT, {})
    talks = HERE.run(call_commands.call, ACCOUNT, there)
    by_hand = {"number": BOB, "answers": "by hand"}
    HERE.run(surroundings_commands.person, ACCOUNT, by_hand)
    rings = HERE.run(call_commands.call, ACCOUNT, CALL)
    return {RINGING["id"]: rings.id, TALKING["id"]: talks.id}


def outcomes(
    transport: Transport,
    command: Command[..., Any],
    arguments: Mapping[str, Any],
) -> list[Any]:
    """Return what a command answers or refuses, and how the account is afterwards.

    Only the command itself goes the way that is tested; all else takes the shorter one.
    """
    HERE.run(commands.put_state, ACCOUNT, {"document": STATE})
    HERE.run(commands.put_settings, ACCOUNT, {})
    HERE.run(commands.clear_faults, ACCOUNT, {})
    ids = calls_of()
    faults._IDS = count(1)
    HERE.run(commands.inject_fault, ACCOUNT, FAULT)
    bound = {**MASKING, "target": "http://localhost:3001"}
    HERE.run(function_commands.unbind, ACCOUNT, {})
    HERE.run(function_commands.bind, ACCOUNT, bound)
    given = {**arguments}
    if "id" in given:
        given["id"] = ids.get(given["id"], given["id"])
    try:
        answer = transport.run(command, ACCOUNT, given)
    except SandboxError as error:
        answer = str(error)
    after: tuple[Command[..., Any], ...] = (
        commands.state,
        commands.faults,
        commands.settings,
        surroundings_commands.people,
        surroundings_commands.sounds,
        surroundings_commands.refusals,
        function_commands.functions,
    )
    return [answer, *(HERE.run(each, ACCOUNT, {}) for each in after)]


@pytest.fixture(autouse=True)
def ids_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Afterwards, ids of faults go on where they were."""
    monkeypatch.setattr(faults, "_IDS", count(1))


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    """Let real time stand still."""
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def there(motos_server_url: str) -> Transport:
    """The way to a server, which is in this process and has the same accounts."""
    return OverHTTP(motos_server_url)


def test_each_command_has_a_sample() -> None:
    """No command is left out of what follows."""
    assert {command for command, _ in GOOD} == {*COMMANDS}


@pytest.mark.parametrize(("command", "arguments"), GOOD, ids=ids(GOOD))
def test_both_ways_are_equal(
    there: Transport, command: Command[..., Any], arguments: Mapping[str, Any]
) -> None:
    """Objects that are handed over are those that JSON brings, types included."""
    expected = outcomes(there, command, arguments)

    actual = outcomes(InProcess(), command, arguments)

    assert actual == expected
    assert not isinstance(actual[0], str)
    assert repr(actual) == repr(expected)


@pytest.mark.parametrize(("command", "arguments"), BAD, ids=ids(BAD))
def test_both_ways_refuse_equally(
    there: Transport, command: Command[..., Any], arguments: Mapping[str, Any]
) -> None:
    """Bad arguments are refused in the same words, and change nothing."""
    untouched = outcomes(there, commands.time, {})[1:]

    expected = outcomes(there, command, arguments)

    assert outcomes(InProcess(), command, arguments) == expected
    assert isinstance(expected[0], str)
    assert expected[1:] == untouched


def test_answers_are_json() -> None:
    """The answer of every command, as JSON, is what it was made of."""
    for command, arguments in GOOD:
        answer, *_ = outcomes(InProcess(), command, arguments)

        members = command.as_json(answer)

        assert command.from_json(json.loads(json.dumps(members))) == answer


def test_what_is_handed_over_is_not_shared() -> None:
    """Who changes what went in or came out later on does not change the account."""
    document = json.loads(json.dumps(STATE))
    transport = InProcess()
    transport.run(commands.put_state, ACCOUNT, {"document": document})
    transport.run(commands.inject_fault, ACCOUNT, FAULT)
    scores = {"vp-1": 0.5}
    spoken = {"transaction_id": "call-1", "confidence_scores": scores}
    analysis = transport.run(commands.set_analysis, ACCOUNT, spoken)
    before = transport.run(commands.state, ACCOUNT, {})
    copy = json.loads(json.dumps(before))

    document["Regions"]["us-east-1"]["VoiceConnectors"][0]["Settings"].clear()
    before["Regions"]["us-east-1"]["VoiceConnectors"][0]["Settings"].clear()
    scores.clear()
    assert analysis.confidence_scores is not None
    analysis.confidence_scores.clear()
    (fault,) = transport.run(commands.faults, ACCOUNT, {}).faults
    fault.times = 99

    assert transport.run(commands.state, ACCOUNT, {}) == copy
    (fault,) = transport.run(commands.faults, ACCOUNT, {}).faults
    assert fault.times == 1
