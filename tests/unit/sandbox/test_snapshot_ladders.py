"""A call of a state without what its ladder is drawn from."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.people import ALICE, BOB
from proxymock import SandboxError
from proxymock.plugin.sandbox_client import Phone, Snapshot


@pytest.mark.parametrize(
    ("member", "value", "message"),
    [
        ("Legs", [], "there are no Legs"),
        (
            "Entries",
            [{"At": "2026-01-02T12:00:00.000Z", "Sender": "X", "Text": "Hello"}],
            "an Entry is not of A, chime, function, B: 'X'",
        ),
        (
            "Entries",
            [
                {
                    "At": "2026-01-02T12:00:00.000Z",
                    "Sender": "A",
                    "Receiver": "X",
                    "Text": "Hello",
                }
            ],
            "an Entry is not of A, chime, function, B: 'X'",
        ),
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
