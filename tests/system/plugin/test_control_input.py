"""Whose sandbox it is, and what the control interface refuses."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
import requests
import time_machine

from kit.builders.people import ALICE, BOB
from kit.transports.control import Control, answer
from proxymock.sandbox.command_table import COMMANDS, Command

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
OTHER = "111111111111"


class TestAccount:
    """Whose sandbox it is."""

    @pytest.mark.parametrize(
        "options",
        [
            {"json": {"Advance": 60, "AccountId": OTHER}},
            {"json": {"Advance": 60}, "params": {"AccountId": OTHER}},
            {"json": {"Advance": 60}, "headers": {"x-moto-account-id": OTHER}},
            {  # the query comes first, then the body, then the header
                "json": {"Advance": 60, "AccountId": "222222222222"},
                "params": {"AccountId": OTHER},
                "headers": {"x-moto-account-id": "333333333333"},
            },
        ],
    )
    def test_account_is_named(self, control: Control, options: dict[str, Any]) -> None:
        """By query, body or header; everybody else's time stands still."""
        with time_machine.travel(NOON, tick=False):
            control("POST", "clock", **options)

            times = {
                account_id: answer(control("GET", f"clock?AccountId={account_id}"))[1]
                for account_id in (OTHER, "123456789012", "222222222222")
            }

        noon = {"Now": "2026-01-02T12:00:00.000Z"}
        assert times == {
            OTHER: {"Now": "2026-01-02T12:01:00.000Z"},
            "123456789012": noon,
            "222222222222": noon,
        }

    @pytest.mark.parametrize("account_id", ["1", "12345678901x", "", 123456789012.5])
    def test_account_is_twelve_digits(self, control: Control, account_id: Any) -> None:
        """Anything else is refused."""
        response = control("POST", "calls", json={"AccountId": account_id})

        assert answer(response)[0] == 400
        assert answer(response)[1]["Message"].startswith("AccountId must be twelve")


BAD: list[tuple[str, str, dict[str, Any], str]] = [
    ("POST", "calls", {"json": {"From": ALICE}}, "To is required"),
    ("POST", "calls", {"json": {"From": ALICE, "To": 5}}, "To must be a string, not 5"),
    (
        "POST",
        "calls",
        {"json": {"From": ALICE, "To": BOB, "to": BOB}},
        "There is no member to; it takes From, To",
    ),
    (
        "POST",
        "calls",
        {"json": {"From": "Bob", "To": BOB}},
        "From must be a phone number such as +1 206 555 0100, not 'Bob'",
    ),
    (
        "POST",
        "calls",
        {"json": {"From": BOB, "To": "anonymous"}},
        "To must be a phone number such as +1 206 555 0100, not 'anonymous'",
    ),
    (
        "POST",
        "texts",
        {"json": {"From": "anonymous", "To": BOB, "Body": "Hi"}},
        "From must be a phone number: no text hides its sender's",
    ),
    ("POST", "texts", {"json": {"From": ALICE, "To": BOB}}, "Body is required"),
    ("GET", "masks?Region=us-east-1", {}, "There is no member Region; it takes no"),
    ("POST", "clock", {"json": {}}, "Either Advance or Set is required"),
    (
        "POST",
        "clock",
        {"json": {"Advance": 1, "Set": "2030-01-01T00:00:00Z"}},
        "Either Advance or Set is required",
    ),
    ("POST", "clock", {"json": {"Advance": "1"}}, "Advance must be a number"),
    ("POST", "clock", {"json": {"Advance": True}}, "Advance must be a number"),
    ("POST", "clock", {"json": {"Advance": 10**400}}, "Advance must be a number"),
    ("POST", "clock", {"json": {"Advance": -1}}, "The clock goes forwards only"),
    ("POST", "clock", {"json": {"Advance": 1e300}}, "Advance is too far"),
    ("POST", "clock", {"json": {"Set": "tomorrow"}}, "Set must be an instant"),
    ("POST", "faults", {"json": {"Operation": "X", "Error": "Y"}}, "has no operation"),
    (
        "POST",
        "faults",
        {
            "json": {
                "Operation": "GetProxySession",
                "Error": "NotFoundException",
                "Times": 1.5,
            }
        },
        "Times must be an integer",
    ),
    ("PUT", "state", {"json": {"FormatVersion": 3}}, "FormatVersion must be 2"),
    ("PUT", "settings", {"json": {"DeletedSessions": 1}}, "DeletedSessions must be"),
    (
        "PUT",
        "settings",
        {"json": {"deleted_sessions": "gone"}},
        "There is no member deleted_sessions; it takes ProxyNumbers, MaxSessionMinut",
    ),
    ("PUT", "settings", {"json": [1]}, "The body must be a JSON object"),
    ("PUT", "settings", {"data": "x=1"}, "Content-Type must be application/json"),
    (
        "POST",
        "calls",
        {"data": "{", "headers": {"Content-Type": "Application/JSON; charset=utf-8"}},
        "The body is not JSON",
    ),
    (
        "POST",
        "clock",
        {"data": '{"Advance": 1e999}', "headers": {"Content-Type": "application/json"}},
        "Advance must be a number, not Infinity",
    ),
    (
        "POST",
        "clock",
        {"data": b"\xff", "headers": {"Content-Type": "application/json"}},
        "The body is not Unicode in UTF-8",
    ),
    ("GET", "masks?AccountId=%ff", {}, "The query string is not UTF-8"),
]


