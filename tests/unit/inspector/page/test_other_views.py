"""The views of calls, resources, requests, controls and the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_proxy_connector
from kit.builders.rides import mask
from kit.builders.sip import create_application, create_rule, host_of
from proxymock.plugin.sandbox_client import Clock, Faults, Functions, Phone, Snapshot

from .conftest import Look

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NUMBER = "+12015550150"
NONE = "\N{EN DASH}"
NOON = "01-02 12:00:00"
ARN = "arn:aws:lambda:us-east-1:123456789012:function:ivr"
WEBSITE = "http://127.0.0.1:3001"


@pytest.fixture
def connector(client: ChimeSDKVoiceClient) -> str:
    """A connector that masks Alice and Bob."""
    id = create_proxy_connector(client)
    mask(client, id)
    return id


@pytest.mark.usefixtures("connector")
def test_ended_call(phone: Phone, look: Look) -> None:
    """A call shows its legs and its ladder, and can be made again."""
    call = phone.call(ALICE, NUMBER)
    call.hang_up()

    screen = look("Calls", Open=call.id)

    over = [NONE, NOON, NOON, "0"]
    assert screen.headings == ["Calls", f"{ALICE} → {NUMBER} Connected Close"]
    assert screen.table("Leg") == [
        ["LEG-A", "Disconnected", ALICE, NUMBER, *over],
        ["LEG-B", "Disconnected", NUMBER, BOB, *over],
    ]
    assert screen.buttons == ["Call", "Send text", "Call again"]
    groups = [each.attributes.get("aria-label") for each in screen.main.all("div")]
    assert "Ladder of the call" in groups


@pytest.mark.usefixtures("connector")
def test_ringing_call(phone: Phone, look: Look) -> None:
    """Who is called can answer or reject, and the caller can hang up."""
    phone.person(BOB, answers="by hand")
    call = phone.call(ALICE, NUMBER)

    screen = look("Calls", Open=call.id, Status="Ringing")

    assert screen.buttons[2:] == ["Answer", "Reject", "Hang up", "Call again"]
    assert screen.table("Time") == [
        [NOON, "Call", ALICE, NUMBER, "Ringing", NONE, NONE]
    ]
    assert list(screen.fields) == [
        *("Filter", "From", "To", "Message", "Leg", "Keys are on"),
    ]


@pytest.mark.usefixtures("connector")
def test_connected_call(phone: Phone, look: Look) -> None:
    """Parties that talk can press keys."""
    call = phone.call(ALICE, NUMBER)

    screen = look("Calls", Open=call.id)

    assert screen.buttons[2:] == ["Press", "Hang up", "Call again"]
    assert screen.fields["Digits"] == "Digits"


def test_call_of_an_application(
    client: ChimeSDKVoiceClient, functions: Functions, look: Look
) -> None:
    """A call that an application has made shows its events, and is nobody's to dial."""
    functions.bind(ARN, lambda event, context: {"SchemaVersion": "1.0", "Actions": 7})
    application = create_application(client)
    found = client.search_available_phone_numbers(AreaCode="206", MaxResults=1)
    [own] = found["E164PhoneNumbers"]
    client.create_phone_number_order(
        ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[own]
    )
    client.list_phone_numbers()
    made = client.create_sip_media_application_call(
        FromPhoneNumber=own, ToPhoneNumber=ALICE, SipMediaApplicationId=application
    )

    screen = look("Calls", Open=made["SipMediaApplicationCall"]["TransactionId"])

    assert "Call again" not in screen.buttons
    [summary] = [e.text for e in screen.main.all("summary") if "events" in e.text]
    assert summary.endswith("answers")
    [wrong, *_] = [
        each.text
        for each in screen.main.all("p")
        if each.attributes.get("class") == "wrong"
    ]
    assert wrong


def test_call_that_is_opened(phone: Phone, look: Look) -> None:
    """Opening a call keeps the filter and the page that somebody looks at."""
    call = phone.call(ALICE, NUMBER)

    screen = look("Calls", Type="Call", Filter=ALICE[5:])

    there = f"?View=Calls&Type=Call&Filter={ALICE[5:]}"
    assert screen.links["Call"] == f"{there}&Open={call.id}"


def test_no_call_fits(phone: Phone, look: Look) -> None:
    """A filter that nothing fits says so, and how to take it off."""
    phone.text(ALICE, BOB, "Hello")

    screen = look("Calls", Type="Call")

    assert screen.empty == ["No call and no text fits."]
    assert screen.links["All calls and texts"] == "?View=Calls"


def test_resources(
    client: ChimeSDKVoiceClient, connector: str, functions: Functions, look: Look
) -> None:
    """Resources shows what there is, and where calls go from there."""
    functions.bind(ARN, WEBSITE)
    application = create_application(client)
    rule = create_rule(client, host_of(connector), application)

    screen = look("Resources")

    region, host = "us-east-1", host_of(connector)
    assert screen.table("Kind") == [
        ["SIP rule", "Rule", rule, host, f"{application} priority 1", region],
        ["SIP media application", "IVR", application, NONE, ARN, region],
        ["Voice connector", "Rides", connector, host, rule, region],
        ["Function", NONE, ARN, "bound", NONE, region],
    ]
    assert "3 of 3 resources" in screen.main.text
    assert screen.links["SIP rule"] == "?View=Resources&Kind=SipRule"


def test_no_resource_fits(look: Look) -> None:
    """A filter that nothing fits says so."""
    assert look("Resources", Filter="none").empty == ["No resource fits."]


