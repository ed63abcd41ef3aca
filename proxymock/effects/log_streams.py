"""The log groups of voice connectors, and where in them a line goes.

DOCUMENTED: "Monitoring the Amazon Chime SDK with CloudWatch" has the groups. OBSERVED:
the streams of SIP messages, and that the groups are there as soon as logging is on.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from types import MappingProxyType

from proxymock.effects.deliveries import JSON, LogEvent, LogGroup
from proxymock.effects.passages import Passage
from proxymock.state.store import Store
from proxymock.state.voice_connectors import Setting, VoiceConnector

SIP, MEDIA = "EnableSIPLogs", "EnableMediaMetricLogs"
_GROUPS: Mapping[str, str] = MappingProxyType(
    {
        SIP: "/aws/ChimeVoiceConnectorSipMessages",
        MEDIA: "/aws/ChimeVoiceConnectorLogs",
    }
)


def log_groups(
    store: Store, connector: VoiceConnector, setting: Setting
) -> Iterator[LogGroup]:
    """Name the groups that a logging configuration needs. AWS: CE-30."""
    for switch, group in _GROUPS.items():
        if setting[switch]:
            name = f"{group}/{connector.voice_connector_id}"
            yield LogGroup(at=store.now(), region=store.region, name=name)


def logs(passage: Passage, switch: str) -> bool:
    """Tell whether a connector logs a call. AWS: CE-31."""
    return not passage.masked and bool(
        passage.setting("LoggingConfiguration").get(switch)
    )


def log_event(passage: Passage, switch: str, at: datetime, values: JSON) -> LogEvent:
    """Return a line of JSON for a group's stream of the hour, in UTC. AWS: CE-32."""
    group = f"{_GROUPS[switch]}/{passage.voice_connector_id}"
    return LogEvent(
        at=at,
        region=passage.store.region,
        group=group,
        stream=f"{group[1:]}/{at:%Y-%m-%d-%H}",
        line=json.dumps(values, separators=(",", ":")),
    )


def milliseconds(at: datetime) -> int:
    """Return an instant as the log has it: milliseconds since 1970."""
    return round(at.timestamp() * 1000)
