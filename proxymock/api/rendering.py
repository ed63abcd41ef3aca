"""From the things that operations return to JSON text, as AWS writes it.

The text is compact, has its keys in alphabetical order, and unset members as ``null``.
Each shape is compiled once to a function that writes text. That takes half the time of
building dictionaries for the encoder, and answers are most of the cost of a call.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from json.encoder import encode_basestring_ascii
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


@lru_cache(maxsize=1024)  # most instants are shown soon, and more than once
def timestamp(moment: datetime) -> str:
    """Return AWS's spelling of an instant in UTC: ``2020-04-15T16:10:10.288Z``."""
    return f"{moment.isoformat('T', 'milliseconds')[:-6]}Z"


def _list(shape: Shape) -> Renderer:
    assert shape.member is not None
    item = renderer(shape.member)
    return lambda things: f"[{','.join([item(thing) for thing in things])}]"


def _structure(shape: Shape) -> Renderer:
    """Compile the text of a structure, as dataclasses compile their methods.

    A loop over the members would take more than twice as long as all that it calls. The
    names in the source are those of our own extract.
    """
    members = sorted(shape.members.items())

    def text(lookup: Callable[[str], str]) -> str:
        texts = [
            f'"{name}":{{"null" if (value := {lookup(name)}) is None else m{n}(value)}}'
            for n, (name, _) in enumerate(members)
        ]
        return f"f'''{{{{{','.join(texts)}}}}}'''"

    of_dict = text(lambda name: f"thing.get({name!r})")
    of_object = text(lambda name: f"thing.{snake_case(name)}")
    renderers = {f"m{n}": renderer(m.shape) for n, (_, m) in enumerate(members)}
    # A dictionary is a block as it was put, with the API's own names.
    compiled: Renderer = eval(
        f"lambda thing: {of_dict} if type(thing) is dict else {of_object}", renderers
    )
    return compiled


_COMPILERS: Mapping[str, Callable[[Shape], Renderer]] = {
    "structure": _structure,
    "list": _list,
    "timestamp": lambda _: lambda moment: f'"{timestamp(moment)}"',
    "integer": lambda _: int.__repr__,
    "string": lambda _: encode_basestring_ascii,
}
