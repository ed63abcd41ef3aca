"""Functions at work while others use the account: callers, readers, and a reset."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
import requests

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    action,
    answer,
    bridge,
    hang_up_the_others,
    open_desk,
    told,
)
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Functions, Phone
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

SECONDS = 20  # to wait for what would otherwise never come


@pytest.fixture(autouse=True)
def desk(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


def test_two_callers(phone: Phone, functions: Functions) -> None:
    """The function works for two calls at once; each call has its own events."""
    both = Barrier(2)

    def meets(event: Any, context: Any) -> Any:
        if event["InvocationEventType"] == "NEW_INBOUND_CALL":
            both.wait(SECONDS)
            return answer(bridge())
        return hang_up_the_others(event)

    functions.bind(ARN, meets)

    with ThreadPoolExecutor(2) as threads:
        calls = [
            *threads.map(lambda number: phone.call(number, NUMBER), (CALLER, COURIER))
        ]

    assert [(call.from_number, call.outcome, call.warnings) for call in calls] == [
        (CALLER, "Connected", ()),
        (COURIER, "Connected", ()),
    ]
    assert [told(call.events)[:2] for call in calls] == [
        ["1 NEW_INBOUND_CALL", "2 ACTION_SUCCESSFUL CallAndBridge"]
    ] * 2


def test_caller_hangs_up_while_the_function_works(
    phone: Phone, functions: Functions
) -> None:
    """Events of one call never overlap: the next waits for the answer to the first."""
    begun, left = Barrier(2), Barrier(2)
    working: list[str] = []
    overlaps: list[str] = []

    def works(event: Any, context: Any) -> Any:
        overlaps.extend(working)
        working.append(event["InvocationEventType"])
        if event["InvocationEventType"] == "NEW_INBOUND_CALL":
            begun.wait(SECONDS)
            left.wait(SECONDS)
        working.clear()
        return answer(action("Speak", Text="Hello"))

    functions.bind(ARN, works)

    with ThreadPoolExecutor(1) as threads:
        made = threads.submit(phone.call, CALLER, NUMBER)
        begun.wait(SECONDS)
        [call] = phone.calls()
        call.hang_up()
        left.wait(SECONDS)
        made.result(SECONDS)

    assert overlaps == []
    assert told(call.events) == ["1 NEW_INBOUND_CALL", "2 HANGUP LEG-A 480"]
    assert call.ended


def test_reset_while_the_function_works(
    phone: Phone, functions: Functions, endpoint_url: str | None
) -> None:
    """moto's reset ends a call for good: its function is told of nothing more."""
    events: list[str] = []

    def resets(event: Any, context: Any) -> Any:
        events.append(event["InvocationEventType"])
        base = endpoint_url or "http://motoapi.amazonaws.com"
        requests.post(f"{base}/moto-api/reset", timeout=SECONDS).raise_for_status()
        return answer(bridge())

    functions.bind(ARN, resets)

    call = phone.call(CALLER, NUMBER)

    assert events == ["NEW_INBOUND_CALL"]
    assert (phone.calls(), phone.log(), functions.list()) == ([], [], {})
    with pytest.raises(SandboxError, match=f"^There is no call '{call.id}'$"):
        call.hang_up()
