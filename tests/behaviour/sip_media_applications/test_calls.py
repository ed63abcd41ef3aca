"""Calls that a bound function handles, in this process and through the server."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kit.builders.desk import (
    ARN,
    CALLER,
    COURIER,
    action,
    answer,
    bridge,
    masking,
    open_desk,
    saying,
    told,
)
from kit.builders.sip import NUMBER
from proxymock.plugin.sandbox_client import Clock, Functions, Phone, Snapshot
from proxymock.sandbox import SandboxError

if TYPE_CHECKING:
    from mypy_boto3_chime_sdk_voice import ChimeSDKVoiceClient


@pytest.fixture
def desk(client: ChimeSDKVoiceClient) -> str:
    """The application that has the calls to NUMBER."""
    return open_desk(client)


@pytest.mark.usefixtures("desk")
class TestMaskedCall:
    """A caller is put through by a function."""

    def test_both_legs_end_together(self, phone: Phone, functions: Functions) -> None:
        """The function is told of each step in order, and ends the leg that is left."""
        functions.bind(ARN, masking)

        with phone.call(CALLER, NUMBER) as call:
            assert (call.outcome, call.connected_to, call.caller_id, call.status) == (
                "Connected",
                COURIER,
                NUMBER,
                "InProgress",
            )

        assert (call.status, call.open_legs, call.warnings) == ("Ended", (), ())
        assert told(call.events) == [
            "1 NEW_INBOUND_CALL",
            "2 ACTION_SUCCESSFUL CallAndBridge",
            "3 HANGUP LEG-A 0",
            "4 HANGUP LEG-B 0",
        ]
        assert [(leg.tag, leg.from_number, leg.to_number) for leg in call.legs] == [
            ("LEG-A", CALLER, NUMBER),
            ("LEG-B", NUMBER, COURIER),
        ]

    def test_forgotten_leg_stays(self, phone: Phone, functions: Functions) -> None:
        """A function that does not end the other leg leaves it up, and it shows."""
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(bridge())))

        with phone.call(CALLER, NUMBER) as call:
            pass

        assert [leg.tag for leg in call.open_legs] == ["LEG-B"]
        assert (call.ended, call.leg("A").status) == (False, "Disconnected")

    @pytest.mark.parametrize(
        ("answers", "code"),
        [("busy", 486), ("rejects", 486), ("unreachable", 480)],
    )
    def test_nobody_is_there(
        self, phone: Phone, functions: Functions, answers: str, code: int
    ) -> None:
        """Whoever does not take the call fails the bridge, and the caller stays."""
        phone.person(COURIER, answers=answers)
        functions.bind(ARN, masking)

        call = phone.call(CALLER, NUMBER)

        assert told(call.events) == [
            "1 NEW_INBOUND_CALL",
            "2 ACTION_FAILED CallAndBridge CallNotAnswered",
        ]
        assert call.leg("B").sip_response_code == code
        assert (call.outcome, call.connected_to) == (None, None)

    def test_nobody_answers(
        self, phone: Phone, functions: Functions, clock: Clock
    ) -> None:
        """Whoever rings for CallTimeoutSeconds without an answer fails the bridge."""
        phone.person(COURIER, answers="no answer")
        long = answer(bridge(CallTimeoutSeconds=20))
        functions.bind(ARN, saying(NEW_INBOUND_CALL=long))
        call = phone.call(CALLER, NUMBER)

        clock.advance(seconds=19)
        assert told(call.events) == ["1 NEW_INBOUND_CALL"]
        clock.advance(seconds=1)

        assert told(call.events)[1:] == [
            "2 ACTION_FAILED CallAndBridge CallNotAnswered"
        ]

    def test_answer_by_hand(self, phone: Phone, functions: Functions) -> None:
        """A test answers in somebody's place, and rejects."""
        phone.person(COURIER, answers="by hand")
        functions.bind(ARN, masking)

        taken, refused = phone.call(CALLER, NUMBER), phone.call(CALLER, NUMBER)
        assert taken.leg("B").status == "Ringing"
        taken.answer()
        refused.reject(sip_response_code=480)

        assert taken.connected_to == COURIER
        assert refused.leg("B").sip_response_code == 480

    def test_person_takes_their_time(
        self, phone: Phone, functions: Functions, clock: Clock
    ) -> None:
        """Somebody answers after so many seconds, and hangs up after so many."""
        phone.person(COURIER, after=5, hangs_up_after=60)
        functions.bind(ARN, masking)
        call = phone.call(CALLER, NUMBER)

        clock.advance(seconds=5)
        assert call.connected_to == COURIER
        clock.advance(seconds=60)

        assert told(call.events)[2:] == ["3 HANGUP LEG-B 0", "4 HANGUP LEG-A 0"]
        leg = call.leg("B")
        assert leg.answered_at is not None
        assert leg.ended_at is not None
        assert (leg.ended_at - leg.answered_at).total_seconds() == 60


