"""Actions on meetings, as far as the telephone goes."""

from __future__ import annotations

from proxymock.telephony.legs import add_leg_b, connect
from proxymock.telephony.performing import Result, Turn, action

# OBSERVED in code that joins meetings; AWS's pages disagree whose number it is.
MEETING_NUMBER = "+17035550122"


@action("JoinChimeMeeting")
def join_chime_meeting(turn: Turn) -> Result:
    """Join a meeting, which is leg B from then on."""
    leg = add_leg_b(turn.now, MEETING_NUMBER, "SMA", [], kind="Meeting")
    # At once: nobody has to answer in a meeting.
    connect(turn.now, leg)
    return {}


@action("ModifyChimeMeetingAttendees")
def modify_chime_meeting_attendees(turn: Turn) -> Result:
    """Mute attendees of the meeting, or unmute them."""
    if turn.leg.kind != "Meeting":
        turn.refuse("NotInMeeting")
    muted = [each for each in turn.leg.muted if each not in turn.values["AttendeeList"]]
    if turn.values["Operation"] == "Mute":
        muted += turn.values["AttendeeList"]
    turn.leg.muted = muted
    return {}
