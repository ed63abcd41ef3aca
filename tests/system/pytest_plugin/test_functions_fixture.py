"""Functions in the fixtures, in test files of their own."""

from __future__ import annotations

import pytest

from kit.transports.inner_pytest import run_tests

FILE = """
import pytest
import requests
from proxymock import SandboxError, Sandbox
from proxymock.plugin.function_host import HOST

ARN = "arn:aws:lambda:us-east-1:123456789012:function:masking"

def handler(event, context):
    return [event, context.invoked_function_arn]

@pytest.fixture(params=["proxymock", "proxymock_server"])
def sandbox(request):
    return request.getfixturevalue(request.param)

@pytest.mark.parametrize("round", [1, 2])
def test_fresh(sandbox: Sandbox, round):
    assert sandbox.functions.list() == {}
    assert repr(HOST) == "<FunctionHost of 0 functions>"
    sandbox.functions.bind(ARN, handler)
    assert sandbox.functions.list() == {ARN: handler}

def test_bound(sandbox):
    sandbox.functions.bind(ARN, "http://127.0.0.1:3001")
    with sandbox.functions.bound(ARN, handler):
        assert sandbox.functions.list() == {ARN: handler}
        sandbox.functions.fail(ARN, "error", times=2)
    assert sandbox.functions.list() == {ARN: "http://127.0.0.1:3001"}
    with pytest.raises(SandboxError, match="Times must be at least 1, not 0"):
        sandbox.functions.fail(ARN, "error", times=0)

def test_server_reaches_the_test(proxymock_server):
    proxymock_server.functions.bind(ARN, handler)
    [function] = requests.get(
        f"{proxymock_server.endpoint_url}/moto-api/proxymock/functions",
        params={"AccountId": proxymock_server.account_id}, timeout=10,
    ).json()["Functions"]
    answer = requests.post(
        f"{function['Target']}/2015-03-31/functions/{ARN}/invocations",
        json={"Sequence": 1}, timeout=10,
    )
    assert answer.json() == [{"Sequence": 1}, ARN]

NUMBER, CALLER = "+12065550100", "+12065550111"

def answer_calls(voice):
    order = voice.create_phone_number_order(
        ProductType="SipMediaApplicationDialIn", E164PhoneNumbers=[NUMBER]
    )["PhoneNumberOrder"]
    voice.get_phone_number_order(PhoneNumberOrderId=order["PhoneNumberOrderId"])
    id = voice.create_sip_media_application(
        AwsRegion="us-east-1", Name="Menu", Endpoints=[{"LambdaArn": ARN}]
    )["SipMediaApplication"]["SipMediaApplicationId"]
    target = {"SipMediaApplicationId": id, "Priority": 1, "AwsRegion": "us-east-1"}
    voice.create_sip_rule(
        Name="Menu", TriggerType="ToPhoneNumber", TriggerValue=NUMBER,
        TargetApplications=[target],
    )

def test_function_calls_back(sandbox):
    answer_calls(sandbox.client)
    seen = []

    def calls_back(event, context):
        numbers = sandbox.client.list_phone_numbers()["PhoneNumbers"]
        seen.append((event["InvocationEventType"], len(numbers)))
        speak = {"Type": "Speak", "Parameters": {"Text": numbers[0]["E164PhoneNumber"]}}
        return {"SchemaVersion": "1.0", "Actions": [speak]}

    with sandbox.functions.bound(ARN, calls_back):
        with sandbox.phone.call(CALLER, NUMBER) as call:
            assert call.leg("A").heard[0] == NUMBER
    assert seen[0] == ("NEW_INBOUND_CALL", 1)

def test_error_is_told_at_its_place(sandbox):
    answer_calls(sandbox.client)

    def breaks(event, context):
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
def test_what_a_test_mocks_is_not_in_the_way(sandbox, monkeypatch, mocked):
    answer_calls(sandbox.client)

    def broken(*arguments, **options):
        raise AssertionError("mocked")

    monkeypatch.setattr(mocked, broken)
    sandbox.functions.bind(ARN, handler)
    call = sandbox.phone.call(CALLER, NUMBER)
    assert call.events[0]["InvocationEventType"] == "NEW_INBOUND_CALL"
    assert call.responses[0][1] == ARN
"""


def test_fixtures_have_functions(pytester: pytest.Pytester) -> None:
    """Both fixtures begin without functions, and serve none after their test."""
    pytester.makepyfile(FILE)

    result = run_tests(pytester)

    result.assert_outcomes(passed=15)


def test_fixtures_on_motos_server(
    pytester: pytest.Pytester, server_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a server that moto is told to use, both fixtures serve their callables."""
    monkeypatch.setenv("TEST_SERVER_MODE", "true")
    monkeypatch.setenv("TEST_SERVER_MODE_ENDPOINT", server_url)
    pytester.makepyfile(FILE)

    result = run_tests(pytester)

    result.assert_outcomes(passed=15)
