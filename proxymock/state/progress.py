"""How far things have come that AWS works on."""

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
    """How far a thing has come on its way.

    Args:
        model: the state manager's name for its kind.
        steps: the statuses on the way, the last one is final.
        since: when it reached the present one, UTC.
        step: which of the steps that is.
        reads: how often it has been read since.
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
        """Whether it has come to its end."""
        return self.step == len(self.steps) - 1

    def move(self, when: datetime) -> None:
        """Reach the next status, at an instant."""
        self.step, self.reads, self.since = self.step + 1, 0, when
