"""The benchmarks run; what they find depends on the machine."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_benchmarks_print_a_row_per_ratio() -> None:
    """Each ratio is a row of name, both times, ratio and bar."""
    run = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--rounds=1", "--times=1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    _, _, heading, *rows = run.stdout.splitlines()
    assert heading.split() == ["ours", "theirs", "ratio", "bar"]
    assert [(row.split()[0], row.split()[6]) for row in rows] == [
        ("GetProxySession", "1.15"),
        ("CreateProxySession", "1.30"),
    ]
    assert run.stderr == ""
