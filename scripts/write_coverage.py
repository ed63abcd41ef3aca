"""Write ``COVERAGE.md``: every operation of the service, and the module that does it.

    python scripts/write_coverage.py

A test fails when the file is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from proxymock.api import spec
from proxymock.service import OPERATIONS

TARGET = Path(__file__).parents[1] / "COVERAGE.md"


def coverage() -> str:
    """Return the text of the file."""
    names = spec.operation_names()
    lines = [
        "# Coverage",
        "",
        f"{len(OPERATIONS)} of the {len(names)} operations of Amazon Chime SDK Voice, "
        f"API version {spec.description()['version']}.",
        "Written by `scripts/write_coverage.py`, not by hand.",
    ]
    by_module: dict[str, list[str]] = {}
    for name, function in OPERATIONS.items():
        by_module.setdefault(function.__module__, []).append(name)
    for module, done in sorted(by_module.items()):
        lines += _section(_title(module), _summary(module), "x", done)
    missing = sorted(set(names).difference(OPERATIONS))
    if missing:
        lines += _section("Not built yet", "These answer 501.", " ", missing)
    return "\n".join(lines) + "\n"


def _title(module: str) -> str:
    return f"`{module.rpartition('.')[2]}`"


def _summary(module: str) -> str:
    text = (sys.modules[module].__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    return f"{text} ([source]({module.replace('.', '/')}.py))"


def _section(
    title: str, summary: str, mark: str, names: Iterable[str]
) -> Iterator[str]:
    yield from ("", f"## {title}", "", summary, "")
    yield from (f"- [{mark}] {name}" for name in sorted(names))


if __name__ == "__main__":
    TARGET.write_text(coverage(), encoding="utf-8")
    print(f"{TARGET}: {len(OPERATIONS)} operations are built")
