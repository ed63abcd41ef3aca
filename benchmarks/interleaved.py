"""Ratios of two things that are measured in turns: both see the same machine."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import process_time

# Does its work so many times; returns the seconds that one time took.
Contender = Callable[[int], float]


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """How much longer *ours* may take than *theirs*."""

    name: str
    bar: float
    ours: Contender
    theirs: Contender


@dataclass(frozen=True, kw_only=True)
class Measured:
    """A ratio as it came out; *ours* and *theirs* are seconds."""

    name: str
    bar: float
    ours: float
    theirs: float
    ratio: float

    @property
    def holds(self) -> bool:
        """Whether the ratio is within its bar."""
        return self.ratio <= self.bar


def measure(ratio: Ratio, *, rounds: int, times: int) -> Measured:
    """Let both contenders work in turns and return the medians of all rounds."""
    ratio.ours(times)  # the first calls of all are slow
    ratio.theirs(times)
    gc.collect()
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(ratio.ours(times))
        theirs.append(ratio.theirs(times))
    return Measured(
        name=ratio.name,
        bar=ratio.bar,
        ours=median(ours),
        theirs=median(theirs),
        ratio=median(a / b for a, b in zip(ours, theirs, strict=True)),
    )


def timed(call: Callable[[], object], times: int) -> float:
    """Return the seconds of CPU time that one *call* takes, over so many."""
    begin = process_time()
    for _ in range(times):
        call()
    return (process_time() - begin) / times
