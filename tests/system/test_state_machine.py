"""The API and the phone, driven together against a small model of masked calling."""

from __future__ import annotations

from typing import Any

from hypothesis import settings

from kit.oracles.masking import PEOPLE, Masking


def test_model_by_hand() -> None:
    """What chance may leave out: each way that a call goes, and what has ended."""
    masking = Masking()
    masking.connect()
    ana, ben = PEOPLE[:2]
    shortened: Any = masking.create(0, [ana, ben], ["SMS"], 30, "PreferSticky")
    texting: Any = masking.create(0, [ana, ben], ["SMS"], 30, "PreferSticky")
    calling: Any = masking.create(0, [ana, ben], ["Voice"], 25, "AvoidSticky")
    masking.wait(20)

    masking.update(shortened, ["SMS"], 10)
    masking.reach(ana, texting.number, "Voice")
    masking.reach(ana, calling.number, "Voice")
    masking.wait(5)
    masking.update(calling, ["Voice"], 30)
    masking.reach(ana, calling.number, "Voice")
    masking.reach(ana, calling.number, "SMS")

    assert masking.live() == [texting]
    assert calling.number != texting.number
    masking.masks_are_the_live_sessions()
    masking.status_never_goes_back()
    masking.teardown()


TestMasking = Masking.TestCase
TestMasking.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
