"""One of each thing that the service keeps, for tests that go through all operations.

A family of operations adds the lines that make its things, and names them in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api import spec
from smallest import request_of, smallest
from wire import via_botocore

# A member's name → a value for it that the service takes. For one operation alone it is
# the operation's name, a dot, and the member's; these may be optional members, too.
World = Mapping[str, Any]


def call(name: str, **members: Any) -> Any:
    """Perform an operation and return what it answers."""
    method, path, query, body = request_of(name, members)
    reply = via_botocore(method, f"{path}?{query}", body)
    assert reply.status == spec.operation(name).status, reply.body
    return reply.json if reply.body else None


def create_world() -> World:
    """Make the things in the default account and region."""
    connector = call("CreateVoiceConnector", Name="Rides", RequireEncryption=True)
    connector_id = connector["VoiceConnector"]["VoiceConnectorId"]
    proxy = {"DefaultSessionExpiryMinutes": 60, "PhoneNumberPoolCountries": ["US"]}
    call("PutVoiceConnectorProxy", VoiceConnectorId=connector_id, **proxy)
    session = {
        "ParticipantPhoneNumbers": ["+12065550100", "+14015550101"],
        "Capabilities": ["Voice"],
    }
    created = call("CreateProxySession", VoiceConnectorId=connector_id, **session)

    return {
        "VoiceConnectorId": connector_id,
        "ResourceARN": connector["VoiceConnector"]["VoiceConnectorArn"],
        **proxy,
        **session,
        "ProxySessionId": created["ProxySession"]["ProxySessionId"],
    }


def sound_members(operation: spec.Operation, world: World) -> dict[str, Any]:
    """Return the members of the smallest request that succeeds in *world*."""
    return {
        name: world.get(
            f"{operation.name}.{name}", world.get(name, smallest(member.shape))
        )
        for name, member in operation.input.members.items()
        if name in operation.input.required or f"{operation.name}.{name}" in world
    }
