"""The description of actions: ``actions.json``, in the words of ``service.json``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from proxymock.api.spec import Shape, build, load
from proxymock.api.validation import Violation, reader

INVALID = "InvalidActionParameter"
SYSTEM_ERROR = {
    "ErrorType": "SystemException",
    "ErrorMessage": "System error while running action",
}
# By the parameter, ErrorType and ErrorMessage.
Texts = Mapping[str, tuple[str, str]]
_BOOLEANS = {"true": True, "false": False}


class Failure(Exception):
    """An action that fails: what its event says, and what people are told besides."""

    def __init__(
        self, details: Mapping[str, Any], told: Violation | str | None = None
    ) -> None:
        super().__init__(details, told)
        self.details = dict(details)
        self.told = told


class Described(NamedTuple):
    """An action as the description has it.

    *leg* is ``any``, or the one that it is for, and *no_leg* the refusal if the call
    has none. *answers* is whether it answers the caller, *bridged* whether it can be
    had while leg B is connected. *reports_hang_up* is whether it fails, for the
    function to see, when its leg hangs up. *missing* has AWS's texts for what is left
    out, *too_small* and *too_large* for what has a wrong size, *invalid* for the rest.
    """

    type: str
    shape: Shape
    leg: str
    answers: bool
    bridged: bool
    interruptible: bool
    reports_hang_up: bool
    no_leg: str | None
    defaults: Mapping[str, Any]
    same: Mapping[str, str]
    numbers: tuple[str, ...]
    missing: Texts
    too_small: Texts
    too_large: Texts
    invalid: Texts
    refusals: Mapping[str, Mapping[str, str]]


@cache
def _description() -> dict[str, Any]:
    return load("actions.json", __package__)


@cache
def shape(name: str) -> Shape:
    """Return the shape *name* with all that it refers to."""
    return build(name, _description()["shapes"][name], shape)


def action_types() -> tuple[str, ...]:
    """Return the names of all actions."""
    return tuple(_description()["actions"])


@cache
def described(type: str) -> Described:
    """Return the description of an action."""
    raw = _description()["actions"][type]
    return Described(
        type=type,
        shape=shape(raw["shape"]),
        leg=raw["leg"],
        answers=raw["answers"],
        bridged=raw["bridged"],
        interruptible=raw.get("interruptible", False),
        reports_hang_up=raw.get("reportsHangUp", True),
        no_leg=raw.get("noLeg"),
        defaults=raw.get("defaults", {}),
        same=raw.get("same", {}),
        numbers=tuple(raw.get("numbers", ())),
        missing=raw.get("missing", {}),
        too_small=raw.get("tooSmall", {}),
        too_large=raw.get("tooLarge", {}),
        invalid=raw.get("invalid", {}),
        # Every action can meet with this one.
        refusals={"SystemException": SYSTEM_ERROR, **raw.get("refusals", {})},
    )


def echoed(action: Described, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters as events repeat them: as given, and the defaults.

    AWS: PA-20.
    """
    # A null is a parameter that was left out.
    echo = {**action.defaults, **{k: v for k, v in given.items() if v is not None}}
    for name, source in action.same.items():
        if source in echo:
            echo.setdefault(name, echo[source])
    for name in action.numbers:
        echo[name] = as_meant(action.shape.members[name].shape, echo[name])
    ordered = [*given, *(name for name in echo if name not in given)]
    return {name: echo[name] for name in ordered if name in echo}


def values(action: Described, echo: Mapping[str, Any], at: str) -> dict[str, Any]:
    """Return the parameters as the action takes them. Raises Failure."""
    found: list[Violation] = []
    meant = as_meant(action.shape, echo)
    read: dict[str, Any] = reader(action.shape)(meant, at, found)
    if found:
        # What was filled in from another parameter is not where the mistake is.
        derived = tuple(f"{at}.{name}" for name in action.same)
        first = min(found, key=lambda wrong: wrong.member.startswith(derived))
        raise failure(action, first, at)
    return read


def as_meant(shape: Shape, value: Any) -> Any:
    """Return a value with numbers and switches that were written as texts.

    Handlers write them so, and AWS takes them. AWS: PA-19.

    >>> as_meant(shape("VoiceFocus"), {"Enable": "True"})
    {'Enable': True}
    """
    if isinstance(value, str):
        if shape.type == "boolean":
            return _BOOLEANS.get(value.lower(), value)
        is_number = shape.type == "integer" and re.fullmatch(r"-?[0-9]{1,15}", value)
        return int(value) if is_number else value
    if shape.type == "structure" and isinstance(value, dict):
        members = shape.members
        return {
            k: as_meant(members[k].shape, v) for k, v in value.items() if k in members
        }
    return value


def failure(action: Described, violation: Violation, at: str) -> Failure:
    """Return the failure of an action for what is wrong with its parameters.

    It has AWS's text where AWS has one, ours where it has none. AWS: PA-07.
    """
    member = re.sub(r"\[[^]]*\]", "[]", violation.member.removeprefix(f"{at}."))
    known = _special_texts(action, violation.rule).get(member)
    # Where a member has no text of its own, what holds it may have one.
    while known is None and member:
        known = action.invalid.get(member)
        member = re.sub(r"(\[\]|\.?[^.[]*)$", "", member)
    type, message = known or (INVALID, str(violation))
    return Failure({"ErrorType": type, "ErrorMessage": message}, violation)


def _special_texts(action: Described, rule: str) -> Texts:
    """Return AWS's texts that say what is wrong, and are true of one rule alone."""
    texts_by_beginning = {
        "is required": action.missing,
        "must have at least ": action.too_small,
        "must have at most ": action.too_large,
    }
    found = [t for words, t in texts_by_beginning.items() if rule.startswith(words)]
    return found[0] if found else {}


def refused(action: Described, name: str, values: Mapping[str, Any]) -> Failure:
    """Return a failure that the description has, by its name.

    Raises ValueError for one that it has not.
    """
    if name not in action.refusals:
        known = ", ".join(action.refusals)
        raise ValueError(f"{action.type} has no refusal '{name}', but {known}")
    details: dict[str, Any] = dict(action.refusals[name])
    if "listing" in details:
        details["ErrorList"] = values[details.pop("listing")]
    return Failure(details)
