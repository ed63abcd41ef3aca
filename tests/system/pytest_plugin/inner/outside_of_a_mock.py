"""The sandbox where nothing is mocked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from proxymock import SandboxError, clock, faults, mock_aws, phone, snapshot

USES: dict[str, Callable[[], object]] = {
    "call": lambda: phone.call("+12065550100", "+14015550101"),
    "advance": lambda: clock.advance(days=1),
    "load": lambda: snapshot.load({"FormatVersion": 1}),
    "inject": lambda: faults.inject("GetProxySession", "NotFoundException"),
    "log": phone.log,
}


@pytest.mark.parametrize("use", USES.values(), ids=USES)
def test_it(use: Callable[[], object]) -> None:
    """What works in a mock is refused outside."""
    with mock_aws():
        use()
    with pytest.raises(SandboxError, match=r"^AWS is not mocked here"):
        use()
