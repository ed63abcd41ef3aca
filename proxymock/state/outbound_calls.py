"""Calls that applications make, before anything has happened to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from proxymock.state.calls import LEG_A, Call, Leg, Target


def outbound(
    *,
    transaction_id: str,
    call_id: str,
    account_id: str,
    at: datetime,
    from_number: str,
    to_number: str,
    target: Target,
    sip_headers: Mapping[str, str],
) -> Call:
    """Return a call that an application is to make; nobody has been told of it yet."""
    leg = Leg(
        tag=LEG_A,
        call_id=call_id,
        from_number=from_number,
        to_number=to_number,
        # Seen from the service, so leg A of such a call goes out.
        direction="Outbound",
        started_at=at,
        # ring() calls the first of these; there is nobody to try after a person.
        hosts=[to_number],
        sip_headers=sip_headers,
    )
    return Call(
        transaction_id=transaction_id,
        account_id=account_id,
        started_at=at,
        target=target,
        legs=[leg],
    )
