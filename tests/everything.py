"""One of each thing that the service keeps, for tests that go through all operations.

A family of operations adds the lines that make its things, and names them in the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api import spec
from smallest import request_of, smallest
from wire import via_botocore

# A member's name → a value for it that the service takes. For one operation alone it is
# the operation's name, a dot, and the member's; these may be optional members, too.
Everything = Mapping[str, Any]


def call(name: str, **members: Any) -> Any:
    """Perform an operation and return what it answers."""
    method, path, query, body = request_of(name, members)
    reply = via_botocore(method, f"{path}?{query}", body)
    assert reply.status == spec.operation(name).status, reply.body
    return reply.json if reply.body else None


def create_everything() -> Everything:
    """Make the things in the default account and region."""
    connector = _connector()
    connector_id = connector["VoiceConnectorId"]
    numbers = _phone_numbers()
    return {
        "VoiceConnectorId": connector_id,
        "ResourceARN": connector["VoiceConnectorArn"],
        **_calling(connector_id),
        **_other_settings(connector_id),
        **_proxy_sessions(connector_id),
        **numbers,
        **_connector_groups(connector_id),
        **_sip(numbers["FromPhoneNumber"]),
        **_voice_analytics(connector_id),
        "ValidateE911Address.Country": "US",
    }


def _connector() -> Any:
    created = call("CreateVoiceConnector", Name="Rides", RequireEncryption=True)
    return created["VoiceConnector"]


def _calling(connector_id: str) -> Everything:
    route = {"Host": "198.51.100.7", "Protocol": "TCP", "Priority": 1, "Weight": 1}
    origination = {"Routes": [route]}
    termination = {"CallingRegions": ["US"], "CidrAllowedList": ["192.0.2.32/27"]}
    # What nothing depends on can be deleted.
    idle_id = _connector()["VoiceConnectorId"]
    for id in (connector_id, idle_id):
        of = {"VoiceConnectorId": id}
        call("PutVoiceConnectorOrigination", **of, Origination=origination)
        call("PutVoiceConnectorTermination", **of, Termination=termination)
    return {
        "Origination": origination,
        "Termination": termination,
        "PutVoiceConnectorTerminationCredentials.Credentials": [
            {"Username": "rider", "Password": "test1!"}
        ],
        "DeleteVoiceConnector.VoiceConnectorId": idle_id,
        "DeleteVoiceConnectorOrigination.VoiceConnectorId": idle_id,
        "DeleteVoiceConnectorTermination.VoiceConnectorId": idle_id,
    }


def _other_settings(connector_id: str) -> Everything:
    number = {"CallingCountry": "US", "EmergencyPhoneNumber": "+12065550100"}
    settings = {
        "EmergencyCallingConfiguration": {"DNIS": [number]},
        "StreamingConfiguration": {"DataRetentionInHours": 1, "Disabled": False},
    }
    of = {"VoiceConnectorId": connector_id}
    for name, value in settings.items():
        call(f"PutVoiceConnector{name}", **of, **{name: value})
    call("PutVoiceConnectorExternalSystemsConfiguration", **of)
    return settings


def _proxy_sessions(connector_id: str) -> Everything:
    proxy = {"DefaultSessionExpiryMinutes": 60, "PhoneNumberPoolCountries": ["US"]}
    session = {
        "ParticipantPhoneNumbers": ["+12065550100", "+14015550101"],
        "Capabilities": ["Voice"],
    }
    call("PutVoiceConnectorProxy", VoiceConnectorId=connector_id, **proxy)
    created = call("CreateProxySession", VoiceConnectorId=connector_id, **session)
    return {
        **proxy,
        **session,
        "ProxySessionId": created["ProxySession"]["ProxySessionId"],
    }


def _phone_numbers() -> Everything:
    search = {"Country": "US", "AreaCode": "206", "MaxResults": 5}
    free = call("SearchAvailablePhoneNumbers", **search)["E164PhoneNumbers"]
    owned, deleted, dial_in, *others = free
    order_id = _order("VoiceConnector", owned, deleted)
    _order("SipMediaApplicationDialIn", dial_in)
    call("DeletePhoneNumber", PhoneNumberId=deleted)
    return {
        "PhoneNumberId": owned,
        "RestorePhoneNumber.PhoneNumberId": deleted,
        "PhoneNumberOrderId": order_id,
        "E164PhoneNumbers": [owned],
        "CreatePhoneNumberOrder.E164PhoneNumbers": others,
        "SearchAvailablePhoneNumbers.AreaCode": "206",
        "SearchAvailablePhoneNumbers.Country": "US",
        "FromPhoneNumber": dial_in,
    }


def _order(product: str, *numbers: str) -> Any:
    order = call(
        "CreatePhoneNumberOrder", ProductType=product, E164PhoneNumbers=[*numbers]
    )
    order_id = order["PhoneNumberOrder"]["PhoneNumberOrderId"]
    call("GetPhoneNumberOrder", PhoneNumberOrderId=order_id)
    return order_id


def _connector_groups(connector_id: str) -> Everything:
    items = [{"VoiceConnectorId": connector_id, "Priority": 1}]
    group = call("CreateVoiceConnectorGroup", Name="Both", VoiceConnectorItems=items)
    empty = call("CreateVoiceConnectorGroup", Name="None", VoiceConnectorItems=[])
    return {
        "VoiceConnectorGroupId": group["VoiceConnectorGroup"]["VoiceConnectorGroupId"],
        "DeleteVoiceConnectorGroup.VoiceConnectorGroupId": empty["VoiceConnectorGroup"][
            "VoiceConnectorGroupId"
        ],
        "VoiceConnectorItems": items,
    }


def _sip(dial_in: str) -> Everything:
    host = _connector()["OutboundHostName"]
    application_id, idle_id = _application(), _application()
    targets = [{"SipMediaApplicationId": application_id, "Priority": 1}]
    trigger = {"TriggerType": "RequestUriHostname", "TargetApplications": targets}
    rule = call("CreateSipRule", Name="Rule", TriggerValue=host, **trigger)
    started = call(
        "CreateSipMediaApplicationCall",
        SipMediaApplicationId=application_id,
        FromPhoneNumber=dial_in,
        ToPhoneNumber="+12065550100",
    )
    skill = {
        "AlexaSkillStatus": "ACTIVE",
        "AlexaSkillIds": ["amzn1.application-oa2-client." + "0" * 32],
    }
    call(
        "PutSipMediaApplicationAlexaSkillConfiguration",
        SipMediaApplicationId=application_id,
        SipMediaApplicationAlexaSkillConfiguration=skill,
    )
    return {
        "PutSipMediaApplicationAlexaSkillConfiguration"
        ".SipMediaApplicationAlexaSkillConfiguration": skill,
        "PutSipMediaApplicationLoggingConfiguration"
        ".SipMediaApplicationLoggingConfiguration": {},
        "SipMediaApplicationId": application_id,
        "DeleteSipMediaApplication.SipMediaApplicationId": idle_id,
        "Endpoints": [FUNCTION],
        "CreateSipMediaApplication.AwsRegion": "us-east-1",
        "SipRuleId": rule["SipRule"]["SipRuleId"],
        "CreateSipRule.TriggerType": "ToPhoneNumber",
        "CreateSipRule.TriggerValue": dial_in,
        "TargetApplications": targets,
        "TransactionId": started["SipMediaApplicationCall"]["TransactionId"],
    }


FUNCTION = {"LambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:f"}


def _application() -> Any:
    created = call(
        "CreateSipMediaApplication",
        AwsRegion="us-east-1",
        Name="IVR",
        Endpoints=[FUNCTION],
    )
    return created["SipMediaApplication"]["SipMediaApplicationId"]


def _voice_analytics(connector_id: str) -> Everything:
    key = {"KmsKeyArn": "arn:aws:kms:us-east-1:123456789012:key/" + "0" * 36}
    created = call(
        "CreateVoiceProfileDomain", Name="Staff", ServerSideEncryptionConfiguration=key
    )
    domain_id = created["VoiceProfileDomain"]["VoiceProfileDomainId"]
    started_id = _search(connector_id, domain_id, "first call")
    ended_id = _search(connector_id, domain_id, "second call")
    for _ in range(3):
        ended = {"VoiceConnectorId": connector_id, "SpeakerSearchTaskId": ended_id}
        call("GetSpeakerSearchTask", **ended)
    profile = call("CreateVoiceProfile", SpeakerSearchTaskId=ended_id)
    return {
        "ServerSideEncryptionConfiguration": key,
        "VoiceProfileDomainId": domain_id,
        "SpeakerSearchTaskId": started_id,
        "CreateVoiceProfile.SpeakerSearchTaskId": ended_id,
        "UpdateVoiceProfile.SpeakerSearchTaskId": ended_id,
        "VoiceProfileId": profile["VoiceProfile"]["VoiceProfileId"],
        "VoiceToneAnalysisTaskId": _analysis(connector_id),
    }


def _search(connector_id: str, domain_id: str, transaction_id: str) -> Any:
    started = call(
        "StartSpeakerSearchTask",
        VoiceConnectorId=connector_id,
        TransactionId=transaction_id,
        VoiceProfileDomainId=domain_id,
    )
    return started["SpeakerSearchTask"]["SpeakerSearchTaskId"]


def _analysis(connector_id: str) -> Any:
    started = call(
        "StartVoiceToneAnalysisTask",
        VoiceConnectorId=connector_id,
        TransactionId="first call",
        LanguageCode="en-US",
    )
    return started["VoiceToneAnalysisTask"]["VoiceToneAnalysisTaskId"]


def sound_members(operation: spec.Operation, everything: Everything) -> dict[str, Any]:
    """Return the members of the smallest request that succeeds in *everything*."""
    return {
        name: everything.get(
            f"{operation.name}.{name}", everything.get(name, smallest(member.shape))
        )
        for name, member in operation.input.members.items()
        if name in operation.input.required or f"{operation.name}.{name}" in everything
    }
