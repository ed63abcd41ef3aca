"""A call centre's numbers: found, ordered, used to mask callers, given up, taken back.

``python examples/call_center.py`` plays it through: no AWS account, no network.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import boto3

from proxymock import mock_aws

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.type_defs import PhoneNumberTypeDef

POLL_SECONDS = 10


class OrderFailed(Exception):
    """AWS could not acquire all numbers of an order."""


class CallCenter:
    """The program of a call centre: plain boto3 code, without any mock.

    Args:
        voice: boto3's client of Amazon Chime SDK Voice.
    """

    def __init__(self, voice: ChimeSDKVoiceClient) -> None:
        self._voice = voice

    def order_numbers(self, area_code: str, count: int) -> list[str]:
        """Order *count* numbers of an area and wait until they are there.

        Raises OrderFailed.
        """
        numbers = self._voice.search_available_phone_numbers(
            AreaCode=area_code, MaxResults=count
        )["E164PhoneNumbers"]
        order = self._voice.create_phone_number_order(
            ProductType="VoiceConnector", E164PhoneNumbers=numbers
        )["PhoneNumberOrder"]
        while order["Status"] == "Processing":
            order = self._voice.get_phone_number_order(
                PhoneNumberOrderId=order["PhoneNumberOrderId"]
            )["PhoneNumberOrder"]
            if order["Status"] == "Processing":
                time.sleep(POLL_SECONDS)
        if order["Status"] != "Successful":
            raise OrderFailed(f"order {order['PhoneNumberOrderId']}: {order['Status']}")
        return numbers

    def open(self, numbers: list[str]) -> str:
        """Make a connector that masks callers behind *numbers*; return its id."""
        connector = self._voice.create_voice_connector(
            Name="Call centre", RequireEncryption=True
        )
        connector_id = connector["VoiceConnector"]["VoiceConnectorId"]
        errors = self._voice.associate_phone_numbers_with_voice_connector(
            VoiceConnectorId=connector_id, E164PhoneNumbers=numbers
        )["PhoneNumberErrors"]
        if errors:
            raise OrderFailed(str(errors))
        self._voice.put_voice_connector_proxy(
            VoiceConnectorId=connector_id,
            DefaultSessionExpiryMinutes=60,
            PhoneNumberPoolCountries=["US"],
        )
        return connector_id

    def connect(self, connector_id: str, caller: str, agent: str) -> str:
        """Mask a caller and an agent to each other; return the number between them."""
        session = self._voice.create_proxy_session(
            VoiceConnectorId=connector_id,
            ParticipantPhoneNumbers=[caller, agent],
            Capabilities=["Voice"],
        )["ProxySession"]
        return session["Participants"][0]["ProxyPhoneNumber"]

    def close(self, connector_id: str) -> list[str]:
        """Delete a connector and its numbers; return these."""
        owned = self._voice.list_phone_numbers(
            FilterName="VoiceConnectorId", FilterValue=connector_id
        )["PhoneNumbers"]
        numbers = [number["E164PhoneNumber"] for number in owned]
        self._voice.disassociate_phone_numbers_from_voice_connector(
            VoiceConnectorId=connector_id, E164PhoneNumbers=numbers
        )
        self._voice.delete_voice_connector(VoiceConnectorId=connector_id)
        for number in owned:
            self._voice.delete_phone_number(PhoneNumberId=number["PhoneNumberId"])
        return numbers

    def take_back(self, number: str) -> PhoneNumberTypeDef:
        """Restore a number that was deleted, within seven days."""
        return self._voice.restore_phone_number(PhoneNumberId=number)["PhoneNumber"]


@mock_aws(config={"proxymock": {"proxy_numbers": "connector"}})
def play() -> None:
    """Play the life of some numbers through and print what happens."""
    center = CallCenter(boto3.client("chime-sdk-voice", region_name="us-east-1"))

    numbers = center.order_numbers("206", 2)
    print(f"Ordered {' and '.join(numbers)}")

    connector_id = center.open(numbers)
    between = center.connect(connector_id, "+14155550101", "+13125550102")
    print(f"Caller and agent reach each other at {between}")

    given_up = center.close(connector_id)
    print(f"Gave up {' and '.join(given_up)}")

    restored = center.take_back(numbers[0])
    print(f"Took back {restored['E164PhoneNumber']}, which is {restored['Status']}")


if __name__ == "__main__":
    play()
