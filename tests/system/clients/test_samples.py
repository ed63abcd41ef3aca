"""The commands that the page prints, pasted into a shell."""

from __future__ import annotations

import shutil
from collections import Counter, defaultdict
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
import requests

from kit.builders.people import ALICE, BOB
from kit.oracles.screens import Element, Screen
from system.clients.programs import run

SECTIONS = {
    "Now": 5,
    "Sessions": 1,
    "Person": 2,
    "Calls": 1,
    "Numbers": 4,
    "Resources": 1,
    "Requests": 1,
    "Controls": 3,
    "State": 0,
}
_ACCOUNTS = count(300000000000)
Look = Callable[..., Screen]
Shell = Callable[[str], str]


@pytest.fixture
def look(server_url: str) -> Look:
    """Return what looks at a view."""

    def look(view: str, **members: str) -> Screen:
        whose = {"Number": BOB} if view == "Person" else {}
        answer = requests.get(
            f"{server_url}/moto-api/proxymock/",
            params={"View": view, **whose, **members},
            timeout=30,
        )
        assert answer.status_code == 200
        return Screen(answer.text)

    return look


@pytest.fixture
def shell(awscli: Path, environment: dict[str, str], tmp_path: Path) -> Shell:
    """Return what runs commands of a shell that knows of no server."""
    if shutil.which("curl") is None:
        pytest.skip("the commands of the page need curl")
    known = {"PATH", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"}
    plain = {name: text for name, text in environment.items() if name in known}
    plain["PATH"] = f"{awscli}:{plain['PATH']}"
    return lambda command: run("sh", "-euc", command, env=plain, cwd=tmp_path)


def _printed(element: Element) -> str:
    """Return the command in an element, line by line."""
    [command] = element.all("pre")
    return "".join(each for each in command.inside if isinstance(each, str))


def _empty(screen: Screen) -> dict[str, str]:
    """Return what is not there: the command that makes it, by what the view says."""
    return {
        each.text.partition(".")[0]: _printed(each)
        for each in screen.main.all("div")
        if each.attributes.get("class") == "empty"
    }


def test_each_command_makes_what_is_not_there(look: Look, shell: Shell) -> None:
    """After the command of an empty section, the section is empty no more."""
    account_id = str(next(_ACCOUNTS))
    sections = defaultdict[str, list[tuple[str, str]]](list)  # which print a command
    for view in SECTIONS:
        for section, command in _empty(look(view, AccountId=account_id)).items():
            sections[command].append((view, section))

    left = []
    for empty in sections.values():
        account_id = str(next(_ACCOUNTS))
        view, section = empty[0]
        shell(_empty(look(view, AccountId=account_id))[section])
        left += [
            (view, section)
            for view, section in empty
            if section in _empty(look(view, AccountId=account_id))
        ]

    assert left == []
    views = Counter(view for empty in sections.values() for view, _ in empty)
    assert views == Counter(SECTIONS)


def test_account_of_any_credentials(look: Look, shell: Shell) -> None:
    """Where the address names no account, the commands are for the server's own."""
    [command] = _empty(look("Calls")).values()

    shell(command)

    assert [row[2:5] for row in look("Calls").table("Time")] == [
        ["+12065550101", "+12015550150", "Connected"]
    ]


def test_people_who_are_looked_at(look: Look, shell: Shell) -> None:
    """Commands beside two people are for these two."""
    account_id = str(next(_ACCOUNTS))
    pair = {"AccountId": account_id, "Counterpart": ALICE}

    shell(
        _empty(look("Person", **pair))[
            "The calls and texts of this number would be here"
        ]
    )

    [row] = look("Person", **pair).table("Time")
    assert (row[2], row[4], row[5]) == (BOB, "Connected", ALICE)


def test_session_that_is_open(look: Look, shell: Shell) -> None:
    """A session without calls prints the command for a call through it."""
    account_id = str(next(_ACCOUNTS))
    shell(_empty(look("Sessions", AccountId=account_id)).popitem()[1])
    [link] = {
        link
        for link in look("Sessions", AccountId=account_id).addresses
        if "Open=" in link
    }
    address = {"AccountId": account_id, "Open": link.rpartition("=")[2]}

    [command] = _empty(look("Sessions", **address)).values()
    shell(command)

    assert _empty(look("Sessions", **address)) == {}


@pytest.mark.parametrize("whose", ["the server's", "another"])
@pytest.mark.parametrize("language", ["shell", "Python"])
def test_copied_request(
    look: Look, shell: Shell, server_url: str, whose: str, language: str
) -> None:
    """A request is made again by what is copied of it, in its account."""
    address = {} if whose == "the server's" else {"AccountId": str(next(_ACCOUNTS))}
    shell(_empty(look("Resources", **address)).popitem()[1])
    [newest, *_] = look("Requests", **address).table("Time")
    opened = next(
        link.rpartition("=")[2]
        for link in sorted(look("Requests", **address).addresses)
        if "Open=" in link
    )
    shown = look("Requests", **address, Open=opened)
    commands = {
        button: _printed(each)
        for each in shown.main.all("div")
        if each.attributes.get("class") == "command"
        for [button] in [[one.text for one in each.all("button")]]
    }
    before = len(look("Resources", **address).table("Kind"))

    if language == "shell":
        shell(commands["Copy as AWS CLI"])
    else:
        exec(commands["Copy as boto3"], {})

    assert newest[1] == "CreateVoiceConnector"
    assert len(look("Resources", **address).table("Kind")) == before + 1
