"""Who may call out through a voice connector, and with which credentials."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import time_machine

from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, 0, 0, 288000, tzinfo=timezone.utc)
LATER = NOON.replace(hour=13)


@pytest.fixture
def caller_id(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A connector that one network may call out through."""
    client.put_voice_connector_termination(
        VoiceConnectorId=connector_id,
        Termination={"CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.32/27"]},
    )
    return connector_id


def usernames(client: ChimeSDKVoiceClient, connector_id: str) -> list[str]:
    """Return the usernames of a connector's credentials."""
    return client.list_voice_connector_termination_credentials(
        VoiceConnectorId=connector_id
    )["Usernames"]


def put_credentials(
    client: ChimeSDKVoiceClient, connector_id: str, *names: str
) -> None:
    """Give a connector credentials with these usernames."""
    client.put_voice_connector_termination_credentials(
        VoiceConnectorId=connector_id,
        Credentials=[{"Username": name, "Password": "test1!"} for name in names],
    )


def test_the_defaults_are_shown(client: ChimeSDKVoiceClient, connector_id: str) -> None:
    """Nothing is required; one call a second is the default."""
    answer = client.put_voice_connector_termination(
        VoiceConnectorId=connector_id, Termination={}
    )

    assert answer["Termination"] == {"CpsLimit": 1, "Disabled": False}


@pytest.mark.parametrize(
    "cidr", ["50.35.78.0/27", "50.35.78.96/31", "203.0.113.9/32", "10.24.34.0/28"]
)
def test_small_networks_are_taken(
    client: ChimeSDKVoiceClient, connector_id: str, cidr: str
) -> None:
    """IPv4 networks from /27 to /32 may call, private ones too."""
    answer = client.put_voice_connector_termination(
        VoiceConnectorId=connector_id, Termination={"CidrAllowedList": [cidr]}
    )

    assert answer["Termination"]["CidrAllowedList"] == [cidr]


@pytest.mark.parametrize(
    "cidr",
    [
        "192.0.2.0/26",  # too large
        "192.0.2.1/27",  # has host bits
        "192.0.2.1",
        "192.0.2.0/255.255.255.224",
        "192.0.2.0/027",
        "192.0.2.0/33",
        "2001:db8::/32",
        "sip.example.com",
        "",
    ],
)
def test_other_networks_are_refused(
    client: ChimeSDKVoiceClient, caller_id: str, cidr: str
) -> None:
    """What is no IPv4 network from /27 to /32 is refused, and nothing changes."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_termination(
            VoiceConnectorId=caller_id,
            Termination={"CidrAllowedList": ["192.0.2.0/27", cidr]},
        )

    assert error.value.response["Error"]["Message"] == (
        "Termination.CidrAllowedList must hold IPv4 networks such as 192.0.2.0/27, "
        f"from /27 to /32, not '{cidr}'"
    )
    answer = client.get_voice_connector_termination(VoiceConnectorId=caller_id)
    assert answer["Termination"]["CidrAllowedList"] == ["192.0.2.32/27"]


def test_ten_networks_are_the_most(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """Ten networks may call, not eleven."""
    networks = [f"192.0.2.{n}/32" for n in range(11)]
    ten = client.put_voice_connector_termination(
        VoiceConnectorId=connector_id, Termination={"CidrAllowedList": networks[:10]}
    )

    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_termination(
            VoiceConnectorId=connector_id, Termination={"CidrAllowedList": networks}
        )

    assert ten["Termination"]["CidrAllowedList"] == networks[:10]
    assert error.value.response["Error"]["Message"] == (
        "Termination.CidrAllowedList must have at most 10 items, not 11"
    )


@pytest.mark.parametrize("region", ["us", "USA", "U1", ""])
def test_calling_regions_are_countries(
    client: ChimeSDKVoiceClient, connector_id: str, region: str
) -> None:
    """A calling region is a country's two capital letters."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_termination(
            VoiceConnectorId=connector_id, Termination={"CallingRegions": [region]}
        )

    assert error.value.response["Error"]["Message"] == (
        "Termination.CallingRegions must be ISO 3166-1 alpha-2 codes such as US, "
        f"not '{region}'"
    )


