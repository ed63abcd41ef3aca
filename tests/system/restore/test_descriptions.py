"""What comes back, compared with the real descriptions of botocore."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.loaders import Loader

from kit.oracles.service_models import described
from proxymock.api import legacy, spec
from proxymock.restore import has_gaps, models
from system.legacy.chime import MODEL as CHIME
from system.legacy.chime import needs_chime

VOICE: dict[str, Any] = Loader().load_service_model("chime-sdk-voice", "service-2")
needs_newest = pytest.mark.skipif(
    not has_gaps(), reason="botocore up to 1.37.1 lacks members that came later"
)
# AWS: VC-07. The older namespace has the settings of Amazon Chime itself in these.
ALIKE = sorted(
    {*legacy.differences()["operations"]}
    - {"GetGlobalSettings", "UpdateGlobalSettings"}
)


@needs_newest
@pytest.mark.parametrize("name", spec.operation_names())
def test_operation_is_described_as_by_botocore(name: str) -> None:
    """An operation is called, answered and refused as botocore describes it."""
    ours = models.model("chime-sdk-voice", spec.description())
    # AWS: API-07. The published pattern can be met by nothing.
    own = {"ClientRequestId": spec.description()["shapes"]["ClientRequestId"]}
    theirs = {**VOICE, "shapes": {**VOICE["shapes"], **own}}

    assert described(ours, name) == described(theirs, name)


@needs_chime
@pytest.mark.parametrize("name", ALIKE)
def test_older_operation_is_described_as_by_botocore(name: str) -> None:
    """So is one of the older namespace, as the last botocore that had it did."""
    ours = models.model("chime", legacy.description())

    assert described(ours, name) == described(CHIME, name)


@pytest.mark.parametrize(
    ("client", "extract", "theirs"),
    [
        ("chime", legacy.description(), CHIME),
        ("chime-sdk-voice", spec.description(), VOICE),
    ],
)
def test_client_is_that_of_botocore(
    client: str, extract: dict[str, Any], theirs: dict[str, Any]
) -> None:
    """Its name, its protocol and its signature are botocore's, which may say more."""
    metadata = models.model(client, extract)["metadata"]

    assert metadata == {key: theirs["metadata"].get(key) for key in metadata}


def test_names_of_older_shapes_are_no_others() -> None:
    """A shape that is another in one member alone has a name of its own."""
    own = legacy.description()["shapes"].keys() - spec.description()["shapes"]

    assert own == {
        at.replace(".", "") for at in legacy.differences()["shapes"] if "." in at
    }
