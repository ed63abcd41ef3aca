"""The whole conversation of a call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    OTHER_ARN,
    SECOND,
    answer,
    bridge,
    open_desk,
    open_second_desk,
    saying,
)
from kit.builders.sip import NUMBER
from kit.oracles.screens import Screen
from proxymock.plugin.sandbox_client import Call, Functions, Phone

from .conftest import Look

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

WHOLE = "The whole conversation: {} calls"


def call_to(
    to: str, client: ChimeSDKVoiceClient, functions: Functions, phone: Phone
) -> Call:
    """Call NUMBER, which puts through; SECOND puts through to the courier."""
    open_desk(client)
    open_second_desk(client)
    functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge(to))))
    ahead = answer(bridge(COURIER, SECOND))
    functions.bind(OTHER_ARN, saying(NEW_INBOUND_CALL=ahead))
    return phone.call(CALLER, NUMBER)


def ladders(screen: Screen) -> list[str | None]:
    """Return the titles of the ladders of a screen."""
    titles = [each.attributes.get("aria-label") for each in screen.main.all("div")]
    return [each for each in titles if each and each.startswith("Ladder")]


def listed(screen: Screen) -> list[str]:
    """Return the calls of the conversation, as the page lists them."""
    [calls] = [e for e in screen.main.all("ol") if e.attributes.get("id")]
    return [each.text for each in calls.all("li")]


def test_offer(
    client: ChimeSDKVoiceClient, functions: Functions, phone: Phone, look: Look
) -> None:
    """A call that leads to another one offers the ladder of both."""
    call = call_to(SECOND, client, functions, phone)

    screen = look("Calls", Open=call.id)

    offered = screen.links[WHOLE.format(2)]
    assert offered == f"?View=Calls&Open={call.id}&Ladder=conversation"
    assert ladders(screen) == ["Ladder of the call"]


def test_whole(
    client: ChimeSDKVoiceClient, functions: Functions, phone: Phone, look: Look
) -> None:
    """The ladder of a conversation stands below its calls, numbered as in it."""
    call = call_to(SECOND, client, functions, phone)

    screen = look("Calls", Open=call.id, Ladder="conversation")

    assert ladders(screen) == ["Ladder of the conversation"]
    assert listed(screen) == [
        f"Connected {CALLER} → {NUMBER}",
        f"Connected {NUMBER} → {SECOND}",
    ]
    assert screen.links["This call"] == f"?View=Calls&Open={call.id}"
    assert screen.links["Close"] == "?View=Calls"


def test_call_of_its_own(
    client: ChimeSDKVoiceClient, functions: Functions, phone: Phone, look: Look
) -> None:
    """A call that no leg joins to another has its own ladder, whatever is asked for."""
    call = call_to(COURIER, client, functions, phone)

    screen = look("Calls", Open=call.id, Ladder="conversation")

    assert ladders(screen) == ["Ladder of the call"]
    assert "This call" not in screen.links


def test_many_calls(
    client: ChimeSDKVoiceClient, functions: Functions, phone: Phone, look: Look
) -> None:
    """Of many calls the first are listed, and of many lines the newest are drawn."""
    call = call_to(NUMBER, client, functions, phone)

    screen = look("Calls", Open=call.id, Ladder="conversation")

    assert WHOLE.format(71) in screen.links
    assert len(listed(screen)) == 10
    assert "10 of 71 shown, the first" in screen.main.text
    [figure] = screen.main.all("figcaption")
    assert figure.text.startswith("60 of ")
