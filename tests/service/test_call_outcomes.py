from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from proxymock.service.call_outcomes import CallOutcome


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"status": "STOPPED"},
            "status must be 'SUCCEEDED' or 'PARTIAL_SUCCESS' or 'FAILED', "
            "not 'STOPPED'",
        ),
        (
            {"confidence_scores": {"vp-1": 1.5}},
            "confidence_scores['vp-1'] must be at most 1, not 1.5",
        ),
        (
            {"confidence_scores": {"vp-1": 0.5, "vp-2": "high"}},
            "confidence_scores['vp-2'] must be a number, not \"high\"",
        ),
    ],
)
def test_bad_values(values: Mapping[str, Any], message: str) -> None:
    """A value that no task could end with is refused by name."""
    with pytest.raises(ValueError, match="must be") as error:
        CallOutcome(**values)

    assert str(error.value) == message
