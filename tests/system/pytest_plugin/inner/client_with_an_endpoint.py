"""A client of a program that was made for another endpoint."""

from __future__ import annotations

import program

from proxymock import Sandbox


def test_it(proxymock: Sandbox) -> None:
    """It would look elsewhere than the fixture."""
    program.voice.list_voice_connectors()
