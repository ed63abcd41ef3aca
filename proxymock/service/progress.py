"""Statuses that move on by themselves, steered by moto's state manager.

A thing that AWS works on goes through its statuses as the transition of its
model says: ``immediate``, after a number of reads (``manual``) or seconds (``time``).
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
    """Return the progress of a thing that is about to be made.

    Raises OptionsError while nothing has changed.
    """
    _transition(store, model)
    return Progress(model=model, steps=steps, since=store.now())


def advance(store: Store, progress: Progress, *, read: bool = False) -> bool:
    """Move on as far as the transition says; tell whether anything changed.

    A *read* counts for a transition that goes by reads. Raises OptionsError.
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
            progress.move(progress.since + timedelta(seconds=length))
    return progress.step != before


def _waited(store: Store, progress: Progress) -> float:
    return (store.now() - progress.since).total_seconds()


# How a transition may go, and the member that says how long a step takes, with moto's
# default.
_LENGTHS = {"immediate": ("", 0), "manual": ("times", 1), "time": ("seconds", 0)}


def _transition(store: Store, model: str) -> tuple[str, float]:
    """Return how things of a *model* move on, and how long a step takes.

    Raises OptionsError: the state manager takes anything.
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
