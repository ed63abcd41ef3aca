"""Addresses for emergency calls."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def test_an_address_of_the_us_is_valid(client: ChimeSDKVoiceClient) -> None:
    """Any address of the United States is valid as it is."""
    answer = client.validate_e911_address(
        AwsAccountId="123456789012",
        StreetNumber="500",
        StreetInfo="Main Street",
        City="Springfield",
        State="OR",
        Country="US",
        PostalCode="97477",
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 202
    assert body(answer) == {
        "ValidationResult": 0,
        "AddressExternalId": str(UUID(answer["AddressExternalId"])),
        "Address": {
            "streetName": "Main Street",
            "streetNumber": "500",
            "city": "Springfield",
            "state": "OR",
            "postalCode": "97477",
            "country": "US",
        },
        "CandidateAddressList": [],
    }


@pytest.mark.parametrize("country", ["CH", "CA"])
def test_an_address_elsewhere_is_refused(
    client: ChimeSDKVoiceClient, country: str
) -> None:
    """The service validates no addresses of other countries."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.validate_e911_address(
            AwsAccountId="123456789012",
            StreetNumber="1",
            StreetInfo="Hauptstrasse",
            City="Bern",
            State="BE",
            Country=country,
            PostalCode="3001",
        )

    assert error.value.response["Error"]["Message"] == (
        f"Country must be US, not '{country}'"
    )
