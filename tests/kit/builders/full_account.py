"""An account with something of everything in it, made through the API alone.

A family of operations adds the lines that make its things, and names in the table what
its requests need.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kit.builders.people import ALICE, BOB, CAROL, DAVE
from kit.requests.calls import call

# A member's name → a value for it that the service takes. For one operation alone it is
# the operation's name, a dot, and the member's; these may be optional members, too.
Everything = Mapping[str, Any]

ASSOCIATED, DELETED, DIAL_IN, ORDERED, OWNED, IDLE_DIAL_IN, *FOR_SALE = (
    f"+1206555010{n}" for n in range(8)
)
TOKEN = "abcdefab-0000-4000-8000-abcdefabcdef"
KEY: Any = {"KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/" + "0" * 36}
FUNCTION = {"LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:f"}
TAGS: Any = [{"Key": "team", "Value": "rides"}]


def create_everything() -> Everything:
    """Make the things in the default account and region, in this process.

    There is more than one of what can be in several states.
    """
    connector = _connector()
    connector_id = connector["VoiceConnectorId"]
    arn = connector["VoiceConnectorArn"]
    call("TagResource", ResourceARN=arn, Tags=TAGS)
    return {
        "VoiceConnectorId": connector_id,
        "ResourceARN": arn,
        **_proxy_sessions(connector_id),
        **_calling(connector_id),
        **_other_settings(connector_id),
        **_phone_numbers(connector_id),
        **_connector_groups(connector_id),
        **_sip(connector["OutboundHostName"]),
        **_voice_analytics(connector_id),
        "ValidateE911Address.Country": "US",
    }


def _connector() -> Any:
    created = call("CreateVoiceConnector", Name="Rides", RequireEncryption=True)
    return created["VoiceConnector"]


def _proxy_sessions(connector_id: str) -> Everything:
    of = {"VoiceConnectorId": connector_id}
    proxy = {
        "DefaultSessionExpiryMinutes": 60,
        "PhoneNumberPoolCountries": ["CA", "US"],
    }
    call("PutVoiceConnectorProxy", **of, **proxy)
    session = {"ParticipantPhoneNumbers": [ALICE, BOB], "Capabilities": ["SMS"]}
    live_id = _session(**of, **session, Name="Ride 1", GeoMatchLevel="AreaCode")
    _session(**of, **session, ExpiryMinutes=5)
    for other in (CAROL, DAVE):
        ended_id = _session(
            **of,
            Capabilities=["Voice"],
            ParticipantPhoneNumbers=[BOB, other],
            NumberSelectionBehavior="AvoidSticky",
            GeoMatchParams={"Country": "CA", "AreaCode": ""},
        )
        call("DeleteProxySession", **of, ProxySessionId=ended_id)
    _session(**of, **session | {"ParticipantPhoneNumbers": [ALICE, CAROL]})
    return {**proxy, **session, "ProxySessionId": live_id}


def _session(**members: Any) -> Any:
    return call("CreateProxySession", **members)["ProxySession"]["ProxySessionId"]


def _calling(connector_id: str) -> Everything:
    route = {"Host": "198.51.100.7", "Protocol": "TCP", "Priority": 1, "Weight": 1}
    origination = {"Routes": [route]}
    termination = {"CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.32/27"]}
    credentials = [{"Username": "rider", "Password": "test1!"}]
    # What nothing depends on can be deleted.
    idle_id = _connector()["VoiceConnectorId"]
    for id in (connector_id, idle_id):
        of = {"VoiceConnectorId": id}
        call("PutVoiceConnectorOrigination", **of, Origination=origination)
        call("PutVoiceConnectorTermination", **of, Termination=termination)
    call(
        "PutVoiceConnectorTerminationCredentials",
        VoiceConnectorId=connector_id,
        Credentials=credentials,
    )
    return {
        "Origination": origination,
        "Termination": termination,
        "PutVoiceConnectorTerminationCredentials.Credentials": credentials,
        "DeleteVoiceConnector.VoiceConnectorId": idle_id,
        "DeleteVoiceConnectorOrigination.VoiceConnectorId": idle_id,
        "DeleteVoiceConnectorTermination.VoiceConnectorId": idle_id,
    }


def _other_settings(connector_id: str) -> Everything:
    number = {"CallingCountry": "US", "EmergencyPhoneNumber": BOB}
    settings: Everything = {
        "EmergencyCallingConfiguration": {"DNIS": [number]},
        "StreamingConfiguration": {
            "DataRetentionInHours": 24,
            "Disabled": False,
            "StreamingNotificationTargets": [{"NotificationTarget": "SQS"}],
        },
    }
    of = {"VoiceConnectorId": connector_id}
    for name, value in settings.items():
        call(f"PutVoiceConnector{name}", **of, **{name: value})
    systems = ["RIBBON_SBC"]
    call(
        "PutVoiceConnectorExternalSystemsConfiguration",
        **of,
        SessionBorderControllerTypes=systems,
    )
    logging = {"EnableSIPLogs": True}
    call("PutVoiceConnectorLoggingConfiguration", **of, LoggingConfiguration=logging)
    call("UpdateGlobalSettings", VoiceConnector={"CdrBucket": "records"})
    call("UpdatePhoneNumberSettings", CallingName="Rides")
    return settings


def _phone_numbers(connector_id: str) -> Everything:
    order_id = _own("VoiceConnector", ASSOCIATED, DELETED, OWNED)
    _own("SipMediaApplicationDialIn", DIAL_IN, IDLE_DIAL_IN)
    call(
        "AssociatePhoneNumbersWithVoiceConnector",
        VoiceConnectorId=connector_id,
        E164PhoneNumbers=[ASSOCIATED],
    )
    call("DeletePhoneNumber", PhoneNumberId=DELETED)
    _order("VoiceConnector", ORDERED)
    return {
        "PhoneNumberId": OWNED,
        "RestorePhoneNumber.PhoneNumberId": DELETED,
        "PhoneNumberOrderId": order_id,
        "E164PhoneNumbers": [OWNED],
        "CreatePhoneNumberOrder.E164PhoneNumbers": FOR_SALE,
        "SearchAvailablePhoneNumbers.AreaCode": "206",
        "SearchAvailablePhoneNumbers.Country": "US",
        "FromPhoneNumber": DIAL_IN,
    }


def _own(product: str, *numbers: str) -> Any:
    order_id = _order(product, *numbers)
    call("GetPhoneNumberOrder", PhoneNumberOrderId=order_id)
    return order_id


def _order(product: str, *numbers: str) -> Any:
    order = call(
        "CreatePhoneNumberOrder", ProductType=product, E164PhoneNumbers=[*numbers]
    )
    return order["PhoneNumberOrder"]["PhoneNumberOrderId"]


def _connector_groups(connector_id: str) -> Everything:
    items = [{"VoiceConnectorId": connector_id, "Priority": 1}]
    group_id, empty_id = _group("All", items), _group("None", [])
    return {
        "VoiceConnectorGroupId": group_id,
        "DeleteVoiceConnectorGroup.VoiceConnectorGroupId": empty_id,
        "VoiceConnectorItems": items,
    }


def _group(name: str, items: list[Any]) -> Any:
    created = call("CreateVoiceConnectorGroup", Name=name, VoiceConnectorItems=items)
    return created["VoiceConnectorGroup"]["VoiceConnectorGroupId"]


def _sip(host: str) -> Everything:
    application_id, idle_id = _application(), _application()
    targets = [{"SipMediaApplicationId": application_id, "Priority": 1}]
    _rule("ToPhoneNumber", DIAL_IN, targets)
    return {
        **_application_settings(application_id),
        "SipMediaApplicationId": application_id,
        "DeleteSipMediaApplication.SipMediaApplicationId": idle_id,
        "Endpoints": [FUNCTION],
        "CreateSipMediaApplication.AwsRegion": "us-east-1",
        "SipRuleId": _rule("RequestUriHostname", host, targets),
        "CreateSipRule.TriggerType": "ToPhoneNumber",
        "CreateSipRule.TriggerValue": IDLE_DIAL_IN,
        "TargetApplications": targets,
        "TransactionId": _sip_call(application_id),
    }


def _application() -> Any:
    created = call(
        "CreateSipMediaApplication",
        AwsRegion="us-east-1",
        Name="IVR",
        Endpoints=[FUNCTION],
    )
    return created["SipMediaApplication"]["SipMediaApplicationId"]


def _application_settings(application_id: str) -> Everything:
    settings = {
        "AlexaSkill": {
            "AlexaSkillStatus": "ACTIVE",
            "AlexaSkillIds": ["amzn1.application-oa2-client." + "0" * 32],
        },
        "Logging": {"EnableSipMediaApplicationMessageLogs": True},
    }
    table = {}
    for name, value in settings.items():
        operation = f"PutSipMediaApplication{name}Configuration"
        member = f"SipMediaApplication{name}Configuration"
        call(operation, SipMediaApplicationId=application_id, **{member: value})
        table[f"{operation}.{member}"] = value
    return table


def _rule(type: str, trigger: str, targets: list[Any]) -> Any:
    made = call(
        "CreateSipRule",
        Name="Rule",
        TriggerType=type,
        TriggerValue=trigger,
        TargetApplications=targets,
    )
    return made["SipRule"]["SipRuleId"]


def _sip_call(application_id: str) -> Any:
    started = call(
        "CreateSipMediaApplicationCall",
        SipMediaApplicationId=application_id,
        FromPhoneNumber=DIAL_IN,
        ToPhoneNumber=ALICE,
        ArgumentsMap={"arn:aws:chime:us-east-1:123456789012:vc/x": "kept"},
    )
    return started["SipMediaApplicationCall"]["TransactionId"]


def _voice_analytics(connector_id: str) -> Everything:
    created = call(
        "CreateVoiceProfileDomain",
        Name="Riders",
        ServerSideEncryptionConfiguration=KEY,
        ClientRequestToken=TOKEN,
        Tags=TAGS,
    )
    domain_id = created["VoiceProfileDomain"]["VoiceProfileDomainId"]
    of = {"VoiceConnectorId": connector_id, "VoiceProfileDomainId": domain_id}
    ended_ids = [_ended_search(**of, TransactionId=f"call-{n}") for n in (1, 2)]
    profile = call("CreateVoiceProfile", SpeakerSearchTaskId=ended_ids[0])
    return {
        "ServerSideEncryptionConfiguration": KEY,
        "VoiceProfileDomainId": domain_id,
        "SpeakerSearchTaskId": _search(
            **of, TransactionId="call-3", ClientRequestToken=TOKEN
        ),
        "CreateVoiceProfile.SpeakerSearchTaskId": ended_ids[1],
        "UpdateVoiceProfile.SpeakerSearchTaskId": ended_ids[1],
        "VoiceProfileId": profile["VoiceProfile"]["VoiceProfileId"],
        "VoiceToneAnalysisTaskId": _analysis(connector_id),
    }


def _ended_search(**members: str) -> Any:
    id = _search(**members)
    of = {"VoiceConnectorId": members["VoiceConnectorId"], "SpeakerSearchTaskId": id}
    for _ in range(3):
        call("GetSpeakerSearchTask", **of)
    return id


def _search(**members: str) -> Any:
    started = call("StartSpeakerSearchTask", **members)
    return started["SpeakerSearchTask"]["SpeakerSearchTaskId"]


def _analysis(connector_id: str) -> Any:
    started = call(
        "StartVoiceToneAnalysisTask",
        VoiceConnectorId=connector_id,
        TransactionId="call-1",
        LanguageCode="en-US",
    )
    return started["VoiceToneAnalysisTask"]["VoiceToneAnalysisTaskId"]
