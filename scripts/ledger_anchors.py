"""An extension of Sphinx: headings have the same anchors as in the repository."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def anchor(heading: str) -> str:
    """Return the anchor of a heading: the id of a row of the ledger, else its text.

    >>> anchor("PS-06: Which number two people get"), anchor("What, and why?")
    ('ps-06', 'what-and-why')
    """
    row = re.match(r"[A-Z]{2,3}-\d\d(?=: )", heading)
    text = row[0] if row else re.sub(r"[^\w -]", "", heading)
    return text.lower().replace(" ", "-")


def without_written_anchors(app: Sphinx, page: str, source: list[str]) -> None:
    """Take out the anchors that stand in headings, where ``anchor`` gives the same."""
    source[0] = re.sub(r'^(#+ )<a id="[\w-]+"></a>', r"\1", source[0], flags=re.M)


def setup(app: Sphinx) -> dict[str, bool]:
    """Add this to Sphinx."""
    app.connect("source-read", without_written_anchors)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
