"""What is to be found out about the voices of calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from proxymock.state.progress import (
    SPEAKER_SEARCH_TASK,
    VOICE_TONE_ANALYSIS_TASK,
    Progress,
)

STEPS = ("IN_PROGRESS", "SUCCEEDED")
ACTIVE = STEPS[:-1]
# AWS: VA-03. That results can be polled for a week is documented.
KEPT = timedelta(days=7)

Voice = tuple[str, bool]  # of a call, by its TransactionId: is it the caller's?
CallKey = tuple[str, str, str]  # a kind of task, a connector and a call


@dataclass(kw_only=True, slots=True, eq=False)
class AnalysisTask:
    """What the service is to find out about the voices of a call."""

    model: ClassVar[str]  # the state manager's name for the kind
    task_id: str
    status: str = STEPS[0]
    call_details: Mapping[str, Any]
    created_timestamp: datetime
    updated_timestamp: datetime
    started_timestamp: datetime
    status_message: str | None = None
    client_request_token: str | None
    progress: Progress
    sequence: int

    @property
    def forgotten_at(self) -> datetime:
        """The instant from which on nobody can get it, UTC."""
        return self.created_timestamp + KEPT

    @property
    def key(self) -> CallKey:
        """What only one active task has: its kind and call."""
        return call_key(type(self), self.call_details)


def call_key(kind: type[AnalysisTask], call: Mapping[str, Any]) -> CallKey:
    """Return what only one active task of a *kind* about a *call* has."""
    return kind.__name__, call["VoiceConnectorId"], call["TransactionId"]


@dataclass(kw_only=True, slots=True, eq=False)
class SpeakerSearchTask(AnalysisTask):
    """The search for the owner of a voice among the profiles of a domain."""

    model: ClassVar[str] = SPEAKER_SEARCH_TASK
    voice_profile_domain_id: str
    speaker_search_details: Mapping[str, Any] | None = None

    @property
    def speaker_search_task_id(self) -> str:
        """The id, as the API calls it."""
        return self.task_id

    @property
    def speaker_search_task_status(self) -> str:
        """The status, as the API calls it."""
        return self.status

    @property
    def voice(self) -> Voice:
        """Who speaks."""
        return self.call_details["TransactionId"], self.call_details["IsCaller"]


@dataclass(kw_only=True, slots=True, eq=False)
class VoiceToneAnalysisTask(AnalysisTask):
    """The analysis of how both voices of a call sound."""

    model: ClassVar[str] = VOICE_TONE_ANALYSIS_TASK

    @property
    def voice_tone_analysis_task_id(self) -> str:
        """The id, as the API calls it."""
        return self.task_id

    @property
    def voice_tone_analysis_task_status(self) -> str:
        """The status, as the API calls it."""
        return self.status
