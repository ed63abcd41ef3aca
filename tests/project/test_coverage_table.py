"""The table of operations against the code."""

from __future__ import annotations

import runpy
from pathlib import Path

from proxymock.api import spec

ROOT = Path(__file__).parents[2]


def test_table_is_fresh() -> None:
    """COVERAGE.md is what its script writes."""
    script = runpy.run_path(str(ROOT / "scripts" / "write_coverage.py"))

    assert script["coverage"]() == (ROOT / "COVERAGE.md").read_text("utf-8"), (
        "run python scripts/write_coverage.py"
    )


def test_every_configuration_says_what_it_does() -> None:
    """Each operation that puts a configuration, and no other, is followed by that."""
    script = runpy.run_path(str(ROOT / "scripts" / "write_coverage.py"))
    configurations = {
        name
        for name in spec.operation_names()
        if name.startswith("Put") or (name.endswith("Settings") and "Update" in name)
    }

    assert script["DOES"].keys() == configurations
