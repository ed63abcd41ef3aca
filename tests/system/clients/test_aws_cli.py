"""The AWS CLI against the server."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kit.builders.people import ALICE, BOB

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
Call = Callable[..., Any]


@pytest.fixture
def cli(awscli: Path, environment: dict[str, str], server_url: str) -> Cli:
    """Run an operation, whatever comes of it."""
    program = [str(awscli / "aws"), "--endpoint-url", server_url, "chime-sdk-voice"]

    def cli(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*program, *arguments],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return cli


@pytest.fixture
def call(cli: Cli) -> Call:
    """Run an operation that succeeds, and return what it prints."""

    def call(*arguments: str) -> Any:
        result = cli(*arguments)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout) if result.stdout else None

    return call


@pytest.fixture
def connector(call: Call) -> list[str]:
    """The option for a connector that makes proxy sessions."""
    made = call("create-voice-connector", "--name", "Rides", "--require-encryption")
    connector = ["--voice-connector-id", made["VoiceConnector"]["VoiceConnectorId"]]
    minutes = ["--default-session-expiry-minutes", "60"]
    countries = ["--phone-number-pool-countries", "US"]
    call("put-voice-connector-proxy", *connector, *minutes, *countries)
    return connector


PEOPLE = ["--participant-phone-numbers", ALICE, BOB]
EVERYTHING = ["--capabilities", "Voice", "SMS"]


def test_session_lives_and_ends(cli: Cli, call: Call, connector: list[str]) -> None:
    """A proxy session is made, read, changed and deleted."""
    made = call("create-proxy-session", *connector, *PEOPLE, *EVERYTHING)
    id = made["ProxySession"]["ProxySessionId"]
    session = [*connector, "--proxy-session-id", id]

    read = call("get-proxy-session", *session)
    change = ["--capabilities", "SMS", "--expiry-minutes", "5"]
    changed = call("update-proxy-session", *session, *change)
    deleted = call("delete-proxy-session", *session)
    gone = cli("get-proxy-session", *session)

    assert read == made
    assert changed["ProxySession"]["ExpiryMinutes"] == 5
    assert deleted is None
    assert gone.stderr.strip().endswith(
        "An error occurred (NotFoundException) when calling the GetProxySession "
        f"operation: Could not find ProxySession with Id '{id}'"
    )


@pytest.mark.usefixtures("stopped_clock")
def test_timestamps_are_in_iso_8601(
    call: Call, connector: list[str], environment: dict[str, str], tmp_path: Path
) -> None:
    """The CLI understands a timestamp, and writes it in its own way if asked to."""
    config = tmp_path / "config"
    config.write_text("[default]\ncli_timestamp_format = iso8601\n")
    environment["AWS_CONFIG_FILE"] = str(config)

    made = call("create-proxy-session", *connector, *PEOPLE, *EVERYTHING)

    assert made["ProxySession"]["CreatedTimestamp"] == environment["NOW"]


def test_list_has_pages(call: Call, connector: list[str]) -> None:
    """A list is read page by page with a token."""
    create = ["create-proxy-session", *connector, *PEOPLE, *EVERYTHING]
    made = [call(*create)["ProxySession"]["ProxySessionId"] for _ in range(2)]
    size = ["--max-results", "1"]

    first = call("list-proxy-sessions", *connector, *size)
    token = ["--next-token", first["NextToken"]]
    second = call("list-proxy-sessions", *connector, *size, *token)

    found = first["ProxySessions"] + second["ProxySessions"]
    assert [session["ProxySessionId"] for session in found] == made
    assert "NextToken" not in second


def test_cli_follows_the_pages(call: Call) -> None:
    """Where the CLI reads all pages by itself, it finds their end."""
    endpoint = "LambdaArn=arn:aws:lambda:us-east-1:123456789012:function:f"
    where = ["--aws-region", "us-east-1", "--endpoints", endpoint]
    for name in ("one", "two"):
        call("create-sip-media-application", *where, "--name", name)

    listed = call("list-sip-media-applications", "--page-size", "1")

    names = [application["Name"] for application in listed["SipMediaApplications"]]
    assert names == ["one", "two"]


def test_bad_input_is_named(cli: Cli, connector: list[str]) -> None:
    """Input that breaks a rule is told with the error's name, and ends in failure."""
    people = ["--participant-phone-numbers", ALICE, "Bob"]

    refused = cli("create-proxy-session", *connector, *people, *EVERYTHING)

    assert refused.returncode != 0
    assert "(BadRequestException)" in refused.stderr
    assert "ParticipantPhoneNumbers[1]" in refused.stderr


def test_order_is_polled_to_its_end(call: Call) -> None:
    """An order of a phone number is in progress at first, and then successful."""
    found = call("search-available-phone-numbers", "--area-code", "206")
    product = ["--product-type", "VoiceConnector"]
    numbers = ["--e164-phone-numbers", found["E164PhoneNumbers"][0]]

    order = call("create-phone-number-order", *product, *numbers)["PhoneNumberOrder"]
    statuses = [order["Status"]]
    while statuses[-1] == "Processing":
        id = ["--phone-number-order-id", order["PhoneNumberOrderId"]]
        order = call("get-phone-number-order", *id)["PhoneNumberOrder"]
        statuses.append(order["Status"])

    assert statuses == ["Processing", "Successful"]
