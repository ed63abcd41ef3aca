from __future__ import annotations

from collections import Counter
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
)

from proxymock.api.errors import BadRequestException
from proxymock.service.connector_settings import put_voice_connector_proxy
from proxymock.service.proxy_sessions import (
    create_proxy_session,
    delete_proxy_session,
)
from proxymock.service.voice_connectors import create_voice_connector
from proxymock.state.numbering import Numbers, Pool
from proxymock.state.options import Options
from proxymock.state.proxy_sessions import ProxySession
from proxymock.state.store import Store
from service.conftest import FakeAccount

NUMBERS = (*(f"+1206555015{n}" for n in range(4)), "+12125550150", "+12125550151")


class TestPool:
    """Proxy numbers, ranked by use."""

    @given(st.lists(st.tuples(st.sampled_from(NUMBERS), st.booleans())))
    def test_ranks_as_sorting_would(self, changes: list[tuple[str, bool]]) -> None:
        """The least used numbers come first, and of these the lowest."""
        pool = Pool(Numbers.of(NUMBERS))
        uses: Counter[str] = Counter()
        for number, begins in changes:
            if begins or uses[number]:
                change = 1 if begins else -1
                pool.count(number, change)
                uses[number] += change

        ranked = sorted((uses[number], number) for number in NUMBERS)
        assert list(pool.ranked(())) == ranked
        in_206 = [r for r in ranked if r[1][:5] == "+1206"]
        assert pool.ranked_from("+1206", ()) == in_206

    @pytest.mark.parametrize("busy", [(), NUMBERS[:2], NUMBERS])
    def test_passes_over_what_is_avoided(self, busy: tuple[str, ...]) -> None:
        """Numbers to avoid are not among the ranked ones, in use or not."""
        pool = Pool(Numbers.of(NUMBERS))
        for number in NUMBERS:  # all of them have been used
            pool.count(number, 1)
            if number not in busy:
                pool.count(number, -1)
        avoided = {NUMBERS[1], NUMBERS[3], NUMBERS[4]}

        wanted = [r for r in pool.ranked(()) if r[1] not in avoided]

        assert list(pool.ranked(avoided)) == wanted
        assert pool.ranked_from("+1206", avoided) == [
            r for r in wanted if r[1][:5] == "+1206"
        ]

    @pytest.mark.parametrize("number", ["+12065550149", "+12065550154", "+19995550150"])
    def test_other_numbers_do_not_count(self, number: str) -> None:
        """A number that is not in the pool changes nothing."""
        pool = Pool(Numbers.of(NUMBERS))

        pool.count(number, 1)

        assert number not in pool
        assert list(pool.ranked(())) == [(0, n) for n in sorted(NUMBERS)]


PEOPLE = ("+13035550100", "+14165550101", "+16175550102", "+442079460000")
# 207 is an area of the US, and how many numbers of London begin.
PLACES = {
    "US": (*NUMBERS[2:], "+12075550150", "+12075550151"),
    "CA": ("+14165550150",),
    "GB": ("+442079460500", "+442079460501"),
}
CODES = {"US": "+1", "CA": "+1", "GB": "+44"}
COUNTRY_OF = {number: country for country in PLACES for number in PLACES[country]}
POOL = tuple(COUNTRY_OF)
pairs = st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=2, unique=True)


