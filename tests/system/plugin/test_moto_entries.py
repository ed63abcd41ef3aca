"""What the package rests on in moto: four entries of data, each told by its name.

They are moto's own here, as they are before anything is registered. If a moto to come
changes one, its name is in the name of the test that fails.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROGRAM = """
import json, re, sys
from importlib import import_module
from importlib.util import find_spec
from moto import backend_index, backends

sys.modules["moto.probe"] = module = type(sys)("moto.probe")
module.probe_backends = module.other_backends = "ours"

def patterns():
    found = backend_index.backend_url_patterns
    host = "https://voice-chime.us-east-1.amazonaws.com/voice-connectors"
    theirs = [name for name, pattern in found if pattern.match(host)]
    found.insert(0, ("probe", re.compile("https://probe")))
    return {
        "type": type(found).__name__,
        "items": sorted({type(part).__name__ for pair in found for part in pair}),
        "its services for our hosts": theirs,
        "service of a URL that was added": backends.get_service_from_url(
            "https://probe"
        ),
    }

def module_of_the_backend():
    return {
        "moto has one": find_spec("moto.chimesdkvoice") is not None,
        "backends of a module that was added": backends.get_backend("probe"),
    }

def names():
    found = backends.ALT_SERVICE_NAMES
    theirs = dict(found)
    found["other"] = "probe"
    return {
        "type": type(found).__name__,
        "moto_api": theirs["moto_api"],
        "our names": sorted({"chimesdkvoice", "moto_api._internal"} & theirs.keys()),
        "backends of a name that was added": backends.get_backend("other"),
    }

def paths():
    found = import_module("moto.moto_api._internal.urls").url_paths
    return {
        "type": type(found).__name__,
        "templates": all(path.startswith("{0}/moto-api/") for path in found),
        "handlers": all(map(callable, found.values())),
        "ours": [path for path in found if "proxymock" in path],
    }

def told(entry):
    try:
        return entry()
    except Exception as error:
        return repr(error)

assert "proxymock" not in sys.modules
print(json.dumps({
    "moto.backend_index.backend_url_patterns": told(patterns),
    "sys.modules['moto.chimesdkvoice']": told(module_of_the_backend),
    "moto.backends.ALT_SERVICE_NAMES": told(names),
    "moto.moto_api._internal.urls.url_paths": told(paths),
}))
"""
EXPECTED = {
    "moto.backend_index.backend_url_patterns": {
        "type": "list",
        "items": ["Pattern", "str"],
        "its services for our hosts": [],
        "service of a URL that was added": "probe",
    },
    "sys.modules['moto.chimesdkvoice']": {
        "moto has one": False,
        "backends of a module that was added": "ours",
    },
    "moto.backends.ALT_SERVICE_NAMES": {
        "type": "dict",
        "moto_api": "moto_api._internal",
        "our names": [],
        "backends of a name that was added": "ours",
    },
    "moto.moto_api._internal.urls.url_paths": {
        "type": "dict",
        "templates": True,
        "handlers": True,
        "ours": [],
    },
}


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    """What the installed moto has, in a process where we are not."""
    result = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    entries: dict[str, object] = json.loads(result.stdout)
    return entries


@pytest.mark.parametrize("entry", EXPECTED)
def test_entry_is_as_we_use_it(found: dict[str, object], entry: str) -> None:
    """An entry has the form that we rely on, takes ours, and has none of our name."""
    assert found[entry] == EXPECTED[entry]
