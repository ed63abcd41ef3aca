"""How tests talk to the control interface."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import requests

Control = Callable[..., requests.Response]


def answer(response: requests.Response) -> tuple[int, Any]:
    """Return status and body of an answer, which is JSON."""
    assert response.headers["Content-Type"] == "application/json"
    return response.status_code, response.json()
