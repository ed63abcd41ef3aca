"""What the pytest fixtures give: a mocked AWS and the sandbox of one account."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypedDict

from moto import mock_aws, settings

from proxymock.api import spec
from proxymock.numbering_plan.countries import COUNTRIES
from proxymock.plugin import sending
from proxymock.plugin.function_host import HOST
from proxymock.plugin.isolation import (
    apart,
    client,
    direct_client,
    environment,
    new_account_id,
)
from proxymock.plugin.requests import calling_account, has_region
from proxymock.plugin.sandbox_client import Clock, Faults, Functions, Phone, Snapshot
from proxymock.plugin.transports import (
    OverHTTP,
    Transport,
    calling_as,
    default_transport,
)
from proxymock.sandbox.json_values import api_name
from proxymock.state import options

if TYPE_CHECKING:
    import pytest
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient
    from typing_extensions import Unpack


class Keywords(TypedDict, total=False):
    """The keywords of the marker, see ``Options``."""

    region: str
    countries: Sequence[str]
    expiry_minutes: int
    config: Mapping[str, Any]
    open_legs: str


@dataclass(frozen=True, kw_only=True)
class Options:
    """The keywords of the marker.

    Args:
        region: the region of the client and the voice connector.
        countries: the countries whose numbers the connector's sessions use, in ISO
            3166-1 alpha-2.
        expiry_minutes: the default length of the connector's sessions, in minutes.
        config: the settings, as in ``mock_aws(config={"proxymock": config})``.
        open_legs: ``"report"``, or ``"fail"`` if a test fails in the end for calls of
            which one leg is up although the other has hung up.

    Raises ValueError, which names the keyword and the values that it takes.
    """

    region: str = "us-east-1"
    countries: Sequence[str] = field(default_factory=lambda: ["US"])
    expiry_minutes: int = 60
    config: Mapping[str, Any] = field(default_factory=dict)
    open_legs: str = "report"

    @classmethod
    def of(cls, markers: Iterable[pytest.Mark]) -> Options:
        """Return the keywords of *markers*; a closer one comes before a further one."""
        known = [field.name for field in fields(cls)]
        keywords: dict[str, Any] = {}
        for marker in markers:
            unknown = [name for name in marker.kwargs if name not in known]
            if refused := ", ".join([*map(repr, marker.args), *unknown]):
                raise ValueError(
                    f"the marker proxymock takes {', '.join(known)}, not {refused}"
                )
            keywords = {**marker.kwargs, **keywords}
        return cls(**keywords)

    def __post_init__(self) -> None:
        if not has_region(self.region):
            listed = ", ".join(spec.regions())
            raise ValueError(f"region must be one of {listed}, not {self.region!r}")
        if not isinstance(self.countries, (list, tuple)) or any(
            country not in COUNTRIES for country in self.countries
        ):
            listed = ", ".join(COUNTRIES)
            raise ValueError(
                f"countries must be a list of some of {listed}, not {self.countries!r}"
            )
        if type(self.expiry_minutes) is not int or self.expiry_minutes < 1:
            raise ValueError(
                "expiry_minutes must be an integer of at least 1, "
                f"not {self.expiry_minutes!r}"
            )
        if self.open_legs not in ("report", "fail"):
            raise ValueError(
                f"open_legs must be 'report' or 'fail', not {self.open_legs!r}"
            )
        options.Options.of(self.config)


class Sandbox:
    """A mocked AWS in one account, with the tools that AWS has no call for.

    *phone*, *clock*, *faults*, *snapshot* and *functions* do for this account what the
    modules of ``proxymock`` do. *account_id* is twelve digits, and *region* is the
    region of *client*. In a fixture of a wider scope, or without pytest,
    ``Sandbox.mocked()`` makes a sandbox.
    """

    def __init__(self, options: Options, account_id: str, transport: Transport) -> None:
        self._options = options
        self._transport = transport
        self.account_id = account_id
        self.region = options.region
        self.phone = Phone(account_id, transport)
        self.clock = Clock(account_id, transport)
        self.faults = Faults(account_id, transport)
        self.snapshot = Snapshot(account_id, transport)
        self.functions = Functions(account_id, transport)
        config = {api_name(key): value for key, value in options.config.items()}
        transport.perform("PUT", "settings", account_id, config)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.account_id} in {self.region}>"

    @staticmethod
    @contextmanager
    def mocked(**options: Unpack[Keywords]) -> Iterator[Sandbox]:
        """Mock AWS inside of a ``with`` block, as the fixture ``proxymock`` does.

        *options* are the keywords of the marker. Raises ValueError for a bad one.
        """
        with in_process(Options(**options)) as sandbox:
            yield sandbox

    def complaint(self) -> str | None:
        """Say which calls have a leg that was forgotten, if the marker asks for it.

        Raises what a function in this process was left by, if nobody has seen it yet.
        """
        # First, since it says more than the leg that it has left open.
        HOST.raise_left()
        if self._options.open_legs == "report":
            return None
        found = [
            f"call {call.id}: {legs[0].tag} is up although the other leg has hung up\n"
            f"{call.ladder()}"
            for call in self.phone.calls()
            if len(legs := call.open_legs) == 1
            and any(leg.answered_at and leg.ended_at for leg in call.legs)
        ]
        return "\n".join(found) or None

    def ended_calls(self) -> list[str]:
        """Return which operations that AWS has ended the account has called."""
        members = {"Ended": True, "Called": True}
        found = self._transport.perform("GET", "operations", self.account_id, members)
        return [each["Operation"] for each in found["Operations"]]

    @cached_property
    def client(self) -> ChimeSDKVoiceClient:
        """A boto3 client of the service in *region*, made on first use."""
        made: ChimeSDKVoiceClient = client(
            "chime-sdk-voice",
            region_name=self.region,
            aws_access_key_id="proxymock",
            aws_secret_access_key="proxymock",
        )
        return made

    @cached_property
    def voice_connector_id(self) -> str:
        """The id of a voice connector with a proxy configuration, made on first use.

        Raises the client's ForbiddenException if proxy sessions are ``"retired"``.
        """
        answer = self.client.create_voice_connector(
            Name="proxymock", RequireEncryption=True
        )
        id = answer["VoiceConnector"]["VoiceConnectorId"]
        self.client.put_voice_connector_proxy(
            VoiceConnectorId=id,
            DefaultSessionExpiryMinutes=self._options.expiry_minutes,
            PhoneNumberPoolCountries=[*self._options.countries],
        )
        return id


class Credentials(TypedDict):
    """boto3's keywords for the credentials of the caller."""

    aws_access_key_id: str
    aws_secret_access_key: str
    aws_session_token: str


