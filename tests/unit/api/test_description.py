"""Our extract of the API description against that of the installed botocore."""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from botocore.loaders import Loader

from proxymock.api import spec

GENERATOR = Path(__file__).parents[3] / "scripts" / "extract_service.py"
LACKED_HERE = "is in botocore alone"
# A member more or less, the others in another order: these are sets.
SETS = ("enum", "errors")


@pytest.fixture(scope="module")
def installed() -> dict[str, Any]:
    """What the generator makes of the installed botocore."""
    model = Loader().load_service_model("chime-sdk-voice", "service-2")
    extract: dict[str, Any] = runpy.run_path(str(GENERATOR))["extract"](model)
    return extract


def differences(ours: Any, theirs: Any, at: str) -> Iterator[str]:
    """Yield every difference, a sentence each."""
    if at.rpartition(".")[2] in SETS and isinstance(ours, list):
        ours, theirs = dict.fromkeys(ours), dict.fromkeys(theirs)
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        if ours != theirs:
            yield f"{at} is {ours} here and {theirs} in botocore"
        return
    for name in sorted(ours.keys() | theirs.keys()):
        inside = f"{at}.{name}"
        if name not in ours:
            yield f"{inside} {LACKED_HERE}"
        elif name not in theirs:
            yield f"{inside} is here alone"
        else:
            yield from differences(ours[name], theirs[name], inside)


def test_extract_is_the_installed_botocores(installed: dict[str, Any]) -> None:
    """With a botocore that knows what AWS has ended there is no difference at all.

    An older one may lack what came later, but nothing that it has is missing here.
    """
    found = list(differences(spec.description(), installed, "description"))
    if not any("ended" in each for each in installed["operations"].values()):
        found = [difference for difference in found if LACKED_HERE in difference]

    assert found == []


def test_differences_are_named() -> None:
    """A difference is named by its place, whichever side it is on."""
    ours = {"operations": {"A": {"status": 200}}, "enum": ["x", "y"], "old": 1}
    theirs = {"operations": {"A": {"status": 201}, "B": {}}, "enum": ["z", "x"]}

    assert list(differences(ours, theirs, "description")) == [
        "description.enum.y is here alone",
        "description.enum.z is in botocore alone",
        "description.old is here alone",
        "description.operations.A.status is 200 here and 201 in botocore",
        "description.operations.B is in botocore alone",
    ]
