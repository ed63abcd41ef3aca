"""What tests say to each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

# Returns a boto3 client: connect(service="chime-sdk-voice", region="us-east-1").
Connect = Callable[..., Any]
# Sets a transition of moto's state manager: steer(model, progression="immediate").
Steer = Callable[..., None]


def body(answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return an answer of boto3 without what boto3 adds to it."""
    return {name: value for name, value in answer.items() if name != "ResponseMetadata"}


def pages(
    call: Callable[..., Any], member: str, **arguments: object
) -> list[list[Any]]:
    """Return *member* of all pages of a list, following NextToken to the end."""
    found: list[list[Any]] = []
    token: dict[str, str] = {}
    while True:
        page = call(**arguments, **token)
        found.append(page[member])
        if "NextToken" not in page:
            return found
        token = {"NextToken": page["NextToken"]}
