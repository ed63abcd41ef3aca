"""What empty views say: what would be here, and the command that makes it."""

from __future__ import annotations

import json
import shlex
from typing import Any

import jmespath  # type: ignore[import-untyped]
import pytest

from kit.builders.people import ALICE, BOB
from proxymock.plugin.control import perform

from .conftest import SERVER, Look

SURROUNDINGS = (
    f"export AWS_ENDPOINT_URL={SERVER} AWS_REGION=us-east-1 "
    "AWS_DEFAULT_REGION=us-east-1 "
    "AWS_ACCESS_KEY_ID=any AWS_SECRET_ACCESS_KEY=any AWS_PAGER="
)


def _commands(look: Look, view: str, **members: str) -> list[list[str]]:
    """Return the commands of a view, line by line."""
    return [
        "".join(each for each in pre.inside if isinstance(each, str)).splitlines()
        for pre in look(view, **members).main.all("pre")
    ]


def test_command_that_makes_a_session(look: Look) -> None:
    """An empty list of sessions tells the way to the first one."""
    [lines] = _commands(look, "Sessions")

    assert lines[0] == SURROUNDINGS
    assert [shlex.split(line)[1:3] for line in lines[2:]] == [
        ["chime-sdk-voice", "put-voice-connector-proxy"],
        ["chime-sdk-voice", "create-proxy-session"],
    ]
    assert lines[1].startswith("id=$(aws chime-sdk-voice create-voice-connector ")


def test_command_for_another_region(look: Look) -> None:
    """The command is for the region that is shown."""
    [[first, _]] = _commands(look, "Requests", Region="eu-west-2")

    assert first == SURROUNDINGS.replace("us-east-1", "eu-west-2")


def test_command_for_another_account(look: Look) -> None:
    """For an account that the address names, its credentials are fetched."""
    [lines] = _commands(look, "Requests", AccountId="123456789012")

    first, second, third, _ = lines
    words = shlex.split(second.removeprefix("set -- $(").removesuffix(")"))
    keys = {"AccessKeyId": "A", "SecretAccessKey": "B/c=", "SessionToken": "D+e"}
    assert first == SURROUNDINGS
    assert words[:5] == [
        *("aws", "sts", "assume-role", "--role-arn"),
        "arn:aws:iam::123456789012:role/inspector",
    ]
    query = words[words.index("--query") + 1]
    assert jmespath.search(query, {"Credentials": keys}) == [*keys.values()]
    assert third == (
        'export AWS_ACCESS_KEY_ID="$1" AWS_SECRET_ACCESS_KEY="$2" '
        'AWS_SESSION_TOKEN="$3"'
    )


@pytest.mark.parametrize("view", ["Now", "Controls"])
def test_commands_of_the_control_interface(look: Look, view: str) -> None:
    """Commands for curl do what they say, as everybody's commands do."""
    lines = [line for [line, *others] in _commands(look, view) if not others]

    done = [_performed(shlex.split(line)) for line in lines]

    assert done
    assert {status for status, _ in done} <= {200, 201}


def test_command_that_makes_a_call(look: Look) -> None:
    """A call needs a session first, whose number it is to."""
    [[*_, created, called]] = _commands(look, "Calls")

    assert created.startswith("number=$(aws chime-sdk-voice create-proxy-session ")
    assert called.endswith(""" '{"From": "+12065550101", "To": "'"$number"'"}'""")


def test_commands_for_a_person(look: Look) -> None:
    """Beside a person the commands are for this person, and whom they look for."""
    commands = _commands(look, "Person", Number=ALICE, Counterpart=BOB)
    others = _commands(look, "Person", Number="+14155550102")

    pairs = [_participants(lines) for lines in (*commands, *others)]
    assert pairs == [[ALICE, BOB]] * 2 + [["+14155550102", "+12065550101"]] * 2


def test_counterpart_is_quoted(look: Look) -> None:
    """What an address says is no part of a command, but a word of it."""
    spelled = "(206) 555-0100"
    [lines, _] = _commands(look, "Person", Number=ALICE, Counterpart=spelled)

    assert _participants(lines) == [ALICE, spelled]


def _participants(lines: list[str]) -> list[str]:
    [line] = [each for each in lines if "create-proxy-session" in each]
    words = shlex.split(line.removeprefix("number=$(").removesuffix(")"))
    at = words.index("--participant-phone-numbers") + 1
    return words[at : at + 2]


def _performed(words: list[str]) -> tuple[int, Any]:
    """Do what a command for curl says."""
    method, url, body = words[2], words[3], words[-1]
    begin = f"{SERVER}/moto-api/proxymock/"
    path, _, query = url.removeprefix(begin).partition("?")
    assert query == "AccountId=123456789012"
    return perform(method, path, "123456789012", json.loads(body))
