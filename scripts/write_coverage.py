"""Write ``COVERAGE.md``: every operation of the service, and the module that does it.

    python scripts/write_coverage.py

A test fails when the file is stale.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType

from proxymock.api import spec
from proxymock.service import OPERATIONS

TARGET = Path(__file__).parents[1] / "COVERAGE.md"


def coverage() -> str:
    """Return the text of the file."""
    names = spec.operation_names()
    modules = sorted({function.__module__ for function in OPERATIONS.values()})
    lines = [
        "# Coverage",
        "",
        f"{len(OPERATIONS)} of the {len(names)} operations of Amazon Chime SDK Voice, "
        f"API version {spec.description()['version']}.",
        "Written by `scripts/write_coverage.py`, not by hand.",
    ]
    for module in map(sys.modules.__getitem__, modules):
        lines += _section(_title(module), _summary(module), _done_by(module))
    missing = [name for name in names if name not in OPERATIONS]
    if missing:
        lines += _section("Not built yet", "These answer 501.", missing)
    return "\n".join(lines) + "\n"


def _title(module: ModuleType) -> str:
    path = module.__name__.replace(".", "/")
    return f"[`{module.__name__.rpartition('.')[2]}`]({path}.py)"


def _summary(module: ModuleType) -> str:
    return (module.__doc__ or "").partition("\n\n")[0].replace("\n", " ")


def _done_by(module: ModuleType) -> list[str]:
    return [n for n, f in OPERATIONS.items() if f.__module__ == module.__name__]


def _section(title: str, summary: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield from ("", f"## {title}", "", summary, "")
        yield from (f"- [{'x' if n in OPERATIONS else ' '}] {n}" for n in names)


if __name__ == "__main__":
    TARGET.write_text(coverage(), encoding="utf-8")
    print(f"{TARGET}: {len(OPERATIONS)} operations are built")
