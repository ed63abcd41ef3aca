"""Calls driven by chance, against what must hold of all of them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from hypothesis import settings

from kit.builders.telephones import COURIER, told
from kit.oracles.event_schema import ABOUT, ACTION_EVENTS, BARE
from kit.requests.random_lines import ACTIONS, OTHER, Lines


def step(lines: Lines, random: Random) -> None:
    """Do one thing of many, those that lead far more often than the others."""
    actions = random.choices(ACTIONS, k=random.randint(0, 3))
    steps: list[Callable[[], None]] = [
        *[lambda: lines.function_answers(actions, random.choice([None, {}, {"a": 1}]))]
        * 4,
        *[lambda: lines.function_bridges(random.choice([COURIER, OTHER]))] * 2,
        *[lambda: lines.wait(random.choice([0, 1, 3, 10]))] * 3,
        *[lambda: lines.press("".join(random.choices("12#", k=2)), "A")] * 2,
        lambda: lines.press("1", "B"),
        lambda: lines.party(random.choice(["answer", "reject", "hang_up"]), "B"),
        lambda: lines.party("hang_up", random.choice("AAB")),
        lines.invoke,
        lines.save_and_load,
    ]
    if not lines.line.ended:
        steps.append(lines.update)
    if lines.line.invocation is not None:
        ways = ["error", "unusable", "answer", "timeout"]
        steps += [lambda: lines.function_ends(random.choice(ways))] * 4
    random.choice(steps)()


def test_calls_by_dice() -> None:
    """What holds of all calls holds deep into many, whatever is told of them."""
    random = Random(0)
    told_of: set[str] = set()
    for _ in range(150):
        lines = Lines()
        lines.first(random.random() < 0.7, True)
        for _ in range(30):
            step(lines, random)
            lines.events_are_in_order()
            lines.nobody_is_heard_of_after_the_end()
            lines.calls_end_with_their_last_leg()
            lines.legs_are_those_that_were_dialled()
        told_of |= {each.split()[0] for each in told(lines.line)}
        lines.teardown()

    assert told_of == BARE | ACTION_EVENTS | set(ABOUT)


TestLines = Lines.TestCase
TestLines.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
