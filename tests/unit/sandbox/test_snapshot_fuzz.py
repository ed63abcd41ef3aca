"""A state that somebody has damaged is read or refused, and never breaks anything."""

from __future__ import annotations

import copy
import json
from typing import Any

import boto3
import pytest
from botocore import xform_name
from botocore.exceptions import ClientError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.builders.full_account import create_everything
from kit.oracles.state import state
from proxymock import snapshot
from proxymock.sandbox.snapshot.schema import kinds

READS = ("Get", "List")
ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 7, 1.5, "", "a", "+12065550100", [], [[]], {}, {"$ref": 0}]
    + [{"$kind": kind} for kind in kinds()]
)


@pytest.fixture
def exported(service: Any) -> dict[str, Any]:
    """The state of an account with something of everything."""
    create_everything()
    return snapshot.export()


@pytest.fixture
def service() -> Any:
    """A client in this process, the only one that this test needs."""
    return boto3.client("chime-sdk-voice", region_name="us-east-1")


def named(node: Any) -> dict[str, Any]:
    """Return a value for each name of a member in a document."""
    found: dict[str, Any] = {}
    for container, key in places(node):
        found.setdefault(str(key), container[key])
        if key == "TaskId":
            found[f"{container['$kind']}Id"] = container[key]
    return {**found, "ResourceARN": found["VoiceConnectorArn"], "IsCaller": True}


def reads(service: Any, exported: Any) -> list[tuple[str, dict[str, Any]]]:
    """Return every request that gets or lists what a furnished account has."""
    members = named(exported)
    model = service.meta.service_model
    inputs = {
        name: model.operation_model(name).input_shape
        for name in model.operation_names
        if name.startswith(READS)
    }
    return [
        (xform_name(name), {m: members[m] for m in shape.required_members})
        if shape
        else (xform_name(name), {})
        for name, shape in inputs.items()
    ]


def places(node: Any) -> list[tuple[Any, Any]]:
    """Return every place in a document: a container and the key or index in it."""
    if isinstance(node, dict):
        keys: list[Any] = list(node)
    elif isinstance(node, list):
        keys = list(range(len(node)))
    else:
        return []
    return [(node, key) for key in keys] + [
        place for key in keys for place in places(node[key])
    ]


def status_of(service: Any, operation: str, members: dict[str, Any]) -> int:
    """Return the HTTP status of an answer, good or bad."""
    try:
        answer = getattr(service, operation)(**members)
    except ClientError as error:
        answer = error.response
    status: int = answer["ResponseMetadata"]["HTTPStatusCode"]
    return status


@pytest.mark.sampled(60)
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_damaged_state(
    service: Any, exported: dict[str, Any], data: st.DataObject
) -> None:
    """It is refused and nothing has changed, or all that is loaded can be read."""
    document = copy.deepcopy(exported)
    for _ in range(data.draw(st.integers(1, 2))):
        container, key = data.draw(st.sampled_from(places(document)))
        damage = data.draw(st.sampled_from(["replace", "remove", "repeat"]))
        if damage == "replace":
            container[key] = copy.deepcopy(data.draw(ODD))
        elif damage == "remove":
            del container[key]
        elif isinstance(container, list):
            container.append(copy.deepcopy(container[key]))
    before = state()

    try:
        snapshot.load(document)
    except ValueError:
        assert state() == before
        return

    statuses = {
        operation: status_of(service, operation, members)
        for operation, members in reads(service, exported)
    }
    assert {name: status for name, status in statuses.items() if status >= 500} == {}
    json.dumps(snapshot.export())
    snapshot.load(exported)
