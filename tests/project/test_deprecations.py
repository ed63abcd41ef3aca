"""What is deprecated, in the code and on the page that announces it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "versioning.md").read_text("utf-8")
# `phone.call(host=)` is deprecated since 1.2 and goes with 2.0: use `via=`
MESSAGE = re.compile(
    r"(?P<what>`[^`]+`) is deprecated since (?P<since>\d+\.\d+) "
    r"and goes with (?P<goes>\d+\.0): use (?P<instead>`[^`]+`)"
)


def warned(source: str) -> Iterator[str]:
    """Yield what each call that warns of a deprecation says."""
    for node in ast.walk(ast.parse(source)):
        names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
        if isinstance(node, ast.Call) and "DeprecationWarning" in names:
            first = node.args[0] if node.args else None
            yield str(first.value) if isinstance(first, ast.Constant) else "no text"


def row(message: str) -> str:
    """Return the row of the table for a warning, or say that it is not as agreed."""
    found = MESSAGE.fullmatch(message)
    if found is None:
        return f"{message!r} is not of the form {MESSAGE.pattern}"
    return "| {since} | {what} | {instead} | {goes} |".format(**found.groupdict())


def rows(page: str) -> list[str]:
    """Return the rows of the table of what is deprecated."""
    _, _, table = page.partition("|-|-|-|-|\n")
    return [line for line in table.splitlines() if line.startswith("|")]


def test_page_announces_what_the_code_warns_of() -> None:
    """Each DeprecationWarning has its row, and each row is what some code warns of."""
    sources = sorted((ROOT / "proxymock").rglob("*.py"))
    messages = [text for path in sources for text in warned(path.read_text("utf-8"))]

    assert sorted(map(row, messages)) == sorted(rows(PAGE))
    assert ("Nothing is deprecated." in PAGE) is (messages == [])


def test_warning_names_what_goes_when_and_what_to_use() -> None:
    """A warning is found in the code, and its row has all that it says."""
    text = "`host=` is deprecated since 1.2 and goes with 2.0: use `via=`"
    source = f'warnings.warn("{text}", DeprecationWarning, stacklevel=2)'

    assert [row(each) for each in warned(source)] == [
        "| 1.2 | `host=` | `via=` | 2.0 |"
    ]
    assert rows("|-|-|-|-|\n| 1.2 | `host=` | `via=` | 2.0 |\n\nText") == [
        "| 1.2 | `host=` | `via=` | 2.0 |"
    ]


def test_warning_of_another_form_has_no_row() -> None:
    """A warning that does not say until when, and what instead, cannot be announced."""
    source = 'warnings.warn("`host=` is old", DeprecationWarning, stacklevel=2)'

    [text] = map(row, warned(source))

    assert text == f"'`host=` is old' is not of the form {MESSAGE.pattern}"
