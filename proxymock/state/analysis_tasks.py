"""Analysis tasks: speaker search and voice tone analysis."""

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

Voice = tuple[str, bool]  # the TransactionId of a call, and whether it is the caller's
CallKey = tuple[str, str, str]  # a kind of task, a connector and a call


@dataclass(kw_only=True, slots=True, eq=False)
class AnalysisTask:
    """A task of the service about the voices of a call."""

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
        """The instant from which it is not found any more, UTC. AWS: VA-03."""
        return self.created_timestamp + KEPT

    @property
    def key(self) -> CallKey:
        """The kind, the connector and the call: only one task of them is active."""
        return call_key(type(self), self.call_details)


def call_key(kind: type[AnalysisTask], call: Mapping[str, Any]) -> CallKey:
    """Return the key of the one active task of a *kind* about a *call*."""
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
        """The voice that is searched for."""
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
