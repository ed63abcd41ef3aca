"""The voice connectors that calls pass, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from proxymock.state.voice_connectors import Setting


@dataclass(kw_only=True, slots=True)
class PassedConnector:
    """A voice connector as it was when a call came to it.

    *settings* are those by which the call leaves something behind, kept until it has
    ended. *failures* are the instants, UTC, at which another host was tried in place of
    one that could not be reached.
    """

    region: str
    encrypted: bool
    settings: dict[str, Setting] = field(default_factory=dict)
    failures: list[datetime] = field(default_factory=list)
