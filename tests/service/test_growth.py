"""What has ended leaves nothing behind, however often it happens."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from proxymock.service.connector_settings import put_voice_connector_proxy
from proxymock.service.door import run_due
from proxymock.service.proxy_sessions import (
    create_proxy_session,
    delete_proxy_session,
    update_proxy_session,
)
from proxymock.service.voice_connectors import (
    create_voice_connector,
    delete_voice_connector,
)
from proxymock.service.voice_tone_analysis_tasks import start_voice_tone_analysis_task
from proxymock.state.ended_sessions import EndedSession
from proxymock.state.options import Options
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import VoiceConnector
from service.conftest import FakeAccount
from state import dump

# Few enough to meet again, so that the memory of pairs and numbers is full soon.
PEOPLE = [f"+1303555{n:04}" for n in range(100, 120)]


@pytest.fixture
def connector(store: Store, fake_account: FakeAccount) -> VoiceConnector:
    """A connector with few proxy numbers, but enough for everybody."""
    fake_account.options = Options(
        proxy_numbers=tuple(f"+12065550{n}" for n in range(150, 190)),
    )
    return make_connector(store)


def make_connector(store: Store) -> VoiceConnector:
    """Return a new connector that makes sessions of an hour."""
    made = create_voice_connector(store, name="Rides", require_encryption=True)
    put_voice_connector_proxy(
        store,
        voice_connector_id=made.voice_connector_id,
        default_session_expiry_minutes=60,
        phone_number_pool_countries=["US"],
    )
    return made


def make_session(store: Store, connector: VoiceConnector, *people: str) -> ProxySession:
    """Return a new session."""
    return create_proxy_session(
        store,
        voice_connector_id=connector.voice_connector_id,
        participant_phone_numbers=list(people),
        capabilities=["Voice"],
    )


def name_of(session: ProxySession) -> dict[str, str]:
    """Return what operations call a session."""
    return {
        "voice_connector_id": session.voice_connector_id,
        "proxy_session_id": session.proxy_session_id,
    }


def held(account: Account) -> int:
    """Return how many values an account holds, at any depth."""
    return values_in(dump(account, {}))


def values_in(dumped: Any) -> int:
    """Return how many values a dumped thing is."""
    if isinstance(dumped, dict):
        return sum(map(values_in, dumped.values()))
    if isinstance(dumped, list | tuple):
        return 1 + sum(map(values_in, dumped))
    return 1


def growth(account: Account, round: Callable[[], object]) -> int:
    """Return by how much an account grows from the second *round* to the tenth."""
    round()
    round()
    before = held(account)
    for _ in range(8):
        round()
    return held(account) - before


def test_sessions_that_are_deleted(store: Store, connector: VoiceConnector) -> None:
    """Sessions that come and go leave nothing but their pairs' numbers."""

    def round() -> None:
        sessions = [
            make_session(store, connector, one, other)
            for one in PEOPLE
            for other in PEOPLE
            if one < other
        ]
        for session in sessions:
            delete_proxy_session(store, **name_of(session))

    pairs = len(PEOPLE) * (len(PEOPLE) - 1) // 2
    assert growth(store.account, round) <= 0
    assert len(connector.proxy_sessions.sticky_numbers) == pairs


def test_new_pairs_are_remembered(store: Store, connector: VoiceConnector) -> None:
    """A pair that nobody had before costs its number, and for both how it ended."""
    people = (f"+1415555{n:04}" for n in range(10_000))

    def round() -> None:
        for _ in range(50):
            session = make_session(store, connector, next(people), next(people))
            delete_proxy_session(store, **name_of(session))

    pair, number = ("+14155550000", "+14155550001"), "+12065550150"
    ending = EndedSession(store.now(), 1, "id", pair)
    entries = [(pair, number), *((person, ending) for person in pair)]
    assert growth(store.account, round) == 8 * 50 * sum(map(values_in, entries))


def test_sessions_that_are_prolonged(store: Store, connector: VoiceConnector) -> None:
    """Each update of a length replaces the deadline."""
    session = make_session(store, connector, *PEOPLE[:2])

    def round() -> None:
        for minutes in range(100, 200):
            update_proxy_session(
                store,
                **name_of(session),
                capabilities=["Voice"],
                expiry_minutes=minutes,
            )

    assert growth(store.account, round) == 0


def test_sessions_that_expire(
    store: Store, fake_account: FakeAccount, connector: VoiceConnector
) -> None:
    """Whom nobody deletes is kept as Closed, and nothing else is of it."""

    def round() -> None:
        for one, other in zip(PEOPLE[::2], PEOPLE[1::2], strict=True):
            make_session(store, connector, one, other)
        fake_account.pass_time(minutes=60)
        run_due(store.account)
        for session in tuple(connector.proxy_sessions):
            delete_proxy_session(store, **name_of(session))

    assert growth(store.account, round) == 0


def test_analysis_tasks(store: Store, fake_account: FakeAccount) -> None:
    """An active task is forgotten with its connector, or after a week."""
    fake_account.transition = {"progression": "manual"}
    lasting = make_connector(store)

    def round() -> None:
        deleted = make_connector(store)
        for connector in (lasting, deleted):
            start_voice_tone_analysis_task(
                store,
                voice_connector_id=connector.voice_connector_id,
                transaction_id="call-1",
                language_code="en-US",
                client_request_token=connector.voice_connector_id,
            )
        delete_voice_connector(store, voice_connector_id=deleted.voice_connector_id)
        fake_account.pass_time(days=7)
        run_due(store.account)

    assert growth(store.account, round) == 0


def test_connectors_that_are_deleted(store: Store) -> None:
    """With a connector goes all that it had, its sessions' pairs too."""

    def round() -> None:
        connector = make_connector(store)
        session = make_session(store, connector, *PEOPLE[:2])
        delete_proxy_session(store, **name_of(session))
        delete_voice_connector(store, voice_connector_id=connector.voice_connector_id)

    assert growth(store.account, round) == 0
