"""The tables of analysis tasks, voice profiles and domains, and calls' analyses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from proxymock.api import spec
from proxymock.api.validation import violations
from proxymock.state.analysis_tasks import ACTIVE, AnalysisTask, CallKey, Voice
from proxymock.state.client_requests import ClientRequests
from proxymock.state.deadlines import Deadlines, Due
from proxymock.state.tables import Indexed, Key, Ordered, Table, Tagged
from proxymock.state.tags import Tags
from proxymock.state.voice_connectors import VoiceConnectors

STATUSES = ("SUCCEEDED", "PARTIAL_SUCCESS", "FAILED")


class AnalysisTasks(Table[AnalysisTask]):
    """The tasks of a region. Each leaves after seven days. AWS: VA-03."""

    def __init__(
        self, connectors: VoiceConnectors, requests: ClientRequests, due: Deadlines
    ) -> None:
        super().__init__("AnalysisTask", "task_id")
        self._connectors = connectors
        self._requests = requests
        self._deadlines = due
        self._on_due = self._forget
        self.active: dict[CallKey, AnalysisTask] = {}

    def enter(self, task: AnalysisTask) -> AnalysisTask:
        """Keep a task and return it. Its call has no other active task of its kind.

        Raises AlreadyThere.
        """
        super().enter(task)
        self._beside(task).add(task)
        self._deadlines.add(task.forgotten_at, task, self._on_due)
        if task.status in ACTIVE:
            self.active[task.key] = task
        return task

    def end(self, task: AnalysisTask, status: str, at: datetime) -> None:
        """Give an active task the status in which it ends, at an instant, UTC."""
        del self.active[task.key]
        task.status, task.updated_timestamp = status, at

    def leave(self, task: AnalysisTask) -> None:
        """Remove a task and its ClientRequestToken before it is forgotten by itself."""
        self._deadlines.remove(task.forgotten_at, task, self._on_due)
        # To leave is to be forgotten early: one way out, which undoes all of enter.
        self._forget([(task.forgotten_at, task.sequence, task, self._on_due)])

    def _forget(self, due: Sequence[Due]) -> None:
        for _, _, task, _ in due:
            super().leave(task)
            self._beside(task).remove(task)
            self._requests.remove(task)
            if task.status in ACTIVE:
                del self.active[task.key]

    def _beside(self, task: AnalysisTask) -> Ordered[AnalysisTask]:
        return self._connectors[task.call_details["VoiceConnectorId"]].analysis_tasks


@dataclass(kw_only=True, slots=True, eq=False)
class VoiceProfile:
    """An enrolled voice."""

    voice_profile_id: str
    voice_profile_arn: str
    voice_profile_domain_id: str
    created_timestamp: datetime
    updated_timestamp: datetime
    expiration_timestamp: datetime
    voice: Voice
    sequence: int

    @property
    def keys(self) -> set[Key]:
        """What it is found by: its domain and voice."""
        return {(self.voice_profile_domain_id, self.voice)}


@dataclass(kw_only=True, slots=True, eq=False)
class VoiceProfileDomain:
    """A domain with its profiles."""

    voice_profile_domain_id: str
    voice_profile_domain_arn: str
    name: str
    description: str | None
    server_side_encryption_configuration: Mapping[str, str]
    created_timestamp: datetime
    updated_timestamp: datetime
    client_request_token: str | None
    sequence: int
    voice_profiles: Ordered[VoiceProfile] = field(
        default_factory=Ordered, metadata={"derived": True}
    )


class VoiceProfileDomains(Tagged[VoiceProfileDomain]):
    """The domains of a region."""

    def __init__(self, tags: Tags, requests: ClientRequests) -> None:
        super().__init__(
            "VoiceProfileDomain",
            "voice_profile_domain_id",
            "voice_profile_domain_arn",
            tags,
        )
        self._requests = requests

    def leave(self, domain: VoiceProfileDomain) -> None:
        """Remove a domain, which has no profiles, with its tags and token."""
        super().leave(domain)
        self._requests.remove(domain)


class VoiceProfiles(Indexed[VoiceProfile]):
    """The profiles of a region. Each leaves when it expires. AWS: VA-18."""

    def __init__(self, domains: VoiceProfileDomains, due: Deadlines) -> None:
        super().__init__("VoiceProfile", "voice_profile_id")
        self._domains = domains
        self._deadlines = due
        self._on_due = self._expire

    def enter(self, profile: VoiceProfile) -> VoiceProfile:
        """Keep a profile in its domain and return it.

        Raises AlreadyThere or NotFoundException, and then nothing has changed.
        """
        # First, because it may raise, and nothing may have changed then.
        domain = self._domains[profile.voice_profile_domain_id]
        super().enter(profile)
        domain.voice_profiles.add(profile)
        self._deadlines.add(profile.expiration_timestamp, profile, self._on_due)
        return profile

    def prolong(self, profile: VoiceProfile, until: datetime) -> None:
        """Let a profile expire at another instant, in UTC."""
        self._deadlines.remove(profile.expiration_timestamp, profile, self._on_due)
        profile.expiration_timestamp = until
        self._deadlines.add(until, profile, self._on_due)

    def leave(self, profile: VoiceProfile) -> None:
        """Remove a profile before it expires."""
        expires = profile.expiration_timestamp
        self._deadlines.remove(expires, profile, self._on_due)
        self._expire([(expires, profile.sequence, profile, self._on_due)])

    def _expire(self, due: Sequence[Due]) -> None:
        for _, _, profile, _ in due:
            super().leave(profile)
            # It is there: a domain goes after its profiles.
            domain = self._domains[profile.voice_profile_domain_id]
            domain.voice_profiles.remove(profile)


@dataclass(kw_only=True, slots=True, eq=False)
class CallAnalysis:
    """The end of the analysis tasks of one call that have not ended yet.

    Args:
        transaction_id: the call, which need not have tasks yet.
        status: the status in which they end. PARTIAL_SUCCESS leaves no voiceprint.
        status_message: the reason, which the API shows.
        confidence_scores: the voice profiles that a speaker search finds, by their ids,
            each with a score from 0 to 1. By default they are those that the same voice
            has enrolled.
        sequence: the rank among all things of the account.

    Raises ValueError, which names the member and what it takes.
    """

    transaction_id: str
    status: str = "SUCCEEDED"
    status_message: str | None = None
    confidence_scores: Mapping[str, float] | None = None
    sequence: int

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            listed = " or ".join(map(repr, STATUSES))
            raise ValueError(f"Status must be {listed}, not {self.status!r}")
        # Here and not in the command, since a saved state may have a wrong one, too.
        for violation in self._violations():
            raise ValueError(violation)

    def _violations(self) -> Iterator[object]:
        id, score = spec.shape("NonEmptyString256"), spec.shape("ConfidenceScore")
        yield from violations(id, self.transaction_id, "TransactionId")
        for profile_id, value in (self.confidence_scores or {}).items():
            yield from violations(id, profile_id, "ConfidenceScores' VoiceProfileId")
            yield from violations(score, value, f"ConfidenceScores['{profile_id}']")


class CallAnalyses(Table[CallAnalysis]):
    """What has been set for the calls of an account."""

    def __init__(self) -> None:
        super().__init__("CallAnalysis", "transaction_id")

    def of(self, transaction_id: str) -> CallAnalysis:
        """Return how the analysis of a call ends."""
        if transaction_id in self:
            return self[transaction_id]
        # The default is not kept: only what somebody has set is part of a state.
        return CallAnalysis(transaction_id=transaction_id, sequence=-1)
