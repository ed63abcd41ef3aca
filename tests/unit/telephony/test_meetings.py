"""Meetings, as far as the telephone goes."""

from __future__ import annotations

from typing import Any

import pytest

from kit.builders.call_events import DOWN, UP, data, event, hung_up, leg_a, participant
from kit.builders.telephones import Fails, Telephones, bridge, do, script, texts, told
from proxymock.telephony import network

JOIN = do("JoinChimeMeeting", JoinToken="token", MeetingId="meeting")


def meeting_leg(status: str) -> dict[str, Any]:
    """Return the leg to a meeting, as events show it."""
    return participant("LEG-B", "id-3", "+17035550122", "SMA", "Outbound", 0, status)


def test_meeting() -> None:
    """The meeting is leg B; with the caller both legs end, and one HANGUP says so."""
    phones = Telephones(script([JOIN]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "A")

    joined = data(
        "JoinChimeMeeting", JoinToken="token", MeetingId="meeting", CallId="id-2"
    )
    legs = (leg_a(DOWN), meeting_leg(DOWN))
    assert texts(call.events[1:]) == texts(
        [
            event(2, "ACTION_SUCCESSFUL", leg_a(UP), meeting_leg(UP), data=joined),
            event(3, "HANGUP", *legs, data=hung_up("LEG-A", "id-2")),
        ]
    )


def test_caller_leaves_the_meeting() -> None:
    """Hangup of the meeting's leg has no HANGUP, and the caller stays."""
    phones = Telephones(script([JOIN], [do("Hangup", ParticipantTag="LEG-B")]))

    call = phones.arrive()

    assert told(call)[2:] == ["ACTION_SUCCESSFUL Hangup"]
    assert call.open_legs == (call.leg("A"),)


def test_attendees() -> None:
    """Attendees are muted and unmuted on the meeting's leg."""
    change = {"MeetingId": "m", "AttendeeList": ["a", "b"]}
    mute = do("ModifyChimeMeetingAttendees", Operation="Mute", **change)
    change["AttendeeList"] = ["a"]
    unmute = do("ModifyChimeMeetingAttendees", Operation="Unmute", **change)
    phones = Telephones(script([JOIN, mute, unmute]))

    call = phones.arrive()

    assert call.leg("B").muted == ["b"]


@pytest.mark.parametrize("first", [[], [bridge()]])
def test_attendees_without_a_meeting(first: list[dict[str, Any]]) -> None:
    """A call that is in no meeting has no attendees."""
    change = {"MeetingId": "m", "AttendeeList": ["a"]}
    mute = do("ModifyChimeMeetingAttendees", Operation="Mute", **change)
    phones = Telephones(script([*first, mute]))

    call = phones.arrive()

    wrong = call.events[1]["ActionData"]["ErrorMessage"]
    assert wrong == "Call is not connected to Chime Meeting."


def test_call_to_a_meeting_that_the_function_ends() -> None:
    """With the caller, who gets 480, the leg to the meeting ends as it always does."""
    phones = Telephones(script([JOIN], Fails("timeout")))

    call = phones.arrive()

    assert [leg.sip_response_code for leg in call.legs] == [480, 0]


def test_meeting_ends_first() -> None:
    """When the meeting ends, HANGUP of leg B comes, and the caller is still there."""
    phones = Telephones(script([JOIN], [], [do("Hangup", ParticipantTag="LEG-A")]))
    call = phones.arrive()

    phones.do(call, network.hang_up, "B")

    legs = (meeting_leg(DOWN), leg_a(UP))
    over = event(3, "HANGUP", *legs, data=hung_up("LEG-B", "id-3"))
    assert texts(call.events[2:3]) == texts([over])
    assert told(call)[3:] == ["HANGUP Hangup"]
