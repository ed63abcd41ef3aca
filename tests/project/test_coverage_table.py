"""The table of operations against the code."""

from __future__ import annotations

import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_table_is_fresh() -> None:
    """COVERAGE.md is what its script writes."""
    script = runpy.run_path(str(ROOT / "scripts" / "write_coverage.py"))

    assert script["coverage"]() == (ROOT / "COVERAGE.md").read_text("utf-8"), (
        "run python scripts/write_coverage.py"
    )
