"""Voice connectors, and the regions that have them."""

from __future__ import annotations

from collections.abc import Mapping

from proxymock.api import spec
from proxymock.api.errors import ConflictException
from proxymock.api.paging import View
from proxymock.service.quotas import check_quota
from proxymock.state.store import Store
from proxymock.state.tags import tags_of
from proxymock.state.voice_connectors import VoiceConnector, outbound_host


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
    id = store.new_id(lambda region: region.voice_connectors, 22)
    now = store.now()
    return store.voice_connectors.enter(
        VoiceConnector(
            voice_connector_id=id,
            aws_region=aws_region,
            name=name,
            outbound_host_name=outbound_host(id),
            require_encryption=require_encryption,
            created_timestamp=now,
            updated_timestamp=now,
            voice_connector_arn=store.arn("vc", id),
            integration_type=integration_type,
            network_type=network_type,
            sequence=store.account.next_sequence(),
        ),
        tags_of(tags),
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
    """Remove a connector with its sessions, tasks, settings and tags. AWS: VC-06."""
    connector = store.voice_connectors[voice_connector_id]
    _refuse_if_in_use(store, connector)
    # Copies: leaving changes what is walked.
    for session in tuple(connector.proxy_sessions):
        store.proxy_sessions.leave(session)
    for task in tuple(connector.analysis_tasks):
        store.analysis_tasks.leave(task)
    store.voice_connectors.leave(connector)


def list_available_voice_connector_regions(store: Store) -> tuple[str, ...]:
    """Return the regions in the order of the API description. AWS: AC-04."""
    return spec.regions()


def _refuse_if_in_use(store: Store, connector: VoiceConnector) -> None:
    """Raise ConflictException if something depends on a connector."""
    id = connector.voice_connector_id
    for number in store.phone_numbers.where(("VoiceConnectorId", id)):
        raise ConflictException(  # AWS: VC-02
            f"Phone number '{number.e164_phone_number}' is associated with "
            f"VoiceConnector '{id}'",
            code="PhoneNumberAssociationsExist",
        )
    for group in store.voice_connector_groups.where(("VoiceConnectorId", id)):
        raise ConflictException(  # AWS: VG-07
            f"VoiceConnector '{id}' is in VoiceConnectorGroup "
            f"'{group.voice_connector_group_id}'",
            code="VoiceConnectorGroupAssociationsExist",
        )
    for rule in store.sip_rules.where(("TriggerValue", connector.outbound_host_name)):
        if not rule.disabled:
            raise ConflictException(  # AWS: SM-14
                f"VoiceConnector '{id}' is the trigger of the enabled SipRule "
                f"'{rule.sip_rule_id}'"
            )
