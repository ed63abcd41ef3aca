"""The members that a command takes, as the signature of its function has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields
from inspect import Parameter, signature
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from proxymock.api.validation import LENIENT_BOOLEANS
from proxymock.sandbox import SandboxError
from proxymock.sandbox.json_values import Reader, api_name, reader

# No limit has more digits, and int() raises on thousands of them.
_WHOLE = re.compile(r"-?[0-9]{1,18}")


class Limits(NamedTuple):
    """The least and the most that an integer may be."""

    least: int
    most: int


class Member(NamedTuple):
    """A member that a command takes: *name* in JSON, *parameter* in Python."""

    name: str
    parameter: str
    type: Any
    required: bool
    limits: Limits | None = None

    @property
    def reader(self) -> Reader:
        """What reads a value of it, and raises SandboxError for a bad one."""
        read, limits = reader(self.type), self.limits
        if limits is None:
            return read

        def read_within(value: Any, at: str) -> Any:
            number = read(value, at)
            if not limits.least <= number <= limits.most:
                raise SandboxError(
                    f"{at} must be from {limits.least} to {limits.most}, not {number}"
                )
            return number

        return read_within


def members_of(
    function: Callable[..., Any], types: Mapping[str, Any]
) -> tuple[Member, ...]:
    """Return the members of a command: the keyword-only parameters of its function.

    *types* are those of the parameters. ``Annotated`` may give another name, as in
    ``Annotated[str, "From"]``, and limits, as in ``Annotated[int, Limits(1, 100)]``.
    """
    return tuple(
        _member(parameter, types[name])
        for name, parameter in signature(function).parameters.items()
        if parameter.kind is Parameter.KEYWORD_ONLY
    )


def any_of(kind: type) -> tuple[Member, ...]:
    """Return a member of any type for each field of a dataclass, which checks them."""
    return tuple(
        Member(api_name(each.name), each.name, Any, False) for each in fields(kind)
    )


def in_query(text: str, declared: Any) -> Any:
    """Return the value that a *text* spells, or the text itself, which is refused."""
    if declared is int and _WHOLE.fullmatch(text):
        return int(text)
    if get_origin(declared) is list:
        return text.split(",")
    return LENIENT_BOOLEANS.get(text, text) if declared is bool else text


def _member(parameter: Parameter, declared: Any) -> Member:
    # Python 3.10 adds None to the type of what is None by default.
    plain, *said = _annotated(_without_none(declared))
    names = [each for each in said if isinstance(each, str)]
    limits = [each for each in said if isinstance(each, Limits)]
    return Member(
        names[0] if names else api_name(parameter.name),
        parameter.name,
        _without_none(plain),
        parameter.default is Parameter.empty,
        limits[0] if limits else None,
    )


def _annotated(declared: Any) -> tuple[Any, ...]:
    is_annotated = get_origin(declared) is Annotated
    return get_args(declared) if is_annotated else (declared,)


def _without_none(declared: Any) -> Any:
    """Return the type of what is given. None stands for what JSON leaves out."""
    kinds = get_args(declared)
    if type(None) not in kinds:
        return declared
    return Union[tuple(each for each in kinds if each is not type(None))]  # noqa: UP007
