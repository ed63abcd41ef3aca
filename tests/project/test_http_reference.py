"""The page about HTTP against the table of commands."""

from __future__ import annotations

from write_http_reference import TARGET, Reference


def test_page_is_fresh() -> None:
    """docs/http.md is what its script writes."""
    assert Reference().text() == TARGET.read_text("utf-8"), (
        "run python scripts/write_http_reference.py"
    )
