"""The schema of events can tell a good one from a bad one."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.call_events import DOWN, UP, data, event, hung_up, leg_a, leg_b
from kit.oracles.event_schema import problems

JSON = dict[str, Any]

GOOD = event(3, "HANGUP", leg_b(DOWN), leg_a(UP), data=hung_up("LEG-B", "id-3"))
TURNED = {**leg_b(UP), "Direction": "Inbound"}
UNTYPED = {**leg_a(), "StartTimeInMilliseconds": 1795856400123}
OPENED = {key: GOOD[key] for key in reversed(GOOD)}
KEYLESS = {key: value for key, value in leg_a().items() if key != "CallId"}
PRESSED = data("ReceiveDigits", InputDigitsRegex=".")


def test_good_event() -> None:
    """An event as AWS sends it has no problems."""
    assert problems(GOOD) == []


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (OPENED, f"HANGUP has the keys {list(OPENED)}"),
        ({**GOOD, "Sequence": "3"}, "SchemaVersion or Sequence is wrong"),
        (event(1, "RANG", leg_a(), data=data("Speak")), "there is no RANG"),
        (
            event(1, "RINGING", UNTYPED),
            "Participant.StartTimeInMilliseconds is 1795856400123",
        ),
        (event(1, "RINGING", KEYLESS), f"Participant has the keys {list(KEYLESS)}"),
        (event(1, "RINGING", leg_a("Ringing")), "Status is Ringing"),
        (event(1, "RINGING", leg_a(), TURNED), "LEG-B is not Outbound"),
        (
            event(1, "RINGING", leg_b(UP), leg_b(UP)),
            "Participants are ['LEG-B', 'LEG-B']",
        ),
        (
            event(1, "HANGUP", leg_a(), data=PRESSED),
            f"ActionData of HANGUP begins with {PRESSED}",
        ),
        (
            event(1, "DIGITS_RECEIVED", leg_a(), data=PRESSED),
            "ActionData of DIGITS_RECEIVED ReceiveDigits has []",
        ),
    ],
)
def test_bad_event(bad: JSON, problem: str) -> None:
    """What is wrong with an event is named."""
    assert problem in problems(bad)
