"""Calls by people who hide their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.rides import RIDER, mask
from kit.builders.sip import NUMBER, create_application, create_rule, function, own
from proxymock.phone import Interaction
from proxymock.plugin.sandbox_client import Phone, Snapshot
from proxymock.sandbox import SandboxError
from proxymock.telephony.routing import HIDDEN, NOT_OURS, UNUSED

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def became(interaction: Interaction) -> tuple[str | None, ...]:
    """Return who called and what became of it."""
    return (
        interaction.from_number,
        interaction.outcome,
        interaction.reason,
        interaction.connected_to,
        interaction.caller_id,
    )


@pytest.mark.parametrize("spelling", ["anonymous", "Anonymous", "ANONYMOUS"])
def test_no_session_is_found(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone, spelling: str
) -> None:
    """Behind a proxy number a hidden caller reaches nobody, who else could it be."""
    session_id, number = mask(client, proxy_connector_id)

    assert became(phone.call(spelling, number)) == (
        "anonymous",
        "Rejected",
        HIDDEN,
        None,
        None,
    )
    session = client.get_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=session_id
    )["ProxySession"]
    assert session["Status"] == "Open"


def test_no_fallback_is_reached(
    client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
) -> None:
    """After the end of a session a hidden caller is a stranger still."""
    session_id, number = mask(client, proxy_connector_id)
    client.put_voice_connector_proxy(
        VoiceConnectorId=proxy_connector_id,
        DefaultSessionExpiryMinutes=60,
        PhoneNumberPoolCountries=["US"],
        FallBackPhoneNumber="+12065550133",
    )
    client.delete_proxy_session(
        VoiceConnectorId=proxy_connector_id, ProxySessionId=session_id
    )

    assert phone.call(RIDER, number).outcome == "Fallback"
    assert became(phone.call("anonymous", number)) == (
        "anonymous",
        "Rejected",
        UNUSED,
        None,
        None,
    )


def test_ordinary_number_is_not_ours(phone: Phone) -> None:
    """A hidden caller reaches ordinary numbers no more than anybody else."""
    assert phone.call("anonymous", "+33123456789").reason == NOT_OURS


def test_application_sees_no_number(client: ChimeSDKVoiceClient, phone: Phone) -> None:
    """An application answers, and sees that the caller is anonymous."""
    own(client)
    application_id = create_application(client)
    rule_id = create_rule(client, NUMBER, application_id)

    assert became(phone.call("anonymous", NUMBER)) == (
        "anonymous",
        "Connected",
        f"SipRule '{rule_id}' calls this application; "
        f"to be told of its calls: functions.bind('{function()['LambdaArn']}', …)",
        application_id,
        "anonymous",
    )


def test_telephone_system_sees_no_number(
    client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
) -> None:
    """A telephone system is called, and sees that the caller is anonymous."""
    own(client, product_type="VoiceConnector")
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[NUMBER]
    )
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={
            "Routes": [{"Host": "sip.example.com", "Protocol": "TCP", "Priority": 1}],
            "Disabled": False,
        },
    )

    assert became(phone.call("anonymous", NUMBER)) == (
        "anonymous",
        "Connected",
        f"VoiceConnector '{connector_id}' routes to this host",
        "sip.example.com",
        "anonymous",
    )


def test_text_has_a_sender(phone: Phone) -> None:
    """A text cannot be sent without a number, and nothing is logged."""
    message = "^From must be a phone number: no text hides its sender's$"

    with pytest.raises(SandboxError, match=message):
        phone.text("anonymous", "+12065550150", "Hello")

    assert phone.log() == []


def test_nobody_is_called_anonymous(phone: Phone) -> None:
    """A hidden number cannot be dialled."""
    message = "^To must be a phone number such as .*, not 'anonymous'$"

    with pytest.raises(SandboxError, match=message):
        phone.call(RIDER, "anonymous")


def test_state_has_the_call(phone: Phone, snapshot: Snapshot) -> None:
    """The log of a state that is saved and loaded has hidden callers too."""
    call = phone.call("anonymous", "+12065550150")

    snapshot.load(snapshot.export())

    assert phone.log() == [call]
