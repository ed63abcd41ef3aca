"""How the analysis of a call ends: nobody speaks here, so a test may say it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from proxymock.api import spec
from proxymock.api.validation import violations
from proxymock.service.store import Account

STATUSES = ("SUCCEEDED", "PARTIAL_SUCCESS", "FAILED")


@dataclass(kw_only=True, slots=True, eq=False)
class CallAnalysis:
    """What becomes of the tasks of one call, those that end from now on.

    Args:
        transaction_id: the call, which need not have tasks yet.
        status: how they end. After a PARTIAL_SUCCESS there is no voiceprint.
        status_message: why.
        confidence_scores: which voice profiles a speaker search finds, and how sure it
            is. By default it finds those that the same voice has enrolled.
        sequence: the rank among all that the account has.

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
        for violation in self._violations():
            raise ValueError(violation)

    def _violations(self) -> Iterator[object]:
        id, score = spec.shape("NonEmptyString256"), spec.shape("ConfidenceScore")
        yield from violations(id, self.transaction_id, "TransactionId")
        for profile_id, value in (self.confidence_scores or {}).items():
            yield from violations(id, profile_id, "ConfidenceScores' VoiceProfileId")
            yield from violations(score, value, f"ConfidenceScores['{profile_id}']")


def call_analysis(account: Account, transaction_id: str) -> CallAnalysis:
    """Return how the analysis of a call ends."""
    if transaction_id in account.call_analyses:
        return account.call_analyses[transaction_id]
    return CallAnalysis(transaction_id=transaction_id, sequence=-1)
