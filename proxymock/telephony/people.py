"""How people, and telephone systems, take calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf
from typing import NamedTuple

BUSY = 486
UNAVAILABLE = 480


class Habit(NamedTuple):
    """What a way to take calls comes to.

    *acts* is whether anything happens by itself, *code* the SIP response of who
    refuses, None of who answers.
    """

    rings: bool
    acts: bool
    code: int | None = None


# AWS: PA-02. AWS tells one error for all that do not answer; the codes are SIP's.
HABITS: Mapping[str, Habit] = {
    "at once": Habit(rings=True, acts=True),
    "voicemail": Habit(rings=True, acts=True),
    "no answer": Habit(rings=True, acts=False),
    # The same as "no answer", for tests that will answer or reject.
    "by hand": Habit(rings=True, acts=False),
    "rejects": Habit(rings=True, acts=True, code=BUSY),
    "busy": Habit(rings=False, acts=True, code=BUSY),
    "unreachable": Habit(rings=False, acts=True, code=UNAVAILABLE),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who takes calls: how, after how many seconds, and for how long.

    Raises ValueError, which names what is wrong.
    """

    answers: str = "at once"
    after: float = 0
    hangs_up_after: float | None = None

    def __post_init__(self) -> None:
        if self.answers not in HABITS:
            known = ", ".join(HABITS)
            raise ValueError(f"answers must be one of {known}, not '{self.answers}'")
        for name in ("after", "hangs_up_after"):
            seconds = getattr(self, name)
            if seconds is not None and not 0 <= seconds < inf:
                raise ValueError(f"{name} must be at least 0, not {seconds}")

    @property
    def habit(self) -> Habit:
        """What *answers* comes to."""
        return HABITS[self.answers]
