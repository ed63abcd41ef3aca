from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import SimpleNamespace

import moto
import pytest
from moto import backend_index

from kit.transports.inner_pytest import copy_tests, run_tests
from proxymock import pytest_plugin

WAYS = {
    "at the top of a module": ("moto_at_the_top", "", 3),
    "in a test": ("moto_within_tests", "", 1),
    "in conftest": ("mocked_by_conftest", "moto_in_conftest", 1),
}


@pytest.mark.parametrize(("test", "conftest", "passed"), WAYS.values(), ids=WAYS)
def test_motos_mock_knows_the_service(
    pytester: pytest.Pytester, test: str, conftest: str, passed: int
) -> None:
    """Under pytest moto's mock has the service, wherever moto is imported."""
    copy_tests(pytester, test, conftest=conftest, modules=["rides"])

    result = run_tests(pytester)

    result.assert_outcomes(passed=passed)


def test_failing_test_fails(pytester: pytest.Pytester) -> None:
    """An error of the service fails a test that does not expect it, as itself."""
    copy_tests(pytester, "failing")

    result = run_tests(pytester)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *NotFoundException: * (NotFoundException) *"])


def test_without_the_plugin_there_is_no_service(pytester: pytest.Pytester) -> None:
    """Whoever switches the plugin off has moto as it comes."""
    copy_tests(pytester, "moto_at_the_top", modules=["rides"])

    result = run_tests(pytester, "-p", "no:proxymock")

    result.assert_outcomes(failed=3)


def test_project_without_moto_pays_nothing(pytester: pytest.Pytester) -> None:
    """The plugin imports neither moto nor boto3."""
    copy_tests(pytester, "without_moto")

    result = run_tests(pytester, nothing_imported=True)

    result.assert_outcomes(passed=1)


@pytest.mark.measured
def test_unsuitable_moto_is_a_clear_error(pytester: pytest.Pytester) -> None:
    """A moto that cannot be used fails where it is imported, with both versions."""
    pytester.makepyfile(
        **{
            "moto/__init__": "from moto import backend_index",
            "moto/backend_index": "",
            "test_it": "def test_it():\n    import moto",
        }
    )

    result = run_tests(pytester)

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *UnsuitableMotoError: proxymock * needs moto 5*"])


def test_watch_leaves_the_module_as_it_is() -> None:
    """What the watch loads is the module of moto, with its own loader."""
    spec = pytest_plugin._MotoWatch().find_spec(pytest_plugin.HOOK, moto.__path__)
    assert isinstance(spec, ModuleSpec)
    assert spec.loader is not None

    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    assert module.__file__ == backend_index.__file__
    assert type(module.__loader__) is SourceFileLoader
    assert module.__spec__ is spec
    assert spec.loader is module.__loader__


def test_watch_looks_for_one_module() -> None:
    """Other modules, and a moto that is not there, are none of its business."""
    watch = pytest_plugin._MotoWatch()

    assert watch.find_spec("moto.backends", moto.__path__) is None
    assert watch.find_spec(pytest_plugin.HOOK, []) is None


def test_watch_ends_with_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where moto is not imported yet, the watch stands until pytest ends."""
    cleanups: list[Callable[[], object]] = []
    before = list(sys.meta_path)
    monkeypatch.delitem(sys.modules, pytest_plugin.HOOK)

    config = SimpleNamespace(
        add_cleanup=cleanups.append,
        addinivalue_line=lambda *line: None,
        getoption=lambda name: False,
    )

    pytest_plugin.pytest_configure(config)  # type: ignore[arg-type]

    assert isinstance(sys.meta_path[0], pytest_plugin._MotoWatch)
    assert sys.meta_path[1:] == before
    for cleanup in cleanups:
        cleanup()
    assert sys.meta_path == before
