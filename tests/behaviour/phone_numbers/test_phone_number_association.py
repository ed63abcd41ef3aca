"""Phone numbers and the voice connectors that they belong to, through boto3."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.builders.numbers import SEATTLE, acquire, phone_number
from kit.oracles.answers import body
from kit.transports.clients import Send

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 453000, tzinfo=timezone.utc)
LATER = NOON + timedelta(hours=1)
UNKNOWN = "a" * 22


def associate(
    client: ChimeSDKVoiceClient, connector_id: str, *numbers: str, force: bool = False
) -> list[Any]:
    """Associate numbers with a connector and return the errors."""
    return list(
        client.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=connector_id,
            E164PhoneNumbers=numbers,
            ForceAssociate=force,
        )["PhoneNumberErrors"]
    )


def disassociate(
    client: ChimeSDKVoiceClient, connector_id: str, *numbers: str
) -> list[Any]:
    """Disassociate numbers from a connector and return the errors."""
    return list(
        client.disassociate_phone_numbers_from_voice_connector(
            VoiceConnectorId=connector_id, E164PhoneNumbers=numbers
        )["PhoneNumberErrors"]
    )


@pytest.fixture
def other_id(client: ChimeSDKVoiceClient) -> str:
    """A second connector."""
    answer = client.create_voice_connector(Name="Other", RequireEncryption=True)
    return answer["VoiceConnector"]["VoiceConnectorId"]


def test_associated_number_is_assigned(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """An associated number names its connector and since when."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        before = phone_number(client, SEATTLE[0])
    with time_machine.travel(LATER, tick=False):
        answer = client.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[0]]
        )

    assert body(answer) == {"PhoneNumberErrors": []}
    assert phone_number(client, SEATTLE[0]) == {
        **before,
        "Status": "Assigned",
        "UpdatedTimestamp": LATER,
        "Associations": [
            {
                "Value": connector_id,
                "Name": "VoiceConnectorId",
                "AssociatedTimestamp": LATER,
            }
        ],
    }