def test_health_is_that_of_the_first_network(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """The first host of the first network is heard of whenever termination is put."""

    def health_after_put(*networks: str) -> dict[str, Any]:
        client.put_voice_connector_termination(
            VoiceConnectorId=connector_id, Termination={"CidrAllowedList": networks}
        )
        answer = client.get_voice_connector_termination_health(
            VoiceConnectorId=connector_id
        )
        return body(answer)

    with time_machine.travel(NOON, tick=False):
        assert health_after_put("192.0.2.32/27", "198.51.100.1/32") == {
            "TerminationHealth": {"Timestamp": NOON, "Source": "192.0.2.32"}
        }
    with time_machine.travel(LATER, tick=False):
        assert health_after_put("198.51.100.1/32") == {
            "TerminationHealth": {"Timestamp": LATER, "Source": "198.51.100.1"}
        }


def test_without_networks_health_has_no_source(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A termination without networks is healthy, from nowhere in particular."""
    with time_machine.travel(NOON, tick=False):
        client.put_voice_connector_termination(
            VoiceConnectorId=connector_id, Termination={}
        )

    answer = client.get_voice_connector_termination_health(
        VoiceConnectorId=connector_id
    )

    assert answer["TerminationHealth"] == {"Timestamp": NOON}


def test_a_new_termination_has_no_credentials(
    client: ChimeSDKVoiceClient, caller_id: str
) -> None:
    """The usernames of a termination that was never given any are an empty list."""
    answer = client.list_voice_connector_termination_credentials(
        VoiceConnectorId=caller_id
    )

    assert body(answer) == {"Usernames": []}


def test_credentials_add_up(client: ChimeSDKVoiceClient, caller_id: str) -> None:
    """Put adds to the credentials that are there; a known username is replaced."""
    put_credentials(client, caller_id, "ann", "bob")
    put_credentials(client, caller_id, "bob", "cat")

    assert usernames(client, caller_id) == ["ann", "bob", "cat"]


def test_credentials_are_deleted_by_username(
    client: ChimeSDKVoiceClient, caller_id: str
) -> None:
    """Delete takes the named credentials away and ignores unknown names."""
    put_credentials(client, caller_id, "ann", "bob")

    answer = client.delete_voice_connector_termination_credentials(
        VoiceConnectorId=caller_id, Usernames=["ann", "zoe"]
    )

    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert usernames(client, caller_id) == ["bob"]


@pytest.mark.parametrize(
    ("credentials", "message"),
    [
        ([], "Credentials must have at least 1 item, not 0"),
        ([{"Username": "ann"}], "Credentials must each have a Password in US-ASCII"),
        ([{"Password": "a"}], "Credentials must each have a Username in US-ASCII"),
        (
            [{"Username": "änn", "Password": "a"}],
            "Credentials must each have a Username in US-ASCII",
        ),
    ],
)
def test_incomplete_credentials_are_refused(
    client: ChimeSDKVoiceClient, caller_id: str, credentials: Any, message: str
) -> None:
    """A credential has a username and a password in US-ASCII."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_termination_credentials(
            VoiceConnectorId=caller_id,
            Credentials=[{"Username": "bob", "Password": "b"}, *credentials]
            if credentials
            else [],
        )

    assert error.value.response["Error"]["Message"] == message
    assert usernames(client, caller_id) == []


def test_a_second_put_keeps_the_credentials(
    client: ChimeSDKVoiceClient, caller_id: str
) -> None:
    """To replace the termination leaves its credentials alone."""
    put_credentials(client, caller_id, "ann")

    client.put_voice_connector_termination(
        VoiceConnectorId=caller_id, Termination={"CpsLimit": 2}
    )

    assert usernames(client, caller_id) == ["ann"]


def test_credentials_go_with_the_termination(
    client: ChimeSDKVoiceClient, caller_id: str
) -> None:
    """A termination that is deleted and put again has no credentials."""
    put_credentials(client, caller_id, "ann")

    client.delete_voice_connector_termination(VoiceConnectorId=caller_id)
    client.put_voice_connector_termination(VoiceConnectorId=caller_id, Termination={})

    assert usernames(client, caller_id) == []


CREDENTIALS = [{"Username": "a", "Password": "a"}]


@pytest.mark.parametrize(
    ("operation", "members"),
    [
        ("get_voice_connector_termination_health", {}),
        ("list_voice_connector_termination_credentials", {}),
        ("delete_voice_connector_termination_credentials", {"Usernames": ["a"]}),
        ("put_voice_connector_termination_credentials", {"Credentials": CREDENTIALS}),
    ],
    ids=["health", "list", "delete", "put"],
)
def test_without_termination_there_is_nothing_else(
    client: ChimeSDKVoiceClient,
    connector_id: str,
    operation: str,
    members: dict[str, Any],
) -> None:
    """Health and credentials are not found where there is no termination."""
    with pytest.raises(client.exceptions.NotFoundException):
        getattr(client, operation)(VoiceConnectorId=connector_id, **members)
