from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from proxymock.state.voice_analytics import CallAnalysis


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"transaction_id": ""},
            "TransactionId must have at least 1 characters, not 0",
        ),
        (
            {"status": "STOPPED"},
            "Status must be 'SUCCEEDED' or 'PARTIAL_SUCCESS' or 'FAILED', "
            "not 'STOPPED'",
        ),
        (
            {"confidence_scores": {"vp-1": 1.5}},
            "ConfidenceScores['vp-1'] must be at most 1, not 1.5",
        ),
        (
            {"confidence_scores": {"vp-1": 0.5, "vp-2": "high"}},
            "ConfidenceScores['vp-2'] must be a number, not \"high\"",
        ),
        (
            {"confidence_scores": {"": 0.5}},
            "ConfidenceScores' VoiceProfileId must have at least 1 characters, not 0",
        ),
    ],
)
def test_bad_values(values: Mapping[str, Any], message: str) -> None:
    """A value that no task could end with is refused by name."""
    with pytest.raises(ValueError, match="must") as error:
        CallAnalysis(**{"transaction_id": "call-1", "sequence": 0, **values})

    assert str(error.value) == message
