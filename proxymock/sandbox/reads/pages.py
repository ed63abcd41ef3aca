"""Pages of things of several tables, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge, nsmallest
from itertools import islice
from operator import itemgetter
from typing import Annotated, Protocol, TypeVar

from proxymock.sandbox import SandboxError
from proxymock.sandbox.command_members import Limits

PAGE = 50
MOST_ON_A_PAGE = 100
MaxResults = Annotated[int | None, Limits(1, MOST_ON_A_PAGE)]

Thing = TypeVar("Thing")
ThingOfView = TypeVar("ThingOfView", covariant=True)


class View(Protocol[ThingOfView]):
    """Things in the order of their creation, each with its rank in its account."""

    def __len__(self) -> int: ...

    def before(self, position: int | None) -> Iterator[tuple[int, ThingOfView]]:
        """Yield the things made before *position*, or all, the newest first."""
        ...


# Things with their ranks, how many fit altogether, and where the next page begins.
Page = tuple[list[tuple[int, Thing]], int, str | None]


def page(
    views: Sequence[View[Thing]],
    max_results: int | None,
    next_token: str | None,
    fits: Callable[[Thing], bool] | None = None,
) -> Page[Thing]:
    """Return a page of those things of all *views* that fit, the newest first.

    Without *fits* the time depends on the size of the page alone. With it, everything
    is looked at once, since somebody wants to know how many there are.

    Raises SandboxError if *next_token* is no token.
    """
    size, position = page_size(max_results), position_of(next_token)
    if fits is None:
        found, total = newest_first(views, position), sum(map(len, views))
    else:
        fitting = [
            each for view in views for each in view.before(None) if fits(each[1])
        ]
        fitting.sort(key=itemgetter(0), reverse=True)
        later = (each for each in fitting if position is None or each[0] < position)
        found, total = later, len(fitting)
    ranked = list(islice(found, size + 1))
    token = str(ranked[size - 1][0]) if len(ranked) > size else None
    return ranked[:size], total, token


def newest_first(
    views: Iterable[View[Thing]], position: int | None = None
) -> Iterator[tuple[int, Thing]]:
    """Yield the things of all *views* before *position*, with their ranks."""
    return merge(*(view.before(position) for view in views), key=lambda one: -one[0])


def cut_numbers(
    numbers: Iterable[str], max_results: int | None, next_token: str | None
) -> tuple[list[str], str | None]:
    """Return one page of phone numbers in their order, and the token of the next.

    A token has the digits of the last number of the page before. Raises SandboxError.
    """
    size, position = page_size(max_results), position_of(next_token)
    last = "" if position is None else f"+{position}"
    page = nsmallest(size + 1, (number for number in numbers if number > last))
    return page[:size], page[size - 1][1:] if len(page) > size else None


def page_size(max_results: int | None) -> int:
    """Return the size of a page."""
    return PAGE if max_results is None else max_results


def position_of(token: str | None) -> int | None:
    """Return the position that a token names, None for no token.

    Raises SandboxError if *token* is no token.
    """
    if token is None:
        return None
    # No rank has more digits, and int() raises on thousands of them.
    if not (token.isascii() and token.isdecimal() and len(token) <= 18):
        raise SandboxError("NextToken must be the token of the page before")
    return int(token)
