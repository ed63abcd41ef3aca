"""An account with something of everything in it, made through the API alone."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from kit.builders.analysis_tasks import speaker_searches, voice_tone_analyses
from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.builders.proxy_sessions import create_proxy_connector, create_session
from kit.builders.sip import create_application, create_rule, host_of, own

NUMBERS = ("+12065550100", "+12065550101", "+12065550102", "+12065550103")
TOKEN = "abcdefab-0000-4000-8000-abcdefabcdef"


def furnish(client: Any) -> str:
    """Make something of everything; return the id of the voice connector."""
    connector_id = create_proxy_connector(client, countries=["US", "CA"])
    _sessions(client, connector_id)
    _settings(client, connector_id)
    _numbers(client, connector_id)
    _programs(client, connector_id)
    _analytics(client, connector_id)
    return connector_id


def _sessions(client: Any, connector_id: str) -> None:
    create_session(client, connector_id, Name="Ride 1", GeoMatchLevel="AreaCode")
    create_session(client, connector_id, ExpiryMinutes=5)
    for other in (CAROL, DAVE):
        ended = create_session(
            client,
            connector_id,
            ParticipantPhoneNumbers=[BOB, other],
            NumberSelectionBehavior="AvoidSticky",
            GeoMatchParams={"Country": "CA", "AreaCode": ""},
        )
        client.delete_proxy_session(
            VoiceConnectorId=connector_id, ProxySessionId=ended["ProxySessionId"]
        )
    create_session(client, connector_id, ParticipantPhoneNumbers=[ALICE, CAROL])


def _settings(client: Any, connector_id: str) -> None:
    client.tag_resource(
        ResourceARN=client.get_voice_connector(VoiceConnectorId=connector_id)[
            "VoiceConnector"
        ]["VoiceConnectorArn"],
        Tags=[{"Key": "team", "Value": "rides"}],
    )
    client.put_voice_connector_termination(
        VoiceConnectorId=connector_id,
        Termination={"CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.10/32"]},
    )
    client.put_voice_connector_termination_credentials(
        VoiceConnectorId=connector_id,
        Credentials=[{"Username": "pbx", "Password": "secret"}],
    )
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={"Routes": [{"Host": "192.0.2.10", "Protocol": "TCP"}]},
    )
    client.put_voice_connector_emergency_calling_configuration(
        VoiceConnectorId=connector_id,
        EmergencyCallingConfiguration={
            "DNIS": [{"EmergencyPhoneNumber": BOB, "CallingCountry": "US"}]
        },
    )
    client.put_voice_connector_streaming_configuration(
        VoiceConnectorId=connector_id,
        StreamingConfiguration={
            "DataRetentionInHours": 24,
            "Disabled": False,
            "StreamingNotificationTargets": [{"NotificationTarget": "SQS"}],
        },
    )
    with suppress(AttributeError):  # an older boto3
        client.put_voice_connector_external_systems_configuration(
            VoiceConnectorId=connector_id, SessionBorderControllerTypes=["RIBBON_SBC"]
        )
    client.put_voice_connector_logging_configuration(
        VoiceConnectorId=connector_id, LoggingConfiguration={"EnableSIPLogs": True}
    )
    client.create_voice_connector_group(
        Name="All",
        VoiceConnectorItems=[{"VoiceConnectorId": connector_id, "Priority": 1}],
    )
    client.update_global_settings(VoiceConnector={"CdrBucket": "records"})
    client.update_phone_number_settings(CallingName="Rides")


def _numbers(client: Any, connector_id: str) -> None:
    for number in NUMBERS[:2]:
        own(client, number, "VoiceConnector")
    own(client, NUMBERS[2], "SipMediaApplicationDialIn")
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=NUMBERS[:1]
    )
    client.delete_phone_number(PhoneNumberId=NUMBERS[1])
    client.create_phone_number_order(
        ProductType="VoiceConnector", E164PhoneNumbers=[NUMBERS[3]]
    )


def _programs(client: Any, connector_id: str) -> None:
    application_id = create_application(client)
    client.put_sip_media_application_logging_configuration(
        SipMediaApplicationId=application_id,
        SipMediaApplicationLoggingConfiguration={
            "EnableSipMediaApplicationMessageLogs": True
        },
    )
    client.put_sip_media_application_alexa_skill_configuration(
        SipMediaApplicationId=application_id,
        SipMediaApplicationAlexaSkillConfiguration={
            "AlexaSkillStatus": "ACTIVE",
            "AlexaSkillIds": ["amzn1.application-oa2-client." + "0" * 32],
        },
    )
    client.create_sip_media_application_call(
        FromPhoneNumber=NUMBERS[2],
        ToPhoneNumber=ALICE,
        SipMediaApplicationId=application_id,
        ArgumentsMap={"arn:aws:chime:us-east-1:123456789012:vc/x": "kept"},
    )
    create_rule(client, NUMBERS[2], application_id)
    create_rule(client, host_of(connector_id), application_id)


def _analytics(client: Any, connector_id: str) -> None:
    domain = client.create_voice_profile_domain(
        Name="Riders",
        ServerSideEncryptionConfiguration={
            "KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/riders"
        },
        ClientRequestToken=TOKEN,
        Tags=[{"Key": "team", "Value": "voices"}],
    )["VoiceProfileDomain"]
    searches = speaker_searches(client, connector_id, domain["VoiceProfileDomainId"])
    task = searches.run()
    client.create_voice_profile(SpeakerSearchTaskId=searches.id(task))
    searches.run("call-2")
    searches.start("call-3", ClientRequestToken=TOKEN)
    voice_tone_analyses(client, connector_id).start()
