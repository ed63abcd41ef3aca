"""Whose requests are stopped before they leave."""

from __future__ import annotations

import sys

import pytest

from proxymock.plugin import sending


def test_nothing_is_astray_while_moto_is_being_imported(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No mock can be active before moto has its models, so a request may leave."""
    monkeypatch.delitem(sys.modules, "moto.core.models")

    assert not sending._is_astray(object(), "https://sts.amazonaws.com/")
