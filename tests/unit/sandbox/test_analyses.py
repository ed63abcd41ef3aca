"""What a test says of how the analysis of a call ends."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.analysis_tasks import Tasks
from kit.oracles.state import state
from kit.transports.clients import Steer
from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot
from proxymock.plugin.transports import Transport
from proxymock.sandbox import SandboxError

OTHER = "111111111111"
SILENCE = {"Status": "FAILED", "StatusMessage": "Silence", "ConfidenceScores": None}


def test_answer_has_what_is_in_force(transport: Transport) -> None:
    """What is left out gets its default, and the last word on a call counts."""

    def analyse(**members: Any) -> dict[str, Any]:
        given = {"TransactionId": "call-1", **members}
        return transport.perform("POST", "analyses", None, given)

    assert analyse(Status="FAILED", StatusMessage="Silence") == {
        "TransactionId": "call-1",
        **SILENCE,
    }
    assert analyse(ConfidenceScores={"vp-1": 0.5}) == {
        "TransactionId": "call-1",
        "Status": "SUCCEEDED",
        "StatusMessage": None,
        "ConfidenceScores": {"vp-1": 0.5},
    }


def test_last_word_counts(phone: Phone, tasks: Tasks) -> None:
    """Tasks of that call end so, of both kinds; those of others do not."""
    phone.set_analysis("call-1", status="FAILED", status_message="Silence")
    failed, other = tasks.run("call-1"), tasks.run("call-2")
    phone.set_analysis("call-1")
    succeeded = tasks.run("call-1")

    assert [(tasks.status(t), t.get("StatusMessage")) for t in (failed, other)] == [
        ("FAILED", "Silence"),
        ("SUCCEEDED", None),
    ]
    assert tasks.status(succeeded) == "SUCCEEDED"


def test_word_after_the_end_is_for_the_next(
    phone: Phone, tasks: Tasks, steer: Steer, clock: Clock
) -> None:
    """A task that ended by time before, though nobody has looked, stays as it ended."""
    steer(tasks.model, progression="time", seconds=60)
    ended = tasks.start("call-1")
    clock.advance(minutes=2)

    phone.set_analysis("call-1", status="FAILED")

    assert tasks.status(tasks.get(ended)) == "SUCCEEDED"


def test_word_on_one_of_two_running(
    phone: Phone, tasks: Tasks, steer: Steer, clock: Clock
) -> None:
    """A word changes how the running tasks of its call end, and no others."""
    steer(tasks.model, progression="time", seconds=60)
    running, other = tasks.start("call-1"), tasks.start("call-2")

    phone.set_analysis("call-1", status="FAILED")
    clock.advance(minutes=2)

    assert [tasks.status(tasks.get(each)) for each in (running, other)] == [
        "FAILED",
        "SUCCEEDED",
    ]


def test_other_account(phone: Phone, tasks: Tasks) -> None:
    """What is set for one account says nothing of another's calls."""
    phone.set_analysis("call-1", status="FAILED", account_id=OTHER)

    assert tasks.status(tasks.run("call-1")) == "SUCCEEDED"


def test_state(phone: Phone, snapshot: Snapshot, tasks: Tasks) -> None:
    """It is part of the account's state, in a form that can be written by hand."""
    written = {"TransactionId": "call-1", "Status": "FAILED"}
    before = snapshot.export()
    phone.set_analysis("call-1", status="FAILED")
    exported = snapshot.export()["Account"]
    snapshot.load({**before, "Account": {"CallAnalyses": [written]}})

    assert [{**each, "Sequence": 0} for each in exported["CallAnalyses"]] == [
        {**written, "Sequence": 0}
    ]
    assert snapshot.export()["Account"] == exported
    assert tasks.status(tasks.run("call-1")) == "FAILED"


@pytest.mark.parametrize(
    ("members", "message"),
    [
        ({}, "TransactionId is required"),
        ({"TransactionId": " "}, "TransactionId must match"),
        ({"TransactionId": "c", "Status": "STOPPED"}, "Status must be 'SUCCEEDED' or"),
        (
            {"TransactionId": "c", "ConfidenceScores": []},
            "ConfidenceScores must be an object, not []",
        ),
        (
            {"TransactionId": "c", "ConfidenceScores": {"vp-1": 2}},
            "ConfidenceScores['vp-1'] must be at most 1, not 2",
        ),
        ({"TransactionId": "c", "Outcome": "x"}, "There is no member Outcome; it take"),
    ],
)
def test_bad_input_changes_nothing(
    transport: Transport, members: dict[str, Any], message: str
) -> None:
    """A bad member is named, and nothing is set."""
    before = state()

    with pytest.raises(SandboxError) as error:
        transport.perform("POST", "analyses", None, members)

    assert str(error.value).startswith(message)
    assert state() == before
