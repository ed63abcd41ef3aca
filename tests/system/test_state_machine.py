"""The API and the phone, driven together against a small model of masked calling."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

from kit.oracles.masking import PEOPLE, Masking


def test_model_by_hand() -> None:
    """What chance seldom tries: a length that is over, and calls of who only texts."""
    masking = Masking()
    masking.connect()
    shortened: Any = masking.create(0, [*PEOPLE[:2]], ["SMS"], 30, "PreferSticky")
    texting: Any = masking.create(0, [*PEOPLE[:2]], ["SMS"], 30, "PreferSticky")
    masking.wait(20)

    masking.update(shortened, ["SMS"], 10)
    masking.reach(PEOPLE[0], texting.number, "Voice")

    assert masking.live() == [texting]
    masking.masks_are_the_live_sessions()
    masking.status_never_goes_back()
    masking.teardown()


TestMasking = Masking.TestCase
TestMasking.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
