"""Samples of the commands that read: good ones, and ones to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.builders.people import BOB
from proxymock.sandbox.command_table import Command
from proxymock.sandbox.reads import overview, sessions

SESSION_ID = "00000000-0000-4000-8000-000000000001"
GOOD_READS: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (overview.overview, {}),
    (sessions.sessions, {}),
    (sessions.sessions, {"status": "Live", "number": BOB, "max_results": 1}),
    (sessions.session, {"proxy_session_id": SESSION_ID}),
]
BAD_READS: list[tuple[Command[..., Any], Mapping[str, Any]]] = [
    (sessions.sessions, {"status": "Gone"}),
    (sessions.sessions, {"number": "Bob"}),
    (sessions.sessions, {"max_results": 101}),
    (sessions.sessions, {"next_token": "٣"}),
    (sessions.session, {"proxy_session_id": "other"}),
]
