"""Sound requests gone wrong on the way, to every interface that there is.

Whatever arrives, the answer is JSON and no failure, and a refusal changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile import Sent, changes
from proxymock.api import spec
from proxymock.service import OPERATIONS
from smallest import request_of
from state import state
from wire import Reply, Wire, via_botocore, via_server
from world import World, create_world, sound_members


def operations(world: World) -> list[Sent]:
    """Return a sound request of each operation."""
    sound = []
    for name in sorted(OPERATIONS):
        members = sound_members(spec.operation(name), world)
        method, path, query, body = request_of(name, members)
        sound.append(Sent(method, f"{path}?{query}" if query else path, body))
    return sound


# Something that answers requests → a way to get sound ones.
INTERFACES: Mapping[str, Callable[[World], list[Sent]]] = {"service": operations}


@pytest.fixture(params=INTERFACES)
def sound(request: pytest.FixtureRequest) -> list[Sent]:
    """Requests that an interface takes while there is one of each thing."""
    return INTERFACES[request.param](create_world())


@pytest.fixture(params=["in process", "server"])
def wire(request: pytest.FixtureRequest) -> Wire:
    """A way to an interface."""
    if request.param == "server":
        return via_server(request.getfixturevalue("server_url"))
    return via_botocore


def check(reply: Reply, before: object) -> None:
    """Check that an answer is one, and that a refusal has changed nothing."""
    assert reply.status < 500, reply.body
    assert reply.headers["Content-Type"] == "application/json", reply.body
    assert reply.status == 204 or isinstance(reply.json, dict)
    assert reply.status < 300 or (list(reply.json), state()) == (
        ["Code", "Message"],
        before,
    )


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_change(wire: Wire, sound: list[Sent], data: st.DataObject) -> None:
    """Whatever is done to a request, the answer is an interface's own."""
    sent = data.draw(st.sampled_from(sound).flatmap(changes))
    before = state()

    check(wire(*sent), before)
