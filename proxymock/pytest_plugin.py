"""The pytest plugin: ``from moto import mock_aws`` knows the service in every test.

Loading it imports neither moto nor boto3: it waits until the project imports moto, or a
test asks for a fixture.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import TYPE_CHECKING, NoReturn

import pytest

import proxymock

if TYPE_CHECKING:
    from proxymock import Sandbox, ServerSandbox
    from proxymock.plugin.fixtures import Options

HOOK = "moto.backend_index"  # the module of moto to which the service is added


_USED = pytest.StashKey[bool]()  # whether a test has one of the fixtures
_SANDBOXES = pytest.StashKey["list[Sandbox]"]()  # those that it has


def _register() -> None:
    """Register with moto, and let it mock clients of any age."""
    proxymock.register()
    # Not at the top: this imports botocore, which costs time in every run of pytest.
    from proxymock.plugin.sending import guard

    guard(_fail)


def _fail(message: str) -> NoReturn:
    raise pytest.fail.Exception(message, pytrace=False) from None


class _RegisterAfter(Loader):
    """Loads moto's module as its own loader does, then registers."""

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
    """Finds ``HOOK`` for the first import of it, and registers right after that."""

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options of the command line."""
    parser.getgroup("proxymock").addoption(
        "--proxymock-ended",
        action="store_true",
        help="list which operations that AWS has ended each test has called",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register with moto now, or as soon as it is imported."""
    config.addinivalue_line(
        "markers",
        "proxymock(region=, countries=, expiry_minutes=, config=, "
        "open_legs=): "
        "settings of the fixtures proxymock and proxymock_server",
    )
    if config.getoption("--proxymock-ended"):
        from proxymock.pytest_ended import EndedOperations

        config.pluginmanager.register(EndedOperations())
    if HOOK in sys.modules:
        _register()
    else:
        watch = _MotoWatch()
        sys.meta_path.insert(0, watch)
        config.add_cleanup(lambda: sys.meta_path.remove(watch))


@contextmanager
def _clearly() -> Iterator[None]:
    """Fail a test on a ValueError, without a traceback into this package."""
    try:
        yield
    except (ValueError, OSError) as error:
        _fail(f"proxymock: {error}")


# After the test itself, which may ask for a fixture while it runs.
@pytest.hookimpl(trylast=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Fail a test whose marker sets nothing, or whose calls have forgotten legs."""
    if item.get_closest_marker("proxymock") and not item.stash.get(_USED, False):
        _fail(
            "proxymock: the marker proxymock sets the fixtures proxymock and "
            "proxymock_server, and this test has neither; mock_aws takes "
            'config={"proxymock": {...}}'
        )
    for sandbox in item.stash.get(_SANDBOXES, []):
        complaint = sandbox.complaint()
        if complaint is not None:
            _fail(f"proxymock: {complaint}")


def _options(request: pytest.FixtureRequest) -> Options:
    from proxymock.plugin.fixtures import Options

    request.node.stash[_USED] = True
    with _clearly():
        return Options.of(request.node.iter_markers("proxymock"))


@pytest.fixture(name="proxymock")
def _proxymock(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A fresh mocked AWS in this process: client, connector, phone, clock, faults."""
    from proxymock.plugin.fixtures import in_process

    mocked = in_process(_options(request))
    with ExitStack() as stack:
        with _clearly():
            sandbox = stack.enter_context(mocked)
        request.node.stash.setdefault(_SANDBOXES, []).append(sandbox)
        yield sandbox
        _note_ended(request, sandbox)


@pytest.fixture(scope="session")
def proxymock_server_url() -> Iterator[str]:
    """The URL of a moto server that all tests share, for ``ServerSandbox.on()``."""
    from proxymock.plugin.own_server import running_server

    with _clearly(), running_server() as url:
        yield url


@pytest.fixture(name="proxymock_server")
def _proxymock_server(
    request: pytest.FixtureRequest, proxymock_server_url: str
) -> Iterator[ServerSandbox]:
    """An account of its own on a moto server that all tests share.

    It has what ``proxymock`` has, and ``endpoint_url`` and ``credentials``.
    """
    from proxymock.plugin.fixtures import on_server

    options = _options(request)
    with _clearly():
        sandbox = on_server(options, proxymock_server_url)
    request.node.stash.setdefault(_SANDBOXES, []).append(sandbox)
    yield sandbox
    sandbox.functions.close()
    _note_ended(request, sandbox)


def _note_ended(request: pytest.FixtureRequest, sandbox: Sandbox) -> None:
    """Ask what a sandbox has called of what AWS has ended, if somebody wants to know.

    The calls in this process are known already; those on a server are not.
    """
    if request.config.getoption("--proxymock-ended"):
        from proxymock.sandbox.journal import note_ended_calls

        with _clearly():
            note_ended_calls(sandbox.ended_calls())
