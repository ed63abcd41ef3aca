"""The proxy configuration of a voice connector, and what it means for sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.people import ALICE
from kit.builders.proxy_sessions import create_session
from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

COUNTRIES = (
    *("AT", "AU", "CA", "CH", "DE", "DK", "FI", "GB"),
    *("IE", "IT", "KR", "NG", "NZ", "PR", "SE", "US"),
)
FALLBACK = "+12065550199"


def put(client: ChimeSDKVoiceClient, id: str, **members: Any) -> dict[str, Any]:
    """Put a configuration, by default of an hour and with numbers of the US."""
    given = {
        "DefaultSessionExpiryMinutes": 60,
        "PhoneNumberPoolCountries": ["US"],
        **members,
    }
    return body(client.put_voice_connector_proxy(VoiceConnectorId=id, **given))


def test_put_answers_the_configuration(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """The countries come back under another name, Disabled is false by default."""
    answer = client.put_voice_connector_proxy(
        VoiceConnectorId=connector_id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US"],
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert body(answer) == {
        "Proxy": {
            "DefaultSessionExpiryMinutes": 60,
            "Disabled": False,
            "PhoneNumberCountries": ["US"],
        }
    }


def test_put_keeps_every_member(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Get answers what Put took, countries in their order."""
    answer = put(
        client,
        connector_id,
        PhoneNumberPoolCountries=["US", "CA"],
        FallBackPhoneNumber=FALLBACK,
        Disabled=True,
    )

    assert answer == {
        "Proxy": {
            "DefaultSessionExpiryMinutes": 60,
            "Disabled": True,
            "FallBackPhoneNumber": FALLBACK,
            "PhoneNumberCountries": ["US", "CA"],
        }
    }
    found = client.get_voice_connector_proxy(VoiceConnectorId=connector_id)
    assert found["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert body(found) == answer


def test_second_put_replaces_the_first(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """What a second Put leaves out is unset."""
    put(client, connector_id, FallBackPhoneNumber=FALLBACK, Disabled=True)

    answer = put(
        client,
        connector_id,
        DefaultSessionExpiryMinutes=30,
        PhoneNumberPoolCountries=["CA"],
    )

    assert answer == {
        "Proxy": {
            "DefaultSessionExpiryMinutes": 30,
            "Disabled": False,
            "PhoneNumberCountries": ["CA"],
        }
    }


def test_fallback_number_gets_its_plus_sign(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A fallback number that is sent without its plus sign gets one."""
    answer = put(client, connector_id, FallBackPhoneNumber=FALLBACK[1:])

    assert answer["Proxy"]["FallBackPhoneNumber"] == FALLBACK


@pytest.mark.parametrize("minutes", [1, 720])
def test_shortest_and_longest_default(
    client: ChimeSDKVoiceClient, connector_id: str, minutes: int
) -> None:
    """A default length is from one minute to twelve hours."""
    answer = put(client, connector_id, DefaultSessionExpiryMinutes=minutes)

    assert answer["Proxy"]["DefaultSessionExpiryMinutes"] == minutes


@pytest.mark.parametrize("country", COUNTRIES)
def test_supported_countries_have_numbers(
    client: ChimeSDKVoiceClient, connector_id: str, country: str
) -> None:
    """A session can be made with every country that is accepted."""
    put(client, connector_id, PhoneNumberPoolCountries=[country])

    assert create_session(client, connector_id)["Status"] == "Open"


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (
            {"DefaultSessionExpiryMinutes": 0},
            "DefaultSessionExpiryMinutes must be from 1 to 720, not 0",
        ),
        (
            {"DefaultSessionExpiryMinutes": 721},
            "DefaultSessionExpiryMinutes must be from 1 to 720, not 721",
        ),
        (
            {"PhoneNumberPoolCountries": ["US"] * 101},
            "PhoneNumberPoolCountries must have at most 100 items, not 101",
        ),
        (
            {"PhoneNumberPoolCountries": ["us"]},
            'PhoneNumberPoolCountries[0] must match ^$|^[A-Z]{2,2}$, not "us"',
        ),
        (
            {"PhoneNumberPoolCountries": ["US", "FR"]},
            "PhoneNumberPoolCountries must be among AT, AU, CA, CH, DE, DK, FI, GB, "
            "IE, IT, KR, NG, NZ, PR, SE, US, not 'FR'",
        ),
        (
            {"FallBackPhoneNumber": "nobody"},
            r'FallBackPhoneNumber must match ^\+?[1-9]\d{1,14}$, not "nobody"',
        ),
    ],
)
def test_refused_put_changes_nothing(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    members: dict[str, Any],
    message: str,
) -> None:
    """A bad Put is a 400 that names member and rule and leaves what was there."""
    before = put(client, connector_id)

    with pytest.raises(client.exceptions.BadRequestException) as error:
        put(client, connector_id, **members)

    assert error.value.response["Error"]["Message"] == message
    found = client.get_voice_connector_proxy(VoiceConnectorId=connector_id)
    assert body(found) == before


@pytest.mark.parametrize("verb", ["get", "delete"])
def test_no_configuration(
    client: ChimeSDKVoiceClient, connector_id: str, verb: str
) -> None:
    """Get and Delete answer 404 where nothing was put."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        getattr(client, f"{verb}_voice_connector_proxy")(VoiceConnectorId=connector_id)

    assert error.value.response["Error"]["Message"] == (
        f"VoiceConnector '{connector_id}' has no Proxy"
    )


def test_deleted_configuration_is_gone(
    client: ChimeSDKVoiceClient, proxy_connector_id: str
) -> None:
    """Delete answers 204, and then there is no configuration."""
    answer = client.delete_voice_connector_proxy(VoiceConnectorId=proxy_connector_id)

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_voice_connector_proxy(VoiceConnectorId=proxy_connector_id)


@pytest.mark.parametrize(
    "operation",
    [
        put,
        lambda client, id: client.get_voice_connector_proxy(VoiceConnectorId=id),
        lambda client, id: client.delete_voice_connector_proxy(VoiceConnectorId=id),
    ],
    ids=["put", "get", "delete"],
)
def test_unknown_connector(
    client: ChimeSDKVoiceClient,
    operation: Callable[[ChimeSDKVoiceClient, str], object],
) -> None:
    """All three operations answer 404 for a connector that does not exist."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        operation(client, "a" * 22)
    assert error.value.response["Error"]["Message"] == (
        f"Could not find VoiceConnector with Id '{'a' * 22}'"
    )


def test_no_session_without_a_configuration(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """Create of a session is a 400 as long as nothing was put."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        create_session(client, connector_id)

    assert error.value.response["Error"]["Message"] == (
        f"VoiceConnector '{connector_id}' has no proxy configuration"
    )


@pytest.mark.parametrize("configuration", ["missing", "disabled"])
def test_bad_input_is_refused_before_the_configuration_is_looked_at(
    client: ChimeSDKVoiceClient, connector_id: str, configuration: str
) -> None:
    """First comes the connector, then the input, then the configuration."""
    if configuration == "disabled":
        put(client, connector_id, Disabled=True)
    bad: list[dict[str, Any]] = [
        {"ParticipantPhoneNumbers": [ALICE, ALICE]},
        {"Capabilities": []},
        {"ExpiryMinutes": 721},
    ]
    for given, member in zip(bad, map(list, bad), strict=True):
        with pytest.raises(client.exceptions.BadRequestException, match=member[0]):
            create_session(client, connector_id, **given)
        with pytest.raises(client.exceptions.NotFoundException):
            create_session(client, "a" * 22, **given)
    with pytest.raises(client.exceptions.NotFoundException):
        put(client, "a" * 22, DefaultSessionExpiryMinutes=721)


def test_no_session_while_disabled(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """Create of a session is a 403 while the configuration is disabled."""
    put(client, connector_id, Disabled=True)

    with pytest.raises(client.exceptions.ForbiddenException) as error:
        create_session(client, connector_id)

    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 403
    assert error.value.response["Error"]["Message"] == (
        f"The proxy configuration of VoiceConnector '{connector_id}' is disabled"
    )
    put(client, connector_id, Disabled=False)
    assert create_session(client, connector_id)["Status"] == "Open"


@pytest.mark.parametrize("end", ["disable", "delete"])
def test_sessions_outlive_their_configuration(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, end: str
) -> None:
    """Without an enabled configuration the sessions there are go on as they were."""
    session = create_session(client, proxy_connector_id)
    ids = {
        "VoiceConnectorId": proxy_connector_id,
        "ProxySessionId": session["ProxySessionId"],
    }

    if end == "disable":
        put(client, proxy_connector_id, Disabled=True)
    else:
        client.delete_voice_connector_proxy(VoiceConnectorId=proxy_connector_id)

    assert body(client.get_proxy_session(**ids)) == {"ProxySession": session}
    listed = client.list_proxy_sessions(VoiceConnectorId=proxy_connector_id)
    assert listed["ProxySessions"] == [session]
    updated = client.update_proxy_session(**ids, Capabilities=["SMS"])
    assert updated["ProxySession"]["Capabilities"] == ["SMS"]
    client.delete_proxy_session(**ids)


def test_default_length_is_the_connectors(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A session without ExpiryMinutes is as long as the configuration says."""
    put(client, connector_id, DefaultSessionExpiryMinutes=45)

    assert create_session(client, connector_id)["ExpiryMinutes"] == 45
