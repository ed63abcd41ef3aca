"""A call of a state without what its ladder is drawn from."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.people import ALICE, BOB
from proxymock import SandboxError
from proxymock.plugin.sandbox_client import Phone, Snapshot


def entry(sender: str, receiver: str) -> dict[str, str]:
    """Return a message of a call, as a state has it."""
    at = "2026-01-02T12:00:00.000Z"
    return {"At": at, "Sender": sender, "Receiver": receiver, "Text": "Hello"}


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("Legs", [], "there are no Legs"),
        (
            "Entries",
            [entry("X", "chime")],
            "an Entry is not of A, chime, function, B: 'X'",
        ),
        (
            "Entries",
            [entry("chime", "X")],
            "an Entry is not of A, chime, function, B: 'X'",
        ),
        ("Entries", [entry("A", "B")], "an Entry leads from A to B"),
        ("Entries", [entry("chime", "chime")], "an Entry leads from chime to chime"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    phone: Phone, snapshot: Snapshot, member: str, value: Any, message: str
) -> None:
    """Each message of a call is between parties that a ladder has."""
    call = phone.call(ALICE, BOB)
    state = snapshot.export()
    state["Account"]["Calls"][0][member] = value

    with pytest.raises(SandboxError) as raised:
        snapshot.load(state)

    expected = f"Account.Calls has '{call.id}', of which {message}"
    assert str(raised.value) == expected
