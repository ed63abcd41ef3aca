"""Text of users on the page: shown as it is, and nothing but text."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

import pytest

from kit.builders.people import ALICE, BOB
from kit.oracles.screens import Element
from proxymock.inspector.quoting import aws_cli, boto3, curl
from proxymock.plugin.sandbox_client import Faults, Phone

from .conftest import Look

MARKUP = "<img src=x onerror=alert(1)>&amp;\"'{{7*7}}<!--clock-->"
TURNED, ENDED = "\u202egnp.exe", "a\x00\x1b[31m\x7f\u2028b"
HOSTILE = [MARKUP, TURNED, ENDED, "x" * 10_000, "\ud800", "🚕 ñ 数"]


def _elements(element: Element) -> Iterator[str]:
    return (each.name for each in element.all())


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text(phone: Phone, look: Look, text: str) -> None:
    """A text has as many elements as any other, whatever it says."""
    phone.text(ALICE, BOB, "Hello")
    harmless = [*_elements(look("Calls").document)]
    before = [*_elements(look("Now").document)]

    phone.text(ALICE, BOB, text)

    grown = [*_elements(look("Calls").document)]
    assert {*grown} == {*harmless}
    assert {*_elements(look("Now").document)} == {*before}


def test_control_characters_show(phone: Phone, look: Look) -> None:
    """What has no shape, or turns the text around it, is spelled out."""
    phone.text(ALICE, BOB, TURNED)
    phone.text(ALICE, BOB, ENDED)

    says = [row[1] for row in look("Calls").table("Time")[1::2]]

    assert says == ["“a⟨U+0000⟩⟨U+001B⟩[31m⟨U+007F⟩⟨U+2028⟩b”", "“⟨U+202E⟩gnp.exe”"]


def test_long_text_is_cut(phone: Phone, look: Look) -> None:
    """A text that is too long to look at is cut, and says so."""
    phone.text(ALICE, BOB, "x" * 10_000)

    [_, [_, says]] = look("Calls").table("Time")

    assert says == f"“{'x' * 300}…”"


def test_texts_are_isolated(phone: Phone, look: Look) -> None:
    """A text that runs the other way turns nothing but itself."""
    phone.text(ALICE, BOB, "שלום")

    isolated = [each.text for each in look("Calls").main.all("bdi")]

    assert "שלום" in isolated


def test_address_is_text(look: Look) -> None:
    """What somebody has put into the address of a link is no more than text."""
    screen = look("Sessions", Filter=MARKUP, NextToken="1")

    values = {
        each.attributes.get("name"): each.attributes.get("value")
        for each in screen.main.all("input")
    }
    assert values["Filter"] == MARKUP
    assert "img" not in {*_elements(screen.document)}


def test_message_of_a_fault_is_text(faults: Faults, look: Look) -> None:
    """So is what a fault says."""
    faults.inject("GetProxySession", "NotFoundException", message=MARKUP)

    [row] = look("Controls").table("Operation")

    assert row[3] == MARKUP


MEMBERS = {"Name": "a'; rm -rf / #\n$(id) `id` \u202e\\", "Ids": ["x", 1], "On": True}


def test_command_for_a_shell_is_quoted() -> None:
    """A shell reads the members as they were."""
    words = shlex.split(aws_cli("CreateProxySession", MEMBERS, "us-east-1", "http://a"))

    assert words[:4] == [
        *("aws", "chime-sdk-voice", "create-proxy-session", "--cli-input-json"),
    ]
    assert json.loads(words[4]) == MEMBERS
    assert words[5:] == ["--region", "us-east-1", "--endpoint-url", "http://a"]


def test_command_without_members() -> None:
    """An operation that takes nothing has no input."""
    assert aws_cli("GetGlobalSettings", {}, "eu-west-2", "http://a").split() == [
        *("aws", "chime-sdk-voice", "get-global-settings"),
        *("--region", "eu-west-2", "--endpoint-url", "http://a"),
    ]


def test_lines_of_python_are_quoted() -> None:
    """Python reads the members as they were."""
    called = {}

    class Client:
        def create_proxy_session(self, **members: object) -> None:
            called.update(members)

    lines = boto3("CreateProxySession", MEMBERS, "client = made()")
    begin, made, call = lines.split("\n", 2)[0], *lines.split("\n", 2)[2].split("\n", 1)
    exec(call, {"client": Client()})

    assert (begin, made) == ("import boto3", "client = made()")
    assert called == MEMBERS


def test_lines_of_python_without_members() -> None:
    """An operation that takes nothing is called with nothing."""
    lines = boto3("GetGlobalSettings", {}, "client = made()")

    assert lines.endswith("\nanswer = client.get_global_settings()")


def test_command_for_curl_is_quoted() -> None:
    """The control interface reads the members as they were."""
    words = shlex.split(curl("POST", "http://a/calls?AccountId=1", MEMBERS))

    assert words[:4] == ["curl", "-X", "POST", "http://a/calls?AccountId=1"]
    assert json.loads(words[-1]) == MEMBERS
