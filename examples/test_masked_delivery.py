"""The same tests for both ways to mask: whoever leaves one for the other needs them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import boto3
import pytest

from delivery import ANA, BEN, CLEO, HOTLINE, Deliveries, Person
from masked_by_function import (
    MASKING,
    DeliveriesByFunction,
    MaskingFunction,
    NoNumberLeft,
    play,
)
from proxymock import clock, functions, mock_aws, phone

STRANGER = "+16175550104"


class MaskedDeliveries(Protocol):
    """What both ways have in common."""

    def begin(self, order: int, customer: Person, courier: Person) -> str:
        """Mask two people to each other and return an id."""
        ...

    def number_for(self, person: Person, id: str, /) -> str:
        """Return the number that stands for the other one on a person's phone."""
        ...

    def finish(self, id: str, /) -> None:
        """Stop putting calls through."""
        ...


@pytest.fixture
def _aws() -> Iterator[None]:
    with mock_aws():
        yield


@pytest.fixture
def by_sessions(_aws: None) -> Deliveries:
    """A company that masks with proxy sessions."""
    return Deliveries(boto3.client("chime-sdk-voice", region_name="us-east-1"))


@pytest.fixture
def by_function(_aws: None) -> DeliveriesByFunction:
    """A company that masks with numbers and a function of its own."""
    dynamodb: Any = boto3.client("dynamodb", region_name="us-east-1")
    voice = boto3.client("chime-sdk-voice", region_name="us-east-1")
    functions.bind(MASKING, MaskingFunction(dynamodb).handle)
    return DeliveriesByFunction(voice, dynamodb, clock.now)


@pytest.fixture(params=["by_sessions", "by_function"])
def deliveries(request: pytest.FixtureRequest) -> MaskedDeliveries:
    """A company that masks in one way or the other."""
    company: MaskedDeliveries = request.getfixturevalue(request.param)
    return company


def test_both_know_one_number(deliveries: MaskedDeliveries) -> None:
    """Customer and courier know each other by the same number, which is neither's."""
    order = deliveries.begin(1, ANA, BEN)

    number = deliveries.number_for(ANA, order)
    assert deliveries.number_for(BEN, order) == number
    assert number not in {ANA.phone_number, BEN.phone_number}


@pytest.mark.parametrize(("caller", "callee"), [(ANA, BEN), (BEN, ANA)])
def test_each_reaches_the_other(
    deliveries: MaskedDeliveries, caller: Person, callee: Person
) -> None:
    """Who dials the number reaches the other one, who sees that number alone."""
    number = deliveries.number_for(caller, deliveries.begin(1, ANA, BEN))

    with phone.call(caller.phone_number, number) as call:
        assert call.outcome == "Connected"
        assert call.connected_to == callee.phone_number
        assert call.caller_id == number


@pytest.mark.parametrize("leg", ["A", "B"])
def test_both_legs_end_together(deliveries: MaskedDeliveries, leg: str) -> None:
    """Whoever hangs up, nobody stays on the line."""
    number = deliveries.number_for(ANA, deliveries.begin(1, ANA, BEN))
    call = phone.call(ANA.phone_number, number)

    call.hang_up(leg)

    assert call.ended
    assert call.open_legs == ()


def test_orders_of_one_courier_never_cross(deliveries: MaskedDeliveries) -> None:
    """A courier reaches each customer at a number of their own."""
    first, second = deliveries.begin(1, ANA, BEN), deliveries.begin(2, CLEO, BEN)

    reached = []
    for order in (first, second):
        with phone.call(BEN.phone_number, deliveries.number_for(BEN, order)) as call:
            reached.append(call.connected_to)

    assert reached == [ANA.phone_number, CLEO.phone_number]


def test_stranger_reaches_nobody(deliveries: MaskedDeliveries) -> None:
    """Who is not part of an order is rejected."""
    number = deliveries.number_for(ANA, deliveries.begin(1, ANA, BEN))

    call = phone.call(STRANGER, number)

    assert (call.outcome, call.ended, call.open_legs) == ("Rejected", True, ())


def test_number_leads_to_the_hotline_afterwards(deliveries: MaskedDeliveries) -> None:
    """After the delivery nobody is put through any more."""
    order = deliveries.begin(1, ANA, BEN)
    number = deliveries.number_for(ANA, order)

    deliveries.finish(order)

    with phone.call(ANA.phone_number, number) as call:
        assert call.connected_to == HOTLINE


def test_masks_expire(deliveries: MaskedDeliveries) -> None:
    """After 45 minutes nobody is put through any more."""
    number = deliveries.number_for(ANA, deliveries.begin(1, ANA, BEN))

    reached = []
    for minutes in (44, 1):
        clock.advance(minutes=minutes)
        with phone.call(ANA.phone_number, number) as call:
            reached.append(call.connected_to)

    assert reached == [BEN.phone_number, HOTLINE]


def test_pair_keeps_its_number(deliveries: MaskedDeliveries) -> None:
    """The next order of the same two has the number that they know."""
    orders = [deliveries.begin(1, ANA, BEN), deliveries.begin(2, CLEO, BEN)]
    number = deliveries.number_for(CLEO, orders[1])
    for order in orders:
        deliveries.finish(order)

    assert deliveries.number_for(CLEO, deliveries.begin(3, CLEO, BEN)) == number


class TestWhatDiffers:
    """What the tests of proxy sessions have and those of a function cannot have."""

    def test_texts_of_sessions(self, by_sessions: Deliveries) -> None:
        """A proxy session puts texts through."""
        number = by_sessions.number_for(ANA, by_sessions.begin(1, ANA, BEN))

        text = phone.text(BEN.phone_number, number, "Two minutes!")

        assert text.connected_to == ANA.phone_number

    def test_texts_have_no_replacement(self, by_function: DeliveriesByFunction) -> None:
        """A SIP media application takes calls alone, so a text reaches nobody."""
        number = by_function.number_for(ANA, by_function.begin(1, ANA, BEN))

        text = phone.text(BEN.phone_number, number, "Two minutes!")

        assert (text.outcome, text.connected_to) == ("Rejected", None)

    def test_courier_who_does_not_answer(
        self, by_function: DeliveriesByFunction
    ) -> None:
        """The function ends a call that nobody answers, or the caller would wait."""
        number = by_function.number_for(ANA, by_function.begin(1, ANA, BEN))
        phone.person(BEN.phone_number, answers="no answer")
        call = phone.call(ANA.phone_number, number)

        clock.advance(seconds=30)

        assert (call.ended, call.leg("A").sip_response_code) == (True, 480)

    def test_numbers_run_out(self, by_function: DeliveriesByFunction) -> None:
        """A courier has as many customers at a time as the company has numbers."""
        by_function.begin(1, ANA, BEN)
        by_function.begin(2, CLEO, BEN)

        with pytest.raises(NoNumberLeft):
            by_function.begin(3, Person("Dan", STRANGER), BEN)


def test_the_program_shows_a_call(capsys: pytest.CaptureFixture[str]) -> None:
    """The example runs as a program, too."""
    play()

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == (
        "Ana orders, Ben delivers. Both know each other as +12065550120. Ana calls:"
    )
    assert lines[-1] == f"After the delivery her call leads to {HOTLINE}."
