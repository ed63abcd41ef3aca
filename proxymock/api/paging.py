"""Cutting pages out of ordered views.

The time for a page depends on its size alone, since a view can start anywhere.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from proxymock.api.errors import BadRequestException
from proxymock.api.spec import PAGING, Operation

Item = TypeVar("Item", covariant=True)


class View(Protocol[Item]):
    """Things in a fixed order, each at a position that never changes."""

    @property
    def page_size(self) -> int | None:
        """The default size of a page; None stands for the largest ``MaxResults``."""
        ...

    def after(self, position: int) -> Iterator[tuple[int, Item]]:
        """Yield the things behind *position*, each with its own; -1 is the start."""
        ...


class Filtered(Generic[Item]):
    """The things of a *view* that fit."""

    page_size = None

    def __init__(self, view: View[Item], fits: Callable[[Item], bool]) -> None:
        self._view = view
        self._fits = fits

    def after(self, position: int) -> Iterator[tuple[int, Item]]:
        """Yield those behind *position*, each with its own; -1 is the start."""
        return (entry for entry in self._view.after(position) if self._fits(entry[1]))


def cut(
    operation: Operation, members: Mapping[str, Any], view: View[Any]
) -> tuple[list[Any], str | None]:
    """Return the page of *view* that *members* ask for, and the token of the next.

    Raises BadRequestException for a token that is not from this same list.
    """
    # AWS: API-05. The default page is the largest, unless the view has one of its own.
    largest: Any = operation.input.members["MaxResults"].shape.max
    size: int = members.get("MaxResults") or view.page_size or largest
    page = list(islice(view.after(start(operation, members)), size + 1))
    items = [item for _, item in page[:size]]
    return items, _token(operation, members, page[-2][0]) if page[size:] else None


def start(operation: Operation, members: Mapping[str, Any]) -> int:
    """Return the position behind which the page begins that *members* ask for.

    Raises BadRequestException for a token that is not from this same list.
    """
    token = members.get("NextToken")
    return -1 if token is None else _position(operation, members, token)


def _token(operation: Operation, members: Mapping[str, Any], position: int) -> str:
    """Return an opaque token for this list and this position alone."""
    filters = sorted((k, str(v)) for k, v in members.items() if k not in PAGING)
    place = f"{position:x}"
    seal = zlib.crc32(repr((operation.name, filters, place)).encode())
    return base64.urlsafe_b64encode(f"{seal:08x}{place}".encode()).decode()


def _position(operation: Operation, members: Mapping[str, Any], token: str) -> int:
    # AWS: API-09
    try:
        position = int(base64.b64decode(token, altchars=b"-_")[8:], 16)
    except ValueError:
        position = -1
    if token != _token(operation, members, position):
        raise BadRequestException(
            "NextToken must be the token of the page before, from the same list"
        )
    return position
