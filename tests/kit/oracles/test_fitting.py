"""The tests' own look at whether an answer has the form of the API description."""

from __future__ import annotations

from typing import Any

import pytest

from kit.oracles.fitting import misfits
from proxymock.api import spec

GROUP = {
    "CallDistributionType": None,
    "CreatedTimestamp": "2026-01-02T12:00:00.000Z",
    "Name": "All",
    "UpdatedTimestamp": None,
    "VoiceConnectorGroupArn": "arn:aws:chime:us-east-1:123456789012:vcg/1",
    "VoiceConnectorGroupId": "1",
    "VoiceConnectorItems": [{"Priority": 1, "VoiceConnectorId": "a" * 22}],
}


def test_what_fits() -> None:
    """All members are there, and what is optional may be null."""
    assert list(misfits(spec.shape("VoiceConnectorGroup"), GROUP, "Group")) == []


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        ({"Name": 1}, "Group.Name is 1, no string"),
        ({"Name": True}, "Group.Name is True, no string"),
        (
            {"CreatedTimestamp": "2026-01-02T12:00:00Z"},
            "Group.CreatedTimestamp is '2026-01-02T12:00:00Z', no timestamp",
        ),
        (
            {"VoiceConnectorItems": [{"Priority": 1, "VoiceConnectorId": None}]},
            "Group.VoiceConnectorItems[0].VoiceConnectorId is null",
        ),
        (
            {"VoiceConnectorItems": [{"Priority": 0, "VoiceConnectorId": "a" * 22}]},
            "Group.VoiceConnectorItems[0].Priority must be at least 1, not 0",
        ),
    ],
)
def test_what_does_not_fit(wrong: dict[str, Any], found: str) -> None:
    """Wrong types, forms, nulls and constraints are told, each with its place."""
    value = {**GROUP, **wrong}

    assert list(misfits(spec.shape("VoiceConnectorGroup"), value, "Group")) == [found]


def test_numbers_have_limits() -> None:
    """An integer is a number, but no score is more than one."""
    score = spec.shape("ConfidenceScore")

    assert [list(misfits(score, value, "Score")) for value in (0, 0.5, 1.5)] == [
        [],
        [],
        ["Score must be at most 1, not 1.5"],
    ]


def test_other_members_do_not_fit() -> None:
    """A structure has its own members, in the order of their names."""
    tag = {"Value": "rides", "Key": "team"}

    assert list(misfits(spec.shape("Tag"), tag, "Tag")) == [
        "Tag has Value, Key, not Key, Value"
    ]
