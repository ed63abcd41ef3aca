"""Amazon Chime SDK Voice for moto: proxy sessions, voice connectors, phone numbers.

Importing this package does nothing and imports neither moto nor boto3; its names are
resolved when they are used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import ParamSpec, Protocol, TypeVar, overload

    from moto.core.models import MockAWS

    from proxymock.plugin import register

    P = ParamSpec("P")
    T = TypeVar("T")

    class _MockAWS(Protocol):
        """What moto's has, and settings that moto's type knows nothing of."""

        @overload
        def __call__(self, func: Callable[P, T]) -> Callable[P, T]: ...
        @overload
        def __call__(
            self, func: None = None, config: Mapping[str, Any] | None = None
        ) -> MockAWS: ...

    mock_aws: _MockAWS

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
