"""What the pytest fixtures give: a mocked AWS and the sandbox of one account."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cached_property
from subprocess import PIPE, Popen
from threading import Thread
from typing import TYPE_CHECKING, Any, TypedDict
from uuid import uuid4

import boto3
from moto import mock_aws, settings

from proxymock.api import spec
from proxymock.numbering_plan.countries import COUNTRIES
from proxymock.plugin.callers import calling_account
from proxymock.plugin.control_client import Connection, OverHTTP, default_connection
from proxymock.plugin.tools import Clock, Faults, Phone, Snapshot
from proxymock.sandbox.wire import wire_name
from proxymock.state import options

if TYPE_CHECKING:
    import pytest
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@dataclass(frozen=True, kw_only=True)
class Options:
    """The keywords of the marker.

    Args:
        region: where the client and the voice connector are.
        countries: the countries whose numbers the connector's sessions use.
        expiry_minutes: how long its sessions last by default.
        config: the settings, as in ``mock_aws(config={"proxymock": config})``.

    Raises ValueError.
    """

    region: str = "us-east-1"
    countries: Sequence[str] = field(default_factory=lambda: ["US"])
    expiry_minutes: int = 60
    config: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, markers: Iterable[pytest.Mark]) -> Options:
        """Return the keywords of *markers*; a closer one comes before a further one."""
        known = [field.name for field in fields(cls)]
        keywords: dict[str, Any] = {}
        for marker in markers:
            if marker.args or not marker.kwargs.keys() <= set(known):
                given = ", ".join([*map(repr, marker.args), *marker.kwargs])
                raise ValueError(
                    f"the marker proxymock takes {', '.join(known)}, not {given}"
                )
            keywords = {**marker.kwargs, **keywords}
        return cls(**keywords)

    def __post_init__(self) -> None:
        if self.region not in spec.regions():
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
        options.Options.of(self.config)


class Sandbox:
    """A mocked AWS, and what AWS has no call for, in one account.

    *phone*, *clock*, *faults* and *snapshot* are the modules of ``proxymock`` for this
    account.
    """

    def __init__(
        self, options: Options, account_id: str, connection: Connection
    ) -> None:
        self._options = options
        self.account_id = account_id
        self.region = options.region
        self.phone = Phone(account_id, connection)
        self.clock = Clock(account_id, connection)
        self.faults = Faults(account_id, connection)
        self.snapshot = Snapshot(account_id, connection)
        config = {wire_name(key): value for key, value in options.config.items()}
        connection.perform("PUT", "settings", account_id, config)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self.account_id} in {self.region}>"

    @cached_property
    def client(self) -> ChimeSDKVoiceClient:
        """A client of the service."""
        return boto3.client("chime-sdk-voice", region_name=self.region)

    @cached_property
    def voice_connector_id(self) -> str:
        """A voice connector that makes proxy sessions."""
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
    """boto3's keywords for who calls."""

    aws_access_key_id: str
    aws_secret_access_key: str
    aws_session_token: str


class ServerSandbox(Sandbox):
    """An account of its own on a server.

    *credentials* are the three keywords of boto3 that call as this account.
    """

    def __init__(self, options: Options, account_id: str, endpoint_url: str) -> None:
        super().__init__(options, account_id, OverHTTP(endpoint_url))
        self.endpoint_url = endpoint_url

    @cached_property
    def credentials(self) -> Credentials:
        """What ``boto3.client(..., **credentials)`` takes."""
        sts = boto3.client(
            "sts",
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            aws_access_key_id="proxymock",
            aws_secret_access_key="proxymock",
        )
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
        """A client of the service on the server."""
        return boto3.client(
            "chime-sdk-voice",
            region_name=self.region,
            endpoint_url=self.endpoint_url,
            **self.credentials,
        )


@contextmanager
def in_process(options: Options) -> Iterator[Sandbox]:
    """Mock AWS for a while."""
    with mock_aws():
        yield Sandbox(options, calling_account(), default_connection())


@contextmanager
def running_server() -> Iterator[str]:
    """Run a server for a while, unless moto is told to use one; yield its URL.

    Raises ValueError, which says why, if it does not begin.
    """
    if settings.TEST_SERVER_MODE:
        yield settings.test_server_mode_endpoint()
        return
    # A process of its own, or each mock_aws that begins in this one would reset it.
    command = [sys.executable, "-m", "proxymock", "--port", "0"]
    with Popen(command, stderr=PIPE, text=True) as process:
        assert process.stderr is not None
        url = _url(process.stderr)
        rest = Thread(target=process.stderr.read)  # or the server would wait for us
        rest.start()
        try:
            yield url
        finally:
            process.terminate()
            rest.join()


def _url(lines: Iterable[str]) -> str:
    """Return where the server listens that says so in one of these *lines*."""
    line = "it ended at once"
    for line in lines:
        found = re.match(r"Running on (\S+)", line)
        if found is not None:
            return found[1]
    raise ValueError(f"the server does not begin: {line.strip()}")


def on_server(options: Options, endpoint_url: str) -> ServerSandbox:
    """Return the sandbox of an account that nobody else has.

    Raises ValueError if there can only be one account.
    """
    if "MOTO_ACCOUNT_ID" in os.environ:
        raise ValueError("MOTO_ACCOUNT_ID must be unset for accounts of one's own")
    return ServerSandbox(options, f"{uuid4().int % 10**12:012}", endpoint_url)
