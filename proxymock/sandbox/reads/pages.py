"""Pages of things of several tables, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from heapq import merge, nsmallest
from itertools import islice
from typing import Protocol, TypeVar

from proxymock.sandbox import SandboxError

PAGE = 50
MOST_ON_A_PAGE = 100

Thing = TypeVar("Thing")
ThingOfView = TypeVar("ThingOfView", covariant=True)


class View(Protocol[ThingOfView]):
    """Things in the order of their creation, each with its rank in its account."""

    def __len__(self) -> int: ...

    def before(self, position: int | None) -> Iterator[tuple[int, ThingOfView]]:
        """Yield the things made before *position*, or all, the newest first."""
        ...


def newest_first(
    views: Iterable[View[Thing]], next_token: str | None
) -> Iterator[tuple[int, Thing]]:
    """Yield the things of all *views* that follow the page before, with their ranks.

    Raises SandboxError if *next_token* is no token.
    """
    position = _position(next_token)
    return merge(*(view.before(position) for view in views), key=lambda one: -one[0])


def cut(
    ranked: Iterator[tuple[int, Thing]],
    max_results: int | None,
    fits: Callable[[Thing], bool] | None = None,
) -> tuple[list[tuple[int, Thing]], str | None]:
    """Return one page of *ranked* things, and the token of the next if there is one.

    Raises SandboxError if *max_results* is out of range.
    """
    size = page_size(max_results)
    found = ranked if fits is None else (one for one in ranked if fits(one[1]))
    page = list(islice(found, size + 1))
    token = str(page[size - 1][0]) if len(page) > size else None
    return page[:size], token


def count_fitting(
    views: Iterable[View[Thing]], fits: Callable[[Thing], bool] | None
) -> int:
    """Return how many things of all *views* fit."""
    if fits is None:
        return sum(map(len, views))
    return sum(fits(thing) for view in views for _, thing in view.before(None))


def cut_numbers(
    numbers: Iterable[str], max_results: int | None, next_token: str | None
) -> tuple[list[str], str | None]:
    """Return one page of phone numbers in their order, and the token of the next.

    A token has the digits of the last number of the page before. Raises SandboxError.
    """
    size, position = page_size(max_results), _position(next_token)
    last = "" if position is None else f"+{position}"
    page = nsmallest(size + 1, (number for number in numbers if number > last))
    return page[:size], page[size - 1][1:] if len(page) > size else None


def page_size(max_results: int | None) -> int:
    """Return the size of a page. Raises SandboxError if it is out of range."""
    if max_results is None:
        return PAGE
    if not 1 <= max_results <= MOST_ON_A_PAGE:
        raise SandboxError(
            f"MaxResults must be from 1 to {MOST_ON_A_PAGE}, not {max_results}"
        )
    return max_results


def _position(token: str | None) -> int | None:
    if token is None:
        return None
    # No rank has more digits, and int() raises on thousands of them.
    if not (token.isascii() and token.isdecimal() and len(token) <= 18):
        raise SandboxError("NextToken must be the token of the page before")
    return int(token)