@pytest.mark.usefixtures("desk")
class TestWhatOthersSee:
    """The call as a value."""

    def test_call_equals_its_log_entry(
        self, phone: Phone, functions: Functions
    ) -> None:
        """The log has calls and texts in order; a call equals what it shows of it."""
        functions.bind(ARN, masking)

        first = phone.call(CALLER, NUMBER)
        text = phone.text(CALLER, "+12065550150", "Hello")
        second = phone.call(COURIER, NUMBER)

        assert phone.log() == [first, text, second]
        assert phone.calls() == [first, second]
        assert len({first, second}) == 2
        assert first != second

    def test_call_is_no_text(self, phone: Phone, functions: Functions) -> None:
        """A call has all that an interaction has, and equals nothing else."""
        functions.bind(ARN, masking)

        call = phone.call(CALLER, NUMBER)

        assert (call.type, call.body) == ("Call", None)
        assert call != call.id
        assert call != phone.text(CALLER, "+12065550150", "Hello")

    def test_many_calls(self, phone: Phone) -> None:
        """All calls are listed, however many pages the server makes of them."""
        made = [phone.call(CALLER, NUMBER).id for _ in range(101)]

        assert [call.id for call in phone.calls()] == made

    def test_repr(self, phone: Phone, functions: Functions) -> None:
        """What is printed of a call begins with its status."""
        functions.bind(ARN, masking)

        call = phone.call(CALLER, NUMBER)

        begin = f"<Call InProgress: id='{call.id}', type='Call', from_number='{CALLER}'"
        assert repr(call).startswith(begin)

    def test_leg_that_never_was(self, phone: Phone) -> None:
        """There is a leg B once somebody has been dialled."""
        call = phone.call(CALLER, NUMBER)

        with pytest.raises(LookupError, match=f"Call '{call.id}' has no leg 'B'"):
            call.leg("B")

    def test_calls_by_status(self, phone: Phone, functions: Functions) -> None:
        """Calls are found by their status; another status is an error."""
        functions.bind(ARN, masking)
        with phone.call(CALLER, NUMBER) as over:
            pass
        talking = phone.call(CALLER, NUMBER)

        assert phone.calls("Ended") == [over]
        assert phone.calls("InProgress") == [talking]
        assert phone.calls("Ringing") == []
        with pytest.raises(
            SandboxError, match="Status must be one of Ringing, InProgress"
        ):
            phone.calls("Over")

    def test_rejected_caller(self, phone: Phone, functions: Functions) -> None:
        """A caller whom the function refuses at once has never been answered."""
        busy = action("Hangup", SipResponseCode=486)
        functions.bind(ARN, saying(NEW_INBOUND_CALL=answer(busy)))

        with phone.call(CALLER, NUMBER) as call:
            assert (call.outcome, call.ended) == ("Rejected", True)

        assert told(call.events) == ["1 NEW_INBOUND_CALL", "2 HANGUP LEG-A 486"]
        assert call.leg("A").answered_at is None


def test_log_is_saved(desk: str, phone: Phone, snapshot: Snapshot) -> None:
    """Calls and texts are in the order in which they began after a load, too."""
    for step in (1, 2):
        phone.call(CALLER, NUMBER)
        phone.text(CALLER, NUMBER, f"Text {step}")
    logged = [(each.type, each.body, each.id) for each in phone.log()]

    snapshot.load(snapshot.export())
    phone.call(COURIER, NUMBER)

    *again, newest = phone.log()
    assert [(each.type, each.body, each.id) for each in again] == logged
    assert newest.from_number == COURIER


def test_call_in_progress_is_saved(
    desk: str,
    phone: Phone,
    functions: Functions,
    clock: Clock,
    snapshot: Snapshot,
) -> None:
    """A call goes on where it was after the state was loaded."""
    phone.person(COURIER, answers="at once", hangs_up_after=60)
    functions.bind(ARN, masking)
    call = phone.call(CALLER, NUMBER)
    saved: dict[str, Any] = snapshot.export()
    call.hang_up()

    snapshot.load(saved)

    assert told(call.events) == [
        "1 NEW_INBOUND_CALL",
        "2 ACTION_SUCCESSFUL CallAndBridge",
    ]
    clock.advance(seconds=60)
    assert told(call.events)[2:] == ["3 HANGUP LEG-B 0", "4 HANGUP LEG-A 0"]
    assert [e["CallDetails"]["SipMediaApplicationId"] for e in call.events] == [
        desk
    ] * 4
