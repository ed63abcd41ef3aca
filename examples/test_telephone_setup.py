"""The setup stands as a whole, and can be taken down only in the right order."""

import boto3
import pytest
from moto import mock_aws

from telephone_setup import MENU, PBX, main, set_up, tear_down


@mock_aws
def test_telephone_setup() -> None:
    """All parts are there, no part that others need can go, and nothing is left."""
    voice = boto3.client("chime-sdk-voice", region_name="us-east-1")

    setup = set_up(voice)

    connector = voice.get_voice_connector(VoiceConnectorId=setup.connector_id)
    origination = voice.get_voice_connector_origination(
        VoiceConnectorId=setup.connector_id
    )
    (rule,) = voice.list_sip_rules(SipMediaApplicationId=setup.application_id)[
        "SipRules"
    ]
    assert origination["Origination"]["Routes"][0]["Host"] == PBX
    assert rule["TriggerValue"] == connector["VoiceConnector"]["OutboundHostName"]
    with pytest.raises(voice.exceptions.ConflictException):
        voice.delete_sip_media_application(SipMediaApplicationId=setup.application_id)
    with pytest.raises(voice.exceptions.ConflictException):
        voice.delete_voice_connector_group(VoiceConnectorGroupId=setup.group_id)
    with pytest.raises(voice.exceptions.ConflictException):
        voice.delete_voice_connector(VoiceConnectorId=setup.connector_id)

    tear_down(voice, setup)

    assert voice.list_sip_rules()["SipRules"] == []
    assert voice.list_sip_media_applications()["SipMediaApplications"] == []
    assert voice.list_voice_connector_groups()["VoiceConnectorGroups"] == []
    assert voice.list_voice_connectors()["VoiceConnectors"] == []


def test_the_program_shows_its_setup(capsys: pytest.CaptureFixture[str]) -> None:
    """The example runs as a program, too."""
    main()

    first, last = capsys.readouterr().out.splitlines()
    assert first.startswith("Calls to ")
    assert first.endswith(f".voiceconnector.chime.aws are answered by {MENU}.")
    assert last == "Everything is deleted."
