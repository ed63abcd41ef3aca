"""The operations of the service, and those that AWS has ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from proxymock.sandbox.reads.operations import OperationView, operations

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read


def test_those_that_aws_has_ended(read: Read) -> None:
    """They are the eight of proxy sessions, and the two of Alexa skills."""
    shown = read(operations, ended=True)

    assert {each.operation: each.ended_on for each in shown.operations} == {
        "CreateProxySession": "2026-04-07",
        "DeleteProxySession": "2026-04-07",
        "DeleteVoiceConnectorProxy": "2026-04-07",
        "GetProxySession": "2026-04-07",
        "GetSipMediaApplicationAlexaSkillConfiguration": None,
        "GetVoiceConnectorProxy": "2026-04-07",
        "ListProxySessions": "2026-04-07",
        "PutSipMediaApplicationAlexaSkillConfiguration": None,
        "PutVoiceConnectorProxy": "2026-04-07",
        "UpdateProxySession": "2026-04-07",
    }
    assert shown.total == 10


def test_all(read: Read) -> None:
    """There are 96, in the order of their names, and most are alive."""
    names = [each.operation for each in read(operations).operations]

    assert (len(names), names) == (96, sorted(names))
    assert read(operations, ended=False).total == 86


def test_one(client: ChimeSDKVoiceClient, read: Read) -> None:
    """An operation has its route, its errors, and whether it was called."""
    client.list_available_voice_connector_regions()

    [shown] = read(operations, called=True).operations

    assert shown == OperationView(
        operation="ListAvailableVoiceConnectorRegions",
        method="GET",
        path="/voice-connector-regions",
        errors=(
            "BadRequestException",
            "ForbiddenException",
            "ServiceFailureException",
            "ServiceUnavailableException",
            "ThrottledClientException",
            "UnauthorizedClientException",
        ),
        ended=False,
        ended_on=None,
        called=True,
    )
