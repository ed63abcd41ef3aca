"""What calls get from their account: hosts, bots, buckets and settings."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    action,
    answer,
    open_desk,
    saying,
    told,
)
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Functions, Phone, Snapshot

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

BOT = "arn:aws:lex:us-east-1:123456789012:bot-alias/TABLES/LIVE"


@pytest.fixture(autouse=True)
def desk(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


def originate(client: ChimeSDKVoiceClient, connector_id: str, *hosts: str) -> str:
    """Give a connector routes to hosts, the first one first; return its ARN."""
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={
            "Routes": [
                {"Host": host, "Protocol": "TCP", "Priority": priority}
                for priority, host in enumerate(hosts, 1)
            ],
            "Disabled": False,
        },
    )
    made = client.get_voice_connector(VoiceConnectorId=connector_id)["VoiceConnector"]
    return made["VoiceConnectorArn"]


def bridge_to(arn: str) -> dict[str, Any]:
    """Return the action that puts through to a telephone system."""
    endpoint = {"BridgeEndpointType": "AWS", "Arn": arn, "Uri": "desk-7"}
    return action("CallAndBridge", CallerIdNumber=NUMBER, Endpoints=[endpoint])


class TestTelephoneSystems:
    """CallAndBridge to a voice connector."""

    @pytest.mark.parametrize(
        "host", ["pbx.example.com", "198.51.100.77", "192.168.1.100"]
    )
    def test_connector(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
        host: str,
    ) -> None:
        """The host of the connector's route is called, be it a name or an address."""
        arn = originate(client, connector_id, host)
        phone.person(host, answers="busy")
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge_to(arn))))

        call = phone.call(CALLER, NUMBER)

        leg = call.leg("B")
        assert (leg.to_number, leg.sip_response_code) == ("desk-7", 486)

    def test_group(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
    ) -> None:
        """The host of the group's connector is called."""
        originate(client, connector_id, "pbx.example.com")
        group = client.create_voice_connector_group(
            Name="Both",
            VoiceConnectorItems=[{"VoiceConnectorId": connector_id, "Priority": 1}],
        )["VoiceConnectorGroup"]
        to_group = answer(bridge_to(group["VoiceConnectorGroupArn"]))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=to_group))

        call = phone.call(CALLER, NUMBER)

        assert (call.connected_to, call.warnings) == ("pbx.example.com", ())

    def test_host_that_takes_the_call(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
    ) -> None:
        """Who was tried, and who took the call, is in the ladder."""
        arn = originate(client, connector_id, "one.example.com", "two.example.com")
        phone.person("one.example.com", answers="unreachable")
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge_to(arn))))

        call = phone.call(CALLER, NUMBER)

        invited = re.findall(r"INVITE (\S+@\S+) from", call.ladder())
        assert invited == ["desk-7@one.example.com", "desk-7@two.example.com"]
        assert (call.connected_to, call.leg("B").to_number) == (
            "two.example.com",
            "desk-7",
        )

    @pytest.mark.parametrize("kind", ["vc", "vcg", "sma"])
    def test_no_connector(self, phone: Phone, functions: Functions, kind: str) -> None:
        """What is neither a connector nor a group with a route cannot be called."""
        arn = f"arn:aws:chime:us-east-1:123456789012:{kind}/abcdef1ghij2klmno3pqr4"
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge_to(arn))))

        call = phone.call(CALLER, NUMBER)

        at = "Actions[0].Parameters.Endpoints[0].Arn"
        assert call.warnings == (f"{at} leads to no host: '{arn}'",)


class TestBots:
    """StartBotConversation."""

    def test_bot_ends_as_it_was_told(self, phone: Phone, functions: Functions) -> None:
        """The function sees the intent, its state and its slots."""
        slots = {"people": "4", "day": None}
        phone.bot(BOT, intent="Book", slots=slots, state="Fulfilled")
        talk = answer(action("StartBotConversation", BotAliasArn=BOT))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=talk))

        call = phone.call(CALLER, NUMBER)

        data = call.events[1]["ActionData"]
        assert data["IntentResult"]["SessionState"]["Intent"] == {
            "Name": "Book",
            "Slots": {
                "people": {
                    "Value": {
                        "OriginalValue": "4",
                        "InterpretedValue": "4",
                        "ResolvedValues": ["4"],
                    },
                    "Values": [],
                },
                "day": None,
            },
            "State": "Fulfilled",
            "ConfirmationState": "None",
        }

    def test_bot_of_which_nothing_was_said(
        self, phone: Phone, functions: Functions
    ) -> None:
        """A bot understands nobody if nothing was said of it."""
        talk = answer(action("StartBotConversation", BotAliasArn=BOT))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=talk))

        call = phone.call(CALLER, NUMBER)

        state = call.events[1]["ActionData"]["IntentResult"]["SessionState"]
        assert state["Intent"]["Name"] == "FallbackIntent"


def test_no_bucket_of_any_kind(
    phone: Phone, functions: Functions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recording is lost, with a warning, where nobody has used S3 at all."""
    monkeypatch.delitem(sys.modules, "moto.s3.models", raising=False)
    record = action(
        "StartCallRecording",
        ParticipantTag="LEG-A",
        Track="BOTH",
        Destination={"Type": "S3", "Location": "calls"},
    )
    functions.bind(
        ARN, saying(NEW_INBOUND_CALL=answer(action("Speak", Text="Hello"), record))
    )

    with phone.call(CALLER, NUMBER) as call:
        pass

    assert [each.partition("calls/")[0] for each in call.warnings] == [
        "There is no bucket for s3://"
    ]


@pytest.mark.settings(hang_up_during_action="HANGUP only")
def test_setting_of_an_account(phone: Phone, functions: Functions) -> None:
    """The settings decide what is told of an action that a hang-up cuts off."""
    pause = answer(action("Pause", DurationInMilliseconds=9000))
    functions.bind(ARN, saying(NEW_INBOUND_CALL=pause))

    with phone.call(CALLER, NUMBER) as call:
        pass

    assert told(call.events) == ["1 NEW_INBOUND_CALL", "2 HANGUP LEG-A 0"]


def test_host_that_is_no_host_of_a_rule(
    client: ChimeSDKVoiceClient, phone: Phone, snapshot: Snapshot
) -> None:
    """A state may have a rule for a number that reads like a host: no host is it."""
    state = snapshot.export()
    [rule] = state["Regions"]["us-east-1"]["SipRules"]
    region = {
        **state["Regions"]["us-east-1"],
        "SipRules": [{**rule, "TriggerValue": "pbx.example.com"}],
    }
    snapshot.load({**state, "Regions": {"us-east-1": region}})

    call = phone.call(CALLER, "sip:desk@pbx.example.com")

    assert call.reason == "No SIP rule has the host pbx.example.com"
