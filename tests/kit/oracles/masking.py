"""A small model of masked calling, to drive the API and the phone together against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from functools import cache
from itertools import count
from typing import Any

import boto3
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from proxymock import clock, phone, snapshot
from proxymock.plugin.transports import InProcess
from proxymock.sandbox.views import Interaction

NOON = datetime(2026, 1, 2, 12, tzinfo=timezone.utc)
PEOPLE = tuple(f"+1206555010{n}" for n in range(5))
POOL = tuple(f"+1206555015{n}" for n in range(3))
FALLBACK = "+12065550199"
ORDER = ("Open", "InProgress", "Closed")

people = st.sampled_from(PEOPLE)
capabilities = st.sets(st.sampled_from(["SMS", "Voice"]), min_size=1).map(sorted)


@cache
def client() -> Any:
    """Return the one client."""
    return boto3.client("chime-sdk-voice", region_name="us-east-1")


@dataclass
class Session:
    """What the model knows about a session."""

    id: str
    rank: int
    connector_id: str
    pair: frozenset[str]
    number: str
    capabilities: list[str]
    created: datetime
    minutes: int
    status: str = "Open"
    ended: datetime | None = None
    is_deleted: bool = False
    seen: list[str] = field(default_factory=list)

    @property
    def expires(self) -> datetime:
        """The instant of its expiry."""
        return self.created + timedelta(minutes=self.minutes)

    @property
    def ids(self) -> dict[str, str]:
        """What the API knows it by."""
        return {"VoiceConnectorId": self.connector_id, "ProxySessionId": self.id}

    def end(self, at: datetime) -> None:
        """Close it, once."""
        if self.ended is None:
            self.status, self.ended = "Closed", at


class Masking(RuleBasedStateMachine):
    """Five people, three proxy numbers, two connectors, one of them with a fallback."""

    made = Bundle("made")

    def __init__(self) -> None:
        super().__init__()
        self.travel = time_machine.travel(NOON, tick=False)
        self.travel.start()
        self.sessions: list[Session] = []
        self.ranks = count()

    def teardown(self) -> None:
        """Return to real time."""
        self.travel.stop()

    @initialize()
    def connect(self) -> None:
        """Begin with two connectors and nothing else."""
        snapshot.load({"FormatVersion": 1})
        InProcess().perform("PUT", "settings", None, {"ProxyNumbers": list(POOL)})
        self.connectors = [self.connector(FALLBACK), self.connector(None)]
        self.fallback = dict(zip(self.connectors, [FALLBACK, None], strict=True))

    def connector(self, fallback: str | None) -> str:
        """Return the id of a new connector."""
        answer = client().create_voice_connector(Name="Rides", RequireEncryption=True)
        id: str = answer["VoiceConnector"]["VoiceConnectorId"]
        client().put_voice_connector_proxy(
            VoiceConnectorId=id,
            DefaultSessionExpiryMinutes=60,
            PhoneNumberPoolCountries=["US"],
            **({"FallBackPhoneNumber": fallback} if fallback else {}),
        )
        return id

    def live(self) -> list[Session]:
        """Return the sessions whose time is not over."""
        now = clock.now()
        for session in self.sessions:
            if session.expires <= now:
                session.end(session.expires)
        return [session for session in self.sessions if session.ended is None]

    def behind(self, person: str, number: str) -> list[Session]:
        """Return a person's live sessions behind a number, the latest last."""
        return [s for s in self.live() if s.number == number and person in s.pair]

    @rule(
        target=made,
        which=st.integers(0, 1),
        pair=st.lists(people, min_size=2, max_size=2, unique=True),
        capabilities=capabilities,
        minutes=st.integers(1, 30),
        behaviour=st.sampled_from(["PreferSticky", "AvoidSticky"]),
    )
    def create(
        self,
        which: int,
        pair: list[str],
        capabilities: list[str],
        minutes: int,
        behaviour: str,
    ) -> Session | None:
        """A session gets a number that confuses nobody, if there is one."""
        free = {
            number
            for number in POOL
            if all(
                session.pair == set(pair)
                for person in pair
                for session in self.behind(person, number)
            )
        }
        try:
            answer = client().create_proxy_session(
                VoiceConnectorId=self.connectors[which],
                ParticipantPhoneNumbers=pair,
                Capabilities=capabilities,
                ExpiryMinutes=minutes,
                NumberSelectionBehavior=behaviour,
            )["ProxySession"]
        except client().exceptions.BadRequestException:
            assert free == set()
            return None
        number = answer["Participants"][0]["ProxyPhoneNumber"]
        assert number in free
        session = Session(
            id=answer["ProxySessionId"],
            rank=next(self.ranks),
            connector_id=self.connectors[which],
            pair=frozenset(pair),
            number=number,
            capabilities=capabilities,
            created=clock.now(),
            minutes=minutes,
        )
        self.sessions.append(session)
        return session

    @rule(
        session=made,
        capabilities=capabilities,
        minutes=st.none() | st.integers(1, 30),
    )
    def update(
        self, session: Session | None, capabilities: list[str], minutes: int | None
    ) -> None:
        """A live session takes capabilities and length; an ended one takes nothing."""
        if session is None or session.is_deleted:
            return
        is_live = session in self.live()
        members = {} if minutes is None else {"ExpiryMinutes": minutes}
        try:
            client().update_proxy_session(
                **session.ids, Capabilities=capabilities, **members
            )
        except client().exceptions.BadRequestException:
            assert not is_live
            return
        assert is_live
        session.capabilities = capabilities
        session.minutes = minutes or session.minutes
        if session.expires <= clock.now():
            session.end(clock.now())

    @rule(session=made)
    def delete(self, session: Session | None) -> None:
        """A deleted session has ended and cannot be found."""
        if session is None or session.is_deleted:
            return
        self.live()
        client().delete_proxy_session(**session.ids)
        session.end(clock.now())
        session.is_deleted = True

    @rule(minutes=st.integers(0, 20))
    def wait(self, minutes: int) -> None:
        """Time passes."""
        clock.advance(minutes=minutes)

    @rule()
    def store_and_load(self) -> None:
        """The state goes out and in again."""
        snapshot.load(snapshot.export())

    @rule(
        caller=people,
        number=st.sampled_from((*POOL, *PEOPLE)),
        capability=st.sampled_from(["SMS", "Voice"]),
    )
    def reach(self, caller: str, number: str, capability: str) -> None:
        """Who calls or texts reaches the other participant and nobody else."""
        sessions = self.behind(caller, number)
        able = [s for s in sessions if capability in s.capabilities]
        expected = self.ended_route(caller, number, capability)
        if able:
            (other,) = able[-1].pair - {caller}
            able[-1].status = "InProgress"
            expected = "Connected", other, number, able[-1].id
        elif sessions:
            expected = "Rejected", None, None, sessions[-1].id

        found: Interaction
        if capability == "Voice":
            found = phone.call(caller, number)
        else:
            found = phone.text(caller, number, "Hello")

        assert (
            found.outcome,
            found.connected_to,
            found.caller_id,
            found.proxy_session_id,
        ) == expected

    def ended_route(
        self, caller: str, number: str, capability: str
    ) -> tuple[str, str | None, str | None, str | None]:
        """Return where a call goes that no live session takes."""
        ended = [s for s in self.sessions if s.number == number and caller in s.pair]
        if not ended:
            return "Rejected", None, None, None
        last = max(ended, key=lambda s: (s.ended or NOON, s.rank))
        fallback = self.fallback[last.connector_id]
        if capability == "Voice" and fallback:
            return "Fallback", fallback, number, last.id
        return "Rejected", None, None, last.id

    @invariant()
    def nobody_has_two_counterparts_behind_a_number(self) -> None:
        """The masks of a person behind one number are all with the same other."""
        counterparts: dict[tuple[str, str], set[tuple[str, ...]]] = {}
        for mask in phone.masks():
            for person in mask.participants:
                key = person, mask.proxy_phone_number
                counterparts.setdefault(key, set()).add(mask.participants)

        assert [pairs for pairs in counterparts.values() if len(pairs) > 1] == []

    @invariant()
    def masks_are_the_live_sessions(self) -> None:
        """What is masked now is what the model says."""
        assert [
            (m.proxy_session_id, m.status, m.proxy_phone_number, m.expires_at)
            for m in phone.masks()
        ] == [(s.id, s.status, s.number, s.expires) for s in self.live()]

    @invariant()
    def status_never_goes_back(self) -> None:
        """The API shows the model's status, which only moves on."""
        self.live()
        for session in self.sessions:
            if session.is_deleted:
                continue
            found = client().get_proxy_session(**session.ids)["ProxySession"]
            assert found["Status"] == session.status
            assert found.get("EndedTimestamp") == session.ended
            session.seen.append(session.status)
            assert session.seen == sorted(session.seen, key=ORDER.index)
