"""From the wire to members, and from results back to the wire.

The format is AWS's as observed: compact JSON, keys in alphabetical order, unset members
as ``null``, timestamps in UTC with milliseconds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn
from urllib.parse import unquote_to_bytes

from proxymock.api.errors import BadRequestException
from proxymock.api.paging import cut, start
from proxymock.api.rendering import encode, renderer
from proxymock.api.spec import Operation, Shape
from proxymock.api.validation import LENIENT_BOOLEANS, read_either

MAX_BODY_BYTES = 1024 * 1024

_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# No limit of the API has more digits, and int() raises on thousands of them.
_INTEGER = re.compile(r"-?[0-9]{1,18}")


def split(path: str, query: str) -> tuple[list[str], dict[str, str]]:
    """Return the decoded segments of *path* and the decoded parameters of *query*.

    Raises BadRequestException for a broken encoding and for a repeated parameter.
    AWS: API-08.

    >>> split("/phone-numbers/%2B12065550100", "operation=restore")
    (['phone-numbers', '+12065550100'], {'operation': 'restore'})
    """
    segments = path[1:].split("/")
    if not _is_plain(path):
        segments = [_decoded(part, "path") for part in segments]
    if not query:
        return segments, {}
    pairs = [part.partition("=") for part in query.split("&") if part]
    decoded = {
        _decoded(key, "query string"): _decoded(value, "query string")
        for key, _, value in pairs
    }
    if len(decoded) < len(pairs):
        raise BadRequestException("The query string has a parameter more than once")
    return segments, decoded


def _is_plain(text: str) -> bool:
    return "%" not in text and text.isascii()


def _decoded(text: str, where: str) -> str:
    if _is_plain(text):
        return text
    if _STRAY_PERCENT.search(text):
        raise BadRequestException(f"The {where} has a % that is no percent-encoding")
    try:
        return unquote_to_bytes(text).decode()
    except UnicodeDecodeError:
        raise BadRequestException(f"The {where} is not UTF-8") from None


def bind(
    operation: Operation,
    labels: list[str],
    query: Mapping[str, str],
    body: Callable[[], bytes],
    other_form: Callable[[], Shape | None] = lambda: None,
) -> dict[str, Any]:
    """Return the valid input members of a request, without those that are not set.

    Args:
        operation: the operation that the request asks for.
        labels: the values in the path, in its order.
        query: the parameters of the query, decoded.
        body: returns the body.
        other_form: returns the input in a form with other limits, or None. A request
            that either form allows is valid.

    Raises BadRequestException, which names the members and the constraints that they
    break.
    """
    members = parsed(body(), MAX_BODY_BYTES) if operation.has_body else {}
    members.update(query_members(operation, query))
    ids = dict(zip(operation.labels, labels, strict=True))
    if not operation.checked.members:
        return ids
    members.update(ids)
    adopted, broken = read_either(operation.checked, other_form, members, "")
    if broken:
        raise BadRequestException(str(broken))
    given = {**adopted, **ids}
    start(operation, given)  # A bad token must be refused before the operation runs.
    return given


def query_members(operation: Operation, query: Mapping[str, str]) -> dict[str, Any]:
    """Return the input members that travel in a query, None for what is not there."""
    return {
        name: _from_text(member.shape, query.get(member.wire_name))
        for name, member in operation.query.items()
    }


def parsed(body: bytes, max_bytes: int) -> dict[str, Any]:
    """Return the JSON object in *body*, an empty object if *body* is empty.

    Raises BadRequestException if it is too large, not UTF-8, or not a JSON object.
    """
    if not body:
        return {}
    if len(body) > max_bytes:
        raise BadRequestException(f"The body has more than {max_bytes} bytes")
    try:
        parsed = _decode(body.decode())
        if b"\\u" in body:  # AWS: API-08. Encoding finds half a surrogate pair.
            json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeError:
        raise BadRequestException("The body is not Unicode in UTF-8") from None
    except RecursionError:
        raise BadRequestException("The body is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise BadRequestException(f"The body is not JSON: {error}") from None
    except ValueError:
        raise BadRequestException("The body has a number that is too long") from None
    if not isinstance(parsed, dict):
        raise BadRequestException("The body must be a JSON object")
    return parsed


def _refuse_constant(name: str) -> NoReturn:
    raise BadRequestException(f"The body is not JSON: {name} is no JSON number")


_decode = json.JSONDecoder(parse_constant=_refuse_constant).decode


def _from_text(shape: Shape, text: str | None) -> Any:
    """Return the value in *text*, or *text* itself, which validation then refuses."""
    if text is None or shape.type == "string":
        return text
    if shape.type == "boolean":
        return LENIENT_BOOLEANS.get(text, text)
    return int(text) if _INTEGER.fullmatch(text) else text


def respond(operation: Operation, members: Mapping[str, Any], result: Any) -> bytes:
    """Return the body of the answer to *members*.

    *result* is the output's only member, or an object with all members if there are
    several. For a paged list it is a view, from which one page is cut. Raises
    BadRequestException for a bad token.
    """
    if not operation.output.members:
        return b""
    output = result
    if "NextToken" in operation.output.members:
        items, token = cut(operation, members, result)
        output = {operation.result: items, "NextToken": token}
    elif operation.result is not None:
        output = {operation.result: result}
    return renderer(operation.output)(output).encode()


def respond_error(code: str, message: str) -> bytes:
    """Return the body of an error."""
    return encode({"Code": code, "Message": message}).encode()
