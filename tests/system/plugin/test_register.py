from __future__ import annotations

import subprocess
import sys

import moto
import pytest
from moto import backend_index

import proxymock
from proxymock import plugin


def run(code: str) -> str:
    """Return what *code* prints in a Python of its own."""
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert result.stderr == ""
    return result.stdout.strip()


LOADED = (
    "print(sorted({'moto', 'boto3', 'botocore', 'proxymock'} & sys.modules.keys()))"
)


@pytest.mark.parametrize(
    "statement",
    [
        "import proxymock",
        "import proxymock.pytest_plugin",
        "import proxymock.plugin",
        "import proxymock; dir(proxymock)",
        "from proxymock import register",
    ],
)
def test_import_is_free(statement: str) -> None:
    """Neither the package nor its pytest plugin imports moto or boto3."""
    assert run(f"import sys\n{statement}\n{LOADED}") == "['proxymock']"


def test_registering_twice_changes_nothing() -> None:
    """The service is in moto's list once, at its front, however often it registers."""
    before = list(backend_index.backend_url_patterns)

    proxymock.register()

    assert backend_index.backend_url_patterns == before
    assert before.index((plugin.SERVICE, plugin.HOSTS)) == 0
    assert before.count((plugin.SERVICE, plugin.HOSTS)) == 1


NO_PATCH = """
import sys
import moto.backend_index, moto.backends, moto.core.models, moto.core.responses
import moto.core.botocore_stubber, moto.moto_api._internal.urls
import proxymock

def contents():
    found = {}
    for name, module in list(sys.modules.items()):
        if name == "moto" or name.startswith("moto."):
            for key, value in vars(module).items():
                found[name, key] = value
                if isinstance(value, type):
                    found.update({(name, key, k): v for k, v in vars(value).items()})
    return found

before = contents()
proxymock.register()
after = contents()
changed = [key for key in before if before[key] is not after[key]]
print(changed, sorted({key[0] for key in after.keys() - before.keys()}))
"""


def test_no_function_is_patched() -> None:
    """Registering replaces nothing that moto has; it only adds a module."""
    assert run(NO_PATCH) == "[] ['moto.chimesdkvoice']"


def test_old_moto_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moto that is too old is one error that names both versions."""
    monkeypatch.setattr(plugin, "_moto_version", lambda: "4.2.14")

    with pytest.raises(plugin.UnsuitableMotoError) as error:
        proxymock.register()

    assert str(error.value) == (
        f"proxymock {proxymock.__version__} needs moto 5.0.0 or newer, "
        "with backend_url_patterns, and found moto 4.2.14"
    )


def test_moto_without_the_hook_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moto that lacks the list of patterns is the same error, an ImportError."""
    monkeypatch.delattr(backend_index, "backend_url_patterns")

    with pytest.raises(ImportError, match=r"^proxymock .* and found moto \d"):
        proxymock.register()


@pytest.mark.parametrize("name", ["chimesdkvoice_backends", "moto_api_backends"])
def test_moto_without_what_the_backends_need_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """What moto lacks at the first request is the same error, with both versions."""
    monkeypatch.delitem(vars(plugin), name, raising=False)
    monkeypatch.setitem(sys.modules, plugin._BACKENDS[name], None)

    with pytest.raises(plugin.UnsuitableMotoError) as error:
        getattr(plugin, name)

    assert str(error.value).startswith(
        f"proxymock {proxymock.__version__} does not work with "
        f"moto {moto.__version__}: import of {plugin._BACKENDS[name]} halted"
    )


def test_mock_aws_is_motos() -> None:
    """The package's mock_aws is moto's own."""
    assert proxymock.mock_aws is moto.mock_aws


def test_public_names() -> None:
    """The package shows the names that it resolves."""
    assert {"mock_aws", "register", "__version__"} <= set(dir(proxymock))


@pytest.mark.parametrize("module", [proxymock, plugin])
def test_other_names_do_not_exist(module: object) -> None:
    """A name that is not there is the usual error."""
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        module.nonsense  # type: ignore[attr-defined]  # noqa: B018
