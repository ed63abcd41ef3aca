"""Where calls go: applications, hosts, other numbers of the account, and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    action,
    answer,
    bridge,
    hang_up_the_others,
    masking,
    open_desk,
    saying,
    told,
)
from kit.builders.numbers import acquire
from kit.builders.sip import (
    NUMBER,
    create_application,
    create_rule,
    function,
    host_of,
    own,
)
from proxymock.plugin.sandbox_client import Functions, Phone
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

SECOND = "+12065550101"


@pytest.fixture
def routed(client: ChimeSDKVoiceClient, connector_id: str) -> str:
    """A connector that has NUMBER and two routes; return its id."""
    acquire(client, NUMBER)
    client.associate_phone_numbers_with_voice_connector(
        VoiceConnectorId=connector_id, E164PhoneNumbers=[NUMBER]
    )
    client.put_voice_connector_origination(
        VoiceConnectorId=connector_id,
        Origination={
            "Routes": [
                {"Host": "one.example.com", "Protocol": "TCP", "Priority": 1},
                {"Host": "two.example.com", "Protocol": "TCP", "Priority": 2},
            ],
            "Disabled": False,
        },
    )
    return connector_id


@pytest.mark.usefixtures("routed")
class TestOrigination:
    """Calls to the telephone systems behind a connector."""

    def test_first_route_answers(self, phone: Phone) -> None:
        """The host of the best route has the call."""
        assert phone.call(CALLER, NUMBER).connected_to == "one.example.com"

    def test_next_route_has_the_call(self, phone: Phone) -> None:
        """After a host that cannot be reached comes the next one."""
        phone.person("one.example.com", answers="unreachable")

        assert phone.call(CALLER, NUMBER).connected_to == "two.example.com"

    def test_busy_host_is_no_dead_host(self, phone: Phone) -> None:
        """A host that is busy has answered the INVITE, and no other is tried."""
        phone.person("one.example.com", answers="busy")

        call = phone.call(CALLER, NUMBER)

        assert (call.outcome, call.ended, call.connected_to, call.reason) == (
            "Rejected",
            True,
            None,
            "one.example.com is busy or rejects the call",
        )

    def test_both_legs_end_together(self, phone: Phone) -> None:
        """Without an application the network itself ends the other leg."""
        call = phone.call(CALLER, NUMBER)

        call.hang_up("B")

        assert (call.ended, [leg.sip_response_code for leg in call.legs]) == (
            True,
            [0, 0],
        )


class TestApplications:
    """Calls to applications by number and host, and between them."""

    def test_sip_address(
        self,
        client: ChimeSDKVoiceClient,
        connector_id: str,
        phone: Phone,
        functions: Functions,
    ) -> None:
        """The user of a SIP address is whom the function sees dialled."""
        host = host_of(connector_id)
        create_rule(client, host, create_application(client))
        functions.bind(ARN, saying())
        headers = {"X-Order": "7"}

        call = phone.call(CALLER, f"sip:desk-7@{host}", sip_headers=headers)

        [leg] = call.events[0]["CallDetails"]["Participants"]
        assert (leg["To"], leg["From"], leg["SipHeaders"]) == (
            "desk-7",
            CALLER,
            headers,
        )

    @pytest.mark.parametrize("address", ["sip:desk", "sip:@host", "sip:a b@host"])
    def test_no_sip_address(self, phone: Phone, address: str) -> None:
        """What is no SIP address calls nobody."""
        with pytest.raises(SandboxError, match=r"^To must be sip:USER@HOST, with"):
            phone.call(CALLER, address)

        assert phone.calls() == []

    def test_number_is_no_host(self, client: ChimeSDKVoiceClient, phone: Phone) -> None:
        """A rule for a number does not take a SIP address that spells it."""
        open_desk(client)

        call = phone.call(CALLER, "sip:desk@12065550100")

        assert call.reason == "No SIP rule has the host 12065550100"

    def test_one_application_calls_another(
        self, client: ChimeSDKVoiceClient, phone: Phone, functions: Functions
    ) -> None:
        """A bridge to an own number is a call of its own; both follow each other."""
        open_desk(client)
        own(client, SECOND)
        other = function(name="other")
        application = client.create_sip_media_application(
            AwsRegion="us-east-1", Name="Other", Endpoints=[other]
        )["SipMediaApplication"]["SipMediaApplicationId"]
        create_rule(client, SECOND, application)
        greet = answer(action("Speak", Text="Hello"))
        functions.bind(other["LambdaArn"], saying(NEW_INBOUND_CALL=greet))
        functions.bind(
            ARN,
            lambda event, context: (
                answer(bridge(SECOND))
                if event["InvocationEventType"] == "NEW_INBOUND_CALL"
                else hang_up_the_others(event)
                if event["InvocationEventType"] == "HANGUP"
                else answer()
            ),
        )

        with phone.call(CALLER, NUMBER):
            pass

        first, second = phone.calls()
        assert told(first.events)[1:] == [
            "2 ACTION_SUCCESSFUL CallAndBridge",
            "3 HANGUP LEG-A 0",
            "4 HANGUP LEG-B 0",
        ]
        assert told(second.events) == [
            "1 NEW_INBOUND_CALL",
            "2 ACTION_SUCCESSFUL Speak",
            "3 HANGUP LEG-A 0",
        ]
        assert (second.from_number, second.to_number) == (NUMBER, SECOND)

    def test_circle_ends(
        self, client: ChimeSDKVoiceClient, phone: Phone, functions: Functions
    ) -> None:
        """An application that bridges every call to itself does not do so forever."""
        open_desk(client)
        circle = answer(bridge(NUMBER))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=circle))

        phone.call(CALLER, NUMBER)

        last = phone.calls()[-1]
        assert len(phone.calls()) == 71
        assert told(last.events) == [
            "1 NEW_INBOUND_CALL",
            "2 ACTION_FAILED CallAndBridge CallNotAnswered",
        ]


def test_masked_call_by_a_group(client: ChimeSDKVoiceClient, phone: Phone) -> None:
    """A number of a group is answered by the group's best connector with a route."""
    acquire(client, NUMBER)
    ids = [
        client.create_voice_connector(Name=name, RequireEncryption=True)[
            "VoiceConnector"
        ]["VoiceConnectorId"]
        for name in ("One", "Two")
    ]
    client.put_voice_connector_origination(
        VoiceConnectorId=ids[1],
        Origination={
            "Routes": [{"Host": "two.example.com", "Protocol": "TCP", "Priority": 1}],
            "Disabled": False,
        },
    )
    group = client.create_voice_connector_group(
        Name="Both",
        VoiceConnectorItems=[
            {"VoiceConnectorId": id, "Priority": n} for n, id in enumerate(ids, 1)
        ],
    )["VoiceConnectorGroup"]["VoiceConnectorGroupId"]
    client.associate_phone_numbers_with_voice_connector_group(
        VoiceConnectorGroupId=group, E164PhoneNumbers=[NUMBER]
    )

    call = phone.call(CALLER, NUMBER)

    assert (call.connected_to, call.voice_connector_id) == ("two.example.com", ids[1])


def test_ten_callers(
    client: ChimeSDKVoiceClient, phone: Phone, functions: Functions
) -> None:
    """Ten callers at once each have a call with events of its own, in order."""
    open_desk(client)
    functions.bind(ARN, masking)
    calls = [phone.call(f"+120655501{n}", NUMBER) for n in range(30, 40)]

    for call in reversed(calls):
        call.hang_up()

    seen = [(told(call.events), call.from_number) for call in calls]
    in_order = [
        "1 NEW_INBOUND_CALL",
        "2 ACTION_SUCCESSFUL CallAndBridge",
        "3 HANGUP LEG-A 0",
        "4 HANGUP LEG-B 0",
    ]
    assert seen == [(in_order, f"+120655501{n}") for n in range(30, 40)]
