"""Calls of every kind, driven by chance: callers, keys, hang-ups, updates, a clock.

What a function answers is chance, too, and so is what happens while it works.
"""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from kit.builders.telephones import (
    COURIER,
    SECOND,
    START,
    TARGET,
    Telephones,
    answer,
    bridge,
    do,
    script,
)
from kit.oracles.event_schema import problems
from proxymock.state.calls import Call
from proxymock.telephony import invocations, network
from proxymock.telephony.ladder import ladder
from proxymock.telephony.people import HABITS, Person

OTHER = "+12065550133"
SOURCE = {"Type": "S3", "BucketName": "b", "Key": "k"}
DESTINATION = {"Type": "S3", "BucketName": "b"}
ACTIONS = [
    do("Hangup"),
    do("Hangup", ParticipantTag="LEG-A"),
    do("Hangup", ParticipantTag="LEG-B", SipResponseCode="486"),
    bridge(),
    bridge(OTHER, CallTimeoutSeconds=5),
    bridge("911a"),
    do("Speak", Text="Hello"),
    do("Speak", Text="Long"),
    do("Speak", ParticipantTag="LEG-B", Text="Hello"),
    do("PlayAudio", AudioSource=SOURCE, Repeat=2, PlaybackTerminators=["1"]),
    do("Pause", DurationInMilliseconds="3000"),
    do("SendDigits", Digits="12,3"),
    do(
        "SpeakAndGetDigits",
        SpeechParameters={"Text": "Long"},
        RepeatDurationInMilliseconds=4000,
        MinNumberOfDigits=2,
        Repeat=2,
    ),
    do(
        "ReceiveDigits",
        InputDigitsRegex="[12]",
        InBetweenDigitsDurationInMilliseconds=1000,
        FlushDigitsDurationInMilliseconds=3000,
    ),
    do("RecordAudio", RecordingTerminators=["#"], RecordingDestination=DESTINATION),
    do(
        "StartCallRecording",
        Track="BOTH",
        Destination={"Type": "S3", "Location": "bucket"},
    ),
    do("StopCallRecording"),
    do("JoinChimeMeeting", JoinToken="token"),
    do(
        "ModifyChimeMeetingAttendees",
        Operation="Mute",
        MeetingId="m",
        AttendeeList=["a"],
    ),
    do("VoiceFocus", Enable=True),
]
LISTS = st.lists(st.sampled_from(ACTIONS), max_size=3)
KEYS = st.text(alphabet="12#", min_size=1, max_size=3)
LEGS = st.sampled_from(["A", "B"])
STEPS: dict[str, Any] = {
    "answer": network.answer,
    "reject": network.reject,
    "hang_up": network.hang_up,
}


