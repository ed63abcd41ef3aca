"""Calls that begin: they come in, or an application makes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from proxymock.state.calls import JSON, LEG_A, Call, Leg, Target
from proxymock.state.outbound_calls import outbound
from proxymock.telephony.events import tell
from proxymock.telephony.legs import (
    RINGING_SECONDS,
    add_leg_b,
    cancel,
    connect,
    note,
    ring,
    schedule,
)
from proxymock.telephony.surroundings import Moment, Surroundings


def arrive(
    around: Surroundings,
    at: datetime,
    *,
    account_id: str,
    from_number: str,
    to_number: str,
    targets: Sequence[Target] = (),
    sip_headers: Mapping[str, str] | None = None,
) -> Call:
    """Let a call come in for the first of the applications *targets*.

    Without any, nobody is told of the call; ``put_through`` connects it.
    """
    call = Call(
        transaction_id=around.new_id(),
        account_id=account_id,
        started_at=at,
        target=targets[0] if targets else None,
        candidates=list(targets[1:]),
    )
    leg = Leg(
        tag=LEG_A,
        call_id=around.new_id(),
        from_number=from_number,
        to_number=to_number,
        direction="Inbound",
        started_at=at,
        sip_headers=sip_headers or {},
    )
    call.legs.append(leg)
    now = Moment(call, at, around)
    now.message("A", "chime", f"INVITE {to_number}", leg)
    note(now, "Arrived", CallId=leg.call_id)
    schedule(now, "rings out", leg, RINGING_SECONDS)
    tell(now, "NEW_INBOUND_CALL", leg)
    return call


def place(
    around: Surroundings,
    at: datetime,
    *,
    account_id: str,
    from_number: str,
    to_number: str,
    target: Target,
    arguments: Mapping[str, str] | None = None,
    sip_headers: Mapping[str, str] | None = None,
) -> Call:
    """Let an application call somebody, once its function has been told."""
    call = outbound(
        transaction_id=around.new_id(),
        call_id=around.new_id(),
        account_id=account_id,
        at=at,
        from_number=from_number,
        to_number=to_number,
        target=target,
        sip_headers=sip_headers or {},
    )
    begin(Moment(call, at, around), arguments or {})
    return call


def begin(now: Moment, arguments: Mapping[str, str]) -> None:
    """Tell the function of an application of the call that it is to make."""
    # AWS leaves ActionData out where the request had no arguments.
    data: JSON | None = None
    if arguments:
        given = {"Arguments": dict(arguments)}
        data = {"Type": "CallCreateRequest", "Parameters": given}
    tell(now, "NEW_OUTBOUND_CALL", now.call.leg("A"), data=data)


def put_through(
    now: Moment, to_number: str, from_number: str, hosts: Sequence[str]
) -> None:
    """Connect a call that no application has to *to_number*, at the first of *hosts*.

    Its two legs are answered and end together.
    """
    # Leg B has a time-out of its own, which ends both.
    cancel(now.call, "rings out", now.call.leg("A"))
    leg = add_leg_b(now, to_number, from_number, list(hosts))
    schedule(now, "rings out", leg, RINGING_SECONDS)
    ring(now, leg)


def unattended(now: Moment) -> None:
    """Let an application have its call although it has no function. AWS: PA-31."""
    leg = now.call.leg("A")
    # Nobody will be told, but what the events would have led to still happens.
    told = [event.type for event in now.call.waiting]
    now.call.waiting = []
    if "NEW_INBOUND_CALL" in told and leg.is_open:
        connect(now, leg)
    elif "NEW_OUTBOUND_CALL" in told and leg.is_open:
        dial(now, leg)


def dial(now: Moment, leg: Leg) -> None:
    """Ring whom an application calls."""
    schedule(now, "rings out", leg, RINGING_SECONDS)
    if ring(now, leg):
        tell(now, "RINGING", leg)
