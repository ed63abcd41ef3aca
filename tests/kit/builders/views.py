"""What the reads return, by hand, for whatever shows it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta, timezone
from typing import Any

from proxymock.sandbox.reads.conversations import Conversation
from proxymock.sandbox.reads.interactions import Log
from proxymock.sandbox.reads.resources import COLUMNS, ResourceNode
from proxymock.sandbox.reads.sessions import LifeEvent, SessionDetails, SessionView
from proxymock.sandbox.views import CallDetails, CallView, Column
from proxymock.state.calls import Entry

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
PROXY, RIDER, DRIVER = "+12065550199", "+12065550101", "+14155550102"


def after(**duration: float) -> datetime:
    """Return an instant after noon."""
    return NOON + timedelta(**duration)


def session_view(**changes: Any) -> SessionView:
    """Return a session of an hour that was created at noon."""
    session = SessionView(
        proxy_session_id="a-session",
        name=None,
        voice_connector_id="a-connector",
        region="us-east-1",
        proxy_phone_number=PROXY,
        participants=(RIDER, DRIVER),
        capabilities=("Voice", "SMS"),
        status="Open",
        created_at=NOON,
        updated_at=NOON,
        expires_at=after(hours=1),
        ended_at=None,
        fallback_phone_number=None,
        number_selection_behavior=None,
        geo_match_level=None,
        geo_match_params=None,
    )
    return replace(session, **changes)


def session_with(*life: LifeEvent, unread: int = 0) -> SessionDetails:
    """Return a session with a life, and calls that are too many to be in it."""
    session = session_view()
    members = {each.name: getattr(session, each.name) for each in fields(session)}
    return SessionDetails(
        **members, life=life, log=Log(interactions=(), total=unread, next_token=None)
    )


def life_event(at: datetime, event: str, text: str) -> LifeEvent:
    """Return something in the life of a session."""
    return LifeEvent(at=at, event=event, interaction_id=None, text=text)


def call_with(columns: dict[str, str], *entries: Entry) -> CallDetails:
    """Return a call of which only the ladder is of interest."""
    return CallDetails(
        id="a-call",
        type="Call",
        from_number=RIDER,
        to_number=PROXY,
        body=None,
        outcome=None,
        reason=None,
        connected_to=None,
        caller_id=None,
        proxy_session_id=None,
        voice_connector_id=None,
        at=NOON,
        transaction_id="a-call",
        status="Ended",
        legs=(),
        open_legs=(),
        events=(),
        responses=(),
        warnings=(),
        ladder="",
        columns=tuple(Column(party=p, name=n) for p, n in columns.items()),
        entries=entries,
    )


def conversation_with(columns: dict[str, str], *entries: Entry) -> Conversation:
    """Return a conversation of which only the ladder is of interest."""
    call = call_with(columns, *entries)
    members = {each.name: getattr(call, each.name) for each in fields(CallView)}
    return Conversation(
        calls=(CallView(**members),),
        total=1,
        ladder="",
        columns=call.columns,
        entries=entries,
    )


def resource_node(kind: str, id: str, **more: Any) -> ResourceNode:
    """Return a resource in the column of its kind, in us-east-1."""
    node = ResourceNode(
        id=id,
        kind=kind,
        column=COLUMNS.index(kind),
        name=None,
        region="us-east-1",
        detail=None,
    )
    return replace(node, **more)
