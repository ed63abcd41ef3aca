"""The settings of SIP media applications, as a user of boto3 sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.oracles.answers import body

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from mypy_boto3_chime_sdk_voice.type_defs import (
        SipMediaApplicationAlexaSkillConfigurationUnionTypeDef,
        SipMediaApplicationLoggingConfigurationTypeDef,
    )

SKILL: SipMediaApplicationAlexaSkillConfigurationUnionTypeDef = {
    "AlexaSkillStatus": "ACTIVE",
    "AlexaSkillIds": ["amzn1.application-oa2-client." + "0" * 32],
}


@pytest.mark.parametrize(
    ("given", "echoed"),
    [
        ({"EnableSipMediaApplicationMessageLogs": True}, True),
        ({"EnableSipMediaApplicationMessageLogs": False}, False),
        ({}, False),
    ],
)
def test_logging_configuration(
    client: ChimeSDKVoiceClient,
    application_id: str,
    given: SipMediaApplicationLoggingConfigurationTypeDef,
    echoed: bool,
) -> None:
    """Put replaces what was put before, and answers as Get does from then on."""
    client.put_sip_media_application_logging_configuration(
        SipMediaApplicationId=application_id,
        SipMediaApplicationLoggingConfiguration={
            "EnableSipMediaApplicationMessageLogs": not echoed
        },
    )

    answer = client.put_sip_media_application_logging_configuration(
        SipMediaApplicationId=application_id,
        SipMediaApplicationLoggingConfiguration=given,
    )

    assert body(answer) == {
        "SipMediaApplicationLoggingConfiguration": {
            "EnableSipMediaApplicationMessageLogs": echoed
        }
    }
    found = client.get_sip_media_application_logging_configuration(
        SipMediaApplicationId=application_id
    )
    assert body(found) == body(answer)


def test_nothing_is_logged_before_the_first_put(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A new application has a logging configuration: off."""
    answer = client.get_sip_media_application_logging_configuration(
        SipMediaApplicationId=application_id
    )

    assert body(answer) == {
        "SipMediaApplicationLoggingConfiguration": {
            "EnableSipMediaApplicationMessageLogs": False
        }
    }


def test_alexa_skill_configuration(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """Put answers the Alexa skill that Get answers from then on."""
    answer = client.put_sip_media_application_alexa_skill_configuration(
        SipMediaApplicationId=application_id,
        SipMediaApplicationAlexaSkillConfiguration=SKILL,
    )
    found = client.get_sip_media_application_alexa_skill_configuration(
        SipMediaApplicationId=application_id
    )

    assert body(answer) == {"SipMediaApplicationAlexaSkillConfiguration": SKILL}
    assert body(found) == body(answer)


def test_alexa_skill_before_the_first_put(
    client: ChimeSDKVoiceClient, application_id: str
) -> None:
    """A new application has no Alexa skill to be found."""
    with pytest.raises(client.exceptions.NotFoundException) as error:
        client.get_sip_media_application_alexa_skill_configuration(
            SipMediaApplicationId=application_id
        )

    assert error.value.response["Error"]["Message"] == (
        f"SipMediaApplication '{application_id}' has no AlexaSkillConfiguration"
    )


@pytest.mark.parametrize("setting", ["logging", "alexa_skill"])
def test_put_needs_the_configuration(
    client: ChimeSDKVoiceClient, application_id: str, setting: str
) -> None:
    """A Put without the configuration is refused, though the API calls it optional."""
    put = getattr(client, f"put_sip_media_application_{setting}_configuration")
    name = "Logging" if setting == "logging" else "AlexaSkill"

    with pytest.raises(client.exceptions.BadRequestException) as error:
        put(SipMediaApplicationId=application_id)

    assert error.value.response["Error"]["Message"] == (
        f"SipMediaApplication{name}Configuration is required"
    )