@pytest.mark.usefixtures("connector")
def test_requests(client: ChimeSDKVoiceClient, faults: Faults, look: Look) -> None:
    """The journal has each request: whether AWS has ended it, and what became of it."""
    faults.inject("ListPhoneNumbers", "NotFoundException")
    with pytest.raises(ClientError):
        client.list_phone_numbers()

    screen = look("Requests")

    thrown = "NotFoundException fault {} Injected NotFoundException"
    [first, *rest] = screen.table("Time")
    region = "us-east-1"
    number = first[3].split()[2]
    assert first == [NOON, "ListPhoneNumbers", "404", thrown.format(number), region]
    assert rest == [
        [NOON, "CreateProxySession ended", "201", NONE, region],
        [NOON, "PutVoiceConnectorProxy ended", "200", NONE, region],
        [NOON, "CreateVoiceConnector", "201", NONE, region],
    ]


def test_open_request(connector: str, look: Look) -> None:
    """An open request can be copied for a shell and for Python."""
    screen = look("Requests", Open="1")

    members = (
        '{"DefaultSessionExpiryMinutes": 60, "PhoneNumberPoolCountries": ["US"], '
        f'"VoiceConnectorId": "{connector}"}}'
    )
    assert [each.text for each in screen.main.all("pre")][1:] == [
        "export AWS_ENDPOINT_URL=http://127.0.0.1:5000 AWS_REGION=us-east-1 "
        "AWS_DEFAULT_REGION=us-east-1 "
        "AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_PAGER= "
        "aws chime-sdk-voice put-voice-connector-proxy --cli-input-json "
        f"'{members}' --region us-east-1 --endpoint-url http://127.0.0.1:5000",
        "import boto3 client = boto3.client( 'chime-sdk-voice', 'us-east-1', "
        "endpoint_url='http://127.0.0.1:5000', aws_access_key_id='any', "
        "aws_secret_access_key='any', ) answer = "
        "client.put_voice_connector_proxy( DefaultSessionExpiryMinutes=60, "
        f"PhoneNumberPoolCountries=['US'], VoiceConnectorId='{connector}', )",
    ]
    assert screen.buttons == ["Copy as AWS CLI", "Copy as boto3"]


@pytest.mark.usefixtures("connector")
@pytest.mark.parametrize("id", ["99", "9" * 30])
def test_request_that_there_is_not(id: str, look: Look) -> None:
    """No other request stands in for one that the journal does not have."""
    screen = look("Requests", Open=id)

    assert f"The journal has no request '{id}', or has it no more" in screen.main.text


def test_request_that_was_not_kept(
    client: ChimeSDKVoiceClient, connector: str, look: Look
) -> None:
    """A body that is too large is not there to be copied."""
    with pytest.raises(ClientError):
        client.tag_resource(
            ResourceARN=f"arn:aws:chime:us-east-1:123456789012:vc/{connector}",
            Tags=[{"Key": f"k{n}", "Value": "v" * 99} for n in range(99)],
        )

    screen = look("Requests", Open="3")

    assert "is not kept: it is too large, or no JSON." in screen.main.text
    assert screen.buttons == []


def test_controls(
    phone: Phone, faults: Faults, functions: Functions, clock: Clock, look: Look
) -> None:
    """Controls shows what tests have set, and sets it."""
    phone.person(BOB, answers="by hand", hangs_up_after=5)
    faults.inject("GetProxySession", "NotFoundException", message="Gone", delay=0.5)
    functions.bind(ARN, WEBSITE)
    functions.fail(ARN, "timeout", times=2)
    clock.advance(hours=3, minutes=5)

    screen = look("Controls")

    assert "The clock is 3 h 5 min ahead of real time." in screen.main.text
    assert screen.table("Operation") == [
        ["GetProxySession", "NotFoundException", "1", "Gone", "0.5 s", "Clear"]
    ]
    assert screen.table("Function") == [[ARN, WEBSITE, "timeout, 2 times", "Unbind"]]
    assert screen.table("Number") == [[BOB, "by hand", "0.0 s", "5.0 s", "Forget"]]
    assert screen.buttons == [
        *("Advance", "Reset clock", "Clear", "Inject fault", "Change settings"),
        *("Unbind", "Bind", "Fail once", "Forget", "Set person"),
    ]


def test_errors_of_an_operation(look: Look) -> None:
    """Each operation tells which of the errors it declares."""
    selects = {
        each.attributes["name"]: [*each.all("option")]
        for each in look("Controls").main.all("select")
    }

    errors = [each.inside[0] for each in selects["Error"]]
    [operation] = [e for e in selects["Operation"] if e.inside == ["ListProxySessions"]]
    places = (operation.attributes["data-errors"] or "").split()
    assert len(selects["Operation"]) == 96
    assert {errors[int(place)] for place in places} == {
        *("BadRequestException", "ForbiddenException", "NotFoundException"),
        *("ServiceFailureException", "ServiceUnavailableException"),
        *("ThrottledClientException", "UnauthorizedClientException"),
    }


@pytest.mark.usefixtures("connector")
def test_state(snapshot: Snapshot, look: Look) -> None:
    """State tells how much there is, and what saves and loads it."""
    screen = look("State")

    assert screen.buttons[:4] == ["Load state", "Save state", "Undo", "Copy"]
    assert (
        "Now it has 1 connector, 1 session, 0 phone numbers, 0 calls and 0 texts."
        in screen.main.text
    )
    url = "'http://127.0.0.1:5000/moto-api/proxymock/state?AccountId=123456789012'"
    assert [each.text for each in screen.main.all("pre")] == [
        f"curl -o state.json {url}",
        "curl -X PUT -H 'Content-Type: application/json' "
        f"--data-binary @state.json {url}",
    ]
