"""Where inbound calls go, and what emergency calls need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def emergency_connector_id(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A connector with origination, termination and emergency calling."""
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id, Origination={"Disabled": False}
    )
    client.put_voice_connector_termination(
        VoiceConnectorId=connector_id, Termination={"CallingRegions": ["US"]}
    )
    client.put_voice_connector_emergency_calling_configuration(
        VoiceConnectorId=connector_id,
        EmergencyCallingConfiguration={
            "DNIS": [{"EmergencyPhoneNumber": "+12065550101", "CallingCountry": "US"}]
        },
    )
    return connector_id


def test_emergency_calling_needs_no_numbers(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A configuration without numbers is kept as it is."""
    put = client.put_voice_connector_emergency_calling_configuration(
        VoiceConnectorId=connector_id, EmergencyCallingConfiguration={}
    )
    got = client.get_voice_connector_emergency_calling_configuration(
        VoiceConnectorId=connector_id
    )

    assert body(put) == body(got) == {"EmergencyCallingConfiguration": {}}


def test_a_port_is_5060_unless_given(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A route shows AWS's default port, keeps its place, and gains nothing else."""
    answer = client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={
            "Routes": [
                {"Host": "sip.example.com", "Protocol": "UDP"},
                {"Host": "10.24.34.0", "Port": 5061},
            ]
        },
    )

    assert answer["Origination"] == {
        "Routes": [
            {"Host": "sip.example.com", "Port": 5060, "Protocol": "UDP"},
            {"Host": "10.24.34.0", "Port": 5061},
        ],
        "Disabled": False,
    }


def test_twenty_routes_are_taken(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A connector may have twenty routes."""
    routes: Any = [{"Host": f"192.0.2.{n}", "Port": 5060} for n in range(20)]

    answer = client.put_voice_connector_origination(
        VoiceConnectorId=connector_id, Origination={"Routes": routes}
    )

    assert answer["Origination"] == {"Routes": routes, "Disabled": False}


@pytest.mark.parametrize(
    ("origination", "message"),
    [
        ({}, "Origination must have Routes or Disabled"),
        (
            {"Routes": []},
            "Origination.Routes must have from 1 to 20 items, not 0",
        ),
        (
            {"Routes": [{"Host": f"192.0.2.{n}"} for n in range(21)]},
            "Origination.Routes must have from 1 to 20 items, not 21",
        ),
        (
            {"Routes": [{"Host": "192.0.2.1"}, {"Port": 5060}]},
            "Origination.Routes[1].Host is required",
        ),
    ],
    ids=["nothing", "no route", "21 routes", "no host"],
)
def test_origination_without_sense_is_refused(
    client: ChimeSDKVoiceClient, connector_id: str, origination: Any, message: str
) -> None:
    """Origination needs a member, and from one to twenty hosts if it has any."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_origination(
            VoiceConnectorId=connector_id, Origination=origination
        )

    assert error.value.response["Error"]["Message"] == message


@pytest.mark.parametrize(
    "host",
    [
        "",
        " ",
        "pbx",
        "192.0.2",
        "192.0.2.256",
        "192.0.2.1:5060",
        "2001:db8::1",
        "sip.example.com.",
        "sip..example.com",
        "-sip.example.com",
        "sip_1.example.com",
        "sip.example.com\n",
        f"{'a' * 64}.example.com",
        f"{'a' * 63}." * 3 + "a" * 62,  # 254 characters
    ],
)
def test_route_to_no_host_is_refused(
    client: ChimeSDKVoiceClient, connector_id: str, host: str
) -> None:
    """A host is an IPv4 address or a domain name."""
    with pytest.raises(client.exceptions.BadRequestException) as error:
        client.put_voice_connector_origination(
            VoiceConnectorId=connector_id, Origination={"Routes": [{"Host": host}]}
        )

    assert error.value.response["Error"]["Message"] == (
        "Origination.Routes[0].Host must be an IPv4 address or a domain name such as "
        f"sip.example.com, not '{host}'"
    )