class Lines(RuleBasedStateMachine):
    """One call at a time, *line*; a new one begins when it has ended."""

    line: Call

    def __init__(self) -> None:
        super().__init__()
        self.phones = Telephones(script())
        self.phones.lengths = {"Long": 2, "s3://b/k": 1}
        self.heard: dict[str, list[str]] = {}

    def now(self) -> Any:
        """Return the moment of the call."""
        return self.phones.now(self.line)

    @initialize(inbound=st.booleans(), fails_over=st.booleans())
    def first(self, inbound: bool, fails_over: bool) -> None:
        """Let the first call begin."""
        self.begin(inbound, fails_over)

    @precondition(lambda self: self.line.ended)
    @rule(inbound=st.booleans(), fails_over=st.booleans())
    def begin(self, inbound: bool, fails_over: bool) -> None:
        """Let a call come in, or an application call somebody."""
        targets = [TARGET, SECOND] if fails_over else [TARGET]
        if inbound:
            self.line = self.phones.arrive(targets=targets, runs=False)
        else:
            self.line = self.phones.place(n="1", runs=False)
        self.heard = {}

    @rule(
        number=st.sampled_from([COURIER, OTHER, "+12065550111"]),
        answers=st.sampled_from([*["at once"] * 4, *HABITS]),
        after=st.sampled_from([0, 2, 40]),
        stays=st.sampled_from([None, 0, 7]),
    )
    def person(
        self, number: str, answers: str, after: float, stays: float | None
    ) -> None:
        """Let somebody take calls in another way."""
        self.phones.people[number] = Person(
            answers=answers, after=after, hangs_up_after=stays
        )

    @rule()
    def invoke(self) -> None:
        """Invoke the function, unless it is at work or there is nothing to tell."""
        busy = self.line.invocation is not None
        invocation = invocations.next_invocation(self.now())
        assert not (busy and invocation is not None)
        if invocation is not None:
            assert problems(invocation.event) == []

    @rule(actions=LISTS, attributes=st.sampled_from([None, {}, {"a": 1}]))
    def function_answers(self, actions: list[Any], attributes: Any) -> None:
        """Let the function answer, and let it have nothing to say to what follows."""
        given = answer(*deepcopy(actions), TransactionAttributes=attributes)
        self.invoke()
        while self.line.invocation is not None:
            invocations.answered(self.now(), self.line.invocation, given)
            given = answer()
            self.invoke()

    @rule(to=st.sampled_from([COURIER, OTHER]))
    def function_bridges(self, to: str) -> None:
        """Let the function answer with a bridge, which is what most calls are for."""
        self.function_answers([bridge(to)], None)

    @precondition(lambda self: self.line.invocation is not None)
    @rule(how=st.sampled_from(["error", "unusable", "answer", "timeout"]))
    def function_ends(self, how: str) -> None:
        """Let the function fail, answer what cannot be used, or one thing only."""
        assert self.line.invocation is not None
        if how in invocations.FAILURES:
            invocations.failed(self.now(), self.line.invocation, how)
        else:
            given = answer(*ACTIONS[:1]) if how == "answer" else None
            invocations.answered(self.now(), self.line.invocation, given)

    @rule(step=st.sampled_from(list(STEPS)), leg=LEGS)
    def party(self, step: str, leg: str) -> None:
        """Let a party do something, if it can."""
        before = repr(self.line)
        try:
            STEPS[step](self.now(), leg)
        except (network.NotPossible, LookupError):
            assert repr(self.line) == before

    @rule(keys=KEYS, leg=LEGS)
    def press(self, keys: str, leg: str) -> None:
        """Let a party press keys, if it can."""
        before = repr(self.line)
        try:
            network.press(self.now(), leg, keys)
        except (network.NotPossible, LookupError):
            assert repr(self.line) == before

    @precondition(lambda self: not self.line.ended)
    @rule()
    def update(self) -> None:
        """Update the call."""
        network.update(self.now(), {"n": "1"})

    @rule(seconds=st.sampled_from([0.0, 1, 3, 10, 31]))
    def wait(self, seconds: float) -> None:
        """Let time pass, and all that falls due in it."""
        until = self.phones.at + timedelta(seconds=seconds)
        ran = START
        while moment := network.run_first_due(self.line, until, self.phones):
            assert ran <= moment.at <= until
            ran = moment.at
        self.phones.at = until

    @rule()
    def save_and_load(self) -> None:
        """Go on with a copy: nothing rests on what is not in the data."""
        json.dumps(asdict(self.line), default=str)
        self.line = deepcopy(self.line)

    @invariant()
    def events_are_in_order(self) -> None:
        """The sequence counts up, and begins again with another application."""
        expected = 0
        region = None
        for event in self.line.events:
            if event["CallDetails"]["AwsRegion"] != region:
                expected, region = 0, event["CallDetails"]["AwsRegion"]
            expected += 1
            assert event["Sequence"] == expected

    @invariant()
    def nobody_is_heard_of_after_the_end(self) -> None:
        """A leg hears nothing after its end, is never up again, and hangs up once."""
        for leg in self.line.legs:
            if not leg.is_open:
                assert self.heard.setdefault(leg.call_id, [*leg.heard]) == leg.heard
                assert leg.listener is None
        gone: set[str] = set()
        hung_up = []
        for event in self.line.events:
            for each in event["CallDetails"]["Participants"]:
                is_down = each.get("Status") == "Disconnected"
                assert is_down or each["CallId"] not in gone
                gone |= {each["CallId"]} if is_down else set()
            if event["InvocationEventType"] == "HANGUP":
                hung_up.append(event["ActionData"]["Parameters"]["CallId"])
        assert len(hung_up) == len(set(hung_up))

    @invariant()
    def calls_end_with_their_last_leg(self) -> None:
        """A call is over when no leg is open; then nothing is left to do."""
        call = self.line
        assert call.ended == (not call.open_legs)
        if call.ended:
            left = (call.running, call.actions, call.pending, call.due, call.updates)
            assert left == (None, [], [], [], [])
        assert all(call.leg_with(due.call_id).is_open for due in call.due)
        assert len(call.open_legs) <= 2

    @invariant()
    def legs_are_those_that_were_dialled(self) -> None:
        """Whoever is leg B was called, or is a meeting."""
        dialled = {
            (e.details["CallId"], e.details["To"])
            for e in self.line.effects
            if e.kind == "Dialled"
        }
        for leg in self.line.legs[1:]:
            assert leg.kind == "Meeting" or (leg.call_id, leg.to_number) in dialled

    @invariant()
    def ladder_has_every_entry(self) -> None:
        """The ladder has a time for each entry, and is no wider than a terminal."""
        lines = ladder(self.line).splitlines()
        times = [line for line in lines[2:] if line[:10].strip()]
        assert len(times) == len(self.line.entries)
        assert max(map(len, lines)) <= 100
