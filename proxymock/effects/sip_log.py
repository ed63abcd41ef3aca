"""The SIP messages of a call, as the log of a voice connector has them.

DOCUMENTED: the members of a line. OBSERVED: that each message of both directions is a
line of its own. What is exchanged is RFC 3261's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from proxymock.effects.deliveries import LogEvent
from proxymock.effects.log_streams import SIP, log_event, logs, milliseconds
from proxymock.effects.occasions import Occasion
from proxymock.effects.passages import Passage, passages
from proxymock.effects.sip_messages import Dialog


def sip_log(occasion: Occasion) -> Iterator[LogEvent]:
    """Write what a connector and its telephone system tell each other.

    AWS: CE-31, CE-33.
    """
    found = passages(occasion.account, occasion.call)
    # Who calls hears of a ringing host after that has been called.
    for passage in sorted(found, key=lambda each: each.direction == "Outbound"):
        if logs(passage, SIP):
            for message in _exchanged(occasion, passage):
                values = {
                    "voice_connector_id": passage.voice_connector_id,
                    "aws_region": passage.store.region,
                    "event_timestamp": milliseconds(occasion.at),
                    "call_id": passage.call_id,
                    "sip_message": message,
                }
                yield log_event(passage, SIP, occasion.at, values)


def _exchanged(occasion: Occasion, passage: Passage) -> Iterator[str]:
    """Yield the messages of an occasion, none if it is of another leg's party."""
    call, leg, kind = occasion.call, occasion.leg, occasion.effect.kind
    calls = passage.direction == "Outbound"  # the telephone system
    # What is called after a way in has a leg of its own, if no application has it.
    if (calls or passage.of_application) == (leg is passage.leg):
        # Another host may be rung by now.
        dialled = occasion.effect.details.get("Host")
        at = None if calls else dialled or "".join(leg.hosts[:1])
        yield from _OWN[kind](occasion, Dialog.of(passage, at, leg.sip_headers))
    elif calls and call.target is None and occasion.effect.details.get("Rings"):
        first = call.legs[0]
        yield Dialog.of(passage, None, first.sip_headers).response(180)


def _arrived(occasion: Occasion, dialog: Dialog) -> Iterator[str]:
    yield dialog.invite()
    yield dialog.response(100)


def _dialled(occasion: Occasion, dialog: Dialog) -> Iterator[str]:
    yield dialog.invite()
    if occasion.effect.details["Reached"]:
        yield dialog.response(100)
    if occasion.effect.details["Rings"]:
        yield dialog.response(180)


def _answered(occasion: Occasion, dialog: Dialog) -> Iterator[str]:
    yield dialog.response(200)
    yield dialog.ack()


def _leg_ended(occasion: Occasion, dialog: Dialog) -> Iterator[str]:
    """Hang up, give up, or refuse."""
    by_caller, code = occasion.is_by_caller, occasion.final_response
    if occasion.leg.answered_at is not None:
        yield dialog.bye(by_caller=by_caller)
        yield dialog.response(200, "BYE", to_caller=by_caller)
    # What nobody has got is neither refused nor cancelled.
    elif occasion.effect.details["Reached"]:
        if by_caller:
            yield dialog.cancel()
            yield dialog.response(200, "CANCEL")
        yield dialog.response(code)
        yield dialog.ack(code)


_OWN: Mapping[str, Callable[[Occasion, Dialog], Iterator[str]]] = MappingProxyType(
    {
        "Arrived": _arrived,
        "Dialled": _dialled,
        "Answered": _answered,
        "LegEnded": _leg_ended,
    }
)
