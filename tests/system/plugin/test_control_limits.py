"""How large a request to the control interface may be."""

from __future__ import annotations

from proxymock.plugin.control import _body
from proxymock.plugin.requests import IncomingRequest


class Long(bytes):
    """Bytes that say that they are very many."""

    def __len__(self) -> int:
        return 2**40


def test_state_of_any_size_is_taken() -> None:
    """Whatever GET state answers can be PUT back."""
    received = IncomingRequest(
        "PUT",
        "http://localhost:5000/moto-api/proxymock/state",
        "/moto-api/proxymock/state",
        "",
        {"Content-Type": "application/json"},
        lambda: Long(b'{"FormatVersion": 1}'),
    )

    assert _body(received) == {"FormatVersion": 1}
