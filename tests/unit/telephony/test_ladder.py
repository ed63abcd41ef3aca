"""The ladder of a call."""

from __future__ import annotations

from dataclasses import replace

from kit.builders.telephones import COURIER, Telephones, bridge, do, script
from proxymock.state.calls import Entry
from proxymock.telephony import network
from proxymock.telephony.ladder import ladder
from proxymock.telephony.people import Person

DRAWN = """\
              +12065550111                 Chime SDK                        masking    +12065550122
                    |                          |                               |             |
   0.000 s          |-- INVITE +12065550100 -->|                               |             |
   0.000 s          |                          |------ 1 NEW_INBOUND_CALL ---->|             |
   0.000 s          |                          |<---- Speak, CallAndBridge ----|             |
   0.000 s          |<-------- 200 OK ---------|                               |             |
   0.000 s          |<----- "One moment" ------|                               |             |
   0.000 s          |                          |--- INVITE +12065550122 from +12065550100 -->|
   0.000 s          |                          |<--------------- 180 Ringing ----------------|
   2.500 s          |                          |<------------------ 200 OK ------------------|
   2.500 s          |                          |-- 2 ACTION_SUCCESSFUL Call… ->|             |
   2.500 s          |                          |<--------- no actions ---------|             |
  60.000 s          |                          |<------------------- BYE --------------------|
  60.000 s          |                          |------- 3 HANGUP LEG-B 0 ----->|             |
  60.000 s          |                          |<----------- Speak ------------|             |
  60.000 s          | ! Actions[0].Parameters.Text is required
  60.000 s          |                          |-- 4 ACTION_FAILED Speak Mi… ->|             |
  60.000 s          |                          |<--------- no actions ---------|             |"""  # noqa: E501 - the ladder is as wide as a terminal


def test_masked_call() -> None:
    """Names stand on top; a line is a message, or what was heard, or what is wrong."""
    hello = do("Speak", Text="One moment")
    wrong = do("Speak", ParticipantTag="LEG-A")
    phones = Telephones(script([hello, bridge()], [], [wrong]))
    phones.people[COURIER] = Person(answers="at once", after=2.5)
    call = phones.arrive()
    phones.advance(60)

    phones.do(call, network.hang_up, "B")

    assert ladder(call) == DRAWN


def test_call_without_a_function() -> None:
    """Columns that nothing happened in are not drawn."""
    phones = Telephones(script())
    call = phones.arrive(targets=())

    phones.do(call, network.hang_up, "A")

    assert ladder(call).splitlines() == [
        "              +12065550111                 Chime SDK",
        "                    |                          |",
        "   0.000 s          |-- INVITE +12065550100 -->|",
        "   0.000 s          |--------- CANCEL -------->|",
    ]


def test_long_and_several_lined_texts() -> None:
    """What is said is one line, and no wider than a terminal; ``heard`` has it all."""
    said = "One\nmoment, " * 9
    phones = Telephones(script([do("Speak", Text=said), do("Hangup")]))

    call = phones.arrive()

    drawn = ladder(call).splitlines()
    assert drawn[6] == (
        '   0.000 s          |<- "One moment, One moment, One moment, One m… --|'
        "                         |"
    )
    assert max(map(len, drawn)) == 100
    assert call.leg("A").heard == [said]


def test_speech_between_narrow_columns() -> None:
    """What is said gets no more room than the other messages leave of a terminal."""
    to_a = do("Speak", Text="One moment, " * 9)
    to_b = do("Speak", Text="Two moments, " * 9, ParticipantTag="LEG-B")
    phones = Telephones(script([bridge()], [to_a, to_b]))

    call = phones.arrive()

    drawn = ladder(call).splitlines()
    assert [line.partition("|")[2] for line in drawn if "…" in line] == [
        "                          |-- 2 ACTION_SUCCESSFUL Call… ->|             |",
        '<- "One moment, One mo… --|                               |             |',
        '                          |-- "Two moments, Two moments, Two moments… ->|',
    ]
    assert max(map(len, drawn)) == 99


def test_long_name() -> None:
    """A name is as long as the messages that must be read let it be."""
    phones = Telephones(script([bridge()]))
    call = phones.arrive()
    assert call.target is not None
    long = f"{call.target.function_arn}-with-a-name-as-long-as-Lambda-allows"
    call.target = replace(call.target, function_arn=long)

    heading, _, *lines = ladder(call).splitlines()

    assert heading.split()[-2:] == ["masking-with-a-name-as-lo…", "+12065550122"]
    assert max(map(len, (heading, *lines))) == 99


def test_long_remark() -> None:
    """A remark goes on in the next lines, six at most, beside the first rail."""
    phones = Telephones(script([]))
    call = phones.arrive()
    wrong = f"Actions[0].Parameters.Text is wrong: {'word ' * 200}"
    call.entries.append(Entry(call.started_at, "function", None, wrong, wrong=True))

    *_, first, second, third, fourth, fifth, last = ladder(call).splitlines()

    assert first.startswith(
        "   0.000 s          | ! Actions[0].Parameters.Text is wrong: word word"
    )
    assert {line[:25] for line in (second, third, fourth, fifth, last)} == {
        "                    |   w"
    }
    assert last.endswith("word…")
    assert max(map(len, (first, second))) <= 100


def test_several_parties() -> None:
    """Who was leg B stands above it, one after the other; an outbound callee is A."""
    hang_up = do("Hangup", ParticipantTag="LEG-B")
    other = bridge("+12065550133")
    phones = Telephones(script([], [], [bridge(), hang_up, other]))

    call = phones.place()

    heading = ladder(call).splitlines()[0].split(maxsplit=3)
    assert heading[0] == "+12065550111"
    assert heading[3] == "masking  +12065550122, +12065550133"


def test_remark() -> None:
    """What cannot be seen from the messages is remarked with a star."""
    destination = {"Type": "S3", "BucketName": "b"}
    record = do(
        "RecordAudio", RecordingTerminators=[], RecordingDestination=destination
    )
    phones = Telephones(script([record]))

    call = phones.arrive()

    assert ladder(call).splitlines()[-1].strip() == (
        "0.000 s          | * LEG-A is recorded"
    )
