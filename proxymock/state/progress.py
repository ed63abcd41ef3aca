"""The progress of things that AWS works on: orders and analysis tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

# moto's state manager knows the kinds by these names.
PHONE_NUMBER_ORDER = "chimesdkvoice::phone_number_order"
SPEAKER_SEARCH_TASK = "chimesdkvoice::speaker_search_task"
VOICE_TONE_ANALYSIS_TASK = "chimesdkvoice::voice_tone_analysis_task"
MODELS = (PHONE_NUMBER_ORDER, SPEAKER_SEARCH_TASK, VOICE_TONE_ANALYSIS_TASK)


@dataclass(kw_only=True, slots=True)
class Progress:
    """The statuses of a thing, and the present one.

    Args:
        model: the name of its kind for moto's state manager.
        steps: the statuses in order; the last one is final.
        since: the instant at which it reached the present status, UTC.
        step: the index of the present status.
        reads: how often it has been read since then.

    Raises ValueError if *model* or *step* is unknown.
    """

    model: str
    steps: tuple[str, ...]
    since: datetime
    step: int = 0
    reads: int = 0

    def __post_init__(self) -> None:
        if self.model not in MODELS or not 0 <= self.step < len(self.steps):
            raise ValueError("Model, Steps and Step must be those of a progress")

    @property
    def status(self) -> str:
        """The present status."""
        return self.steps[self.step]

    @property
    def is_final(self) -> bool:
        """Whether the present status is final."""
        return self.step == len(self.steps) - 1

    def move(self, when: datetime) -> None:
        """Move to the next status, at an instant in UTC."""
        self.step, self.reads, self.since = self.step + 1, 0, when