@pytest.mark.parametrize(("method", "resource", "options", "message"), BAD)
def test_bad_input_changes_nothing(
    control: Control,
    proxy_connector_id: str,
    method: str,
    resource: str,
    options: dict[str, Any],
    message: str,
) -> None:
    """Bad input answers 400 in JSON, says what is wrong, and has no effect."""
    resources = ("state", "settings", "faults")
    before = [answer(control("GET", name)) for name in resources]

    status, error = answer(control(method, resource, **options))

    assert (status, error["Code"]) == (400, "BadRequest")
    assert message in error["Message"]
    assert [answer(control("GET", name)) for name in resources] == before


@pytest.mark.parametrize("resource", ["page", "call", "calls/", "calls/1/2", "//"])
def test_unknown_resource(control: Control, resource: str) -> None:
    """What there is not answers 404 in JSON and names what there is."""
    status, error = answer(control("GET", resource))

    assert (status, error["Code"]) == (404, "NotFound")
    assert error["Message"].endswith(f"only {', '.join(COMMANDS.paths())}")


METHODS = ("GET", "POST", "PUT", "DELETE", "PATCH")
NOT_TAKEN = [
    (method, resource)
    for resource in COMMANDS.paths()
    for method in METHODS
    if method not in COMMANDS.at(resource)
]


@pytest.mark.parametrize(("method", "resource"), NOT_TAKEN)
def test_other_methods(control: Control, method: str, resource: str) -> None:
    """A method that a resource does not take answers 405 and names those it takes."""
    response = control(method, resource)
    status, error = answer(response)

    taken = ", ".join(COMMANDS.at(resource))
    assert response.headers["Allow"] == taken
    assert (status, error) == (
        405,
        {
            "Code": "MethodNotAllowed",
            "Message": f"/moto-api/proxymock/{resource} takes {taken}, not {method}",
        },
    )


PAGED = [c for c in COMMANDS if any(m.name == "NextToken" for m in c.members)]


@pytest.mark.parametrize("token", ["x", "-1", "²", "9" * 5000])
@pytest.mark.parametrize("command", PAGED, ids=[c.path for c in PAGED])
def test_no_token(control: Control, command: Command[..., Any], token: str) -> None:
    """What is no token of a page is refused, however many digits it has."""
    required = {m.name: ALICE for m in command.members if m.required}
    response = control("GET", command.path, params={**required, "NextToken": token})

    message = "NextToken must be the token of the page before"
    assert answer(response) == (400, {"Code": "BadRequest", "Message": message})


class TestOrigin:
    """Requests that a browser makes for a web page."""

    @pytest.mark.parametrize("foreign", ["http://evil.example", "null", "http://["])
    def test_foreign_pages_are_refused(self, control: Control, foreign: str) -> None:
        """A page from elsewhere can neither read nor change anything."""
        responses = [
            control("GET", "state", headers={"Origin": foreign}),
            control("POST", "clock", json={"Advance": 1}, headers={"Origin": foreign}),
        ]

        assert [answer(response)[0] for response in responses] == [403, 403]

    def test_scheme_is_part_of_it(self, control: Control, origin: str) -> None:
        """A page of this host in another scheme is from elsewhere."""
        other = origin.replace("http:", "https:")

        response = control("GET", "masks", headers={"Origin": other})

        assert answer(response)[0] == 403

    def test_own_pages_are_served(self, control: Control, origin: str) -> None:
        """A page of the server itself may."""
        response = control(
            "GET",
            "masks",
            headers={"Origin": origin},
        )

        assert answer(response) == (200, {"Masks": []})


def test_reset_resets_the_sandbox(
    client: ChimeSDKVoiceClient,
    proxy_connector_id: str,
    control: Control,
    origin: str,
) -> None:
    """moto's reset takes clock, faults, log and settings of every account with it."""
    fault = {"Operation": "GetProxySession", "Error": "NotFoundException"}
    with time_machine.travel(NOON, tick=False):
        for account in ({}, {"AccountId": OTHER}):
            control("POST", "clock", json={"Advance": 60}, params=account)
            control("POST", "faults", json=fault, params=account)
            control("POST", "calls", json={"From": ALICE, "To": BOB}, params=account)
            control("PUT", "settings", json={"MaxSessionMinutes": 5}, params=account)

        requests.post(f"{origin}/moto-api/reset", timeout=10)

        for account in ({}, {"AccountId": OTHER}):
            assert [
                answer(control("GET", resource, params=account))[1]
                for resource in ("clock", "faults", "state")
            ] == [
                {"Now": "2026-01-02T12:00:00.000Z"},
                {"Faults": []},
                {"FormatVersion": 2},
            ]
            _, settings = answer(control("GET", "settings", params=account))
            assert settings["MaxSessionMinutes"] == 720
