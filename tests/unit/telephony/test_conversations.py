"""The order of what several calls have noted, each for itself."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from proxymock.state.calls import LEG_A, LEG_B, Call, Entry, Leg
from proxymock.telephony.conversations import conversation

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
TEXTS = ("INVITE +1", "200 OK", "BYE", "CANCEL", "tones 12", "key 1", '"Hello"')


def _leg(tag: str, id: str, direction: str, number: str) -> Leg:
    return Leg(
        tag=tag,
        call_id=id,
        from_number=number,
        to_number=number,
        direction=direction,
        started_at=NOON,
    )


def two_calls() -> list[Call]:
    """Return two calls: leg B of the first is leg A of the second."""
    first = Call(
        transaction_id="1",
        started_at=NOON,
        legs=[
            _leg(LEG_A, "1a", "Inbound", "+1"),
            _leg(LEG_B, "1b", "Outbound", "+2"),
        ],
        partners={"1b": "2"},
    )
    second = Call(
        transaction_id="2",
        started_at=NOON,
        legs=[_leg(LEG_A, "2a", "Inbound", "+2")],
        partners={"2a": "1"},
    )
    return [first, second]


def at(seconds: float) -> datetime:
    """Return an instant after noon."""
    return NOON + timedelta(seconds=seconds)


def told(calls: list[Call]) -> list[str]:
    """Return the texts of a conversation, in order."""
    return [entry.text for entry in conversation(calls).entries]


def test_what_comes_later_than_it_was_sent() -> None:
    """A call may note later what has come: real time has gone on. It is told once."""
    calls = two_calls()
    first, second = calls
    first.entries += [
        Entry(at(0), "chime", "B", "INVITE +2 from +1", call_id="1b"),
        Entry(at(30), "chime", "B", "CANCEL", call_id="1b"),
        Entry(at(30), "chime", "function", "2 ACTION_FAILED"),
    ]
    second.entries += [
        Entry(at(5), "A", "chime", "INVITE +2", call_id="2a"),
        Entry(at(60), "A", "chime", "CANCEL", call_id="2a"),
        Entry(at(60), "chime", "function", "2 HANGUP LEG-A 480"),
    ]

    assert told(calls) == [
        *("INVITE +2 from +1", "CANCEL", "2 ACTION_FAILED", "2 HANGUP LEG-A 480"),
    ]


def test_what_comes_at_the_same_instant() -> None:
    """What a message has led to comes after it, whichever call it is of."""
    calls = two_calls()
    first, second = calls
    first.entries += [
        Entry(at(0), "B", "chime", "200 OK", call_id="1b"),
        Entry(at(0), "chime", "function", "2 ACTION_SUCCESSFUL"),
    ]
    second.entries += [
        Entry(at(0), "chime", "function", "1 NEW_INBOUND_CALL"),
        Entry(at(0), "chime", "A", "200 OK", call_id="2a"),
    ]

    assert told(calls) == ["1 NEW_INBOUND_CALL", "200 OK", "2 ACTION_SUCCESSFUL"]


def test_circle() -> None:
    """In a state by hand each call may wait for the other; then all of it is told."""
    calls = two_calls()
    first, second = calls
    first.entries += [
        Entry(at(0), "B", "chime", "200 OK", call_id="1b"),
        Entry(at(0), "chime", "B", "tones 1", call_id="1b"),
    ]
    second.entries += [
        Entry(at(0), "A", "chime", "key 1", call_id="2a"),
        Entry(at(0), "chime", "A", "200 OK", call_id="2a"),
    ]

    assert sorted(told(calls)) == ["200 OK", "200 OK", "key 1", "tones 1"]


def test_call_that_leads_to_itself() -> None:
    """In a state by hand a leg may lead to its own call, which joins it to none."""
    call, _ = two_calls()
    call.partners = {"1b": "1"}
    call.entries.append(Entry(at(0), "chime", "B", "INVITE +2", call_id="1b"))

    ladder = conversation([call])

    assert ladder.names == {
        "party +1": "+1",
        "chime 1": "Chime SDK 1",
        "party +2": "+2",
    }
    assert [(e.sender, e.receiver) for e in ladder.entries] == [("chime 1", "party +2")]


_entries = st.lists(
    st.builds(
        lambda seconds, text, is_sent: (at(seconds), text, is_sent),
        st.integers(0, 2),
        st.sampled_from(TEXTS),
        st.booleans(),
    ),
    max_size=8,
)


@given(_entries, _entries)
def test_each_call_in_its_order(
    of_first: list[tuple[datetime, str, bool]],
    of_second: list[tuple[datetime, str, bool]],
) -> None:
    """All that a call has sent is told, in its order, whatever has come between."""
    calls = two_calls()
    for call, id, those in zip(calls, ("1b", "2a"), (of_first, of_second), strict=True):
        side = "B" if id == "1b" else "A"
        for when, text, is_sent in those:
            ends = ("chime", side) if is_sent else (side, "chime")
            call.entries.append(Entry(when, *ends, text, call_id=id))

    entries = conversation(calls).entries

    for service, id, those in (
        ("chime 1", "1b", of_first),
        ("chime 2", "2a", of_second),
    ):
        sent = [text for _, text, is_sent in those if is_sent]
        own = [e for e in entries if e.call_id == id]
        assert [e.text for e in own if e.sender == service] == sent