def test_disassociated_number_is_unassigned(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A number that is taken from its connector is as before."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        before = phone_number(client, SEATTLE[0])
        associate(client, connector_id, SEATTLE[0])
    with time_machine.travel(LATER, tick=False):
        answer = client.disassociate_phone_numbers_from_voice_connector(
            VoiceConnectorId=connector_id, E164PhoneNumbers=[SEATTLE[0]]
        )

    assert body(answer) == {"PhoneNumberErrors": []}
    assert phone_number(client, SEATTLE[0]) == {**before, "UpdatedTimestamp": LATER}


def test_same_connector_again_is_no_change(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """To associate a number with its own connector succeeds, forced or not."""
    acquire(client, SEATTLE[0])
    associate(client, connector_id, SEATTLE[0])
    before = phone_number(client, SEATTLE[0])

    errors = [
        associate(client, connector_id, SEATTLE[0], force=force)
        for force in (False, True)
    ]

    assert errors == [[], []]
    assert phone_number(client, SEATTLE[0]) == before


def test_number_of_another_connector_stays_there(
    client: ChimeSDKVoiceClient, connector_id: str, other_id: str
) -> None:
    """Without force an associated number is reported and left as it is."""
    acquire(client, *SEATTLE[:2])
    associate(client, connector_id, SEATTLE[0])

    errors = associate(client, other_id, *SEATTLE[:2])

    assert errors == [
        {
            "PhoneNumberId": SEATTLE[0],
            "ErrorCode": "PhoneNumberAssociationsExist",
            "ErrorMessage": f"Phone number '{SEATTLE[0]}' is associated already",
        }
    ]
    assert [
        phone_number(client, number)["Associations"][0]["Value"]
        for number in SEATTLE[:2]
    ] == [connector_id, other_id]


def test_force_moves_a_number(
    client: ChimeSDKVoiceClient, connector_id: str, other_id: str
) -> None:
    """With force the earlier association is removed and the new one made."""
    with time_machine.travel(NOON, tick=False):
        acquire(client, SEATTLE[0])
        associate(client, connector_id, SEATTLE[0])
    with time_machine.travel(LATER, tick=False):
        errors = associate(client, other_id, SEATTLE[0], force=True)

    assert errors == []
    assert phone_number(client, SEATTLE[0])["Associations"] == [
        {"Value": other_id, "Name": "VoiceConnectorId", "AssociatedTimestamp": LATER}
    ]


def test_errors_are_per_number(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Numbers that cannot be associated do not stop the others."""
    mine, dial_in, queued, unknown = SEATTLE[:4]
    acquire(client, mine, queued)
    acquire(client, dial_in, product_type="SipMediaApplicationDialIn")
    client.delete_phone_number(PhoneNumberId=queued)

    errors = associate(client, connector_id, unknown, dial_in, queued, mine)

    assert errors == [
        {
            "PhoneNumberId": unknown,
            "ErrorCode": "NotFound",
            "ErrorMessage": f"Could not find PhoneNumber with Id '{unknown}'",
        },
        {
            "PhoneNumberId": dial_in,
            "ErrorCode": "BadRequest",
            "ErrorMessage": f"Phone number '{dial_in}' must have the product type "
            "VoiceConnector, not SipMediaApplicationDialIn",
        },
        {
            "PhoneNumberId": queued,
            "ErrorCode": "BadRequest",
            "ErrorMessage": f"Phone number '{queued}' must be Assigned or Unassigned, "
            "not DeleteInProgress",
        },
    ]
    assert phone_number(client, mine)["Status"] == "Assigned"


def test_only_the_own_numbers_are_disassociated(
    client: ChimeSDKVoiceClient, connector_id: str, other_id: str
) -> None:
    """A number that is unknown or elsewhere is reported, and the others are taken."""
    mine, others, unknown = SEATTLE[:3]
    acquire(client, mine, others)
    associate(client, connector_id, mine)
    associate(client, other_id, others)

    errors = disassociate(client, connector_id, others, unknown, mine)

    assert errors == [
        {
            "PhoneNumberId": others,
            "ErrorCode": "NotFound",
            "ErrorMessage": f"Phone number '{others}' is not associated "
            f"with '{connector_id}'",
        },
        {
            "PhoneNumberId": unknown,
            "ErrorCode": "NotFound",
            "ErrorMessage": f"Could not find PhoneNumber with Id '{unknown}'",
        },
    ]
    assert [phone_number(client, number)["Status"] for number in (mine, others)] == [
        "Unassigned",
        "Assigned",
    ]


@pytest.mark.parametrize("call", [associate, disassociate])
def test_unknown_connector(client: ChimeSDKVoiceClient, call: Any) -> None:
    """A connector that does not exist is NotFound, whatever the numbers are."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        call(client, UNKNOWN, SEATTLE[0])

    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnector with Id '{UNKNOWN}'"
    )


def test_connector_with_numbers_stays(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A connector can be deleted only when its last number is disassociated."""
    acquire(client, *SEATTLE[:2])
    associate(client, connector_id, *SEATTLE[:2])
    disassociate(client, connector_id, SEATTLE[0])

    with pytest.raises(client.exceptions.ConflictException) as error:
        client.delete_voice_connector(VoiceConnectorId=connector_id)
    disassociate(client, connector_id, SEATTLE[1])
    answer = client.delete_voice_connector(VoiceConnectorId=connector_id)

    assert error.value.response["Error"]["Message"] == (
        f"Phone number '{SEATTLE[1]}' is associated with VoiceConnector "
        f"'{connector_id}'"
    )
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204


def test_code_of_a_connector_with_numbers(
    client: ChimeSDKVoiceClient, send: Send, connector_id: str
) -> None:
    """On the wire the Conflict says what it is about."""
    acquire(client, SEATTLE[0])
    associate(client, connector_id, SEATTLE[0])

    answer = send("DELETE", f"/voice-connectors/{connector_id}")

    assert (
        answer.status_code,
        answer.headers["x-amzn-ErrorType"],
        answer.json()["Code"],
    ) == (409, "ConflictException", "PhoneNumberAssociationsExist")
