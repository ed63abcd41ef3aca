"""The Sequence of what a person has written: one rank for each thing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kit.builders.documents import PROXY_NUMBER, seed
from kit.builders.people import ALICE, BOB
from proxymock.plugin.sandbox_client import Phone, Snapshot
from proxymock.sandbox import SandboxError

HIGHEST = 10**15
TEXT: dict[str, Any] = {
    "Id": "",
    "Type": "Text",
    "From": ALICE,
    "To": PROXY_NUMBER,
    "Body": "Hi",
    "Outcome": "Connected",
    "Reason": None,
    "ConnectedTo": BOB,
    "CallerId": PROXY_NUMBER,
    "ProxySessionId": None,
    "VoiceConnectorId": None,
    "At": "2026-01-02T12:00:00.000Z",
}
DELETED = {
    "ProxySessionId": "gone",
    "ParticipantPhoneNumbers": [ALICE, BOB],
    "ProxyPhoneNumber": PROXY_NUMBER,
    "EndedTimestamp": "2026-01-02T12:00:00.000Z",
}


def with_texts(*texts: tuple[str, int | None], **connector: Any) -> dict[str, Any]:
    """Return a state with texts, by their ids and the sequences that are written."""
    written = [
        {**TEXT, "Id": id} if rank is None else {**TEXT, "Id": id, "Sequence": rank}
        for id, rank in texts
    ]
    return {**seed(**connector), "FormatVersion": 2, "Interactions": written}


def test_texts_come_in_the_order_of_their_ranks(
    phone: Phone, snapshot: Snapshot
) -> None:
    """A person may write texts in any order; one without a rank is the newest."""
    snapshot.load(with_texts(("none", None), ("second", 9), ("first", 5)))

    phone.text(ALICE, BOB, "Bye")

    *before, last = phone.log()
    assert [each.id for each in before] == ["first", "second", "none"]
    assert last.body == "Bye"


REFUSED = [
    (
        with_texts(("one", 9), ("two", 9)),
        "Interactions[1].Sequence must not be that of Interactions[0]",
    ),
    (
        with_texts(("one", 7), Sequence=7),
        "Interactions[0].Sequence must not be that of Regions.us-east-1.VoiceConnect",
    ),
    (
        with_texts(("one", -1)),
        f"Interactions[0].Sequence must be from 0 to {HIGHEST}",
    ),
    (
        with_texts(("one", HIGHEST + 1)),
        f"Interactions[0].Sequence must be from 0 to {HIGHEST}",
    ),
    (
        with_texts(Sequence=HIGHEST + 1),
        f"VoiceConnectors[0].Sequence must be from 0 to {HIGHEST}",
    ),
    (
        with_texts(DeletedProxySessions=[{**DELETED, "Sequence": HIGHEST + 1}]),
        f"DeletedProxySessions[0].Sequence must be from 0 to {HIGHEST}",
    ),
]


@pytest.mark.parametrize(
    ("document", "message"),
    REFUSED,
    ids=["of a text", "of a thing", "negative", "text", "thing", "deleted session"],
)
def test_ranks_that_cannot_be(
    phone: Phone, snapshot: Snapshot, document: dict[str, Any], message: str
) -> None:
    """A rank is a thing's alone, and no higher than a page token has digits."""
    phone.text(ALICE, BOB, "Before")
    before = snapshot.export()

    with pytest.raises(SandboxError, match=re.escape(message)):
        snapshot.load(document)

    assert snapshot.export() == before


def test_rank_that_is_nobodys(phone: Phone, snapshot: Snapshot) -> None:
    """A Sequence that is no thing's does not count, however high it is."""
    snapshot.load(
        {
            **with_texts(("one", 3), ("two", None)),
            "Account": {
                "Calls": [
                    {
                        "TransactionId": "call-1",
                        "StartedAt": "2026-01-02T12:00:00.000Z",
                        "EndedAt": "2026-01-02T12:01:00.000Z",
                        "Attributes": {"Sequence": 10**40},
                        "Legs": [
                            {
                                "Tag": "LEG-A",
                                "CallId": "leg-1",
                                "FromNumber": ALICE,
                                "ToNumber": PROXY_NUMBER,
                                "Direction": "Outbound",
                                "StartedAt": "2026-01-02T12:00:00.000Z",
                                "EndedAt": "2026-01-02T12:01:00.000Z",
                            }
                        ],
                    }
                ]
            },
        }
    )

    assert [each.id for each in phone.log()] == ["one", "two"]
