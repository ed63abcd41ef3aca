"""The clients of a program, and no mock any more."""

from __future__ import annotations

import program
import pytest
from moto import mock_aws
from no_way_out import Leak


def test_it() -> None:
    """What is mocked for a while is free afterwards."""
    with mock_aws():
        program.voice.list_voice_connectors()
    with pytest.raises(Leak):
        program.voice.list_voice_connectors()
