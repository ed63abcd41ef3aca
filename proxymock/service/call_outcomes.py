"""How the analysis of a call ends: nobody speaks here, so a test may say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proxymock.api import spec
from proxymock.api.validation import violations

STATUSES = ("SUCCEEDED", "PARTIAL_SUCCESS", "FAILED")


@dataclass(kw_only=True, slots=True, frozen=True)
class CallOutcome:
    """What becomes of the tasks of one call, those that end from now on.

    It is in force once it is among the account's ``call_outcomes``, under the call's
    TransactionId; the tasks need not exist yet.

    Args:
        status: how they end. After a PARTIAL_SUCCESS there is no voiceprint.
        status_message: why.
        confidence_scores: which voice profiles a speaker search finds, and how sure it
            is. By default it finds those that the same voice has enrolled.

    Raises ValueError, which names the value and what it takes.
    """

    status: str = "SUCCEEDED"
    status_message: str | None = None
    confidence_scores: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            listed = " or ".join(map(repr, STATUSES))
            raise ValueError(f"status must be {listed}, not {self.status!r}")
        score = spec.shape("ConfidenceScore")
        for id, value in (self.confidence_scores or {}).items():
            for violation in violations(score, value, f"confidence_scores['{id}']"):
                raise ValueError(str(violation))
