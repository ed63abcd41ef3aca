"""Statuses that move on by themselves, as moto's state manager says.

The transition of a model decides how its things go through their statuses: at once
(``immediate``), after a number of reads (``manual``) or after seconds (``time``).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from proxymock.state.options import OptionsError
from proxymock.state.progress import Progress
from proxymock.state.store import Store

# AWS: PN-04. Nobody has to wait unless a test asks for it.
DEFAULT_TRANSITION = {"progression": "manual", "times": 1}


def begin(store: Store, model: str, steps: tuple[str, ...]) -> Progress:
    """Return the progress of a new thing.

    Raises OptionsError for a transition that makes no sense. Call it before anything
    has changed.
    """
    _transition(store, model)  # only to raise
    return Progress(model=model, steps=steps, since=store.now())


def advance(store: Store, progress: Progress, *, read: bool = False) -> bool:
    """Move on as far as the transition says, and tell whether the status changed.

    A *read* counts for a ``manual`` transition. Raises OptionsError.
    """
    kind, length = _transition(store, progress.model)
    before = progress.step
    if kind == "immediate":
        while not progress.is_final:
            progress.move(store.now())
    elif kind == "manual":
        progress.reads += read
        if progress.reads >= length and not progress.is_final:
            progress.move(store.now())
    else:
        while not progress.is_final and _waited(store, progress) >= length:
            # At the instant at which it was due, however late anybody looks.
            progress.move(progress.since + timedelta(seconds=length))
    return progress.step != before


def seconds_of(store: Store, progress: Progress, otherwise: float) -> float:
    """Return how long a step takes by the clock, if the transition goes by that."""
    kind, length = _transition(store, progress.model)
    return length if kind == "time" else otherwise


def _waited(store: Store, progress: Progress) -> float:
    return (store.now() - progress.since).total_seconds()


# The progressions of a transition, each with the member for the length of a step and
# moto's default for it.
_LENGTHS = {"immediate": ("", 0), "manual": ("times", 1), "time": ("seconds", 0)}


def _transition(store: Store, model: str) -> tuple[str, float]:
    """Return the progression of a *model* and the length of a step: reads or seconds.

    Raises OptionsError, since the state manager accepts anything.
    """
    transition = store.account.transition(model)
    kind = transition.get("progression") if isinstance(transition, Mapping) else None
    if not isinstance(kind, str) or kind not in _LENGTHS:
        listed = " or ".join(map(repr, _LENGTHS))
        raise OptionsError(
            f"The transition of {model} must have the progression {listed}, "
            f"not {transition!r}"
        )
    member, default = _LENGTHS[kind]
    length = transition.get(member, default)
    if type(length) not in (int, float) or not length >= 0:
        raise OptionsError(
            f"The {member} in the transition of {model} must be a number, none or "
            f"more, not {length!r}"
        )
    return kind, length
