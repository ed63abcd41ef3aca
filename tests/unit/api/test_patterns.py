"""AWS's patterns, whose meaning stays and whose work grows as the text does."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit.oracles.backtracking import Backtracking
from proxymock.api import legacy, spec
from proxymock.api.patterns import _LINEAR, Pattern

PUBLISHED = sorted(
    {
        constraints["pattern"]
        for extract in (
            spec.description()["shapes"],
            legacy.differences()["shapes"],
        )
        for constraints in extract.values()
        if constraints.get("pattern")
    }
)
# What the patterns have names for, and what none of them has.
ALPHABET = "aA-_.,:/+$ \t\n\v019xnsé\u0663\xa0"
STEPS_PER_CHARACTER = 20


def engine(published: str) -> Backtracking:
    """Return an engine for what is matched in the place of *published*."""
    return Backtracking(_LINEAR.get(published, published))


def texts(published: str) -> st.SearchStrategy[str]:
    """Return texts that match, texts that nearly do, and others."""
    matching = st.from_regex(re.compile(published, re.ASCII), fullmatch=True)
    other = st.text(ALPHABET, max_size=12)
    cut = st.tuples(matching, st.integers(0, 60)).map(lambda pair: pair[0][: pair[1]])
    return st.one_of(matching, other, st.builds("{}{}{}".format, cut, other, matching))


@pytest.mark.sampled(5)
@pytest.mark.parametrize("published", PUBLISHED)
@settings(max_examples=40)
@given(data=st.data())
def test_meaning_is_the_published_one(published: str, data: st.DataObject) -> None:
    """A text matches if Python's engine says so of the pattern in AWS's words."""
    text = data.draw(texts(published))

    expected = re.fullmatch(published, text, re.ASCII) is not None
    assert (Pattern(published).fullmatch(text) is not None) == expected
    assert engine(published).fullmatch(text) == expected


@pytest.mark.sampled(5)
@pytest.mark.parametrize("published", PUBLISHED)
@settings(max_examples=40)
@given(data=st.data())
def test_work_grows_as_the_text_does(published: str, data: st.DataObject) -> None:
    """However a text repeats itself, each of its characters costs a few steps."""
    begin, end = data.draw(texts(published)), data.draw(texts(published))
    repeated = data.draw(st.text(ALPHABET, min_size=1, max_size=3))
    text = begin[:60] + repeated * 60 + end[:60]

    counted = engine(published)
    counted.fullmatch(text)

    assert counted.steps <= STEPS_PER_CHARACTER * (len(text) + 1)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("published", PUBLISHED)
@pytest.mark.parametrize("end", ["", "\n", "!", "-s3alias"])
@pytest.mark.parametrize("begin", ["", "a", "arn:", "+1"])
def test_work_for_one_character_over_and_over(
    published: str, begin: str, end: str
) -> None:
    """A run of any character costs a few steps for each, whatever surrounds it."""
    counted = engine(published)
    for character in ALPHABET:
        text = begin + character * 200 + end
        counted.fullmatch(text)

        assert counted.steps <= STEPS_PER_CHARACTER * len(text), repr(character)


@pytest.mark.parametrize("published", sorted(_LINEAR))
def test_what_is_rewritten_needs_to_be(published: str) -> None:
    """In AWS's words the pattern costs a character more steps the longer the text."""
    text = "a" * 200 + "\n"
    counted = Backtracking(published)
    counted.fullmatch(text)

    assert published in PUBLISHED
    assert counted.steps > 4 * STEPS_PER_CHARACTER * len(text)


def test_pattern_shows_the_words_of_aws() -> None:
    """Messages have the pattern as AWS published it."""
    assert repr(Pattern(r".*\S.*")) == r"<Pattern .*\S.*>"
