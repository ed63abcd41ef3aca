from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec, SourceFileLoader
from types import SimpleNamespace

import moto
import pytest
from moto import backend_index

from proxymock import pytest_plugin

USE = """
client = boto3.client("chime-sdk-voice", region_name="us-east-1")
client.create_voice_connector(Name="Rides", RequireEncryption=True)
assert len(client.list_voice_connectors()["VoiceConnectors"]) == 1
"""
IMPORT = "import boto3\nfrom moto import mock_aws\n"


def indented(code: str) -> str:
    """Return *code* as it stands in a function."""
    return code.replace("\n", "\n    ")


WAYS = {
    "at the top of a module": {
        "test_it": f"{IMPORT}\n@mock_aws\ndef test_it():{indented(USE)}"
    },
    "in a test": {
        "test_it": f"def test_it():{indented(chr(10) + IMPORT)}\n"
        f"    @mock_aws\n    def use():{indented(indented(USE))}\n    use()"
    },
    "in conftest": {
        "conftest": f"import pytest\n{IMPORT}\n@pytest.fixture(autouse=True)\n"
        "def aws():\n    with mock_aws():\n        yield\n",
        "test_it": f"import boto3\ndef test_it():{indented(USE)}",
    },
    "in a plain class": {
        "test_it": f"{IMPORT}\n@mock_aws\nclass TestIt:\n    def test_it(self):"
        f"{indented(indented(USE))}"
    },
    "in a class of unittest": {
        "test_it": f"import unittest\n{IMPORT}\n@mock_aws\n"
        f"class TestIt(unittest.TestCase):\n    def test_it(self):"
        f"{indented(indented(USE))}"
    },
}


@pytest.mark.parametrize("files", WAYS.values(), ids=WAYS)
def test_motos_mock_knows_the_service(
    pytester: pytest.Pytester, files: dict[str, str]
) -> None:
    """Under pytest moto's mock has the service, wherever moto is imported."""
    pytester.makepyfile(**files)

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)


def test_failing_test_fails(pytester: pytest.Pytester) -> None:
    """An error of the service fails a test that does not expect it, as itself."""
    pytester.makepyfile(
        test_it=f"""
{IMPORT}
@mock_aws
def test_it():
    client = boto3.client("chime-sdk-voice", region_name="us-east-1")
    client.get_voice_connector(VoiceConnectorId="abcdef1ghij2klmno3pqr4")
"""
    )

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["E *NotFoundException: * (NotFoundException) *"])


def test_without_the_plugin_there_is_no_service(pytester: pytest.Pytester) -> None:
    """Whoever switches the plugin off has moto as it comes."""
    pytester.makepyfile(**WAYS["at the top of a module"])

    result = pytester.runpytest_subprocess(
        "-p", "no:proxymock", "-p", "no:cacheprovider"
    )

    result.assert_outcomes(failed=1)


def test_project_without_moto_pays_nothing(pytester: pytest.Pytester) -> None:
    """The plugin imports neither moto nor boto3."""
    pytester.makepyfile(
        test_it="""
import sys
def test_it():
    assert "proxymock.pytest_plugin" in sys.modules
    assert not {"moto", "boto3", "botocore", "proxymock.plugin"} & sys.modules.keys()
"""
    )

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

    result.assert_outcomes(passed=1)


def test_unsuitable_moto_is_a_clear_error(pytester: pytest.Pytester) -> None:
    """A moto that cannot be used fails where it is imported, with both versions."""
    pytester.makepyfile(
        **{
            "moto/__init__": "from moto import backend_index",
            "moto/backend_index": "",
            "test_it": "def test_it():\n    import moto",
        }
    )

    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")

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
        add_cleanup=cleanups.append, addinivalue_line=lambda *line: None
    )

    pytest_plugin.pytest_configure(config)  # type: ignore[arg-type]

    assert isinstance(sys.meta_path[0], pytest_plugin._MotoWatch)
    assert sys.meta_path[1:] == before
    for cleanup in cleanups:
        cleanup()
    assert sys.meta_path == before
