"""What the service does: plain functions over a store; no HTTP, no moto.

Each operation is the function of its name in boto3's spelling, its keyword-only
parameters are the input members, and it returns the thing, the ordered view or nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from proxymock.api import spec
from proxymock.service import (
    account,
    connector_groups,
    connector_settings,
    connector_terminations,
    phone_number_inventory,
    phone_number_orders,
    phone_number_updates,
    phone_numbers,
    proxy_sessions,
    sip_calls,
    sip_media_applications,
    sip_rules,
    speaker_search_tasks,
    tags,
    voice_connectors,
    voice_profile_domains,
    voice_profiles,
    voice_tone_analysis_tasks,
)

MODULES = (
    account,
    connector_groups,
    connector_settings,
    connector_terminations,
    phone_number_inventory,
    phone_number_orders,
    phone_number_updates,
    phone_numbers,
    proxy_sessions,
    sip_calls,
    sip_media_applications,
    sip_rules,
    speaker_search_tasks,
    tags,
    voice_connectors,
    voice_profile_domains,
    voice_profiles,
    voice_tone_analysis_tasks,
)


def _operations() -> Mapping[str, Callable[..., Any]]:
    functions = {
        name: function
        for module in MODULES
        for name, function in vars(module).items()
        if getattr(function, "__module__", None) == module.__name__
    }
    names = {name: spec.snake_case(name) for name in spec.operation_names()}
    return MappingProxyType(
        {name: functions[snake] for name, snake in names.items() if snake in functions}
    )


OPERATIONS = _operations()
