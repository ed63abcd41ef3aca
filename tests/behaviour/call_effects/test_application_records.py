"""Records of SIP media applications: what the legs of their calls are billed by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    action,
    answer,
    masking,
    open_desk,
    saying,
    to_telephones,
)
from kit.builders.receivers import (
    CDRS,
    SMADRS,
    keep_records,
    members,
    records,
    route_to_host,
    talk,
    terminate,
)
from kit.builders.sip import NUMBER
from kit.oracles.left_behind import record_problems
from kit.transports.clients import Connect
from proxymock.plugin.sandbox_client import Clock, Functions, Phone

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

pytestmark = pytest.mark.usefixtures("still")


def telephone_system(client: ChimeSDKVoiceClient, connector_id: str) -> Any:
    """Return the action that bridges to the telephone system of a connector."""
    route_to_host(client, connector_id)
    return to_telephones(connector_id)


class TestApplicationRecords:
    """What the legs of calls that applications have are billed by."""

    @pytest.fixture(autouse=True)
    def application_id(
        self, still: None, client: ChimeSDKVoiceClient, connect: Connect
    ) -> str:
        """An application that answers NUMBER, and whose calls are recorded."""
        keep_records(client, connect)
        return open_desk(client)

    def test_records(
        self,
        client: ChimeSDKVoiceClient,
        application_id: str,
        phone: Phone,
        clock: Clock,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """Each leg has a record, whose members are all texts."""
        functions.bind(ARN, masking)
        call = phone.call(CALLER, NUMBER)
        talk(clock, call, 31)

        found = records(connect, SMADRS)

        rule = client.list_sip_rules()["SipRules"][0]["SipRuleId"]
        day = f"{SMADRS}/json/{application_id}/2026/11/29"
        name = call.transaction_id
        common = {
            "AwsAccountId": "123456789012",
            "TransactionId": name,
            "VoiceConnectorId": "",
            "Status": "Completed",
            "BillableDurationSeconds": "36",
            "SchemaVersion": "2.0",
            "SourcePhoneNumber": CALLER[1:],
            "ServiceCode": "AmazonChimeVoiceConnector",
            "TimeStampEpochSeconds": "1795928767",
            "Region": "us-east-1",
            "SipRuleId": rule,
            "SipApplicationId": application_id,
            "BillableVoiceFocusSeconds": "0",
        }
        assert found == {
            f"{day}/05.06.07.089_{name}": {
                **common,
                "CallId": call.leg("A").call_id,
                "DestinationPhoneNumber": NUMBER[1:],
                "UsageType": "USE1-US-inbound-minutes",
                "Direction": "Inbound",
                "CallLegTriggerType": "ToPhoneNumber",
            },
            f"{day}/05.06.07.090_{name}": {
                **common,
                "CallId": call.leg("B").call_id,
                "SourcePhoneNumber": NUMBER[1:],
                "DestinationPhoneNumber": COURIER[1:],
                "UsageType": "USE1-US-US-outbound-minutes",
                "Direction": "Outbound",
                "CallLegTriggerType": "CallAndBridge",
            },
        }
        assert [record_problems(*each) for each in found.items()] == [[], []]

    def test_call_of_the_application(
        self,
        client: ChimeSDKVoiceClient,
        application_id: str,
        phone: Phone,
        connect: Connect,
    ) -> None:
        """A call that the API makes has no rule; one that nobody takes has failed."""
        phone.person(COURIER, answers="busy")
        client.create_sip_media_application_call(
            FromPhoneNumber=NUMBER,
            ToPhoneNumber=COURIER,
            SipMediaApplicationId=application_id,
        )
        phone.calls()

        names = ("Status", "BillableDurationSeconds", "SipRuleId", "CallLegTriggerType")
        assert members(records(connect, SMADRS), *names) == [
            ("Failed", "0", "", "CreateSipMediaApplicationCall")
        ]

    def test_telephone_system(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """A leg to a telephone system names its connector."""
        to_desk = telephone_system(client, connector_id)
        functions.bind(
            ARN,
            lambda event, context: (
                answer(to_desk)
                if event["InvocationEventType"] == "NEW_INBOUND_CALL"
                else answer()
            ),
        )

        call = phone.call(CALLER, NUMBER)
        call.hang_up()
        call.hang_up("B")

        assert members(records(connect, SMADRS), "VoiceConnectorId") == [
            ("",),
            (connector_id,),
        ]
        assert call.warnings == ()

    def test_group(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """Of a group, the leg names the connector whose host is rung at last."""
        made = client.create_voice_connector(Name="Two", RequireEncryption=True)
        ids = [connector_id, made["VoiceConnector"]["VoiceConnectorId"]]
        for id, host in zip(ids, ("one.example.com", "two.example.com"), strict=True):
            client.put_voice_connector_origination(
                VoiceConnectorId=id,
                Origination={"Routes": [{"Host": host, "Protocol": "TCP"}]},
            )
        group = client.create_voice_connector_group(
            Name="Both",
            VoiceConnectorItems=[
                {"VoiceConnectorId": id, "Priority": rank}
                for rank, id in enumerate(ids, 1)
            ],
        )["VoiceConnectorGroup"]
        to_group = to_telephones(connector_id)
        to_group["Parameters"]["Endpoints"][0]["Arn"] = group["VoiceConnectorGroupArn"]
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_group)))
        phone.person("one.example.com", answers="unreachable")

        phone.call(CALLER, NUMBER).hang_up("B")

        found = records(connect, SMADRS)
        assert members(found, "VoiceConnectorId", "Status") == [(ids[1], "Completed")]

    def test_route_is_deleted(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """A leg whose connector has lost its route still names it."""
        to_desk = telephone_system(client, connector_id)
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(to_desk)))
        call = phone.call(CALLER, NUMBER)
        client.delete_voice_connector_origination(VoiceConnectorId=connector_id)

        call.hang_up()
        call.hang_up("B")

        names = ("VoiceConnectorId", "CallLegTriggerType")
        assert members(records(connect, SMADRS), *names) == [
            ("", "ToPhoneNumber"),
            (connector_id, "CallAndBridge"),
        ]

    def test_voice_focus(
        self,
        phone: Phone,
        clock: Clock,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """A leg that ends with voice focus is billed for it."""
        speak = action("Speak", Text="Welcome")
        focus = action("VoiceFocus", Enable=True, ParticipantTag="LEG-A")
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(speak, focus)))
        talk(clock, phone.call(CALLER, NUMBER), 31)

        assert members(records(connect, SMADRS), "BillableVoiceFocusSeconds") == [
            ("36",)
        ]

    def test_meeting(
        self, phone: Phone, functions: Functions, connect: Connect
    ) -> None:
        """The leg to a meeting is no call, and has no record."""
        meeting = {"JoinToken": "token", "MeetingId": "meeting"}
        join = action("JoinChimeMeeting", **meeting)
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(join)))
        with phone.call(CALLER, NUMBER) as call:
            pass

        assert [leg.tag for leg in call.legs] == ["LEG-A", "LEG-B"]
        assert members(records(connect, SMADRS), "Direction") == [("Inbound",)]

    def test_telephone_system_of_a_connector(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        connect: Connect,
    ) -> None:
        """The connector that made the call is named by its own record alone."""
        terminate(client, connector_id)

        phone.call(CALLER, NUMBER, via=connector_id).hang_up()

        names = ("VoiceConnectorId", "Direction")
        assert members(records(connect, SMADRS), *names) == [("", "Inbound")]
        assert members(records(connect, CDRS), *names) == [(connector_id, "Outbound")]
