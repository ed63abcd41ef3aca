"""One connector with a million proxy sessions, against one with a thousand.

Each call is a whole one but for boto3 and moto's way to us, which would hide what the
sessions cost. Both connectors are in one process, each in an account of its own.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta, timezone
from itertools import count
from random import Random
from time import process_time
from typing import Any

import time_machine
from botocore.awsrequest import AWSPreparedRequest
from botocore.compat import HTTPHeaders

from benchmarks.interleaved import Ratio, timed
from proxymock import mock_aws
from proxymock.api import paging, spec
from proxymock.sandbox.command_table import Command
from proxymock.sandbox.reads.overview import overview
from proxymock.sandbox.reads.sessions import sessions
from proxymock.service.door import run_due
from proxymock.service.proxy_sessions import create_proxy_session

HOST = "https://voice-chime.us-east-1.amazonaws.com"
LIST = spec.operation("ListProxySessions")
BAR = 1.5
# The sessions' lengths: longer than all this takes.
SHORTEST, LONGEST = 400, 720


class Connector:
    """A connector with many sessions, in an account of its own."""

    def __init__(self, account_id: str, size: int) -> None:
        self._headers = HTTPHeaders.from_dict({"x-moto-account-id": account_id})
        made = self.call("POST", "", Name="Rides", RequireEncryption=True)
        self._path = f"/{made['VoiceConnector']['VoiceConnectorId']}"
        self.call(
            "PUT",
            f"{self._path}/programmable-numbers/proxy",
            DefaultSessionExpiryMinutes=LONGEST,
            PhoneNumberPoolCountries=["US", "CA"],
        )
        self.size = size
        self._people = map("+1206{:07}".format, count(10**6))
        self._random = Random(size)
        self._ids = self._fill(account_id)

    def call(self, method: str, path: str, **members: Any) -> Any:
        """Have a request answered."""
        from proxymock.plugin.responses import answer

        url = f"{HOST}/voice-connectors{path}"
        body = json.dumps(members).encode() if members else b""
        request = AWSPreparedRequest(method, url, self._headers, body, False)
        status, _, answered = answer(request, url, self._headers)
        assert status < 300, answered
        return json.loads(answered) if answered else None

    def _fill(self, account_id: str) -> list[str]:
        from proxymock.plugin.models import chimesdkvoice_backends

        backend = chimesdkvoice_backends[account_id]["us-east-1"]
        store, self._simulation = backend.store, backend.simulation
        self._account = store.account
        self._sessions = store.voice_connectors[self._path[1:]].proxy_sessions
        return [
            create_proxy_session(
                store,
                voice_connector_id=self._path[1:],
                participant_phone_numbers=[next(self._people), next(self._people)],
                capabilities=["SMS", "Voice"],
                expiry_minutes=SHORTEST + n * (LONGEST - SHORTEST) // self.size,
            ).proxy_session_id
            for n in range(self.size)
        ]

    def _page(self, **filters: str) -> Any:
        """Read a page that begins behind any session."""
        # To walk through ten thousand pages for their tokens would take minutes.
        members = {"VoiceConnectorId": self._path[1:], **filters}
        session = self._sessions[self._random.choice(self._ids)]
        token = paging._token(LIST, members, session.sequence)
        query = "".join(f"&{name.lower()}={value}" for name, value in filters.items())
        self.call("GET", f"{self._path}/proxy-sessions?next-token={token}{query}")

    def _some(self) -> str:
        return f"{self._path}/proxy-sessions/{self._random.choice(self._ids)}"

    def get(self) -> None:
        """Read any session."""
        self.call("GET", self._some())

    def update(self) -> None:
        """Give any session another length."""
        minutes = self._random.randint(SHORTEST, LONGEST)
        self.call("POST", self._some(), Capabilities=["SMS"], ExpiryMinutes=minutes)

    def create_and_delete(self) -> None:
        """Make one more session, and delete it."""
        path = f"{self._path}/proxy-sessions"
        people = [next(self._people), next(self._people)]
        made = self.call(
            "POST", path, ParticipantPhoneNumbers=people, Capabilities=["SMS"]
        )
        self.call("DELETE", f"{path}/{made['ProxySession']['ProxySessionId']}")

    def page(self) -> None:
        """Read a page from anywhere."""
        self._page()

    def open_page(self) -> None:
        """Read a page of open sessions from anywhere."""
        self._page(Status="Open")

    def look_at_sessions(self) -> None:
        """Read a page as people see it."""
        session = self._sessions[self._random.choice(self._ids)]
        self._look(sessions, next_token=str(session.sequence))

    def look_at_all(self) -> None:
        """Read what goes on in the account."""
        self._look(overview)

    def _look(self, read: Command[..., Any], **arguments: Any) -> None:
        json.dumps(read.as_json(read.run(self._simulation, arguments)))

    def expire(self) -> float:
        """Let all sessions expire; return the seconds that each of them takes."""
        live = self._sessions.by_status["Open"]
        before, begin = len(live), process_time()
        with time_machine.travel(datetime.now(timezone.utc) + timedelta(days=1)):
            run_due(self._account)
        assert not live
        return (process_time() - begin) / before


@contextmanager
def ratios(size: int) -> Iterator[list[Ratio]]:
    """Yield the ratios of *size* sessions to a thousand, to be measured inside."""
    with mock_aws():
        few = Connector("111111111111", 1000)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        many = Connector("222222222222", size)
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{(after - before) * 1024 / size:.0f} bytes a session of {size:,}")

        def ratio(name: str, call: Callable[[Connector], None]) -> Ratio:
            return Ratio(
                name=name,
                bar=BAR,
                ours=lambda times: timed(lambda: call(many), times),
                theirs=lambda times: timed(lambda: call(few), times),
            )

        yield [
            ratio("get", Connector.get),
            ratio("update", Connector.update),
            ratio("create and delete", Connector.create_and_delete),
            ratio("page", Connector.page),
            ratio("page of open ones", Connector.open_page),
            ratio("GET sessions", Connector.look_at_sessions),
            ratio("GET overview", Connector.look_at_all),
        ]
        for connector in (few, many):  # which they can only once
            each = connector.expire() * 1e6
            print(f"{connector.size:,} expire at once, each in {each:.1f} µs")
