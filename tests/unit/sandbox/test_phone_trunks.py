"""Calls to numbers that an application or a telephone system answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.rides import RIDER, STRANGER_NUMBER, mask
from kit.builders.sip import NUMBER, create_application, create_rule, own
from proxymock.phone import Interaction
from proxymock.plugin.sandbox_client import Phone, Snapshot
from proxymock.telephony.routing import CALLS_ONLY, NO_ROUTE, RULE_DISABLED

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def route(host: str, **members: Any) -> Any:
    """Return an origination route to *host*."""
    return {"Host": host, "Protocol": "TCP", **members}


def originate(
    client: ChimeSDKVoiceClient, connector_id: str, *routes: Any, disabled: bool = False
) -> None:
    """Give a connector routes."""
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={"Routes": routes, "Disabled": disabled},
    )


def associate(
    client: ChimeSDKVoiceClient, connector_id: str, number: str = NUMBER
) -> None:
    """Order a number for a connector."""
    own(client, number, product_type="VoiceConnector")
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[number]
    )


def became(interaction: Interaction) -> tuple[Any, ...]:
    """Return what became of an interaction."""
    return (
        interaction.outcome,
        interaction.reason,
        interaction.connected_to,
        interaction.caller_id,
        interaction.voice_connector_id,
    )


class TestSipRules:
    """A SIP rule claims the number."""

    @pytest.fixture(autouse=True)
    def number(self, client: ChimeSDKVoiceClient) -> None:
        """A number for applications."""
        own(client)

    def test_call_reaches_the_first_application(
        self, client: ChimeSDKVoiceClient, phone: Phone
    ) -> None:
        """The target with the lowest priority number answers, from any region."""
        second = create_application(client)
        first = create_application(client, "us-west-2")
        rule_id = client.create_sip_rule(
            Name="Rule",
            TriggerType="ToPhoneNumber",
            TriggerValue=NUMBER,
            TargetApplications=[
                {"SipMediaApplicationId": second, "Priority": 2},
                {"SipMediaApplicationId": first, "Priority": 1},
            ],
        )["SipRule"]["SipRuleId"]

        assert became(phone.call(RIDER, NUMBER)) == (
            "Connected",
            f"SipRule '{rule_id}' calls this application; to be told of its calls: "
            "functions.bind('arn:aws:lambda:us-west-2:123456789012:function:ivr', …)",
            first,
            RIDER,
            None,
        )

    def test_text_is_rejected(
        self, client: ChimeSDKVoiceClient, phone: Phone, application_id: str
    ) -> None:
        """An application takes no texts."""
        create_rule(client, NUMBER, application_id)

        assert became(phone.text(RIDER, NUMBER, "Hello?")) == (
            "Rejected",
            CALLS_ONLY,
            None,
            None,
            None,
        )

    def test_disabled_rule_answers_nothing(
        self, client: ChimeSDKVoiceClient, phone: Phone, application_id: str
    ) -> None:
        """A disabled rule keeps the number and calls nobody."""
        create_rule(client, NUMBER, application_id, Disabled=True)

        assert became(phone.call(RIDER, NUMBER)) == (
            "Rejected",
            RULE_DISABLED,
            None,
            None,
            None,
        )


class TestConnectors:
    """The number is associated with a connector or a group."""

    def test_call_reaches_the_best_route(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """Priority goes before weight, and either before a route without them."""
        associate(client, connector_id)
        originate(
            client,
            connector_id,
            route("192.0.2.1"),
            route("192.0.2.2", Priority=2, Weight=9),
            route("192.0.2.3", Priority=1, Weight=1),
            route("192.0.2.4", Priority=1, Weight=2),
        )

        assert became(phone.call(RIDER, NUMBER)) == (
            "Connected",
            f"VoiceConnector '{connector_id}' routes to this host",
            "192.0.2.4",
            RIDER,
            connector_id,
        )

    def test_text_is_rejected(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """A telephone system takes no texts."""
        associate(client, connector_id)
        originate(client, connector_id, route("192.0.2.1"))

        interaction = phone.text(RIDER, NUMBER, "Hello?")

        assert (interaction.outcome, interaction.reason) == ("Rejected", CALLS_ONLY)

    def test_without_routes_the_call_is_rejected(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """A connector without origination, or a disabled one, takes no call."""
        associate(client, connector_id)
        before = phone.call(RIDER, NUMBER)
        originate(client, connector_id, route("192.0.2.1"), disabled=True)

        after = phone.call(RIDER, NUMBER)

        rejected = ("Rejected", NO_ROUTE, None, None, connector_id)
        assert (became(before), became(after)) == (rejected, rejected)

    def test_what_is_no_connector_routes_nothing(
        self, client: ChimeSDKVoiceClient, phone: Phone, snapshot: Snapshot
    ) -> None:
        """A state may have a number of a rule that another number triggers."""
        own(client)
        create_rule(client, NUMBER, create_application(client))
        state = snapshot.export()
        (rule,) = state["Regions"]["us-east-1"]["SipRules"]
        snapshot.load(
            {
                **state,
                "Regions": {
                    "us-east-1": {
                        **state["Regions"]["us-east-1"],
                        "SipRules": [{**rule, "TriggerValue": STRANGER_NUMBER}],
                    }
                },
            }
        )

        call = phone.call(RIDER, NUMBER)

        assert became(call) == ("Rejected", NO_ROUTE, None, None, None)

    def test_groups_first_connector_with_routes_is_reached(
        self, client: ChimeSDKVoiceClient, connector_id: str, phone: Phone
    ) -> None:
        """A connector of the group that has no route is passed over."""
        made = client.create_voice_connector(Name="Spare", RequireEncryption=True)
        spare = made["VoiceConnector"]["VoiceConnectorId"]
        originate(client, spare, route("pbx.example.com"))
        group_id = client.create_voice_connector_group(
            Name="Group",
            VoiceConnectorItems=[
                {"VoiceConnectorId": spare, "Priority": 2},
                {"VoiceConnectorId": connector_id, "Priority": 1},
            ],
        )["VoiceConnectorGroup"]["VoiceConnectorGroupId"]
        own(client, product_type="VoiceConnector")
        client.associate_phone_numbers_with_voice_connector_group(
            VoiceConnectorGroupId=group_id, E164PhoneNumbers=[NUMBER]
        )

        interaction = phone.call(RIDER, NUMBER)

        assert (interaction.connected_to, interaction.voice_connector_id) == (
            "pbx.example.com",
            spare,
        )

    @pytest.mark.settings(proxy_numbers="connector")
    def test_proxy_sessions_go_first(
        self, client: ChimeSDKVoiceClient, proxy_connector_id: str, phone: Phone
    ) -> None:
        """A number that masks somebody is not routed, whoever calls."""
        for number in (NUMBER, "+12065550101"):
            associate(client, proxy_connector_id, number)
        originate(client, proxy_connector_id, route("192.0.2.1"))
        _, proxy = mask(client, proxy_connector_id)

        calls = [phone.call(caller, proxy) for caller in (RIDER, STRANGER_NUMBER)]

        assert [call.outcome for call in calls] == ["Connected", "Rejected"]
        assert "192.0.2.1" not in [call.connected_to for call in calls]
