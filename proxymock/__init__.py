"""Amazon Chime SDK Voice for moto: proxy sessions, voice connectors, phone numbers.

Importing this package does nothing and imports neither moto nor boto3; its names are
resolved when they are used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from moto import mock_aws

    from proxymock.plugin import register

__all__ = ["mock_aws", "register"]

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name == "mock_aws":
        from proxymock.plugin import register

        register()
        return import_module("moto").mock_aws
    if name == "register":
        return import_module("proxymock.plugin").register
    raise AttributeError(f"module 'proxymock' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
