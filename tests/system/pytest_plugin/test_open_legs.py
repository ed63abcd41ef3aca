"""Legs that were forgotten, in test files of their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kit.transports.inner_pytest import run_tests

FILE = """
import pytest
from kit.builders.desk import ARN, CALLER, answer, bridge, masking, open_desk, saying
from kit.builders.sip import NUMBER

FORGETS = saying(NEW_INBOUND_CALL=answer(bridge()))

@pytest.fixture(params=["proxymock", "proxymock_server"])
def sandbox(request):
    sandbox = request.getfixturevalue(request.param)
    open_desk(sandbox.client)
    return sandbox

def play(sandbox, handler):
    sandbox.functions.bind(ARN, handler)
    with sandbox.phone.call(CALLER, NUMBER) as call:
        pass
    return call

@pytest.mark.proxymock(open_legs="fail")
def test_forgotten(sandbox):
    play(sandbox, FORGETS)

@pytest.mark.proxymock(open_legs="fail")
def test_masked(sandbox):
    assert play(sandbox, masking).ended

@pytest.mark.proxymock(open_legs="fail")
def test_talking(sandbox):
    sandbox.functions.bind(ARN, masking)
    sandbox.phone.call(CALLER, NUMBER)

@pytest.mark.proxymock(open_legs="report")
def test_reported(sandbox):
    assert len(play(sandbox, FORGETS).open_legs) == 1

def test_default(sandbox):
    assert len(play(sandbox, FORGETS).open_legs) == 1
"""


def test_forgotten_legs_fail_the_test(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the marker, a leg that was forgotten fails its test, and is shown."""
    path = os.pathsep.join(
        [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", "")]
    )
    monkeypatch.setenv("PYTHONPATH", path)
    pytester.makepyfile(FILE)

    result = run_tests(pytester)

    result.assert_outcomes(failed=2, passed=8)
    result.stdout.fnmatch_lines(
        [
            "proxymock: call *: LEG-B is up although the other leg has hung up",
            "*Chime SDK*",
            "*BYE*",
            "*HANGUP LEG-A 0*",
        ]
    )
