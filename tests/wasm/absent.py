"""A package that is not there, and can be imported as long as nobody uses it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any


class Absent(MetaPathFinder, Loader):
    """Finds a package with all modules and names that anybody asks for.

    moto imports cryptography wherever it imports IAM, and needs it for certificates
    alone. Who uses a name meets the ImportError that the import was spared.
    """

    def __init__(self, package: str) -> None:
        self._package = package

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Find the package, and all that is below it."""
        if name.partition(".")[0] != self._package:
            return None
        return ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Return a module that has every name."""
        return _Module(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Leave the module as it is."""


class _Module(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        # A class, since type hints have unions of them.
        return _Unusable(name, (), {"__module__": self.__name__})


class _Unusable(type):
    def __call__(cls, *arguments: Any, **keywords: Any) -> Any:
        raise ImportError(name=cls.__module__)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        raise ImportError(name=cls.__module__)
