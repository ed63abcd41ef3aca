"""The pytest plugin: ``from moto import mock_aws`` knows the service in every test.

Loading it imports neither moto nor boto3: it waits until the project imports moto.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

import pytest

HOOK = "moto.backend_index"


class _RegisterAfter(Loader):
    """Loads the module that we hook into as its own loader does, then registers."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self._loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        module.__loader__ = module.__spec__.loader = self._loader
        self._loader.exec_module(module)
        _register()


class _MotoWatch(MetaPathFinder):
    """Finds that module for whoever imports it first."""

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        if fullname != HOOK:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _RegisterAfter(spec.loader)
        return spec


def _register() -> None:
    from proxymock.plugin import register

    register()


def pytest_configure(config: pytest.Config) -> None:
    """Register with moto now, or as soon as it is imported."""
    if HOOK in sys.modules:
        _register()
    else:
        watch = _MotoWatch()
        sys.meta_path.insert(0, watch)
        config.add_cleanup(lambda: sys.meta_path.remove(watch))
