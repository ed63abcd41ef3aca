"""Who calls the service in tests, and what the fixtures that call it are like."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from requests import Response

REGION = "us-east-1"
CREDENTIALS = {
    "aws_access_key_id": "AKIAIOSFODNN7EXAMPLE",
    "aws_secret_access_key": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
}

# Returns a boto3 client: connect(service="chime-sdk-voice", region="us-east-1").
Connect = Callable[..., Any]
# Sets a transition of moto's state manager: steer(model, progression="immediate").
Steer = Callable[..., None]
# Returns a client for the Credentials of an answer: login(region, **credentials).
Login = Callable[..., Any]


class Send(Protocol):
    """Sends a request as it is, without an SDK in between."""

    def __call__(
        self,
        method: str,
        path: str,
        body: str | bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """Return the answer."""
        ...
