"""Requests gone wrong: a sound one, and what can be done to it on the way.

What is done knows nothing of the service, so it fits any interface that speaks JSON.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from hypothesis import strategies as st

METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


class Sent(NamedTuple):
    """A request, byte by byte."""

    method: str
    target: str
    body: bytes
    headers: Mapping[str, str] = {}


Change = Callable[[st.DrawFn, Sent], Sent]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(["+12065550100", "US", "Open", "true", "arn:aws:chime"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=10,
)
_headers = st.sampled_from(
    [
        {"Content-Type": "text/xml"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "multipart/form-data"},
        {"Content-Type": "application/json; charset=utf-16"},
        {"Content-Type": "\xff"},
        {"Content-Encoding": "gzip"},
        {"Accept": "text/html"},
        {"Accept-Encoding": "nonsense;q=x"},
        {"Cookie": "\x7f=;;"},
        {"If-Match": "*", "Range": "bytes=5-2"},
        {"Origin": "https://evil.example"},
        {"X-Amz-Target": "DynamoDB_20120810.ListTables"},
        {"X-HTTP-Method-Override": "DELETE"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Long": "x" * 60_000},
    ]
)


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything in a JSON value, the whole first."""
    yield place
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from _places(value[key], (*place, key))


def _with(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    """Return a JSON value with something *new* at a place."""
    if not place:
        return new
    changed = value.copy()
    changed[place[0]] = _with(value[place[0]], place[1:], new)
    return changed


def _value(draw: st.DrawFn, sent: Sent) -> Sent:
    sound = json.loads(sent.body or b"{}")
    place = draw(st.sampled_from(list(_places(sound))))
    changed = _with(sound, place, draw(json_values))
    return sent._replace(body=json.dumps(changed).encode())


def _cut(draw: st.DrawFn, sent: Sent) -> Sent:
    return sent._replace(body=sent.body[: draw(st.integers(0, len(sent.body)))])


def _byte(draw: st.DrawFn, sent: Sent) -> Sent:
    at = draw(st.integers(0, len(sent.body)))
    new = draw(st.binary(min_size=1, max_size=2))
    return sent._replace(body=sent.body[:at] + new + sent.body[at + 1 :])


def _encoding(draw: st.DrawFn, sent: Sent) -> Sent:
    encoding = draw(st.sampled_from(["utf-16", "utf-32", "utf-8-sig", "utf-7"]))
    return sent._replace(body=sent.body.decode("latin-1").encode(encoding))


def _nesting(draw: st.DrawFn, sent: Sent) -> Sent:
    opening = draw(st.sampled_from([b"[", b'{"Name":']))
    depth = draw(st.sampled_from([500, 5_000, 50_000]))
    closing = draw(st.sampled_from([b"", b"]" * depth, b"1" + b"}" * depth]))
    return sent._replace(body=opening * depth + closing)


def _size(draw: st.DrawFn, sent: Sent) -> Sent:
    padding = draw(st.sampled_from([b" ", b"0", b"[],", b"\0"]))
    return sent._replace(body=padding * 2_000_000 + sent.body)


def _method(draw: st.DrawFn, sent: Sent) -> Sent:
    return sent._replace(method=draw(st.sampled_from(METHODS)))


def _header(draw: st.DrawFn, sent: Sent) -> Sent:
    return sent._replace(headers={**sent.headers, **draw(_headers)})


def _query(draw: st.DrawFn, sent: Sent) -> Sent:
    more = draw(
        st.sampled_from(["operation=", "max-results=%", "x[]=1", "%00", "&&=&", "a=b"])
        | st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), max_size=20)
    )
    return sent._replace(
        target=f"{sent.target}{'&' if '?' in sent.target else '?'}{more}"
    )


def _path(draw: st.DrawFn, sent: Sent) -> Sent:
    path, question, query = sent.target.partition("?")
    at = draw(st.integers(1, len(path)))
    new = draw(
        st.sampled_from(["/", "//", "/../", "%2F", "%00", "%", "%ff", ";", "\xff", "*"])
    )
    return sent._replace(target=f"{path[:at]}{new}{path[at:]}{question}{query}")


CHANGES: tuple[Change, ...] = (
    _value, _cut, _byte, _encoding, _nesting, _size, _method, _header, _query, _path
)  # fmt: skip


@st.composite
def changes(draw: st.DrawFn, sound: Sent) -> Sent:
    """Draw what becomes of a *sound* request to which one or two things are done."""
    sent = sound
    for change in draw(st.lists(st.sampled_from(CHANGES), min_size=1, max_size=2)):
        # A body that is no JSON any more has no values to change.
        if change is not _value or sent.body == sound.body:
            sent = change(draw, sent)
    return sent