@pytest.mark.parametrize(
    "host",
    [
        "10.24.34.0",
        "example.com",
        "SIP-1.Example.co",
        "a.xn--p1ai",
        f"{'a' * 63}." * 3 + "a" * 61,
    ],
)
def test_route_to_a_host_is_taken(
    client: ChimeSDKVoiceClient, connector_id: str, host: str
) -> None:
    """A private address and every domain name will do."""
    answer = client.put_voice_connector_origination(
        VoiceConnectorId=connector_id, Origination={"Routes": [{"Host": host}]}
    )

    assert answer["Origination"]["Routes"] == [{"Host": host, "Port": 5060}]


@pytest.mark.parametrize("name", ["Origination", "Termination"])
def test_emergency_calling_blocks_deletion(
    client: ChimeSDKVoiceClient, emergency_connector_id: str, name: str
) -> None:
    """Origination and termination stay while emergency calling is configured."""
    delete = getattr(client, f"delete_voice_connector_{name.lower()}")
    get = getattr(client, f"get_voice_connector_{name.lower()}")
    before = get(VoiceConnectorId=emergency_connector_id)[name]

    with pytest.raises(client.exceptions.BadRequestException) as error:
        delete(VoiceConnectorId=emergency_connector_id)

    assert error.value.response["Error"]["Message"] == (
        f"VoiceConnector '{emergency_connector_id}' must have no "
        f"EmergencyCallingConfiguration before its {name} is turned off"
    )
    assert get(VoiceConnectorId=emergency_connector_id)[name] == before


@pytest.mark.parametrize("name", ["Origination", "Termination"])
def test_emergency_calling_blocks_disabling(
    client: ChimeSDKVoiceClient, emergency_connector_id: str, name: str
) -> None:
    """Origination and termination stay on while emergency calling is configured."""
    put: Any = getattr(client, f"put_voice_connector_{name.lower()}")

    with pytest.raises(client.exceptions.BadRequestException) as error:
        put(VoiceConnectorId=emergency_connector_id, **{name: {"Disabled": True}})

    assert (
        f"before its {name} is turned off" in error.value.response["Error"]["Message"]
    )
    get = getattr(client, f"get_voice_connector_{name.lower()}")
    assert get(VoiceConnectorId=emergency_connector_id)[name]["Disabled"] is False


def test_emergency_calling_without_numbers_blocks_deletion(
    client: ChimeSDKVoiceClient, connector_id: str
) -> None:
    """A configuration is in the way whether or not it has any number."""
    origination = client.put_voice_connector_origination(
        VoiceConnectorId=connector_id, Origination={"Disabled": False}
    )["Origination"]
    client.put_voice_connector_emergency_calling_configuration(
        VoiceConnectorId=connector_id, EmergencyCallingConfiguration={}
    )

    with pytest.raises(client.exceptions.BadRequestException):
        client.delete_voice_connector_origination(VoiceConnectorId=connector_id)

    kept = client.get_voice_connector_origination(VoiceConnectorId=connector_id)
    assert kept["Origination"] == origination


@pytest.mark.parametrize("name", ["Origination", "Termination"])
def test_emergency_calling_lets_what_is_disabled_be(
    client: ChimeSDKVoiceClient, connector_id: str, name: str
) -> None:
    """What is not on can be put disabled, again and again."""
    client.put_voice_connector_emergency_calling_configuration(
        VoiceConnectorId=connector_id, EmergencyCallingConfiguration={"DNIS": []}
    )
    put: Any = getattr(client, f"put_voice_connector_{name.lower()}")

    for _ in range(2):
        answer = put(VoiceConnectorId=connector_id, **{name: {"Disabled": True}})

        assert answer[name]["Disabled"] is True


def test_without_emergency_calling_both_can_go(
    client: ChimeSDKVoiceClient, emergency_connector_id: str
) -> None:
    """Once emergency calling is removed, origination and termination can be too."""
    id = emergency_connector_id
    client.delete_voice_connector_emergency_calling_configuration(VoiceConnectorId=id)

    client.delete_voice_connector_origination(VoiceConnectorId=id)
    client.delete_voice_connector_termination(VoiceConnectorId=id)

    with pytest.raises(client.exceptions.NotFoundException):
        client.get_voice_connector_origination(VoiceConnectorId=id)
    with pytest.raises(client.exceptions.NotFoundException):
        client.get_voice_connector_termination(VoiceConnectorId=id)
