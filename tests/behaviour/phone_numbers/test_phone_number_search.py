"""The search for numbers to order, as a user of boto3 sees it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.numbers import SEATTLE, acquire, order
from kit.oracles.answers import body, pages
from kit.transports.clients import Connect

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


NO_STATES = ("Illinois", "XX", "PR", "W", " WA")  # Puerto Rico is a Country
NO_STATE = (
    "State must be the two letters of a state of the US, such as WA, or DC, not '{}'"
)
NO_AREA_CODES = ("+1206", "(206)", "20", "2065", "Seattle", "\u0662\u0660\u0666")
NO_AREA_CODE = "AreaCode must be three digits such as 206, not '{}'"


def found(client: ChimeSDKVoiceClient, **filters: Any) -> list[str]:
    """Return all numbers that a search finds."""
    search = client.search_available_phone_numbers
    every = pages(search, "E164PhoneNumbers", MaxResults=500, **filters)
    return [number for page in every for number in page]


def test_ten_numbers_of_an_area(client: ChimeSDKVoiceClient) -> None:
    """A search answers ten numbers and a token unless it asks for more."""
    answer = client.search_available_phone_numbers(AreaCode="206")

    token = answer.pop("NextToken")
    assert body(answer) == {"E164PhoneNumbers": list(SEATTLE[:10])}
    assert client.search_available_phone_numbers(AreaCode="206", NextToken=token)[
        "E164PhoneNumbers"
    ] == list(SEATTLE[10:20])


def test_pages_hold_every_number_once(client: ChimeSDKVoiceClient) -> None:
    """The pages together are the area's numbers, as many to a page as wanted."""
    search = client.search_available_phone_numbers

    found = pages(search, "E164PhoneNumbers", AreaCode="206", MaxResults=20)

    assert found == [
        list(SEATTLE[:20]),
        list(SEATTLE[20:40]),
        list(SEATTLE[40:]),
    ]


def test_ordered_number_is_not_offered(client: ChimeSDKVoiceClient) -> None:
    """A number that is ordered no longer appears, and the pages close the gap."""
    first = client.search_available_phone_numbers(AreaCode="206", MaxResults=2)
    acquire(client, SEATTLE[0], SEATTLE[2])

    following = client.search_available_phone_numbers(
        AreaCode="206", MaxResults=2, NextToken=first["NextToken"]
    )
    again = client.search_available_phone_numbers(AreaCode="206", MaxResults=2)

    assert following["E164PhoneNumbers"] == [SEATTLE[3], SEATTLE[4]]
    assert again["E164PhoneNumbers"] == [SEATTLE[1], SEATTLE[3]]


def test_number_of_another_region_is_not_offered(connect: Connect) -> None:
    """The account has a number once, whichever region it is in."""
    acquire(connect(region="us-west-2"), *SEATTLE[1:])

    assert found(connect(), AreaCode="206") == [SEATTLE[0]]


def test_state_has_its_area_codes(client: ChimeSDKVoiceClient) -> None:
    """A state's numbers are those of all its area codes."""
    areas = {number[2:5] for number in found(client, State="WA")}

    assert areas == {"206", "253", "360", "425", "509", "564"}


@pytest.mark.parametrize(
    ("city", "state", "areas"),
    [
        ("Seattle", "WA", {"206"}),
        ("seattle", "wa", {"206"}),
        ("Washington", "DC", {"202", "771"}),
        ("SEATTLE", "Wa", {"206"}),
        ("Seattle", "OR", set()),
        ("Atlantis", "WA", set()),
    ],
)
def test_city_has_its_area_codes(
    client: ChimeSDKVoiceClient, city: str, state: str, areas: set[str]
) -> None:
    """A city's numbers are those of its area codes in that state, in either case."""
    numbers = found(client, City=city, State=state)

    assert {number[2:5] for number in numbers} == areas


def test_filters_narrow_each_other(client: ChimeSDKVoiceClient) -> None:
    """What is found fits all filters."""
    assert found(client, State="WA", AreaCode="206") == list(SEATTLE)
    assert found(client, State="OR", AreaCode="206") == []
    assert found(client, AreaCode="206", PhoneNumberType="Local") == list(SEATTLE)
    assert found(client, AreaCode="206", PhoneNumberType="TollFree") == []


def test_toll_free_prefix(client: ChimeSDKVoiceClient) -> None:
    """A toll-free prefix finds its fictional numbers, of which 800 has only one."""
    assert found(client, TollFreePrefix="800") == ["+18005550199"]
    assert found(client, TollFreePrefix="888") == [
        f"+18885550{n}" for n in range(100, 150)
    ]
    assert found(client, TollFreePrefix="800", PhoneNumberType="Local") == []


def test_area_code_that_is_none_has_no_numbers(client: ChimeSDKVoiceClient) -> None:
    """A search that nothing fits finds nothing and is no error."""
    assert body(client.search_available_phone_numbers(AreaCode="000")) == {
        "E164PhoneNumbers": []
    }


