"""What the service does: plain functions over a store; no HTTP, no moto.

Each operation is the function of its name in boto3's spelling, in any module here. Its
keyword-only parameters are the input members; it returns the thing, the ordered view or
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import Any

from proxymock.api import spec

# By name and not as found in the folder: this may be imported first under a file system
# that a test has made up, in which there is no such folder.
_NAMES = (
    "analysis_tasks",
    "connector_groups",
    "connector_pool",
    "connector_settings",
    "connector_terminations",
    "door",
    "emergency_addresses",
    "geo_match",
    "global_settings",
    "numbering",
    "phone_number_inventory",
    "phone_number_orders",
    "phone_number_progress",
    "phone_number_updates",
    "phone_numbers",
    "progress",
    "proxy_sessions",
    "quotas",
    "search_results",
    "sip_calls",
    "sip_media_applications",
    "sip_rules",
    "speaker_search_tasks",
    "tags",
    "voice_connectors",
    "voice_profile_domains",
    "voice_profiles",
    "voice_tone_analysis_tasks",
)


def _operations() -> Mapping[str, Callable[..., Any]]:
    """Return the function of every operation that is built, by its name."""
    names = {spec.snake_case(name): name for name in spec.operation_names()}
    functions = {}
    for module in MODULES:
        for name, function in vars(module).items():
            if name in names and function.__module__ == module.__name__:
                functions[names[name]] = function
    return MappingProxyType(functions)


MODULES: tuple[ModuleType, ...] = tuple(
    import_module(f"{__name__}.{name}") for name in _NAMES
)
OPERATIONS = _operations()
