"""How the answers of functions are read: tolerant where AWS was seen to be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from proxymock.state.calls import JSON, Action
from proxymock.telephony.description import action_types

# DOCUMENTED, but for the levels: those are far more than an answer can need.
MOST_ACTIONS = 10
MOST_ATTRIBUTES = 100
MOST_BYTES = 20 * 1024
MOST_LEVELS = 100

# AWS: PA-07. The first two names were seen; the others are made up.
VERSION = "SchemaVersionMismatch"
PAIRS = "TransactionAttributesInvalidMapSize"
SIZE = "TransactionAttributesInvalidPayloadSize"
ATTRIBUTES = "TransactionAttributesInvalid"
FORM = "InvalidResponse"
LIST = "InvalidActionList"
LENGTH = "TooManyActions"
NAME = "UnsupportedActionName"


class Answer(NamedTuple):
    """An answer that can be used; *attributes* is None if those from before stay."""

    actions: list[Action]
    attributes: JSON | None


class Unusable(Exception):
    """An answer that cannot be used, in the words of INVALID_LAMBDA_RESPONSE."""

    def __init__(self, error_type: str, message: str) -> None:
        super().__init__(error_type, message)
        self.error_type = error_type
        self.message = message


def plain(answer: Any) -> Any:
    """Return an answer as it arrives, a copy that shares nothing with the function.

    Raises TypeError, ValueError or RecursionError for what is not JSON, which Lambda
    refuses too, and for what is nested so deep that nobody can have meant it.

    >>> plain({"Actions": ()})
    {'Actions': []}
    """
    copied = copy(answer)
    # Level by level: recursion would break on what is to be refused.
    level, levels = [copied], 0
    while level:
        level = [below for value in level for below in _inside(value)]
        levels += 1
        if levels > MOST_LEVELS:
            raise ValueError(f"more than {MOST_LEVELS} levels")
    return copied


def copy(value: Any) -> Any:
    """Return a copy of JSON that shares nothing with it."""
    # By way of JSON, as Lambda does it: tuples arrive as lists, keys as texts.
    return json.loads(json.dumps(value, allow_nan=False))


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def size(value: Any) -> int:
    """Return how many bytes a value has as JSON, lone surrogates included."""
    return len(json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))


def read(answer: Any) -> Answer:
    """Return what an answer asks for. Raises Unusable."""
    if not isinstance(answer, dict):
        raise Unusable(FORM, f"The answer must be an object, not {_shown(answer)}")
    version = answer.get("SchemaVersion")
    if version != "1.0":
        raise Unusable(VERSION, f'SchemaVersion must be "1.0", not {_shown(version)}')
    return Answer(
        list(_actions(answer.get("Actions"))),
        _attributes(answer.get("TransactionAttributes")),
    )


def _attributes(given: Any) -> JSON | None:
    if given is None:
        return None
    if not isinstance(given, dict):
        wrong = f"TransactionAttributes must be an object, not {_shown(given)}"
        raise Unusable(ATTRIBUTES, wrong)
    if len(given) > MOST_ATTRIBUTES:
        wrong = f"at most {MOST_ATTRIBUTES} pairs, not {len(given)}"
        raise Unusable(PAIRS, f"TransactionAttributes must have {wrong}")
    if size(given) > MOST_BYTES:
        wrong = f"at most {MOST_BYTES} bytes, not {size(given)}"
        raise Unusable(SIZE, f"TransactionAttributes must have {wrong}")
    return given


def _actions(given: Any) -> Iterator[Action]:
    """Yield the actions. Null and an empty object are an empty list. AWS: PA-18."""
    if not given and (given is None or isinstance(given, dict)):
        return
    if not isinstance(given, list):
        raise Unusable(LIST, f"Actions must be a list, not {_shown(given)}")
    if len(given) > MOST_ACTIONS:
        wrong = f"at most {MOST_ACTIONS} items, not {len(given)}"
        raise Unusable(LENGTH, f"Actions must have {wrong}")
    for index, action in enumerate(given):
        yield _action(action, f"Actions[{index}]")


def _action(given: Any, at: str) -> Action:
    """Check the form of an action; its parameters wait for its turn. AWS: PA-08."""
    if not isinstance(given, dict):
        raise Unusable(LIST, f"{at} must be an object, not {_shown(given)}")
    type, parameters = given.get("Type"), given.get("Parameters")
    if not isinstance(type, str) or type not in action_types():
        known = ", ".join(action_types())
        raise Unusable(NAME, f"{at}.Type must be one of {known}, not {_shown(type)}")
    if parameters is not None and not isinstance(parameters, dict):
        wrong = f"{at}.Parameters must be an object, not {_shown(parameters)}"
        raise Unusable(LIST, wrong)
    return Action(place=at, type=type, parameters=parameters or {})


def _shown(value: Any) -> str:
    text = json.dumps(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
