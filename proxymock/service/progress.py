"""Statuses that move on by themselves, steered by moto's state manager.

A thing that AWS works on goes through its statuses as the transition of its
model says: ``immediate``, after a number of reads (``manual``) or seconds (``time``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from proxymock.service.settings import SettingsError
from proxymock.service.store import Store

PHONE_NUMBER_ORDER = "chimesdkvoice::phone_number_order"
SPEAKER_SEARCH_TASK = "chimesdkvoice::speaker_search_task"
VOICE_TONE_ANALYSIS_TASK = "chimesdkvoice::voice_tone_analysis_task"
MODELS = (PHONE_NUMBER_ORDER, SPEAKER_SEARCH_TASK, VOICE_TONE_ANALYSIS_TASK)
# AWS: PN-04. Nobody has to wait unless a test asks for it.
SETTLE_ON_READ = {"progression": "manual", "times": 1}


@dataclass(kw_only=True, slots=True)
class Progress:
    """How far a thing has come on its way.

    Args:
        model: the state manager's name for its kind.
        steps: the statuses on the way, the last one is final.
        since: when it reached the present one, UTC.
    """

    model: str
    steps: tuple[str, ...]
    since: datetime
    step: int = 0
    reads: int = 0

    def __post_init__(self) -> None:
        if self.model not in MODELS or not 0 <= self.step < len(self.steps):
            raise ValueError("Model, Steps and Step must be those of a progress")

    @classmethod
    def begun(cls, store: Store, model: str, steps: tuple[str, ...]) -> Progress:
        """Return the progress of a thing that is about to be made.

        Raises SettingsError while nothing has changed.
        """
        _transition(store, model)
        return cls(model=model, steps=steps, since=store.now())

    @property
    def status(self) -> str:
        """The present status."""
        return self.steps[self.step]

    def advance(self, store: Store, *, read: bool = True) -> bool:
        """Move on as far as the transition says; tell whether anything changed.

        A *read* counts for a transition that goes by reads. Raises SettingsError.
        """
        kind, length = _transition(store, self.model)
        before = self.step
        if kind == "immediate":
            while not self.is_final:
                self._move(store.now())
        elif kind == "manual":
            self.reads += read
            if self.reads >= length and not self.is_final:
                self._move(store.now())
        else:
            while not self.is_final and self._waited(store) >= length:
                self._move(self.since + timedelta(seconds=length))
        return self.step != before

    def _waited(self, store: Store) -> float:
        return (store.now() - self.since).total_seconds()

    @property
    def is_final(self) -> bool:
        """Whether it has come to its end."""
        return self.step == len(self.steps) - 1

    def _move(self, when: datetime) -> None:
        self.step, self.reads, self.since = self.step + 1, 0, when


# How a transition may go, and the member that says how long a step takes, with moto's
# default.
_LENGTHS = {"immediate": ("", 0), "manual": ("times", 1), "time": ("seconds", 0)}


def _transition(store: Store, model: str) -> tuple[str, float]:
    """Return how things of a *model* move on, and how long a step takes.

    Raises SettingsError: the state manager takes anything.
    """
    transition = store.account.transition(model)
    kind = transition.get("progression") if isinstance(transition, Mapping) else None
    if not isinstance(kind, str) or kind not in _LENGTHS:
        listed = " or ".join(map(repr, _LENGTHS))
        raise SettingsError(
            f"The transition of {model} must have the progression {listed}, "
            f"not {transition!r}"
        )
    member, default = _LENGTHS[kind]
    length = transition.get(member, default)
    if type(length) not in (int, float) or not length >= 0:
        raise SettingsError(
            f"The {member} in the transition of {model} must be a number, none or "
            f"more, not {length!r}"
        )
    return kind, length
