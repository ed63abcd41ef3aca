"""Functions that tests bind in the fixtures, in process and on a server."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
import requests

from proxymock import Sandbox, SandboxError, ServerSandbox
from proxymock.plugin.function_host import HOST

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

ARN = "arn:aws:lambda:us-east-1:123456789012:function:masking"
NUMBER, CALLER = "+12065550100", "+12065550111"


@pytest.fixture(params=["proxymock", "proxymock_server"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """The one fixture and the other."""
    sandbox: Sandbox = request.getfixturevalue(request.param)
    return sandbox


def handler(event: Any, context: Any) -> Any:
    """Answer what it was told, and by which name."""
    return [event, context.invoked_function_arn]


def answer_calls(voice: ChimeSDKVoiceClient) -> None:
    """Have calls to NUMBER answered by an application with the function ARN."""
    order = voice.create_phone_number_order(
        ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[NUMBER]
    )["PhoneNumberOrder"]
    voice.get_phone_number_order(PhoneNumberOrderId=order["PhoneNumberOrderId"])
    id = voice.create_sip_media_application(
        AwsRegion="us-east-1", Name="Menu", Endpoints=[{"LambdaArn": ARN}]
    )["SipMediaApplication"]["SipMediaApplicationId"]
    voice.create_sip_rule(
        Name="Menu",
        TriggerType="ToPhoneNumber",
        TriggerValue=NUMBER,
        TargetApplications=[
            {"SipMediaApplicationId": id, "Priority": 1, "AwsRegion": "us-east-1"}
        ],
    )


@pytest.mark.parametrize("number", [1, 2])
def test_fresh(sandbox: Sandbox, number: int) -> None:
    """No function is left of an earlier test."""
    assert sandbox.functions.list() == {}
    assert repr(HOST) == "<FunctionHost of 0 functions>"
    sandbox.functions.bind(ARN, handler)
    assert sandbox.functions.list() == {ARN: handler}


def test_bound(sandbox: Sandbox) -> None:
    """A function is bound for a while, and what was bound before is bound again."""
    sandbox.functions.bind(ARN, "http://127.0.0.1:3001")
    with sandbox.functions.bound(ARN, handler):
        assert sandbox.functions.list() == {ARN: handler}
        sandbox.functions.fail(ARN, "error", times=2)
    assert sandbox.functions.list() == {ARN: "http://127.0.0.1:3001"}
    with pytest.raises(SandboxError, match="Times must be at least 1, not 0"):
        sandbox.functions.fail(ARN, "error", times=0)


def test_server_reaches_the_test(proxymock_server: ServerSandbox) -> None:
    """The server has a URL at which the function of this process answers."""
    proxymock_server.functions.bind(ARN, handler)
    [function] = requests.get(
        f"{proxymock_server.endpoint_url}/moto-api/proxymock/functions",
        params={"AccountId": proxymock_server.account_id},
        timeout=10,
    ).json()["Functions"]
    answer = requests.post(
        f"{function['Target']}/2015-03-31/functions/{ARN}/invocations",
        json={"Sequence": 1},
        timeout=10,
    )
    assert answer.json() == [{"Sequence": 1}, ARN]


def test_function_calls_back(sandbox: Sandbox) -> None:
    """A function may use the client of its test."""
    answer_calls(sandbox.client)
    seen = []

    def calls_back(event: Any, context: Any) -> Any:
        numbers = sandbox.client.list_phone_numbers()["PhoneNumbers"]
        seen.append((event["InvocationEventType"], len(numbers)))
        speak = {"Type": "Speak", "Parameters": {"Text": numbers[0]["E164PhoneNumber"]}}
        return {"SchemaVersion": "1.0", "Actions": [speak, {"Type": "Hangup"}]}

    with (
        sandbox.functions.bound(ARN, calls_back),
        sandbox.phone.call(CALLER, NUMBER) as call,
    ):
        assert call.leg("A").heard[0] == NUMBER
    assert seen[0] == ("NEW_INBOUND_CALL", 1)


def test_error_is_told_at_its_place(sandbox: Sandbox) -> None:
    """What a function raises is a warning that names its line."""
    answer_calls(sandbox.client)

    def breaks(event: Any, context: Any) -> Any:
        raise KeyError("Order")

    sandbox.functions.bind(ARN, breaks)
    call = sandbox.phone.call(CALLER, NUMBER)
    line = breaks.__code__.co_firstlineno + 1
    told = f"error of the function: KeyError: 'Order' ({__file__}:{line})"
    assert call.warnings == (
        f"{told}: invoked again",
        f"The call ends with 480: {told}",
    )


@pytest.mark.parametrize("mocked", ["socket.socket", "http.client.HTTPConnection"])
def test_what_a_test_mocks_is_not_in_the_way(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch, mocked: str
) -> None:
    """The server reaches a function whatever the test has replaced."""
    answer_calls(sandbox.client)

    def broken(*arguments: Any, **options: Any) -> None:
        raise AssertionError("mocked")

    monkeypatch.setattr(mocked, broken)
    sandbox.functions.bind(ARN, handler)
    call = sandbox.phone.call(CALLER, NUMBER)
    assert call.events[0]["InvocationEventType"] == "NEW_INBOUND_CALL"
    assert call.responses[0][1] == ARN


def unbind(sandbox: Sandbox) -> None:
    """Do what ends the serving of a function."""
    sandbox.functions.unbind(ARN)


def look(sandbox: Sandbox) -> None:
    """Do what lets calls go on, without the sandbox."""
    sandbox.client.list_phone_numbers()


@pytest.mark.parametrize("then", [unbind, look])
def test_that_fails_in_its_function(
    sandbox: Sandbox, then: Callable[[Sandbox], None]
) -> None:
    """A test that ``pytest.fail`` fails in a function, however it is invoked."""
    answer_calls(sandbox.client)

    def fails(event: Any, context: Any) -> Any:
        pytest.fail("the function is not content")

    sandbox.functions.bind(ARN, fails)
    sandbox.client.create_sip_media_application_call(
        FromPhoneNumber=NUMBER,
        ToPhoneNumber=CALLER,
        SipMediaApplicationId=sandbox.client.list_sip_media_applications()[
            "SipMediaApplications"
        ][0]["SipMediaApplicationId"],
    )
    then(sandbox)
