"""Phone numbers for tests: how to get them, and which there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from proxymock.numbering_plan.fictional_ranges import offered_in_area

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.literals import PhoneNumberProductTypeType

SEATTLE = offered_in_area(206)
TOLL_FREE = offered_in_area(800)
LONDON = "+442079460000"
NOT_FOR_SALE = "+12065550199"  # it is set aside for proxy sessions


def order(
    client: ChimeSDKVoiceClient,
    *numbers: str,
    product_type: PhoneNumberProductTypeType = "VoiceConnector",
) -> dict[str, Any]:
    """Order numbers and return the order as it is at first."""
    answer = client.create_phone_number_order(
        ProductType=product_type, E164PhoneNumbers=numbers
    )
    return {**answer["PhoneNumberOrder"]}


def acquire(
    client: ChimeSDKVoiceClient,
    *numbers: str,
    product_type: PhoneNumberProductTypeType = "VoiceConnector",
) -> None:
    """Order numbers and have them."""
    made = order(client, *numbers, product_type=product_type)
    client.get_phone_number_order(PhoneNumberOrderId=made["PhoneNumberOrderId"])


def phone_number(client: ChimeSDKVoiceClient, number: str) -> dict[str, Any]:
    """Return a number as Get answers it."""
    return {**client.get_phone_number(PhoneNumberId=number)["PhoneNumber"]}
