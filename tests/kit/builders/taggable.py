"""The resources that have tags, all kinds through the same verbs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.builders.sip import function
from proxymock.api.spec import snake_case

# What an ARN calls a kind → what the API calls it, and what it takes to make one.
KINDS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "vc": ("VoiceConnector", {"Name": "Rides", "RequireEncryption": True}),
    "sma": (
        "SipMediaApplication",
        {"Name": "IVR", "AwsRegion": "us-east-1", "Endpoints": [function()]},
    ),
    "voice-profile-domain": (
        "VoiceProfileDomain",
        {
            "Name": "Riders",
            "ServerSideEncryptionConfiguration": {
                "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/riders"
            },
        },
    ),
}


def create(client: Any, kind: str, **tags: str) -> str:
    """Create a resource of a *kind* with *tags* and return its ARN."""
    name, members = KINDS[kind]
    pairs = [{"Key": key, "Value": value} for key, value in tags.items()]
    given = {**members, "Tags": pairs} if pairs else members
    made = getattr(client, f"create_{snake_case(name)}")(**given)[name]
    return made[f"{name}Arn"]  # type: ignore[no-any-return]


def get(client: Any, arn: str) -> dict[str, Any]:
    """Return a resource as its own Get answers it."""
    return _call(client, "get", arn)[_kind(arn)]  # type: ignore[no-any-return]


def delete(client: Any, arn: str) -> None:
    """Delete a resource."""
    _call(client, "delete", arn)


def _call(client: Any, verb: str, arn: str) -> dict[str, Any]:
    call = getattr(client, f"{verb}_{snake_case(_kind(arn))}")
    id = arn.rpartition("/")[2]
    return call(**{f"{_kind(arn)}Id": id})  # type: ignore[no-any-return]


def _kind(arn: str) -> str:
    return KINDS[arn.split(":")[5].partition("/")[0]][0]
