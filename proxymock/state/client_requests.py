"""Requests with a ClientRequestToken, which make nothing new when they are repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol, TypeVar

from proxymock.api.errors import ConflictException


class Requested(Protocol):
    """A thing that knows the token of the request that made it."""

    @property
    def client_request_token(self) -> str | None:
        """The token, if there was one."""
        ...


Thing = TypeVar("Thing", bound=Requested)
Members = Mapping[str, Any]


class ClientRequests:
    """The thing that was made for each token, as long as it exists. AWS: VA-01.

    Each kind of thing has tokens of its own.
    """

    def __init__(self) -> None:
        self._made: dict[tuple[str, str | None], tuple[Members, Any]] = {}

    def __iter__(self) -> Iterator[tuple[Members, Any]]:
        """Yield the members of each request, and what it has made."""
        return iter(self._made.values())

    def made(
        self, kind: type[Thing], token: str | None, members: Members
    ) -> Thing | None:
        """Return the thing that the same request has made before, if any.

        Raises ConflictException if the request with this token had other members.
        """
        if (kind.__name__, token) not in self._made:
            return None
        earlier, thing = self._made[kind.__name__, token]
        if members != earlier:
            raise ConflictException(
                f"ClientRequestToken must be new, not '{token}' of another request"
            )
        made: Thing = thing
        return made

    def has(self, thing: Requested) -> bool:
        """Tell whether something of the kind of *thing* was made for its token."""
        return _key(thing) in self._made

    def add(self, thing: Requested, members: Members) -> None:
        """Note that a request with *members* made *thing*."""
        # Without a token, the same request makes a second thing.
        if thing.client_request_token is not None:
            self._made[_key(thing)] = members, thing

    def remove(self, thing: Requested) -> None:
        """Forget the request that made *thing*."""
        # Most things were made without a token, and are not here.
        self._made.pop(_key(thing), None)


def _key(thing: Requested) -> tuple[str, str | None]:
    return type(thing).__name__, thing.client_request_token
