"""Which proxy number a session gets."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.transports.clients import Connect
from proxymock.state.options import Options

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NEW_YORK, SEATTLE, TORONTO = "+12125550150", "+12065550150", "+14165550150"
AVOID = "AvoidSticky"
two_numbers = pytest.mark.settings(proxy_numbers=[NEW_YORK, SEATTLE])
one_number = pytest.mark.settings(proxy_numbers=[NEW_YORK])


def number(client: ChimeSDKVoiceClient, id: str, *people: str, **members: Any) -> str:
    """Return the proxy number of a new session, of Alice and Bob by default."""
    session = create_session(
        client, id, ParticipantPhoneNumbers=list(people or (ALICE, BOB)), **members
    )
    first, second = session["Participants"]
    assert first["ProxyPhoneNumber"] == second["ProxyPhoneNumber"]
    return str(first["ProxyPhoneNumber"])


@pytest.mark.parametrize(
    ("country", "first"),
    [
        ("US", "+12015550150"),
        ("CA", "+12045550150"),
        ("GB", "+442079460500"),
        ("AU", "+61255500500"),
    ],
)
def test_first_number_of_a_country(
    client: ChimeSDKVoiceClient, country: str, first: str
) -> None:
    """The pool of a country is the same in every run, and the lowest comes first."""
    id = create_proxy_connector(client, [country])

    assert number(client, id) == first


def test_counterparts_get_numbers_of_their_own(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A person never has two live counterparts behind one number."""
    found = [
        number(client, proxy_connector_id, ALICE, other) for other in (BOB, CAROL, DAVE)
    ]

    assert found == ["+12015550150", "+12015550151", "+12015550152"]


@one_number
def test_unrelated_pairs_may_share_a_number(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """One number serves pairs that have nobody in common."""
    assert number(client, proxy_connector_id, ALICE, BOB) == NEW_YORK
    assert number(client, proxy_connector_id, CAROL, DAVE) == NEW_YORK


@two_numbers
def test_least_used_number_comes_first(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Among the numbers that would do, the one with fewer live sessions is taken."""
    assert number(client, proxy_connector_id, ALICE, BOB) == SEATTLE
    assert number(client, proxy_connector_id, CAROL, DAVE) == NEW_YORK


@two_numbers
@pytest.mark.parametrize("behavior", [None, "PreferSticky"])
def test_pair_keeps_its_number(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, behavior: str | None
) -> None:
    """By default a pair gets its number again, in whichever order it is named."""
    chosen = {"NumberSelectionBehavior": behavior} if behavior else {}

    first = number(client, proxy_connector_id, ALICE, BOB, **chosen)

    assert number(client, proxy_connector_id, BOB, ALICE, **chosen) == first


@two_numbers
def test_pair_keeps_its_number_after_the_session(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A pair gets its number again after its session was deleted."""
    number(client, proxy_connector_id, CAROL, DAVE)
    session = create_session(client, proxy_connector_id)
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=session["ProxySessionId"]
    )
    number(client, proxy_connector_id, CAROL, DAVE, NumberSelectionBehavior=AVOID)

    assert number(client, proxy_connector_id) == NEW_YORK


@two_numbers
def test_pair_can_avoid_its_number(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """With AvoidSticky a pair gets a number that it has not had."""
    first = number(client, proxy_connector_id)

    assert number(client, proxy_connector_id, NumberSelectionBehavior=AVOID) != first


@two_numbers
def test_pair_can_avoid_the_number_of_an_ended_session(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """With AvoidSticky a pair does not get a number that only its past has."""
    session = create_session(client, proxy_connector_id)
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=session["ProxySessionId"]
    )

    again = number(client, proxy_connector_id, NumberSelectionBehavior=AVOID)

    assert session["Participants"][0]["ProxyPhoneNumber"] == SEATTLE
    assert again == NEW_YORK


@one_number
def test_avoiding_is_only_a_preference(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """With AvoidSticky a pair gets an earlier number rather than none."""
    first = number(client, proxy_connector_id)

    assert number(client, proxy_connector_id, NumberSelectionBehavior=AVOID) == first


@two_numbers
def test_keeping_is_only_a_preference(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """A pair gets another number when somebody else is behind its own by now."""
    session = create_session(client, proxy_connector_id)
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=session["ProxySessionId"]
    )
    assert number(client, proxy_connector_id, ALICE, CAROL) == SEATTLE

    assert number(client, proxy_connector_id, ALICE, BOB) == NEW_YORK


@two_numbers
def test_pair_is_new_to_another_connector(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """The numbers that a pair has had are remembered per connector."""
    first = number(client, proxy_connector_id)

    assert number(client, create_proxy_connector(client)) != first


@one_number
@pytest.mark.parametrize("region", ["us-east-1", "us-west-2"])
def test_rule_holds_across_connectors_and_regions(
    client: ChimeSDKVoiceClient, connect: Connect, proxy_connector_id: str, region: str
) -> None:
    """Sessions of all connectors in all regions count for what a person dials."""
    number(client, proxy_connector_id, ALICE, BOB)
    other = connect(region=region)

    with pytest.raises(other.exceptions.BadRequestException):
        number(other, create_proxy_connector(other), CAROL, BOB)


@one_number
def test_exhausted_pool_is_refused(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Without a number there is a 400 and no session."""
    session = create_session(client, proxy_connector_id)

    with pytest.raises(client.exceptions.BadRequestException) as error:
        number(client, proxy_connector_id, ALICE, CAROL)

    assert error.value.response["Error"] == {
        "Code": "BadRequestException",
        "Message": "No proxy phone number is free for these participants in US",
    }
    found = client.list_proxy_sessions(VoiceConnectorId=proxy_connector_id)
    assert found["ProxySessions"] == [session]


@pytest.mark.settings(proxy_numbers=[])
def test_pool_can_be_empty(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """An empty list of numbers is a pool that is exhausted from the start."""
    with pytest.raises(client.exceptions.BadRequestException):
        number(client, proxy_connector_id)


@pytest.mark.settings(proxy_numbers=[TORONTO, SEATTLE])
def test_explicit_numbers_are_those_of_the_countries(
    client: ChimeSDKVoiceClient,
) -> None:
    """Of an explicit list a connector uses the numbers of its countries."""
    canada = create_proxy_connector(client, ["CA"])

    assert number(client, canada, ALICE, BOB) == TORONTO
    with pytest.raises(client.exceptions.BadRequestException):
        number(client, canada, ALICE, CAROL)


@pytest.mark.settings(proxy_numbers=[BOB, NEW_YORK])
def test_participants_number_is_no_proxy_number(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Nobody is masked by the number of one of the two."""
    assert number(client, proxy_connector_id, ALICE, BOB) == NEW_YORK


@pytest.mark.settings(proxy_number=[NEW_YORK])
def test_unknown_setting_is_an_error(client: ChimeSDKVoiceClient) -> None:
    """A setting with a wrong name fails the first call, and says so."""
    with pytest.raises(client.exceptions.ClientError) as error:
        client.list_voice_connectors()

    assert error.value.response["Error"] == {
        "Code": "InvalidSettings",
        "Message": "proxymock has no setting 'proxy_number'; it has "
        + ", ".join(field.name for field in fields(Options)),
    }
