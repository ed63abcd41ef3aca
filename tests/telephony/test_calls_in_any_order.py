"""Calls driven by chance, against what must hold of all of them."""

from __future__ import annotations

from hypothesis import settings

from random_lines import Lines

TestLines = Lines.TestCase
TestLines.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
