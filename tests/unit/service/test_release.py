"""What sessions that end together leave behind."""

from __future__ import annotations

from kit.builders.accounts import FakeAccount
from proxymock.service.connector_settings import put_voice_connector_proxy
from proxymock.service.door import run_due
from proxymock.service.proxy_sessions import create_proxy_session
from proxymock.service.voice_connectors import create_voice_connector
from proxymock.state.options import Options
from proxymock.state.store import Store

FIRST, SECOND = "+12065550150", "+12065550151"


def connector_of(store: Store) -> str:
    """Return the id of a connector that makes sessions of an hour."""
    made = create_voice_connector(store, name="Rides", require_encryption=True)
    put_voice_connector_proxy(
        store,
        voice_connector_id=made.voice_connector_id,
        default_session_expiry_minutes=60,
        phone_number_pool_countries=["US"],
    )
    return made.voice_connector_id


def number_of(store: Store, connector_id: str, n: int, minutes: int) -> str:
    """Return the proxy number of the *n*-th pair's new session."""
    made = create_proxy_session(
        store,
        voice_connector_id=connector_id,
        participant_phone_numbers=[f"+1303555{n:04}", f"+1415555{n:04}"],
        capabilities=["Voice"],
        expiry_minutes=minutes,
    )
    return made.proxy_phone_number


def test_sessions_that_end_together_free_their_number(
    store: Store, fake_account: FakeAccount
) -> None:
    """A number that several sessions leave at once counts as used by none of them."""
    fake_account.options = Options(proxy_numbers=(FIRST,))
    connector_id = connector_of(store)
    together = [number_of(store, connector_id, n, 60) for n in range(100, 103)]
    fake_account.options = Options(proxy_numbers=(FIRST, SECOND))
    alone = number_of(store, connector_id, 103, 120)

    fake_account.pass_time(minutes=60)
    run_due(store.account)

    after = number_of(store, connector_id, 104, 60)
    assert (together, alone, after) == ([FIRST] * 3, SECOND, FIRST)
