"""The commands that make what an empty view would show, with this server's address."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace

from proxymock.inspector import credentials, quoting
from proxymock.inspector.visit import Visit

PATH = "/moto-api/proxymock/"
RIDER, DRIVER = "+12065550101", "+14155550102"
_AWS = "aws chime-sdk-voice"
_CONNECTOR = f"""\
id=$({_AWS} create-voice-connector --name Rides --require-encryption \
--query VoiceConnector.VoiceConnectorId --output text)"""
_PROXY = f"""\
{_AWS} put-voice-connector-proxy --voice-connector-id "$id" \
--default-session-expiry-minutes 60 --phone-number-pool-countries US"""
_ORDER = f"""\
number=$({_AWS} search-available-phone-numbers --area-code 206 --max-results 1 \
--query 'E164PhoneNumbers[0]' --output text)
{_AWS} create-phone-number-order --product-type VoiceConnector \
--e164-phone-numbers "$number\""""
# What a shell puts into the quoted text of a command.
_NUMBER = "$number"


@dataclass(frozen=True, slots=True)
class Samples:
    """Commands for a shell, by what they make, for two people."""

    visit: Visit
    first: str = RIDER
    second: str = DRIVER

    def between(self, first: str, second: str | None = None) -> Samples:
        """Return the commands for other people, for the first one at least."""
        other = RIDER if first == DRIVER else DRIVER
        return replace(self, first=first, second=second or other)

    def calling(self, number: str) -> str:
        """Return the command for a call of the first person to a number."""
        return self._control("POST", "calls", From=self.first, To=number)

    @property
    def connector(self) -> str:
        """A voice connector."""
        return self._aws(_CONNECTOR)

    @property
    def session(self) -> str:
        """A proxy session, of a connector of its own."""
        return self._aws(_CONNECTOR, _PROXY, self._creation)

    @property
    def call(self) -> str:
        """A call in progress, by a proxy session of its own."""
        return self._masked(self.calling(_NUMBER))

    @property
    def text(self) -> str:
        """A text that arrives, likewise."""
        return self._masked(
            self._control(
                "POST", "texts", From=self.first, To=_NUMBER, Body="On my way"
            )
        )

    @property
    def request(self) -> str:
        """A request to the service."""
        return self._aws(f"{_AWS} list-voice-connectors")

    @property
    def order(self) -> str:
        """A phone number of the account."""
        return self._aws(_ORDER)

    @property
    def fault(self) -> str:
        """An error that waits for a call."""
        return self._control(
            "POST",
            "faults",
            Operation="CreateProxySession",
            Error="ThrottledClientException",
        )

    @property
    def function(self) -> str:
        """A function that another program serves."""
        account_id = self.visit.simulation.account.account_id
        return self._control(
            "POST",
            "functions",
            FunctionArn=f"arn:aws:lambda:us-east-1:{account_id}:function:masking",
            Url="http://127.0.0.1:3001",
        )

    @property
    def person(self) -> str:
        """Somebody who takes calls otherwise than at once."""
        return self._control("PUT", "people", Number=self.second, Answers="by hand")

    @property
    def save(self) -> str:
        """The state of the account, as a file."""
        return f"curl -o state.json {shlex.quote(self._url('state'))}"

    @property
    def load(self) -> str:
        """The state of a file, in the account."""
        header = "Content-Type: application/json"
        words = ["-X", "PUT", "-H", header, "--data-binary", "@state.json"]
        return shlex.join(["curl", *words, self._url("state")])

    @property
    def _creation(self) -> str:
        return (
            f'{_AWS} create-proxy-session --voice-connector-id "$id" '
            f"--participant-phone-numbers {shlex.join([self.first, self.second])} "
            "--capabilities Voice SMS"
        )

    def _masked(self, command: str) -> str:
        """Return a command that needs the *number* of a session, after the session."""
        query = "--query 'ProxySession.Participants[0].ProxyPhoneNumber' --output text"
        created = f"number=$({self._creation} {query})"
        filled = command.replace(_NUMBER, f"'\"{_NUMBER}\"'")
        return self._aws(_CONNECTOR, _PROXY, created, filled)

    def _aws(self, *lines: str) -> str:
        return "\n".join([credentials.for_shell(self.visit), *lines])

    def _control(self, method: str, path: str, **members: str) -> str:
        return quoting.curl(method, self._url(path), members)

    def _url(self, path: str) -> str:
        account_id = self.visit.simulation.account.account_id
        return f"{self.visit.server}{PATH}{path}?AccountId={account_id}"
