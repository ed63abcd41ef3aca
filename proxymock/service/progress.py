"""Statuses that move on by themselves, steered by moto's state manager.

A thing that AWS works on goes through its statuses as the transition of its
model says: ``immediate``, after a number of reads (``manual``) or seconds (``time``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

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

    @property
    def status(self) -> str:
        """The present status."""
        return self.steps[self.step]

    def advance(self, store: Store, *, read: bool = True) -> bool:
        """Move on as far as the transition says; tell whether anything changed.

        A *read* counts for a transition that goes by reads.
        """
        transition = store.account.transition(self.model)
        before = self.step
        if transition["progression"] == "immediate":
            while not self._is_final:
                self._move(store.now())
        elif transition["progression"] == "manual":
            self.reads += read
            if self.reads >= transition["times"] and not self._is_final:
                self._move(store.now())
        else:
            pause = timedelta(seconds=transition["seconds"])
            while not self._is_final and store.now() - self.since >= pause:
                self._move(self.since + pause)
        return self.step != before

    @property
    def _is_final(self) -> bool:
        return self.step == len(self.steps) - 1

    def _move(self, when: datetime) -> None:
        self.step, self.reads, self.since = self.step + 1, 0, when
