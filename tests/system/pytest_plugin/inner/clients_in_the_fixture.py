"""The clients of a program, and the fixture."""

from __future__ import annotations

import program

from proxymock import Sandbox


def test_it(proxymock: Sandbox) -> None:
    """The program and the fixture see the same."""
    assert program.connectors() == ["Rides"]
    [connector] = proxymock.client.list_voice_connectors()["VoiceConnectors"]
    assert connector["Name"] == "Rides"
