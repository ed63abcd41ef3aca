"""What the tests use of time-machine, which is not built for Pyodide, by freezegun."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from freezegun import freeze_time

if TYPE_CHECKING:
    from freezegun.api import FrozenDateTimeFactory

T = TypeVar("T")


class Traveller:
    """A time that has been travelled to, and can be moved."""

    def __init__(self, frozen: FrozenDateTimeFactory) -> None:
        self._frozen = frozen

    def shift(self, delta: timedelta | float) -> None:
        """Move on by *delta*, or by so many seconds."""
        self._frozen.tick(delta)

    def move_to(self, destination: datetime, tick: bool = False) -> None:
        """Move to a time."""
        self._frozen.move_to(destination)


class travel:  # noqa: N801  the name is that of time-machine
    """Travel to a time for a block, a function, or between start and stop."""

    def __init__(self, destination: Any, *, tick: bool = True) -> None:
        self._freezer: Any = freeze_time(destination, tick=tick)

    def __call__(self, function: Callable[..., T]) -> Callable[..., T]:
        """Return a function that runs at that time."""
        decorated: Callable[..., T] = self._freezer(function)
        return decorated

    def start(self) -> Traveller:
        """Travel."""
        return Traveller(self._freezer.start())

    def stop(self) -> None:
        """Return."""
        self._freezer.stop()

    def __enter__(self) -> Traveller:
        return self.start()

    def __exit__(self, *error: object) -> None:
        self.stop()
