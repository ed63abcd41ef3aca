"""What a target of a rule is sent, with plain values."""

from __future__ import annotations

import json
from typing import Any

import pytest

from proxymock.plugin.deliveries.backends import CannotDeliverError
from proxymock.plugin.deliveries.rule_inputs import input_for

EVENT: Any = {
    "id": "1",
    "time": "2026-01-02T12:00:00Z",
    "detail": {"quote": 'a "b" \\ c', "list": [1, {"x": None}], "none": None},
}
RULE = {"rule-name": "calls", "rule-arn": "arn:aws:events:::rule/calls"}


def made(template: str, **paths: str) -> Any:
    """Return what a template makes of the event."""
    transformer = {"InputPathsMap": paths, "InputTemplate": template}
    return json.loads(input_for({"InputTransformer": transformer}, EVENT, RULE))


@pytest.mark.parametrize("target", [{}, {"Input": None, "InputPath": None}])
def test_whole_event(target: Any) -> None:
    """Without an input of its own a target is sent the event."""
    assert json.loads(input_for(target, EVENT, RULE)) == EVENT


def test_values_keep_their_types() -> None:
    """Outside of a text a variable is a value of JSON."""
    values = made('{"a": <a>, "b": <b>}', a="$.detail.list", b="$.detail.quote")

    assert values == {"a": [1, {"x": None}], "b": 'a "b" \\ c'}


def test_values_in_texts() -> None:
    """Within a text a variable is a part of it, whatever it holds."""
    values = made(
        '{"a": "<a>!", "b": "see <b>", "c": "\\"<c>\\""}',
        a="$.detail.quote",
        b="$.detail.list[1]",
        c="$.detail.none",
    )

    assert values == {"a": 'a "b" \\ c!', "b": 'see {"x": null}', "c": '""'}


def test_values_are_no_templates() -> None:
    """What a variable holds is not looked through for variables."""
    event = {**EVENT, "detail": {"text": "<b>"}}
    transformer = {
        "InputPathsMap": {"a": "$.detail.text", "b": "$.id"},
        "InputTemplate": '{"a": <a>, "b": "<a>"}',
    }

    values = input_for({"InputTransformer": transformer}, event, RULE)

    assert json.loads(values) == {"a": "<b>", "b": "<b>"}


def test_event_without_its_detail() -> None:
    """One of the two variables for the event lacks what the other has."""
    values = made('{"some": <aws.events.event>, "all": <aws.events.event.json>}')

    some = {"id": "1", "time": "2026-01-02T12:00:00Z"}
    assert values == {"some": some, "all": EVENT}


def test_texts_one_a_line() -> None:
    """A template may be several texts, as for a mail, and stays so."""
    template = '"call <a>"\n"at <b>"'
    transformer = {
        "InputPathsMap": {"a": "$.id", "b": "$.time"},
        "InputTemplate": template,
    }

    text = input_for({"InputTransformer": transformer}, EVENT, RULE)

    assert text == '"call 1"\n"at 2026-01-02T12:00:00Z"'


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.detail.list[*]", [1, {"x": None}]),
        ("$.detail.list[*].x", [None]),
        ("$.detail.*", ['a "b" \\ c', [1, {"x": None}], None]),
        ("$.*[0]", []),
        ("$.detail.none[*]", []),
        ("$.detail.missing[*]", []),
    ],
)
def test_wildcards(path: str, value: Any) -> None:
    """A path with a wildcard leads to a list of all that it matches."""
    assert made("<a>", a=path) == value


@pytest.mark.parametrize(
    "path", ["$.id[0]", "$.detail[0]", "$.detail.list.x", "$.detail.list[2]", "$.a/b"]
)
def test_paths_that_lead_nowhere(path: str) -> None:
    """A path has an index into lists alone, and names in objects alone."""
    assert made("<a>", a=path) is None


@pytest.mark.parametrize("path", ["detail", "$detail", "$.detail[x]", "$..id", ""])
def test_paths_that_are_none(path: str) -> None:
    """A path that EventBridge would not take is told with its member."""
    with pytest.raises(CannotDeliverError, match=r"^InputPathsMap\.a must be a path "):
        made("<a>", a=path)


def test_template_that_makes_no_json() -> None:
    """A template that does not make JSON is told with what it makes."""
    with pytest.raises(
        CannotDeliverError, match=r"^InputTemplate makes no JSON .* 1 x$"
    ):
        made("<a> x", a="$.detail.list[0]")
