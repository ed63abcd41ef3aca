"""The sandbox of Python behaves the same in this process and on a server."""

from __future__ import annotations

from typing import Any

import pytest

from proxymock.plugin.sandbox_client import Clock, Phone, Snapshot
from proxymock.plugin.transports import Transport
from proxymock.sandbox import SandboxError
from support import ALICE, BOB


@pytest.mark.parametrize("minutes", [float("nan"), float("inf")])
def test_numbers_that_json_lacks(transport: Transport, minutes: float) -> None:
    """What cannot be sent is refused, as is what makes no sense."""
    with pytest.raises(SandboxError):
        Clock(transport=transport).advance(minutes=minutes)


@pytest.mark.parametrize("state", ["{}", [1], None])
def test_state_is_a_mapping(transport: Transport, state: Any) -> None:
    """Whoever forgets to parse a file is told so."""
    with pytest.raises(SandboxError, match="A state must be what export"):
        Snapshot(transport=transport).load(state)


def test_endless_nesting(transport: Transport) -> None:
    """What is nested deeper than JSON can be is refused before it is sent."""
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]

    with pytest.raises(SandboxError, match="What is sent is nested too deeply"):
        Snapshot(transport=transport).load({"FormatVersion": 1, "Regions": nested})


def test_account_id_as_a_number(phone: Phone) -> None:
    """An account id that YAML has made a number of is the same."""
    account_id: Any = 111111111111
    call = phone.call(ALICE, BOB, account_id=account_id)

    assert phone.log(account_id="111111111111") == [call]
