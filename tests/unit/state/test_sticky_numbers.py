"""Which proxy numbers a pair of people has had."""

from __future__ import annotations

from proxymock.state.sticky_numbers import StickyNumbers

PAIR = ("+12065550100", "+14015550101")


class Number(str):
    """A number that counts how often it is compared to another."""

    __hash__ = str.__hash__
    compared = 0

    def __eq__(self, other: object) -> bool:
        Number.compared += 1
        return super().__eq__(other)


def test_last_number_is_the_one_noted_last() -> None:
    """A number that a pair gets again is its last one again, and is there once."""
    sticky = StickyNumbers()
    seen = [(sticky.last(PAIR), tuple(sticky.of(PAIR)))]

    for number in "aabcb":
        sticky.note(PAIR, number)
        seen.append((sticky.last(PAIR), tuple(sticky.of(PAIR))))

    assert seen == [
        (None, ()),
        ("a", ("a",)),
        ("a", ("a",)),
        ("b", ("a", "b")),
        ("c", ("a", "b", "c")),
        ("b", ("a", "c", "b")),
    ]
    assert list(sticky) == [(PAIR, ("a", "c", "b"))]
    assert len(sticky) == 1


def test_replaces_what_there_was() -> None:
    """Other numbers take the place of a pair's earlier ones."""
    sticky = StickyNumbers()
    sticky.note(PAIR, "a")

    sticky.replace(PAIR, ["c", "b"])

    assert list(sticky) == [(PAIR, ("c", "b"))]


def test_many_numbers_of_a_pair_cost_no_walk() -> None:
    """To note a number, and to ask for one, takes no time however many there are."""
    sticky = StickyNumbers()
    numbers = [Number(number) for number in range(1000)]
    for number in numbers:
        sticky.note(PAIR, number)
    Number.compared = 0

    found = [Number(number) in sticky.of(PAIR) for number in (500, 999, 1000)]
    sticky.note(PAIR, Number(500))

    assert found == [True, True, False]
    assert sticky.last(PAIR) == "500"
    assert Number.compared < 20
