"""Why a pair would get the proxy number that it would get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.builders.proxy_sessions import create_session
from proxymock.plugin.sandbox_client import Snapshot
from proxymock.sandbox.reads.number_choice import Choice, PassedOver, choice

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

    from .conftest import Read

FIRST, SECOND, THIRD = (f"+1206555015{digit}" for digit in range(3))
TORONTO = "+14165550150"


@pytest.fixture
def choose(proxy_connector_id: str, read: Read) -> Any:
    """Ask which number a pair would get."""

    def choose(*pair: str, **members: Any) -> Choice:
        given: dict[str, Any] = {
            "voice_connector_id": proxy_connector_id,
            "participant_phone_numbers": [*pair],
            **members,
        }
        return read(choice, **given)

    return choose


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({}, "It is the last number of the pair"),
        (
            {"number_selection_behavior": "AvoidSticky"},
            "It is the least used of all",
        ),
        (
            {
                "number_selection_behavior": "AvoidSticky",
                "geo_match_level": "AreaCode",
            },
            "It is the least used of the area code",
        ),
        (
            {
                "number_selection_behavior": "AvoidSticky",
                "geo_match_level": "Country",
            },
            "It is the least used of the country",
        ),
    ],
)
def test_reasons(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    choose: Any,
    snapshot: Snapshot,
    members: dict[str, str],
    reason: str,
) -> None:
    """It says why, leaves no trace, and is what CreateProxySession then takes."""
    create_session(client, proxy_connector_id)
    before = snapshot.export()

    chosen = choose(BOB, ALICE, **members)

    assert snapshot.export() == before
    names = {
        "number_selection_behavior": "NumberSelectionBehavior",
        "geo_match_level": "GeoMatchLevel",
    }
    made = create_session(
        client,
        proxy_connector_id,
        ParticipantPhoneNumbers=[BOB, ALICE],
        **{names[name]: value for name, value in members.items()},
    )
    number = made["Participants"][0]["ProxyPhoneNumber"]
    assert chosen == Choice(proxy_phone_number=number, reason=reason, passed_over=())


@pytest.mark.settings(proxy_numbers=[FIRST, SECOND, CAROL, THIRD])
def test_better_numbers_that_are_blocked(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, choose: Any
) -> None:
    """What is passed over is there with who blocks it, each number once."""
    create_session(client, proxy_connector_id)
    create_session(client, proxy_connector_id, ParticipantPhoneNumbers=[CAROL, DAVE])

    chosen = choose(CAROL, ALICE, country="US", area_code="206")

    assert chosen == Choice(
        proxy_phone_number=THIRD,
        reason="It is the least used of the area code",
        passed_over=(),
    )


@pytest.mark.settings(proxy_numbers=[FIRST, CAROL])
@pytest.mark.parametrize("behavior", ["PreferSticky", "AvoidSticky"])
def test_all_are_blocked(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    choose: Any,
    behavior: str,
) -> None:
    """Without a number it says so, and who blocks each."""
    pair = [ALICE, CAROL]
    made = create_session(client, proxy_connector_id, ParticipantPhoneNumbers=pair)
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=made["ProxySessionId"]
    )
    create_session(client, proxy_connector_id)

    chosen = choose(*pair, number_selection_behavior=behavior)

    assert set(chosen.passed_over) == {
        PassedOver(
            proxy_phone_number=CAROL,
            reason="It is the own number of a participant",
        ),
        PassedOver(proxy_phone_number=FIRST, reason=f"{ALICE} reaches {BOB} behind it"),
    }
    assert (chosen.proxy_phone_number, chosen.reason) == (
        None,
        "Every number is blocked for one of the pair",
    )


@pytest.mark.settings(proxy_numbers=[f"+120655501{n}" for n in range(10, 40)])
def test_at_most_twenty_are_listed(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, choose: Any
) -> None:
    """Of many better numbers that are blocked, the best twenty are there."""
    for number in range(30):
        pair = [ALICE, f"+1303555{number:04}"]
        create_session(client, proxy_connector_id, ParticipantPhoneNumbers=pair)

    passed_over = choose(ALICE, BOB).passed_over

    assert [each.proxy_phone_number for each in passed_over] == [
        f"+120655501{number}" for number in range(10, 30)
    ]


@pytest.mark.settings(proxy_numbers=[FIRST])
def test_a_number_that_the_pair_has_had(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, choose: Any
) -> None:
    """AvoidSticky takes a number again if there is no other, and says so."""
    create_session(client, proxy_connector_id)

    chosen = choose(ALICE, BOB, number_selection_behavior="AvoidSticky")

    assert chosen == Choice(
        proxy_phone_number=FIRST,
        reason="It is the least used of all, although the pair has had it",
        passed_over=(),
    )


@pytest.mark.settings(proxy_sessions="retired")
def test_retired(connector_id: str, read: Read) -> None:
    """What CreateProxySession would refuse has no number; the reason is its own."""
    chosen = read(
        choice,
        voice_connector_id=connector_id,
        participant_phone_numbers=[ALICE, BOB],
    )

    assert chosen == Choice(
        proxy_phone_number=None,
        reason="Amazon Chime SDK proxy sessions have been retired",
        passed_over=(),
    )


def test_no_proxy_configuration(connector_id: str, read: Read) -> None:
    """A connector that makes no sessions says what is missing."""
    chosen = read(
        choice,
        voice_connector_id=connector_id,
        participant_phone_numbers=[ALICE, BOB],
    )

    assert chosen.reason == (
        f"VoiceConnector '{connector_id}' has no proxy configuration"
    )
