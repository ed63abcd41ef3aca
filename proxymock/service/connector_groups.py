"""Voice connector groups: connectors that stand in for one another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.api.errors import BadRequestException, ConflictException
from proxymock.api.paging import View
from proxymock.service.phone_numbers import associate, disassociate
from proxymock.service.quotas import check_quota
from proxymock.state.store import Store
from proxymock.state.voice_connectors import VoiceConnectorGroup

Item = Mapping[str, Any]

MAX_ITEMS = 3  # AWS: VG-02
ASSOCIATION = "VoiceConnectorGroupId"


def create_voice_connector_group(
    store: Store,
    *,
    name: str,
    voice_connector_items: list[Item] | None = None,
    call_distribution_type: str = "PriorityWeightedDistribution",  # AWS: VG-04
) -> VoiceConnectorGroup:
    """Make a group, of no connectors if none are given."""
    stores = store.account.stores.values()
    groups = sum(len(each.voice_connector_groups) for each in stores)
    check_quota(store, "VoiceConnectorGroup", groups + 1)
    items = voice_connector_items or []
    _check_items(store, items)
    id = store.new_id(lambda region: region.voice_connector_groups, 21)
    now = store.now()
    return store.voice_connector_groups.enter(
        VoiceConnectorGroup(
            voice_connector_group_id=id,
            name=name,
            voice_connector_items=items,
            created_timestamp=now,
            updated_timestamp=now,
            voice_connector_group_arn=store.arn("vcg", id),  # AWS: VG-01
            call_distribution_type=call_distribution_type,
            sequence=store.account.next_sequence(),
        ),
    )


def get_voice_connector_group(
    store: Store, *, voice_connector_group_id: str
) -> VoiceConnectorGroup:
    """Return a group."""
    return store.voice_connector_groups[voice_connector_group_id]


def list_voice_connector_groups(store: Store) -> View[VoiceConnectorGroup]:
    """Return the groups in the order of their creation."""
    return store.voice_connector_groups


def update_voice_connector_group(
    store: Store,
    *,
    voice_connector_group_id: str,
    name: str,
    voice_connector_items: list[Item],
    call_distribution_type: str | None = None,
) -> VoiceConnectorGroup:
    """Give a group a name and other connectors, and another distribution if given."""
    group = store.voice_connector_groups[voice_connector_group_id]
    _check_items(store, voice_connector_items)
    group.name = name
    with store.voice_connector_groups.reindexed(group):
        group.voice_connector_items = voice_connector_items
    # AWS: VG-04
    group.call_distribution_type = (
        call_distribution_type or group.call_distribution_type
    )
    group.updated_timestamp = store.now()
    return group


def delete_voice_connector_group(
    store: Store, *, voice_connector_group_id: str
) -> None:
    """Remove a group that has neither connectors nor phone numbers. AWS: VG-05."""
    group = store.voice_connector_groups[voice_connector_group_id]
    if group.voice_connector_items:
        raise ConflictException(
            f"VoiceConnectorGroup '{voice_connector_group_id}' must have no "
            f"VoiceConnectorItems, not {len(group.voice_connector_items)}"
        )
    for number in store.phone_numbers.where((ASSOCIATION, voice_connector_group_id)):
        raise ConflictException(
            f"VoiceConnectorGroup '{voice_connector_group_id}' must have no "
            f"phone numbers, not '{number.e164_phone_number}'",
            code="PhoneNumberAssociationsExist",
        )
    store.voice_connector_groups.leave(group)


def associate_phone_numbers_with_voice_connector_group(
    store: Store,
    *,
    voice_connector_group_id: str,
    e164_phone_numbers: list[str],
    force_associate: bool = False,
) -> list[Mapping[str, str]]:
    """Give a group phone numbers; return an error for each that it cannot have."""
    group = store.voice_connector_groups[voice_connector_group_id]
    return associate(
        store,
        e164_phone_numbers,
        name=ASSOCIATION,
        value=group.voice_connector_group_id,
        force=force_associate,
    )


def disassociate_phone_numbers_from_voice_connector_group(
    store: Store, *, voice_connector_group_id: str, e164_phone_numbers: list[str]
) -> list[Mapping[str, str]]:
    """Take phone numbers from a group; return an error for each unknown one."""
    group = store.voice_connector_groups[voice_connector_group_id]
    return disassociate(
        store,
        e164_phone_numbers,
        name=ASSOCIATION,
        value=group.voice_connector_group_id,
        others_are_errors=False,  # AWS: VG-06
    )


def _check_items(store: Store, items: list[Item]) -> None:
    if len(items) > MAX_ITEMS:
        raise BadRequestException(
            f"VoiceConnectorItems must have at most {MAX_ITEMS} items, not {len(items)}"
        )
    ids = [item["VoiceConnectorId"] for item in items]
    for id in ids:
        store.voice_connectors[id]  # AWS: VG-03
        if ids.count(id) > 1:
            raise BadRequestException(
                f"VoiceConnectorItems must be different connectors, not twice '{id}'"
            )
