"""The answers of boto3, in the form that tests compare."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.client import BaseClient


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


def known(client: BaseClient, shape: str, thing: Mapping[str, Any]) -> dict[str, Any]:
    """Return *thing* without the members that the installed botocore does not know."""
    members = client.meta.service_model.shape_for(shape).members  # type: ignore[attr-defined]
    return {name: value for name, value in thing.items() if name in members}
