"""Sequences of a bridged call, as they were recorded."""

from __future__ import annotations

from kit.builders.call_events import (
    DOWN,
    UP,
    bridged,
    data,
    event,
    hung_up,
    leg_a,
    leg_b,
)
from kit.builders.telephones import (
    LISTEN,
    NUMBER,
    SPEAK,
    Telephones,
    bridge,
    do,
    script,
    texts,
)
from proxymock.telephony import network


def test_keys_while_bridged() -> None:
    """A listener tells of keys, again and again, the leg that pressed them first."""
    listen_to_b = {**LISTEN, "Parameters": {**LISTEN["Parameters"]}}
    listen_to_b["Parameters"]["ParticipantTag"] = "LEG-B"
    phones = Telephones(script([bridge()], [listen_to_b]))
    call = phones.arrive()

    phones.do(call, network.press, "B", "5")
    phones.advance(1)

    heard = {
        "Type": "ReceiveDigits",
        "Parameters": {**listen_to_b["Parameters"], "CallId": "id-3"},
    }
    legs = (leg_a(UP), leg_b(UP))
    assert texts(call.events[2:]) == texts(
        [
            event(3, "ACTION_SUCCESSFUL", *legs, data={**heard, "ReceivedDigits": ""}),
            event(
                4,
                "DIGITS_RECEIVED",
                *reversed(legs),
                data={**heard, "ReceivedDigits": "5"},
            ),
        ]
    )


def test_take_back_and_transfer_by_update() -> None:
    """Hangup of one leg is told by HANGUP, then as done; a new B takes its place."""
    other = "+12065550133"
    hang_up_b = do("Hangup", ParticipantTag="LEG-B")
    phones = Telephones(script([bridge()], [], [hang_up_b], [], [SPEAK, bridge(other)]))
    call = phones.arrive()

    phones.do(call, network.update, {"take": "back"})

    endpoints = [{"BridgeEndpointType": "PSTN", "Uri": other}]
    again = bridged()
    again["Parameters"]["Endpoints"] = endpoints
    legs = (leg_a(UP), leg_b(DOWN))
    taken = data("CallUpdateRequest", Arguments={"take": "back"})
    done = data("Hangup", ParticipantTag="LEG-B", SipResponseCode=0, CallId="id-3")
    new = leg_b(UP, "id-4", to=other)
    assert texts(call.events[2:]) == texts(
        [
            event(3, "CALL_UPDATE_REQUESTED", leg_a(UP), leg_b(UP), data=taken),
            event(4, "HANGUP", *reversed(legs), data=hung_up("LEG-B", "id-3")),
            event(5, "ACTION_SUCCESSFUL", *legs, data=done),
            event(6, "ACTION_SUCCESSFUL", leg_a(UP), new, data=again),
        ]
    )
    assert call.connected_to == other
    assert call.leg("A").to_number == NUMBER


def test_living_leg_comes_first_after_hang_up() -> None:
    """Of two legs, the one that is left is the first of the event that it is done."""
    hang_up_a = do("Hangup", ParticipantTag="LEG-A")
    phones = Telephones(script([bridge()], [hang_up_a]))

    call = phones.arrive()

    legs = (leg_a(DOWN), leg_b(UP))
    done = data("Hangup", ParticipantTag="LEG-A", SipResponseCode=0, CallId="id-2")
    assert texts(call.events[2:]) == texts(
        [
            event(3, "HANGUP", *legs, data=hung_up("LEG-A", "id-2")),
            event(4, "ACTION_SUCCESSFUL", *reversed(legs), data=done),
        ]
    )
