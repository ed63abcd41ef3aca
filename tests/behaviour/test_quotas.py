"""AWS's default quotas, for those who want them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

enforced = pytest.mark.settings(enforce_quotas=True)


def create_connectors(client: ChimeSDKVoiceClient, count: int) -> None:
    """Make as many voice connectors."""
    for n in range(count):
        client.create_voice_connector(Name=f"{n}", RequireEncryption=True)


def test_quotas_are_not_enforced_by_default(client: ChimeSDKVoiceClient) -> None:
    """Without the setting there may be more than AWS allows at first."""
    create_connectors(client, 4)
    for n in range(4):
        client.create_voice_connector_group(Name=f"{n}")

    assert len(client.list_voice_connectors()["VoiceConnectors"]) == 4
    assert len(client.list_voice_connector_groups()["VoiceConnectorGroups"]) == 4


@enforced
def test_three_connectors_per_region(connect: Connect) -> None:
    """A region takes no fourth connector, another region does."""
    east, west = connect(region="us-east-1"), connect(region="us-west-2")
    create_connectors(east, 3)

    with pytest.raises(east.exceptions.ResourceLimitExceededException) as error:
        create_connectors(east, 1)
    create_connectors(west, 3)

    assert error.value.response["Error"]["Message"] == (
        "The number of voice connectors per region must be at most 3, not 4"
    )
    assert len(east.list_voice_connectors()["VoiceConnectors"]) == 3


@enforced
def test_a_deleted_connector_makes_room(client: ChimeSDKVoiceClient) -> None:
    """A connector that is deleted no longer counts."""
    create_connectors(client, 3)
    first = client.list_voice_connectors()["VoiceConnectors"][0]["VoiceConnectorId"]

    client.delete_voice_connector(VoiceConnectorId=first)
    create_connectors(client, 1)

    assert len(client.list_voice_connectors()["VoiceConnectors"]) == 3


@enforced
def test_three_groups_per_account(connect: Connect) -> None:
    """An account has no fourth group, in whichever region."""
    east, west = connect(region="us-east-1"), connect(region="us-west-2")
    for n in range(3):
        east.create_voice_connector_group(Name=f"{n}")

    with pytest.raises(west.exceptions.ResourceLimitExceededException) as error:
        west.create_voice_connector_group(Name="One too many")

    assert error.value.response["Error"]["Message"] == (
        "The number of voice connector groups per account must be at most 3, not 4"
    )
    assert west.list_voice_connector_groups()["VoiceConnectorGroups"] == []


@enforced
def test_one_call_per_second(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """A connector's limit of calls per second is at most its quota."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_termination(
            VoiceConnectorId=connector_id, Termination={"CpsLimit": 2}
        )

    assert error.value.response["Error"]["Message"] == (
        "The number of calls per second and voice connector must be at most 1, not 2"
    )


@pytest.mark.settings(enforce_quotas="yes")
def test_the_setting_is_a_boolean(client: ChimeSDKVoiceClient) -> None:
    """Any other value is an error at the first call."""
    with pytest.raises(client.exceptions.ClientError) as error:
        create_connectors(client, 1)

    assert error.value.response["Error"] == {
        "Code": "InvalidSettings",
        "Message": "enforce_quotas must be False or True, not 'yes'",
    }
