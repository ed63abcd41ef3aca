"""Proxy numbers that match a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_proxy_connector, create_session

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

LONDON, BERLIN = "+442079460000", "+493023125000"
# Of the US but for the last; Alice is at home in 401, Bob in 206.
PLACES = ["+12125550150", "+12065550151", "+14015550150", "+13025550150"]
TORONTO = "+14165550150"
places = pytest.mark.settings(proxy_numbers=[*PLACES, TORONTO])


def chosen(client: ChimeSDKVoiceClient, id: str, *people: str, **members: Any) -> str:
    """Return the proxy number of a new session, of Alice and Bob by default."""
    session = create_session(
        client, id, ParticipantPhoneNumbers=list(people or (ALICE, BOB)), **members
    )
    return str(session["Participants"][0]["ProxyPhoneNumber"])


@pytest.mark.parametrize(
    ("people", "first"),
    [((ALICE, BOB), "+14015550150"), ((BOB, ALICE), "+12065550150")],
)
def test_area_of_the_first_participant(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    people: tuple[str, str],
    first: str,
) -> None:
    """AreaCode asks for the area of the participant that was sent first."""
    found = chosen(client, proxy_connector_id, *people, GeoMatchLevel="AreaCode")

    assert found == first


@pytest.mark.parametrize(
    ("first_participant", "first"),
    [("+14165550100", "+12045550150"), (ALICE, "+12015550150")],
)
def test_country_of_the_first_participant(
    client: ChimeSDKVoiceClient, first_participant: str, first: str
) -> None:
    """Country asks for the country of the first participant, not for its area."""
    id = create_proxy_connector(client, ["US", "CA"])

    found = chosen(client, id, first_participant, BOB, GeoMatchLevel="Country")

    assert found == first


def test_no_level_is_no_match(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Without level and place the number is the lowest of all."""
    assert chosen(client, proxy_connector_id) == "+12015550150"


@pytest.mark.parametrize(
    ("level", "place", "first"),
    [
        ("AreaCode", ("US", "212"), "+12125550150"),
        (None, ("US", "212"), "+12125550150"),
        (None, ("", "212"), "+12125550150"),
        (None, ("CA", ""), TORONTO),
        ("Country", ("CA", "212"), TORONTO),
        ("Country", ("US", "212"), "+12065550151"),
        ("AreaCode", ("", ""), "+14015550150"),
        (None, ("", ""), "+12065550151"),
    ],
)
@places
def test_given_place(
    client: ChimeSDKVoiceClient, level: str | None, place: tuple[str, str], first: str
) -> None:
    """A place goes before the first participant's; its empty parts do not count."""
    id = create_proxy_connector(client, ["US", "CA"])
    country, area_code = place

    found = chosen(
        client,
        id,
        GeoMatchParams={"Country": country, "AreaCode": area_code},
        **({"GeoMatchLevel": level} if level else {}),
    )

    assert found == first


def test_country_alone_goes_before_the_first_participants_area(
    client: ChimeSDKVoiceClient,
) -> None:
    """Where a country is given, AreaCode does not ask for a participant's area."""
    id = create_proxy_connector(client, ["US", "CA"])

    place = {"Country": "CA", "AreaCode": ""}
    found = chosen(client, id, GeoMatchLevel="AreaCode", GeoMatchParams=place)

    assert found == "+12045550150"


@places
def test_country_if_not_the_area(client: ChimeSDKVoiceClient) -> None:
    """Where the area has no number, one of its country is taken."""
    id = create_proxy_connector(client, ["US", "CA"])

    place = {"Country": "CA", "AreaCode": "604"}
    assert chosen(client, id, GeoMatchParams=place) == TORONTO


@places
@pytest.mark.parametrize("foreigner", [LONDON, BERLIN])
def test_any_number_if_not_the_country(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, foreigner: str
) -> None:
    """A match is a preference, and areas of other countries are no match."""
    found = chosen(client, proxy_connector_id, foreigner, BOB, GeoMatchLevel="AreaCode")

    assert found == "+12065550151"


def test_area_with_a_trunk_zero(client: ChimeSDKVoiceClient) -> None:
    """An area code may be given as it is dialled at home."""
    id = create_proxy_connector(client, ["DE"])

    place = {"Country": "DE", "AreaCode": "089"}
    assert chosen(client, id, GeoMatchParams=place) == "+498999998500"


def test_country_outside_the_pool_is_refused(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A place where the connector has no numbers is a 400."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        chosen(
            client,
            proxy_connector_id,
            GeoMatchParams={"Country": "CA", "AreaCode": "416"},
        )

    assert error.value.response["Error"]["Message"] == (
        "GeoMatchParams.Country must be among the connector's countries US, not 'CA'"
    )


@pytest.mark.settings(proxy_numbers=["+12065550150", "+12065550151", "+12125550150"])
def test_stickiness_goes_before_the_place(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A pair that has a number keeps it, whatever place is preferred."""
    first = chosen(client, proxy_connector_id)

    place = {"Country": "US", "AreaCode": "212"}
    assert chosen(client, proxy_connector_id, GeoMatchParams=place) == first


@places
def test_country_of_the_first_participant_if_only_an_area_is_given(
    client: ChimeSDKVoiceClient,
) -> None:
    """The level Country leaves out a given area, and still asks for a country."""
    id = create_proxy_connector(client, ["US", "CA"])

    found = chosen(
        client,
        id,
        "+14165550100",
        BOB,
        GeoMatchLevel="Country",
        GeoMatchParams={"Country": "", "AreaCode": "212"},
    )

    assert found == TORONTO


@pytest.mark.settings(proxy_numbers=["+390212345678", "+390612345678"])
def test_area_whose_numbers_keep_their_zero(client: ChimeSDKVoiceClient) -> None:
    """In Italy the zero of an area is part of the number, from abroad, too."""
    id = create_proxy_connector(client, ["IT"])

    found = chosen(client, id, "+390698765432", BOB, GeoMatchLevel="AreaCode")

    assert found == "+390612345678"
