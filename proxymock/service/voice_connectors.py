"""Voice connectors, and the regions that have them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from proxymock.api import spec
from proxymock.api.errors import ConflictException
from proxymock.api.paging import View
from proxymock.service.analysis_tasks import AnalysisTask, forget_tasks
from proxymock.service.proxy_sessions import ProxySessions, end
from proxymock.service.quotas import check_quota
from proxymock.service.store import Setting, Store, tags_of
from proxymock.service.tables import Ordered


@dataclass(kw_only=True, slots=True, eq=False)
class VoiceConnector:
    """A connector, with its settings and its proxy sessions."""

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
    settings: dict[str, Setting] = field(default_factory=dict)
    proxy_sessions: ProxySessions = field(default_factory=ProxySessions)
    analysis_tasks: Ordered[AnalysisTask] = field(default_factory=Ordered)


def create_voice_connector(
    store: Store,
    *,
    name: str,
    require_encryption: bool,
    aws_region: str = "us-east-1",
    tags: list[Mapping[str, str]] | None = None,
    integration_type: str | None = None,
    network_type: str = "IPV4_ONLY",  # AWS: VC-03
) -> VoiceConnector:
    """Make a connector, ready for use at once. AWS: VC-01."""
    check_quota(store, "VoiceConnector", len(store.voice_connectors) + 1)
    id = store.new_id(22)
    now = store.now()
    arn = store.arn("vc", id)
    store.tags[arn] = tags_of(tags)
    return store.voice_connectors.add(
        id,
        VoiceConnector(
            voice_connector_id=id,
            aws_region=aws_region,
            name=name,
            outbound_host_name=f"{id}.voiceconnector.chime.aws",
            require_encryption=require_encryption,
            created_timestamp=now,
            updated_timestamp=now,
            voice_connector_arn=arn,
            integration_type=integration_type,
            network_type=network_type,
            sequence=store.account.next_sequence(),
        ),
    )


def get_voice_connector(store: Store, *, voice_connector_id: str) -> VoiceConnector:
    """Return a connector."""
    return store.voice_connectors[voice_connector_id]


def list_voice_connectors(store: Store) -> View[VoiceConnector]:
    """Return the connectors in the order of their creation."""
    return store.voice_connectors


def update_voice_connector(
    store: Store, *, voice_connector_id: str, name: str, require_encryption: bool
) -> VoiceConnector:
    """Give a connector a name and an encryption rule."""
    connector = store.voice_connectors[voice_connector_id]
    connector.name = name
    connector.require_encryption = require_encryption
    connector.updated_timestamp = store.now()
    return connector


def delete_voice_connector(store: Store, *, voice_connector_id: str) -> None:
    """Remove a connector with all that is below it, and its tags. AWS: VC-06."""
    connector = store.voice_connectors[voice_connector_id]
    _refuse_if_in_use(store, connector)
    for session in connector.proxy_sessions:
        if session.is_live:
            end(store, session)
    forget_tasks(store, connector)
    store.voice_connectors.pop(voice_connector_id)
    del store.tags[connector.voice_connector_arn]


def list_available_voice_connector_regions(store: Store) -> tuple[str, ...]:
    """Return the regions in the order of the API description. AWS: AC-04."""
    return spec.regions()


def _refuse_if_in_use(store: Store, connector: VoiceConnector) -> None:
    """Raise ConflictException if something depends on a connector."""
    id = connector.voice_connector_id
    for number in store.phone_numbers.having(("VoiceConnectorId", id)):
        raise ConflictException(  # AWS: VC-02
            f"Phone number '{number.e164_phone_number}' is associated with "
            f"VoiceConnector '{id}'",
            code="PhoneNumberAssociationsExist",
        )
    for group in store.voice_connector_groups.having(("VoiceConnectorId", id)):
        raise ConflictException(  # AWS: VG-07
            f"VoiceConnector '{id}' is in VoiceConnectorGroup "
            f"'{group.voice_connector_group_id}'",
            code="VoiceConnectorGroupAssociationsExist",
        )
    for rule in store.sip_rules.having(("TriggerValue", connector.outbound_host_name)):
        if not rule.disabled:
            raise ConflictException(  # AWS: SM-14
                f"VoiceConnector '{id}' is the trigger of the enabled SipRule "
                f"'{rule.sip_rule_id}'"
            )
