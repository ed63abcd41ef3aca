"""Texts of users, made fit to be shown."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from markupsafe import Markup

from proxymock.inspector.wording import (
    columns_of,
    isolated,
    moment,
    shortened,
    visible,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ride 17", "Ride 17"),
        ("naïve 日本", "naïve 日本"),
        ("a\nb\tc", "a↵b⇥c"),
        ("\x00\x1b\x7f", "⟨U+0000⟩⟨U+001B⟩⟨U+007F⟩"),
        ("abc\u202edef", "abc⟨U+202E⟩def"),
        ("\u2028\ud800\ufffe", "⟨U+2028⟩⟨U+D800⟩⟨U+FFFE⟩"),
    ],
)
def test_controls_show(text: str, shown: str) -> None:
    """What has no shape, or turns the text around it, is named by its code."""
    assert visible(text) == shown


@pytest.mark.parametrize(
    ("text", "columns", "fits"),
    [
        ("abcde", 5, "abcde"),
        ("abcdef", 5, "abcd…"),
        ("日本語", 6, "日本語"),
        ("日本語", 5, "日本…"),
        ("日本語", 4, "日…"),
        ("e\u0301" * 10_000, 3, "e\u0301…"),
    ],
)
def test_shortened(text: str, columns: int, fits: str) -> None:
    """A text is cut where its columns end, of which an ideograph takes two."""
    assert shortened(text, columns) == fits
    assert columns_of(fits) <= columns


def test_isolated() -> None:
    """A text within a sentence is escaped, isolated, and no longer than 300."""
    assert isolated("<b>\u202e") == Markup("<bdi>&lt;b&gt;⟨U+202E⟩</bdi>")
    assert isolated("a" * 300) == Markup(f"<bdi>{'a' * 300}</bdi>")
    assert isolated("a" * 301) == Markup(f"<bdi>{'a' * 300}…</bdi>")


def test_moment() -> None:
    """An instant is told in UTC, whatever zone it is in."""
    noon = datetime(2026, 1, 2, 12, tzinfo=timezone(timedelta(hours=2)))

    assert moment(noon) == Markup(
        '<time datetime="2026-01-02T10:00:00Z">2026-01-02 10:00:00 UTC</time>'
    )