class ServerSandbox(Sandbox):
    """An account of its own on a server.

    *credentials* are the three keywords of boto3 that call as this account. A fixture
    of a wider scope makes one with ``ServerSandbox.on(proxymock_server_url)``.
    """

    def __init__(self, options: Options, account_id: str, endpoint_url: str) -> None:
        super().__init__(options, account_id, OverHTTP(endpoint_url))
        self.endpoint_url = endpoint_url
        sending.servers.add(endpoint_url)

    @staticmethod
    def on(endpoint_url: str, **options: Unpack[Keywords]) -> ServerSandbox:
        """Return the sandbox of a new account, as ``proxymock_server`` is.

        *endpoint_url* is the server's, such as ``http://127.0.0.1:5000``, and *options*
        are the keywords of the marker. Raises ValueError for a bad keyword, OSError if
        no server answers, and SandboxError if the server is no ``proxymock-server``.
        """
        return on_server(Options(**options), endpoint_url)

    @cached_property
    def credentials(self) -> Credentials:
        """The credentials of this account, for ``boto3.client(..., **credentials)``."""
        sts = direct_client(
            "sts",
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            aws_access_key_id="proxymock",
            aws_secret_access_key="proxymock",
        )
        # moto tells accounts apart by their access keys, and this makes one.
        answer = sts.assume_role(
            RoleArn=f"arn:aws:iam::{self.account_id}:role/proxymock",
            RoleSessionName="proxymock",
        )["Credentials"]
        return {
            "aws_access_key_id": answer["AccessKeyId"],
            "aws_secret_access_key": answer["SecretAccessKey"],
            "aws_session_token": answer["SessionToken"],
        }

    @cached_property
    def client(self) -> ChimeSDKVoiceClient:
        """A boto3 client of the service on the server, made on first use."""
        made: ChimeSDKVoiceClient = direct_client(
            "chime-sdk-voice",
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            **self.credentials,
        )
        return made


@contextmanager
def in_process(options: Options) -> Iterator[Sandbox]:
    """Mock AWS for a while, apart from any mock around it."""
    if settings.TEST_SERVER_MODE:
        with _on_motos_server(options) as sandbox:
            yield sandbox
        return
    # In this order: a mock takes its account and settings as it begins.
    with apart(), mock_aws(), sending.nowhere_else():
        yield Sandbox(options, calling_account(), default_transport())


@contextmanager
def _on_motos_server(options: Options) -> Iterator[Sandbox]:
    """Let the calls of this process come from a new account on moto's server."""
    sandbox = on_server(options, settings.test_server_mode_endpoint())
    variables = {name.upper(): str(v) for name, v in sandbox.credentials.items()}
    mock = mock_aws()
    # The mock is moto's way to send the calls of this process to its server.
    mock.start(reset=False)  # The server is not ours alone.
    try:
        with environment(variables), calling_as(sandbox.account_id):
            yield sandbox
    finally:
        sandbox.functions.close()
        mock.stop(remove_data=False)


def on_server(options: Options, endpoint_url: str) -> ServerSandbox:
    """Return the sandbox of a new account on the server.

    Raises ValueError if ``MOTO_ACCOUNT_ID`` allows one account only.
    """
    if settings.TEST_SERVER_MODE and "MOTO_ACCOUNT_ID" in os.environ:
        raise ValueError(
            "MOTO_ACCOUNT_ID must be unset with TEST_SERVER_MODE, or all tests would "
            "share one account of the server"
        )
    return ServerSandbox(options, new_account_id(), endpoint_url)
