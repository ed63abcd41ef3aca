"""A project that does not use moto."""

from __future__ import annotations

import sys


def test_it() -> None:
    """The plugin is there, and has imported nothing that costs time."""
    assert "proxymock.pytest_plugin" in sys.modules
    assert not {"moto", "boto3", "botocore", "proxymock.plugin"} & sys.modules.keys()
