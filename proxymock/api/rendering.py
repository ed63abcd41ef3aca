"""From the things that operations return to JSON text, as AWS writes it.

The text is compact, has its keys in alphabetical order, and unset members as ``null``.
Each shape is compiled once to a function that writes text. That takes half the time of
building dictionaries for the encoder, and answers are most of the cost of a call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from json.encoder import encode_basestring_ascii
from operator import attrgetter
from typing import Any

from proxymock.api.spec import Shape, snake_case

Renderer = Callable[[Any], str]

encode = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@cache
def renderer(shape: Shape) -> Renderer:
    """Compile a function from a thing to its JSON text.

    A structure is a dictionary with the API's names, or an object whose attributes have
    the names in snake case.
    """
    compile = _COMPILERS.get(shape.type)
    return encode if compile is None else compile(shape)


def timestamp(moment: datetime) -> str:
    """Return AWS's spelling of an instant in UTC: ``2020-04-15T16:10:10.288Z``."""
    return f"{moment.isoformat('T', 'milliseconds')[:-6]}Z"


def _list(shape: Shape) -> Renderer:
    assert shape.member is not None
    item = renderer(shape.member)
    return lambda things: f"[{','.join([item(thing) for thing in things])}]"


def _structure(shape: Shape) -> Renderer:
    members = sorted(shape.members.items())
    names = [name for name, _ in members]
    renderers = [renderer(member.shape) for _, member in members]
    form = f"{{{','.join(f'{encode(name)}:%s' for name in names)}}}"
    # One more than needed: attrgetter answers a single name without a tuple.
    attributes = attrgetter(*map(snake_case, names), "__class__")

    def render(thing: Any) -> str:
        values = map(thing.get, names) if type(thing) is dict else attributes(thing)
        return form % tuple(
            [
                "null" if value is None else text(value)
                for text, value in zip(renderers, values, strict=False)
            ]
        )

    return render


_COMPILERS: Mapping[str, Callable[[Shape], Renderer]] = {
    "structure": _structure,
    "list": _list,
    "timestamp": lambda _: lambda moment: f'"{timestamp(moment)}"',
    "integer": lambda _: int.__repr__,
    "string": lambda _: encode_basestring_ascii,
}