class Masking(RuleBasedStateMachine):
    """Sessions of two connectors in two regions, against a model that tries it all."""

    sessions = Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        account = FakeAccount(options=Options(proxy_numbers=POOL)).account()
        self.stores = [account.store(r) for r in ("us-east-1", "us-west-2")]
        self.ids = [self.connector(store) for store in self.stores]
        self.live: list[ProxySession] = []
        self.had: dict[tuple[str, tuple[str, ...]], list[str]] = {}

    def connector(self, store: Store) -> str:
        """Return the id of a connector with numbers of all places."""
        made = create_voice_connector(store, name="Rides", require_encryption=True)
        put_voice_connector_proxy(
            store,
            voice_connector_id=made.voice_connector_id,
            default_session_expiry_minutes=60,
            phone_number_pool_countries=list(PLACES),
        )
        return made.voice_connector_id

    @rule(
        target=sessions,
        where=st.sampled_from([0, 1]),
        people=pairs,
        behavior=st.sampled_from([None, "PreferSticky", "AvoidSticky"]),
        country=st.sampled_from(["", *PLACES]),
        area_code=st.sampled_from(["", "207", "416"]),
    )
    def begin(
        self,
        where: int,
        people: list[str],
        behavior: str | None,
        country: str,
        area_code: str,
    ) -> Any:
        """A session gets the number that the model says, or none."""
        id, pair = self.ids[where], tuple(sorted(people))
        earlier = self.had.setdefault((id, pair), [])
        expected = self.best(pair, earlier, behavior, (country, area_code))
        arguments: dict[str, Any] = {
            "voice_connector_id": id,
            "participant_phone_numbers": people,
            "capabilities": ["Voice"],
            "number_selection_behavior": behavior,
            "geo_match_params": {"Country": country, "AreaCode": area_code},
        }
        if expected is None:
            with pytest.raises(BadRequestException, match="No proxy phone number"):
                create_proxy_session(self.stores[where], **arguments)
            return multiple()
        session = create_proxy_session(self.stores[where], **arguments)
        assert session.proxy_phone_number == expected
        earlier.append(expected)
        self.live.append(session)
        return session

    def best(
        self,
        pair: tuple[str, ...],
        earlier: list[str],
        behavior: str | None,
        near: tuple[str, str],
    ) -> str | None:
        """Return the number that is best by the rules, read literally."""
        taken = {
            session.proxy_phone_number
            for session in self.live
            if set(session.participant_phone_numbers) & set(pair)
            and session.participant_phone_numbers != pair
        }
        uses = Counter(session.proxy_phone_number for session in self.live)
        country, area_code = near
        avoid = behavior == "AvoidSticky"

        def rank(number: str) -> tuple[object, ...]:
            in_country = country in ("", COUNTRY_OF[number])
            prefix = CODES[COUNTRY_OF[number]] + area_code
            return (
                avoid and number in earlier,
                avoid or earlier[-1:] != [number],
                not (area_code and in_country and number.startswith(prefix)),
                not in_country,
                uses[number],
                number,
            )

        return min((n for n in POOL if n not in taken), key=rank, default=None)

    @rule(session=consumes(sessions))
    def end(self, session: ProxySession) -> None:
        """A session that ends frees its number."""
        where = self.ids.index(session.voice_connector_id)
        delete_proxy_session(
            self.stores[where],
            voice_connector_id=session.voice_connector_id,
            proxy_session_id=session.proxy_session_id,
        )
        self.live.remove(session)

    @invariant()
    def nobody_has_two_counterparts_behind_a_number(self) -> None:
        """Who dials a proxy number reaches one person, in all live sessions."""
        counterparts: dict[tuple[str, str], set[str]] = {}
        for session in self.live:
            first, second = session.participant_phone_numbers
            for caller, other in ((first, second), (second, first)):
                dialled = caller, session.proxy_phone_number
                counterparts.setdefault(dialled, set()).add(other)

        assert [who for who, others in counterparts.items() if len(others) > 1] == []

    @invariant()
    def all_live_sessions_are_known(self) -> None:
        """The account knows its live sessions, and whom they are with."""
        numbering = self.stores[0].account.numbering

        assert sorted(s.sequence for s in numbering.live()) == [
            session.sequence for session in self.live
        ]
        for session in self.live:
            for participant in session.participant_phone_numbers:
                together = numbering.sessions(participant, session.proxy_phone_number)
                assert together == tuple(
                    other
                    for other in self.live
                    if other.participant_phone_numbers
                    == session.participant_phone_numbers
                    and other.proxy_phone_number == session.proxy_phone_number
                )


def test_model_runs_out_of_numbers() -> None:
    """Chance seldom comes so far: who has had all numbers gets none for another."""
    masking = Masking()
    for _ in POOL:
        masking.begin(0, [*PEOPLE[:2]], "AvoidSticky", "", "")

    masking.begin(1, [*PEOPLE[1:3]], None, "", "")

    assert len(masking.live) == len(POOL)


Masking.TestCase.settings = settings(max_examples=60, deadline=None)
TestMasking = Masking.TestCase


def test_stranger_reaches_nobody(store: Store) -> None:
    """Behind a number there are only the sessions of its participants."""
    numbering = store.account.numbering

    assert numbering.sessions("+12065550100", "+12015550150") == ()


def test_live_sessions_count_in_a_pool_that_comes_later(
    store: Store, fake_account: FakeAccount
) -> None:
    """With other settings, the sessions that are there still count as uses."""
    first, second = "+12065550150", "+12065550151"
    fake_account.options = Options(proxy_numbers=(first,))
    connector = create_voice_connector(store, name="Rides", require_encryption=True)
    id = connector.voice_connector_id
    put_voice_connector_proxy(
        store,
        voice_connector_id=id,
        default_session_expiry_minutes=60,
        phone_number_pool_countries=["US"],
    )

    def number(*people: str) -> str:
        return create_proxy_session(
            store,
            voice_connector_id=id,
            participant_phone_numbers=list(people),
            capabilities=["Voice"],
        ).proxy_phone_number

    assert number(*PEOPLE[:2]) == first
    fake_account.options = Options(proxy_numbers=(first, second))
    assert number(*PEOPLE[2:]) == second
