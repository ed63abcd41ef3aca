"""What a target of an EventBridge rule is sent: all of an event, or what it asks for.

DOCUMENTED: "Amazon EventBridge input transformation".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from proxymock.plugin.deliveries.backends import CannotDeliverError

JSON = dict[str, Any]
_STEP = re.compile(r"\.([\w/-]+)|\['([^']+)'\]|\[(\d+)\]|(\.\*|\[\*\])")
_PATH = re.compile(rf"\$(?:{_STEP.pattern})*")
# A variable within a JSON string, of which it is a part, or anywhere else.
_VARIABLE = re.compile(r'(?P<text>"(?:[^"\\]|\\.)*")|<(?P<name>[\w.-]+)>')
_IN_TEXT = re.compile(r"<([\w.-]+)>")


def input_for(target: Mapping[str, Any], event: JSON, rule: Mapping[str, str]) -> str:
    """Return the text that a target is sent. Raises CannotDeliverError.

    Args:
        target: as PutTargets has taken it.
        event: the whole event.
        rule: the name and ARN of the rule, as ``rule-name`` and ``rule-arn``.
    """
    if target.get("Input") is not None:
        return str(target["Input"])
    if target.get("InputPath") is not None:
        return json.dumps(found(event, target["InputPath"], "InputPath"))
    if target.get("InputTransformer"):
        return _transformed(target["InputTransformer"], event, rule)
    return json.dumps(event)


def _transformed(
    transformer: Mapping[str, Any], event: JSON, rule: Mapping[str, str]
) -> str:
    values: JSON = {f"aws.events.{name}": value for name, value in rule.items()}
    values["aws.events.event.json"] = event
    # EventBridge's guide on input transformation: this one lacks the detail.
    values["aws.events.event"] = {k: v for k, v in event.items() if k != "detail"}
    values["aws.events.event.ingestion-time"] = event["time"]
    for name, path in (transformer.get("InputPathsMap") or {}).items():
        values[name] = found(event, path, f"InputPathsMap.{name}")

    def whole(match: re.Match[str]) -> str:
        if match["text"] is not None:
            return _IN_TEXT.sub(lambda each: _part(values, each[1]), match["text"])
        return json.dumps(values.get(match["name"]))

    return _checked(_VARIABLE.sub(whole, transformer["InputTemplate"]))


def _part(values: JSON, name: str) -> str:
    """Return a variable as a part of a text in JSON: nothing, if there is no value."""
    value = values.get(name)
    if value is None:
        return ""
    return json.dumps(value if isinstance(value, str) else json.dumps(value))[1:-1]


def _checked(text: str) -> str:
    lines = text.splitlines()
    # Texts may stand one a line, as for a mail; all else is one JSON value.
    is_list = len(lines) > 1 and all(line.startswith('"') for line in lines)
    try:
        for each in lines if is_list else [text]:
            json.loads(each)
    except ValueError as error:
        raise CannotDeliverError(
            f"InputTemplate makes no JSON ({error}): {text}"
        ) from None
    return text


def found(event: JSON, path: str, member: str) -> Any:
    """Return what is at a path of an event, None if nothing is there.

    A path with wildcards has a list of all that it leads to. AWS: CE-27.
    """
    if not _PATH.fullmatch(path):
        raise CannotDeliverError(
            f"{member} must be a path such as $.detail.callId, not {path}"
        )
    here: list[Any] = [event]
    steps = _STEP.findall(path)
    for name, quoted, index, _ in steps:
        key = int(index) if index else name or quoted
        here = [each for value in here for each in _below(value, key)]
    if any(wildcard for *_, wildcard in steps):
        return here
    return here[0] if here else None


def _below(value: Any, key: str | int) -> Sequence[Any]:
    """Return what a value has for a key or an index, or all that it has without one."""
    if isinstance(value, list):
        if key == "":
            return value
        return value[key : key + 1] if isinstance(key, int) else ()
    if isinstance(value, dict):
        return [*value.values()] if key == "" else [value[key]] if key in value else ()
    return ()
