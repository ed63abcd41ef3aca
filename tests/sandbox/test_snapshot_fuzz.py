"""A state that somebody has damaged is read or refused, and never breaks anything."""

from __future__ import annotations

import copy
import json
from typing import Any

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from furnish import furnish
from proxymock import snapshot
from proxymock.sandbox.kinds import kinds
from state import state

ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 7, 1.5, "", "a", "+12065550100", [], [[]], {}, {"$ref": 0}]
    + [{"$kind": kind} for kind in ("tuple", "dict", *kinds())]
    + [{"$kind": kind, "Items": [[0], {}]} for kind in ("tuple", "dict")]
)


@pytest.fixture
def exported() -> dict[str, Any]:
    """The state of an account with something of everything."""
    furnish(boto3.client("chime-sdk-voice", region_name="us-east-1"))
    return snapshot.export()


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


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_damaged_state(exported: dict[str, Any], data: st.DataObject) -> None:
    """It is refused and nothing has changed, or what is loaded can be exported."""
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

    json.dumps(snapshot.export())
    snapshot.load(exported)
