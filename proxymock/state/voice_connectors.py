"""Voice connectors with their settings and sessions, and groups of connectors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from proxymock.state.analysis_tasks import AnalysisTask
from proxymock.state.proxy_sessions import ConnectorSessions
from proxymock.state.tables import Indexed, Key, Ordered, Tagged
from proxymock.state.tags import Tags

Setting = Mapping[str, Any]  # a block that the API takes and answers as a whole


def outbound_host(voice_connector_id: str) -> str:
    """Return the host that the telephone system of a connector calls."""
    return f"{voice_connector_id}.voiceconnector.chime.aws"


@dataclass(kw_only=True, slots=True, eq=False)
class VoiceConnector:
    """A connector, with its settings and its proxy sessions.

    *streams* are the ARNs of those of its streams that no call uses now.
    """

    voice_connector_id: str
    aws_region: str
    name: str
    outbound_host_name: str
    require_encryption: bool
    created_timestamp: datetime
    updated_timestamp: datetime
    voice_connector_arn: str
    integration_type: str | None
    network_type: str
    sequence: int
    # By the names that the API has for their Put, such as Origination.
    settings: dict[str, Setting] = field(default_factory=dict)
    proxy_sessions: ConnectorSessions = field(default_factory=ConnectorSessions)
    analysis_tasks: Ordered[AnalysisTask] = field(default_factory=Ordered)
    streams: list[str] = field(default_factory=list)


class VoiceConnectors(Tagged[VoiceConnector]):
    """The connectors of a region."""

    def __init__(self, tags: Tags) -> None:
        super().__init__(
            "VoiceConnector", "voice_connector_id", "voice_connector_arn", tags
        )


@dataclass(kw_only=True, slots=True, eq=False)
class VoiceConnectorGroup:
    """Connectors of one account, with or without priorities."""

    voice_connector_group_id: str
    name: str
    voice_connector_items: list[Mapping[str, Any]]
    created_timestamp: datetime
    updated_timestamp: datetime
    voice_connector_group_arn: str
    call_distribution_type: str
    sequence: int

    @property
    def keys(self) -> set[Key]:
        """What it is found by: its connectors."""
        items = self.voice_connector_items
        return {("VoiceConnectorId", item["VoiceConnectorId"]) for item in items}


class VoiceConnectorGroups(Indexed[VoiceConnectorGroup]):
    """The groups of a region."""

    def __init__(self) -> None:
        super().__init__("VoiceConnectorGroup", "voice_connector_group_id")
