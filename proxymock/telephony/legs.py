"""Legs: how they ring, are answered and end, and what is due on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from proxymock.state.calls import (
    LEG_A,
    LEG_B,
    Call,
    CallRecording,
    Due,
    Effect,
    Leg,
)
from proxymock.telephony.people import BUSY, UNAVAILABLE, Habit
from proxymock.telephony.surroundings import Moment

NORMAL = 0
# DOCUMENTED, for a call that comes in.
RINGING_SECONDS = 30
PHRASES: Mapping[int, str] = {
    NORMAL: "Normal End",
    UNAVAILABLE: "Temporarily Unavailable",
    BUSY: "Busy Here",
}


def side(leg: Leg) -> str:
    """Return the column of the ladder that a leg's party has."""
    return "A" if leg.tag == LEG_A else "B"


def note(now: Moment, kind: str, **details: Any) -> None:
    """Note what others have to know or do."""
    now.call.effects.append(Effect(kind, now.at, details))


def schedule(now: Moment, what: str, leg: Leg, seconds: float) -> None:
    """Let something happen to a leg after so many seconds, in place of an earlier one.

    Of what falls on the same instant, what was scheduled first happens first.
    """
    cancel(now.call, what, leg)
    try:
        at = now.at + timedelta(seconds=seconds)
    except OverflowError:  # after the last day that there is
        at = datetime.max.replace(tzinfo=timezone.utc)
    now.call.due.append(Due(at, what, leg.call_id))
    now.call.due.sort(key=lambda each: each.at)


def postpone(call: Call, kind: str, at: datetime) -> None:
    """Note, at an instant to come, what others have to know or do by then."""
    call.due.append(Due(at, kind, call_id=""))
    call.due.sort(key=lambda each: each.at)


def cancel(call: Call, what: str, leg: Leg) -> None:
    """Forget what was to happen to a leg."""
    id = leg.call_id
    call.due = [due for due in call.due if due.call_id != id or due.what != what]


def add_leg_b(
    now: Moment, to_number: str, from_number: str, hosts: list[str], **more: Any
) -> Leg:
    """Add a leg B, which takes the place of one that has ended."""
    leg = Leg(
        tag=LEG_B,
        call_id=now.around.new_id(),
        from_number=from_number,
        to_number=to_number,
        direction="Outbound",
        started_at=now.at,
        hosts=hosts,
        **more,
    )
    now.call.legs.append(leg)
    return leg


def ring(now: Moment, leg: Leg) -> bool:
    """Ring the first of a leg's hosts; return whether it rings."""
    host = leg.hosts[0]
    person = now.around.person(host)
    to = leg.to_number if host == leg.to_number else f"{leg.to_number}@{host}"
    now.message("chime", side(leg), f"INVITE {to} from {leg.from_number}", leg)
    note(
        now,
        "Dialled",
        CallId=leg.call_id,
        To=leg.to_number,
        From=leg.from_number,
        Host=host,
        SipHeaders=dict(leg.sip_headers),
        Rings=person.habit.rings,
        Reached=_is_reached(person.habit),
    )
    # Whoever is busy, or cannot be reached, refuses without ringing.
    if person.habit.rings:
        now.message(side(leg), "chime", "180 Ringing", leg)
    if person.habit.acts:
        schedule(now, "person acts", leg, person.after)
    return person.habit.rings


def _is_reached(habit: Habit) -> bool:
    """Tell whether any message comes back from who has the habit."""
    return habit.rings or habit.code != UNAVAILABLE


def connect(now: Moment, leg: Leg) -> None:
    """Answer a leg: the application a caller's, a person one that was dialled."""
    leg.answered_at = now.at
    is_caller = leg.direction == "Inbound"
    cancel(now.call, "rings out", leg)
    # A test may answer by hand for somebody who would have answered later.
    cancel(now.call, "person acts", leg)
    sender, receiver = ("chime", side(leg)) if is_caller else (side(leg), "chime")
    now.message(sender, receiver, "200 OK", leg)
    note(now, "Answered", CallId=leg.call_id)
    stays = now.around.person(leg.hosts[0]).hangs_up_after if leg.hosts else None
    if stays is not None:
        schedule(now, "person hangs up", leg, stays)


def send_tones(now: Moment, leg: Leg, keys: str) -> None:
    """Let the party of a leg hear keys."""
    leg.heard.append(f"tones:{keys}")
    now.message("chime", side(leg), f"tones {keys}", leg)
    note(now, "Tones", CallId=leg.call_id, Digits=keys)


def end(now: Moment, leg: Leg, code: int, *, by_party: bool) -> None:
    """End a leg, and with the last one the call.

    AWS: PA-32. *code* is 0 after an answer, else 480 or 486, unless it was asked for.
    """
    assert leg.is_open, f"{leg.tag} ends twice"
    call = now.call
    if leg.tag == LEG_A:
        _leave_meeting(now)
    sender, receiver = (side(leg), "chime") if by_party else ("chime", side(leg))
    now.message(sender, receiver, _farewell(leg, code, by_party), leg)
    leg.ended_at, leg.sip_response_code, leg.listener = now.at, code, None
    if leg.recording is not None:
        stop_recording(now, leg, leg.recording)
    # Nothing happens any more to a leg that has ended.
    call.due = [due for due in call.due if due.call_id != leg.call_id]
    told = {"ByParty": by_party, "Reached": True}
    if leg.answered_at is None and leg.hosts:
        told["Reached"] = _is_reached(now.around.person(leg.hosts[0]).habit)
    note(now, "LegEnded", CallId=leg.call_id, SipResponseCode=code, **told)
    if not call.open_legs:
        _finish_call(now)


def _leave_meeting(now: Moment) -> None:
    """End the leg to the meeting, which the caller is leaving. AWS: PA-21."""
    for leg in now.call.open_legs:
        if leg.kind == "Meeting":
            end(now, leg, NORMAL, by_party=False)


def stop_recording(now: Moment, leg: Leg, recording: CallRecording) -> None:
    """Write what StartCallRecording recorded, once."""
    if recording.status == "Stopped":
        return
    recording.status = "Stopped"
    seconds = (now.at - recording.started_at).total_seconds()
    note(
        now,
        "Recording",
        BucketName=recording.bucket,
        Key=recording.key,
        Seconds=seconds,
        Metadata={
            "transaction-id": now.call.transaction_id,
            "call-id": leg.call_id,
            "recording-duration": f"{seconds:g}",
            "recording-audio-file-format": "wav",
        },
    )


def _finish_call(now: Moment) -> None:
    call = now.call
    # What waits to be told stays: the HANGUP of the last leg is among it.
    call.ended_at, call.running = now.at, None
    call.updates, call.actions, call.pending = [], [], []
    note(now, "CallEnded")


def _farewell(leg: Leg, code: int, by_party: bool) -> str:
    """Return the SIP message that ends a leg."""
    if leg.answered_at is not None:
        return "BYE"
    if by_party == (leg.direction == "Inbound"):
        return "CANCEL"
    return f"{code} {PHRASES.get(code, 'Failure')}"
