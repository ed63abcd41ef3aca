"""Which formats answer to which occasions. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from proxymock.effects.application_records import application_records
from proxymock.effects.call_records import call_records
from proxymock.effects.deliveries import Delivery
from proxymock.effects.log_streams import log_groups
from proxymock.effects.media_metrics import MINUTE, media_begins, media_metrics
from proxymock.effects.occasions import Format
from proxymock.effects.recordings import recording
from proxymock.effects.sip_log import sip_log
from proxymock.effects.streaming_events import ended, places, started
from proxymock.effects.streaming_records import streaming_records
from proxymock.effects.voice_analytics import (
    HEARD,
    POST_CALL,
    audio_over,
    call_over,
    heard,
    post_call,
    ready,
)
from proxymock.state.calls import Call
from proxymock.state.store import Account, Store
from proxymock.state.voice_connectors import Setting, VoiceConnector

Formats = Mapping[str, tuple[Format, ...]]
Needs = Callable[[Store, VoiceConnector, Setting], Iterator[Delivery]]

# What a call leaves behind whatever is switched on.
ALWAYS: Formats = MappingProxyType({"Recording": (recording,)})
# What one leaves behind if something is switched on; each format looks at its switch.
# Formats of an occasion deliver in this order.
ALL: Formats = MappingProxyType(
    {
        **ALWAYS,
        "Arrived": (sip_log,),
        "Dialled": (sip_log,),
        "Answered": (sip_log, started, ready, media_begins),
        "LegEnded": (
            *(sip_log, media_metrics, ended, audio_over),
            *(call_records, streaming_records, application_records),
        ),
        "CallEnded": (call_over,),
        MINUTE: (media_metrics,),
        HEARD: (heard,),
        POST_CALL: (post_call,),
    }
)
# What happens to calls; other occasions are those that formats ask for by ``Later``.
OF_CALLS = frozenset(
    {"Arrived", "Dialled", "Answered", "Tones", "LegEnded", "CallEnded", "Recording"}
)

# What a setting of a voice connector needs from the moment on that it is put.
SETTINGS: Mapping[str, tuple[Needs, ...]] = MappingProxyType(
    {"LoggingConfiguration": (log_groups,), "StreamingConfiguration": (places,)}
)


def can_come_later(kind: str) -> bool:
    """Tell whether a format may have asked for an occasion of this kind."""
    return kind in ALL and kind not in OF_CALLS


def formats_of(account: Account, call: Call) -> Formats:
    """Return the formats for a call, few if nothing is switched on where it passes."""
    if call.streaming:  # whatever has been switched off since
        return ALL
    # Loops, as this is asked at each step of each call.
    for store in account.stores.values():
        if store.global_settings:
            return ALL
    for passed in call.connectors.values():
        if passed.settings:
            return ALL
    return ALWAYS
