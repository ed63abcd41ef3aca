"""What is not shown, said in the same words everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit.builders.people import ALICE, BOB
from kit.builders.proxy_sessions import create_proxy_connector
from kit.builders.rides import mask
from kit.oracles.screens import Screen
from proxymock.plugin.sandbox_client import Phone

from .conftest import Look

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


def said(screen: Screen) -> list[str]:
    """Return what a screen says about what is not shown."""
    texts = [each.text for each in screen.main.all("p", "figcaption")]
    return [text for text in texts if " shown, " in text]


def test_calls_of_a_session(
    client: ChimeSDKVoiceClient, phone: Phone, look: Look
) -> None:
    """The life of a session has sixty things, its log ten, and a link leads to all."""
    session, number = mask(client, create_proxy_connector(client))
    for _ in range(70):
        phone.text(ALICE, number, "Hello")

    screen = look("Sessions", Open=session)

    assert said(screen) == [
        "60 of 72 shown, the first and the newest",
        "10 of 70 shown, the newest. All 70",
    ]
    assert screen.links["All 70"] == f"?View=Calls&ProxySessionId={session}"
    calls = look("Calls", ProxySessionId=session)
    assert "50 of 70 calls and texts" in calls.main.text
    assert calls.links[f"Session {session} ✕, for all"] == "?View=Calls"


def test_calls_of_a_person(
    client: ChimeSDKVoiceClient, phone: Phone, look: Look
) -> None:
    """The newest calls and texts of a person are shown, and how many there are."""
    for _ in range(51):
        phone.text(ALICE, BOB, "Hello")

    screen = look("Person", Number=ALICE)

    assert said(screen) == ["50 of 51 shown, the newest. All 51"]
    assert screen.links["All 51"] == f"?View=Calls&Number={ALICE.replace('+', '%2B')}"


def test_pages(client: ChimeSDKVoiceClient, look: Look) -> None:
    """A drawing of the first page has the newest things, one of another page others."""
    connector = create_proxy_connector(client)
    for _ in range(2):
        create_proxy_connector(client)
    for other in ("+14155550101", "+14155550102", "+14155550103"):
        mask(client, connector, ParticipantPhoneNumbers=[ALICE, other])

    for view in ("Sessions", "Resources"):
        first = look(view, MaxResults="1")
        token = first.links["Older"].partition("NextToken=")[2]
        second = look(view, MaxResults="1", NextToken=token)
        assert said(first) == ["1 of 3 shown, the newest"]
        assert said(second) == ["1 of 3 shown, older ones"]
