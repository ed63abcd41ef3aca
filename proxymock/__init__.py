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

    from proxymock import clock, faults, functions, phone, snapshot
    from proxymock.plugin import register
    from proxymock.plugin.fixtures import Sandbox, ServerSandbox
    from proxymock.sandbox import SandboxError

    P = ParamSpec("P")
    T = TypeVar("T")

    class _MockAWS(Protocol):
        """The type of moto's own, with settings that moto's type does not allow."""

        @overload
        def __call__(self, func: Callable[P, T]) -> Callable[P, T]: ...
        @overload
        def __call__(
            self, func: None = None, config: Mapping[str, Any] | None = None
        ) -> MockAWS: ...

    mock_aws: _MockAWS

__all__ = [
    "Sandbox",
    "SandboxError",
    "ServerSandbox",
    "clock",
    "faults",
    "functions",
    "mock_aws",
    "phone",
    "register",
    "snapshot",
]

__version__ = "1.0.0"

# The homes of the names that are not modules of this package.
_HOMES = {
    "Sandbox": "proxymock.plugin.fixtures",
    "SandboxError": "proxymock.sandbox",
    "ServerSandbox": "proxymock.plugin.fixtures",
    "mock_aws": "moto",
    "register": "proxymock.plugin",
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module 'proxymock' has no attribute {name!r}")
    if name not in _HOMES:
        return import_module(f"proxymock.{name}")
    if name == "mock_aws":  # moto's own, which has to know the service
        import_module("proxymock.plugin").register()
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
