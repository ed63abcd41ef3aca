"""Requests that the service takes, and how a test makes one without an SDK."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.requests.smallest import request_of, smallest
from kit.transports.wire import via_botocore
from proxymock.api import spec


def call(name: str, **members: Any) -> Any:
    """Perform an operation in this process and return what it answers."""
    method, path, query, body = request_of(name, members)
    reply = via_botocore(method, f"{path}?{query}", body)
    assert reply.status == spec.operation(name).status, reply.body
    return reply.json if reply.body else None


def sound_members(
    operation: spec.Operation, everything: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the members of the smallest request that succeeds in *everything*."""
    return {
        name: everything.get(
            f"{operation.name}.{name}", everything.get(name, smallest(member.shape))
        )
        for name, member in operation.input.members.items()
        if name in operation.input.required or f"{operation.name}.{name}" in everything
    }
