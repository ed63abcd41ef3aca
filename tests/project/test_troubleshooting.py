"""The messages that the page on troubles quotes are those that users meet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import boto3
import pytest
from werkzeug.test import create_environ
from werkzeug.wrappers import Request

from proxymock import faults, mock_aws, server
from proxymock.api import spec
from proxymock.plugin import control
from proxymock.telephony import routing

PAGE = (Path(__file__).parents[2] / "docs" / "troubleshooting.md").read_text("utf-8")


def server_without_its_packages() -> None:
    """Start the server where moto's server was not installed."""

    def fail(name: str) -> None:
        raise ModuleNotFoundError("No module named 'flask'")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(server, "import_module", fail)
        server.main([])


@mock_aws
def region_of_no_endpoint() -> None:
    """Call the service where AWS does not have it."""
    boto3.client(
        "chime-sdk-voice",
        region_name="eu-north-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
    ).list_voice_connectors()


def operation_of_another_service() -> None:
    """Ask for what the older client had and this service never did."""
    spec.match("POST", ["meetings"], {})


@mock_aws
def fault_in_the_spelling_of_boto3() -> None:
    """Name an operation as boto3 does."""
    faults.inject("create_proxy_session", "NotFoundException")


def control_interface_by_an_unknown_name() -> None:
    """Reach the control interface by a name that may be anybody's."""
    url = "http://mocks.example.com:5000"
    request = Request(create_environ("/moto-api/proxymock/masks", url))
    _, _, body = control.answer(request, request.url, request.headers)
    raise PermissionError(json.loads(body)["Message"])


TROUBLES = (
    server_without_its_packages,
    region_of_no_endpoint,
    operation_of_another_service,
    fault_in_the_spelling_of_boto3,
    control_interface_by_an_unknown_name,
)


@pytest.mark.parametrize(("number", "trouble"), [*enumerate(TROUBLES)])
def test_quoted_message_is_the_one_that_users_meet(
    number: int, trouble: Callable[[], None]
) -> None:
    """A message of proxymock's own is quoted to the letter."""
    quoted = re.findall(r"^```text\n(.*?)\n```$", PAGE, re.DOTALL | re.MULTILINE)
    assert len(quoted) == len(TROUBLES)

    with pytest.raises((Exception, SystemExit)) as raised:
        trouble()

    # boto3 puts a sentence of its own in front of what a service answers.
    assert str(raised.value).rpartition("operation: ")[2] == quoted[number]


def test_every_reason_for_nobody_is_explained() -> None:
    """The page says of each reason that has no names in it what to look at."""
    _, _, section = PAGE.partition("## A call reaches nobody")
    explained = re.findall(r"^\| ([A-Z].+?) \| .+ \|$", section.split("\n## ")[0], re.M)

    constants = [value for name, value in vars(routing).items() if name.isupper()]
    reasons = [text for text in constants if isinstance(text, str) and " " in text]
    incapable = "The proxy session lacks the capability Voice"
    assert sorted(explained) == sorted([*reasons, incapable])
