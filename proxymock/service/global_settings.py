"""The global settings of an account: where call detail records go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proxymock.state.store import Store


def get_global_settings(store: Store) -> Mapping[str, Any]:
    """Return where the call detail records of the voice connectors go."""
    return store.global_settings


def update_global_settings(store: Store, *, voice_connector: Mapping[str, Any]) -> None:
    """Set where the call detail records go; nowhere, if no bucket is given.

    AWS: AC-02. The bucket need not exist.
    """
    store.global_settings = voice_connector