@pytest.mark.parametrize(
    ("country", "type", "numbers"),
    [
        ("GB", "Local", ["+442079460000", "+442079460001", "+442079460002"]),
        ("GB", "TollFree", ["+448081570000", "+448081570001", "+448081570002"]),
        ("CA", "Local", ["+12045550100", "+12045550101", "+12045550102"]),
        ("PR", "TollFree", ["+18005550199", "+18335550100", "+18335550101"]),
    ],
)
def test_country_and_type(
    client: ChimeSDKVoiceClient, country: str, type: Any, numbers: list[str]
) -> None:
    """Outside the US a search goes by country and type."""
    answer = client.search_available_phone_numbers(
        Country=country, PhoneNumberType=type, MaxResults=3
    )

    assert answer["E164PhoneNumbers"] == numbers


def test_country_without_the_type_has_no_numbers(client: ChimeSDKVoiceClient) -> None:
    """Canada has no toll-free numbers to order, Italy no local ones."""
    assert found(client, Country="CA", PhoneNumberType="TollFree") == []
    assert found(client, Country="IT", PhoneNumberType="Local") == []


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (
            {},
            "AreaCode, City, State or TollFreePrefix is required with Country 'US'",
        ),
        (
            {"PhoneNumberType": "TollFree"},
            "AreaCode, City, State or TollFreePrefix is required with Country 'US'",
        ),
        ({"City": "Seattle"}, "State is required with City"),
        *(({"State": state}, NO_STATE.format(state)) for state in NO_STATES),
        ({"City": "Chicago", "State": "Illinois"}, NO_STATE.format("Illinois")),
        *(({"AreaCode": code}, NO_AREA_CODE.format(code)) for code in NO_AREA_CODES),
        (
            {"Country": "us", "AreaCode": "206"},
            'Country must match [A-Z]{2}, not "us"',
        ),
        (
            {"TollFreePrefix": "801"},
            'TollFreePrefix must match ^8(00|33|44|55|66|77|88)$, not "801"',
        ),
        ({"Country": "GB"}, "PhoneNumberType is required with Country 'GB'"),
        (
            {
                "Country": "GB",
                "PhoneNumberType": "Local",
                "AreaCode": "20",
                "City": "London",
            },
            "AreaCode and City must be left out with Country 'GB'",
        ),
        (
            {"Country": "FR", "PhoneNumberType": "Local"},
            "Country must be among AT, AU, CA, CH, DE, DK, FI, GB, IE, IT, KR, NG, NZ, "
            "PR, SE, US, not 'FR'",
        ),
        (
            {"AreaCode": "206", "MaxResults": 501},
            "MaxResults must be at most 500, not 501",
        ),
    ],
)
def test_bad_search_is_refused(
    client: ChimeSDKVoiceClient, filters: dict[str, Any], message: str
) -> None:
    """Filters that do not go together are BadRequest, and named."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.search_available_phone_numbers(**filters)

    assert error.value.response["Error"]["Message"] == message


@pytest.mark.parametrize(
    "ask",
    [
        lambda client: client.search_available_phone_numbers(AreaCode="206"),
        lambda client: order(client, SEATTLE[0]),
    ],
    ids=["search", "order"],
)
def test_regions_without_numbers(connect: Connect, ask: Any) -> None:
    """Numbers can be had in two regions and are refused in the others."""
    client = connect(region="eu-west-2")

    with pytest.raises(client.exceptions.BadRequestException) as error:
        ask(client)

    assert error.value.response["Error"]["Message"] == (
        "Phone numbers must be ordered in us-east-1 or us-west-2, not in eu-west-2"
    )


def test_countries_of_voice_connectors(client: ChimeSDKVoiceClient) -> None:
    """A voice connector takes numbers of the US alone."""
    answer = client.list_supported_phone_number_countries(ProductType="VoiceConnector")

    assert body(answer) == {
        "PhoneNumberCountries": [
            {"CountryCode": "US", "SupportedPhoneNumberTypes": ["Local", "TollFree"]}
        ]
    }


def test_countries_of_sip_media_applications(client: ChimeSDKVoiceClient) -> None:
    """Applications take numbers of all countries, of the types that these have."""
    answer = client.list_supported_phone_number_countries(
        ProductType="SipMediaApplicationDialIn"
    )

    both = ["Local", "TollFree"]
    assert {
        country["CountryCode"]: country["SupportedPhoneNumberTypes"]
        for country in answer["PhoneNumberCountries"]
    } == {
        **dict.fromkeys(["AT", "AU", "CH", "DE", "DK", "FI", "GB", "IE"], both),
        **dict.fromkeys(["KR", "NG", "NZ", "PR", "SE", "US"], both),
        "CA": ["Local"],
        "IT": ["TollFree"],
    }
