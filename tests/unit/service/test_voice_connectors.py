from __future__ import annotations

import pytest

from proxymock.api.errors import ConflictException
from proxymock.service.phone_numbers import assign
from proxymock.service.voice_connectors import (
    create_voice_connector,
    delete_voice_connector,
    get_voice_connector,
)
from proxymock.state.phone_numbers import PhoneNumber
from proxymock.state.store import Store


def test_connector_with_phone_numbers_stays(store: Store, number: PhoneNumber) -> None:
    """A connector with associated numbers is a Conflict with a code of its own."""
    connector = create_voice_connector(store, name="Rides", require_encryption=True)
    id = connector.voice_connector_id
    assign(store, number, "VoiceConnectorId", id)

    with pytest.raises(ConflictException) as error:
        delete_voice_connector(store, voice_connector_id=id)

    assert (error.value.code, error.value.message) == (
        "PhoneNumberAssociationsExist",
        f"Phone number '+12065550100' is associated with VoiceConnector '{id}'",
    )
    assert get_voice_connector(store, voice_connector_id=id) is connector


def test_numbers_of_other_connectors_do_not_matter(
    store: Store, number: PhoneNumber
) -> None:
    """Only a connector's own numbers keep it."""
    kept, deleted = (
        create_voice_connector(store, name=name, require_encryption=True)
        for name in ("Kept", "Deleted")
    )
    assign(store, number, "VoiceConnectorId", kept.voice_connector_id)

    delete_voice_connector(store, voice_connector_id=deleted.voice_connector_id)

    assert list(store.voice_connectors) == [kept]
