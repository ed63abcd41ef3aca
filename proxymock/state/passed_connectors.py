"""The voice connectors that calls pass, as data."""

from __future__ import annotations

from dataclasses import dataclass, field

from proxymock.state.voice_connectors import Setting


@dataclass(kw_only=True, slots=True)
class PassedConnector:
    """A voice connector as it was when a call came to it.

    *settings* are those by which the call leaves something behind, kept until it has
    ended.
    """

    region: str
    encrypted: bool
    settings: dict[str, Setting] = field(default_factory=dict)
